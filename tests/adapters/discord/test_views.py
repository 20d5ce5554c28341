from dataclasses import replace
from pathlib import Path

import pytest

from adapters.discord import names
from adapters.discord.views import (
    hint_message,
    notice_message,
    payload,
    private_message,
    question_message,
    reveal_message,
)
from adapters.discord.views.ways import HOW
from bot.domain.ids import member_id
from bot.domain.programme import Collect
from bot.domain.question import MAX_MODEL_ANSWER, Source
from bot.domain.reply import ReceiptState
from bot.domain.score import Period, Standing
from bot.views import (
    ChangeLine,
    ConfirmView,
    DocumentView,
    MeView,
    NoticeView,
    PointShare,
    ReceiptView,
    StatusView,
)
from bot.wording.labels import FEEDBACK
from content.bank import Bank
from tests.adapters.discord.drawn import alone, buttons, lines
from tests.adapters.discord.limits import CONTAINER, EPHEMERAL, ROW, V2
from tests.adapters.discord.samples import (
    ANA,
    BEN,
    DANA,
    DAY,
    GRADE,
    NOW,
    PLACE,
    QUESTION,
    REVEAL,
    ROUND,
    WEEK,
)

PACK = Path(__file__).parents[3] / "content" / "packs" / "mlops"
ANA_SHOWN, BEN_SHOWN, DANA_SHOWN = (f"<@{member.rpartition(':')[2]}>" for member in (ANA, BEN, DANA))
HERE = f"<#{PLACE.rpartition(':')[2]}>"


def test_a_question_says_what_it_is_about_what_is_asked_and_until_when() -> None:
    asked = question_message(QUESTION).components

    assert lines(asked) == [
        "## monitoring · practitioner",
        f"**{QUESTION.text}**",
        f"Answers count until <t:1795446000:f> (<t:1795446000:R>). {HOW['both']}",
    ]
    assert buttons(asked) == {"Answer": f"answer:{ROUND}", "Hint": f"hint:{ROUND} 1 2"}


def test_a_message_notifies_nobody_and_is_private_only_where_it_is_said() -> None:
    said = notice_message("Hello @everyone.")

    assert payload(said) == {"flags": V2, "components": said.components, "allowed_mentions": {"parse": []}}
    assert payload(said, ephemeral=True)["flags"] == V2 | EPHEMERAL


@pytest.mark.parametrize("closed", [False, True])
def test_what_everybody_has_to_know_stands_under_the_question_as_it_is(closed: bool) -> None:
    shown = question_message(replace(QUESTION, note="It goes to *llm* at @everyone.", closed=closed))

    assert lines(shown.components)[2] == r"It goes to \*llm\* at \@everyone."


def test_a_question_without_hints_has_no_button_for_them() -> None:
    assert list(buttons(question_message(replace(QUESTION, hints=())).components)) == ["Answer"]


@pytest.mark.parametrize(
    ("collect", "offered", "told"),
    [
        (Collect.FORM, ["Answer", "Hint"], "Answer in private with the button."),
        (Collect.THREAD, ["How to answer", "Hint"], "Answer by replying to this post"),
    ],
)
def test_only_ways_of_answering_that_are_open_are_offered(collect: Collect, offered: list[str], told: str) -> None:
    asked = question_message(replace(QUESTION, collect=collect)).components

    assert list(buttons(asked)) == offered
    assert told in lines(asked)[-1]


@pytest.mark.parametrize("collect", Collect)
def test_every_open_question_is_found_again_by_its_first_button(collect: Collect) -> None:
    asked = question_message(replace(QUESTION, collect=collect)).components

    assert next(iter(buttons(asked).values())) == f"{names.ANSWER}:{ROUND}"


def test_a_closed_question_says_so_in_words_and_shows_ones_own_reply() -> None:
    closed = question_message(replace(QUESTION, closed=True)).components

    assert lines(closed)[0] == "## monitoring · practitioner · closed"
    assert lines(closed)[-1] == "This question is closed: its answer is revealed."
    assert buttons(closed) == {"My reply and grade": f"closed:{ROUND}"}


def test_hints_are_followed_by_the_next_one_until_there_is_none() -> None:
    first = hint_message(NoticeView(text="Hint 1 of 2: when?"), f"hint:{ROUND} 1 2")
    last = hint_message(NoticeView(text="Hint 2 of 2: who?"), f"hint:{ROUND} 2 2")

    assert buttons(first.components) == {"Next hint": f"hint:{ROUND} 2 2"}
    assert buttons(last.components) == {}


