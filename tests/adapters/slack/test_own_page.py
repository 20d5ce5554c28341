"""A member's own page and figures, and the programmes that one looks after."""

from dataclasses import replace
from datetime import timedelta

from adapters.slack import names
from adapters.slack.views import home_view, private_message
from bot.domain.ids import RoundId, programme_and_date
from bot.domain.question import Level
from bot.domain.round import RoundState
from bot.views import ChangeLine, HomeView, LastRound, MeView, OpenRound, StatusView
from tests.adapters.slack.samples import ANA, BEN, NOW, PLACE, ROUND
from tests.adapters.slack.test_views import buttons


def test_a_page_of_ones_own_has_what_is_open_how_one_stands_and_what_one_looks_after() -> None:
    page = home_view(
        HomeView(
            open=(
                OpenRound(
                    round=ROUND,
                    place=PLACE,
                    topic="monitoring",
                    level=Level.EXPERT,
                    text="Why?",
                    reveals_at=NOW + timedelta(hours=1),
                    present=True,
                ),
            ),
            places=(MeView(place=PLACE, days=180, rounds=5, points=31, streak=2, best_streak=4, weakest="data"),),
            programmes=(StatusView(place=PLACE, state="active", schedule="09:00", zone="UTC"),),
        )
    )

    assert buttons(page) == {"Answer": ROUND, "Practise": "data|", "Leaderboard": "week", "Change the setup": PLACE}
    assert f"{names.PLACE}:{PLACE}" in {block.get("block_id") for block in page["blocks"]}


def test_the_rank_of_the_week_is_among_ones_own_figures_once_there_are_points() -> None:
    mine = MeView(place=PLACE, days=180, rounds=5, points=31, streak=2, best_streak=4, rank=2, ranked=7)

    ((ranked,), (unranked,)) = private_message(mine), private_message(replace(mine, rank=0, ranked=0))

    assert "Rank: 2 of 7 this week" in ranked.text
    assert "2 of 7 this week" in str(home_view(HomeView(places=(mine,))))
    assert "Rank" not in unranked.text


def test_a_status_says_who_looks_after_the_quiz() -> None:
    status = StatusView(place=PLACE, state="active", schedule="09:00", zone="UTC", admins=(ANA, BEN))

    (shown,), (many,) = private_message(status), private_message(replace(status, admins=(ANA,) * 23))

    assert "Looked after by: <@U1> <@U2>" in shown.text
    assert "and 3 more" in many.text


def test_a_status_names_rounds_by_their_days() -> None:
    by_hand = RoundId(f"{ROUND}.2")
    last = tuple(
        LastRound(round=one, state=RoundState.REVEALED, question="Why?", repliers=2) for one in (ROUND, by_hand)
    )

    (shown,) = private_message(StatusView(place=PLACE, state="active", schedule="09:00", zone="UTC", last=last))

    day = f"{programme_and_date(ROUND)[1]:%a %d %b}"
    assert f"• {day} · revealed · 2 replies" in shown.text
    assert f"• {day}, by hand · revealed · 2 replies" in shown.text
    assert ROUND.rpartition(":")[2] not in shown.text


def test_a_status_says_how_many_changes_are_older() -> None:
    change = ChangeLine(at=NOW, who=ANA, what="paused the quiz")
    status = StatusView(place=PLACE, state="active", schedule="09:00", zone="UTC", changes=(change,), older_changes=3)

    (shown,) = private_message(status)

    assert "and 3 older ones" in shown.text


def test_a_page_with_too_much_says_how_much_is_left_out() -> None:
    one = StatusView(place=PLACE, state="active", schedule="09:00", zone="UTC")

    page = home_view(HomeView(programmes=(one,) * 9))

    assert page["blocks"][-1]["elements"][0]["text"] == "and 5 more"