def test_a_reveal_has_everything_that_was_promised() -> None:
    said = reveal_message(REVEAL).components

    assert lines(said) == [
        "## Reveal: monitoring · practitioner",
        f"**{REVEAL.text}**",
        "### Model answer",
        "**Not yet.** Look first.",
        "### Key points",
        "- Find out why the inputs shifted (weight 3, 50% of replies)",
        "- Accuracy may lag behind (weight 2)",
        "### Sources",
        "- [Watching models](https://example.org/watching) — Some Body, 2022",
        "### To think about next",
        "What if labels never come?",
        "### Today (provisional)",
        f"1\\. {ANA_SHOWN} · 10 points",
        f"2\\. {BEN_SHOWN} · 1 point",
        "### This week (provisional)",
        f"1\\. {ANA_SHOWN} · 10 points",
        f"2\\. {BEN_SHOWN} · 1 point",
        "4 replies. Ranking provisional. Check your own grade until <t:1795608000:f> (<t:1795608000:R>).",
    ]
    assert buttons(said) == {
        "My grade": f"grade:{ROUND}",
        "Leaderboard": "leaderboard:week",
        "Wrong": "command:quiz feedback 2026-11-23 wrong",
        "Unclear": "command:quiz feedback 2026-11-23 unclear",
        "Outdated": "command:quiz feedback 2026-11-23 outdated",
        "Great": "command:quiz feedback 2026-11-23 great",
    }


def test_a_final_ranking_is_called_final_unless_its_week_is_not() -> None:
    settled = replace(DAY, provisional=False)

    said = lines(reveal_message(replace(REVEAL, final=True, day=settled, week=DAY)).components)

    assert "### Today (final)" in said
    assert "### This week (provisional)" in said


def test_what_has_no_room_in_a_reveal_is_shortened_visibly_and_its_buttons_stay() -> None:
    long = replace(
        REVEAL,
        model_answer=("**a** _b_ " * 200)[:MAX_MODEL_ANSWER],
        sources=(Source(title="T" * 300, by="B" * 300, year=2022, url="https://example.org/" + "u" * 400),) * 6,
    )

    said = reveal_message(long).components

    assert any(line.endswith("…") for line in lines(said))
    assert list(buttons(said)) == ["My grade", "Leaderboard", *FEEDBACK.values()]


def test_no_answer_of_the_bank_is_shortened_in_its_reveal_however_many_take_part() -> None:
    crowd = tuple(Standing(rank=n, member=member_id("discord", "1", str(3 * 10**18 + n)), points=n) for n in range(10))
    day = replace(DAY, top=crowd, members=500)
    week = replace(day, before=Period("week:2026-W47"), podium=crowd[:3])

    for one in Bank.load([PACK]).questions.values():
        points = tuple(PointShare(point=point, share=0.5) for point in one.key_points)
        view = replace(REVEAL, text=one.text, topic=one.topic, model_answer=one.model_answer, points=points)
        said = lines(
            reveal_message(replace(view, sources=one.sources, follow_up=one.follow_up, day=day, week=week)).components
        )

        assert [line for line in said if line.endswith("…")] == [], one.id


def test_where_a_ranking_has_no_room_it_says_how_many_more_there_are() -> None:
    crowd = tuple(replace(DAY.top[0], rank=number) for number in range(1, 11))
    long = replace(REVEAL, model_answer="a word " * 220, follow_up="f" * 1_600, day=replace(DAY, top=crowd, members=40))

    assert "… and 35 more" in lines(reveal_message(long).components)


def test_colour_and_box_are_of_what_all_can_see() -> None:
    open_one, closed = question_message(QUESTION), question_message(replace(QUESTION, closed=True))

    assert [one["type"] for one in (*open_one.components, *closed.components)] == [CONTAINER, CONTAINER]
    assert open_one.components[0]["accent_color"] != closed.components[0]["accent_color"]
    assert CONTAINER not in {one["type"] for one in alone(GRADE)}


def test_ties_keep_the_rank_that_they_share() -> None:
    tied = replace(DAY, top=(replace(DAY.top[0], rank=2), replace(DAY.top[1], rank=2)))

    assert [line[:4] for line in lines(alone(tied)) if "<@" in line] == ["2\\. ", "2\\. "]


def test_a_source_whose_address_leads_nowhere_is_named_all_the_same() -> None:
    odd = replace(REVEAL.sources[0], url="javascript:alert(1)")

    assert "- Watching models — Some Body, 2022" in lines(reveal_message(replace(REVEAL, sources=(odd,))).components)


def test_a_board_shows_the_reader_and_neighbours_below_the_page() -> None:
    assert lines(alone(WEEK)) == [
        "## Leaderboard: week 48 of 2026",
        f"{HERE} · 30 members",
        f"1\\. {ANA_SHOWN} · 31 points",
        "…",
        f"16\\. {BEN_SHOWN} · 4 points",
        f"17\\. {DANA_SHOWN} · 3 points **(you)**",
    ]


def test_a_board_says_how_many_more_have_as_many_points_as_its_last() -> None:
    assert "… and 4 more with as many points" in lines(alone(replace(WEEK, tied_others=4)))


def test_a_board_without_anybody_says_what_would_fill_it_and_when() -> None:
    empty = replace(DAY, top=(), members=0, provisional=False, empty="Nobody yet.", coming=NOW)

    assert lines(alone(empty)) == ["## Leaderboard: Mon 23 Nov 2026", HERE, "Nobody yet. <t:1795435200:f>"]


def test_a_podium_is_listed_with_its_period() -> None:
    board = replace(DAY, before=Period("week:2026-W47"), podium=DAY.top, podium_others=3)

    assert lines(alone(board))[-4:] == [
        "### Podium of week 47 of 2026",
        f"1\\. {ANA_SHOWN} · 10 points",
        f"2\\. {BEN_SHOWN} · 1 point",
        "and 3 more with as many points",
    ]


def test_a_receipt_shows_what_was_written_as_a_quote() -> None:
    receipt = ReceiptView(
        round=ROUND, state=ReceiptState.ACCEPTED, sentence="Kept.", text="# First\n*look*", reveals_at=NOW
    )

    assert lines(alone(receipt)) == [
        "Kept.",
        "> \\# First",
        "> \\*look\\*",
        "Reveal: <t:1795435200:f> (<t:1795435200:R>).",
    ]


def test_a_late_reply_is_told_what_it_covers_in_a_message_of_its_own() -> None:
    late = ReceiptView(
        round=ROUND, state=ReceiptState.LATE, sentence="Too late.", late_grade=replace(GRADE, open_until=None)
    )

    first, second = private_message(late)

    assert lines(first.components) == ["Too late."]
    assert lines(second.components)[0] == "## My grade: Mon 23 Nov"


def test_a_document_is_a_file() -> None:
    (one,) = private_message(DocumentView(name="my quiz/../x.json", text="{}", note="All of it."))

    assert one.files == (("my-quiz-..-x.json", "{}"),)
    assert payload(one)["attachments"] == [{"id": 0, "filename": "my-quiz-..-x.json"}]
    assert one.components[-1]["file"] == {"url": "attachment://my-quiz-..-x.json"}


def test_what_cannot_be_undone_is_asked_with_a_button_that_says_what_it_does() -> None:
    view = ConfirmView(text="Sure?", command="/quiz forget-me yes", label="Erase everything of me")

    assert buttons(alone(view)) == {"Erase everything of me": "command:quiz forget-me yes"}


def test_ones_own_page_leads_to_practice_of_the_weakest_topic_and_to_the_board() -> None:
    me = MeView(place=PLACE, days=180, rounds=5, points=31, streak=2, best_streak=4, weakest="data")

    assert buttons(alone(me)) == {"Practise": "practise:data||", "Leaderboard": "leaderboard:week"}
    assert lines(alone(me))[:3] == ["## You in the quiz", HERE, "**Points:** 31"]


def test_a_status_says_who_looks_after_the_quiz_and_who_changed_it_and_opens_the_setup() -> None:
    change = ChangeLine(at=NOW, who=ANA, what="paused the quiz")
    status = StatusView(
        place=PLACE,
        state="active",
        schedule="09:00",
        zone="UTC",
        admins=(ANA, BEN),
        changes=(change,),
        older_changes=3,
    )

    assert f"**Looked after by:** {ANA_SHOWN} {BEN_SHOWN}" in lines(alone(status))
    assert lines(alone(status))[-2:] == [
        f"- {ANA_SHOWN} paused the quiz · <t:1795435200:f>",
        "and 3 older ones: /quiz-admin status changes",
    ]
    assert buttons(alone(status)) == {"Change the setup": "setup:1", "More settings": "setup:2"}


def test_of_very_many_changes_the_latest_are_listed_and_the_others_counted() -> None:
    changes = tuple(ChangeLine(at=NOW, who=ANA, what=f"change {number}") for number in range(40))
    status = StatusView(place=PLACE, state="active", schedule="09:00", zone="UTC", changes=changes)

    assert lines(alone(status))[-2:] == [f"- {ANA_SHOWN} change 29 · <t:1795435200:f>", "and 10 more"]


def test_buttons_stand_below_all_that_is_said() -> None:
    for one in (question_message(QUESTION), reveal_message(REVEAL)):
        kinds = [part["type"] == ROW for part in one.components[0]["components"]]
        assert kinds[-1]
        assert kinds == sorted(kinds)
