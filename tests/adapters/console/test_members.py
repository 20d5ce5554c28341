"""What the terminal shows of boards with hidden members and podiums, and of what is kept of oneself."""

from dataclasses import replace

import pytest

from bot import wording
from bot.domain.ids import member_id
from bot.domain.score import Period, Standing
from bot.views import MeView
from tests.adapters.console.samples import ANA, BEN, CHRIS, CONFIRM, DANA, DAY, DOCUMENT, EMPTY_BOARD, IN_3_H, ME, WEEK
from tests.adapters.console.terminal import open_terminal
from tests.adapters.console.test_panels import flat, shown


def test_own_figures_shares_and_the_way_into_practice() -> None:
    text = flat(shown(ME, alone="ana"))

    assert "Points 31 Rank 2 of 7 this week Rounds 5 in the last 180 days Streak 2 in a row, 4 at best" in text
    assert "Reviews 2 due: /quiz ask brings them up" in text
    assert "Topics infrastructure 15% 4 rounds data 100% 1 round Levels practitioner 32% 5 rounds" in text
    assert "You are hidden: only you see this." in text
    assert "Most is still to be won in infrastructure. A question to practise: /quiz ask infrastructure" in text


@pytest.mark.parametrize(("due", "said"), [(0, "none due"), (1, "1 due: /quiz ask brings it up")])
def test_reviews_that_are_due_are_counted(due: int, said: str) -> None:
    assert f"Reviews {said}" in flat(shown(replace(ME, due=due)))


def test_who_has_no_round_reads_the_note_and_no_empty_tables() -> None:
    view = MeView(place=ME.place, days=180, rounds=0, points=0, streak=0, best_streak=0, note="Answer the next one.")

    text = flat(shown(view))

    assert "Answer the next one." in text
    assert "Topics" not in text
    assert "Rank" not in text
    assert "hidden" not in text


def test_names_of_topics_stay_whole_on_a_narrow_terminal() -> None:
    assert "infrastructure" in shown(ME, width=40)


def test_what_is_asked_once_names_the_command_that_does_it() -> None:
    said = flat(shown(CONFIRM))

    assert "This deletes everything. Erase everything of me: /quiz forget-me yes" in said
    assert said.endswith("Or say yes or no in your next line.")


async def test_a_document_stands_below_its_frame_where_it_can_be_copied() -> None:
    async with open_terminal() as terminal:
        long = replace(DOCUMENT, text='{"text": "' + "word " * 60 + '\x1b[2J"}')

        terminal.screen.show(long, alone="ana")

    said = terminal.out.getvalue().splitlines()
    assert "All that is kept of you." in said[-3]
    assert said[-1] == long.text.replace("\x1b", "\N{SYMBOL FOR ESCAPE}")


def test_an_empty_board_says_what_would_fill_it_and_when() -> None:
    view = replace(EMPTY_BOARD, empty=wording.boards.OPEN_NOW, coming=IN_3_H)

    text = flat(shown(view))

    assert wording.boards.OPEN_NOW in text
    assert "Mon 23 Nov 16:00 CET, in 3 h" in text


def test_a_hidden_reader_sees_the_own_line_below_the_others() -> None:
    view = replace(WEEK, own=Standing(rank=2, member=DANA, points=9), around=(), hidden=True)

    text = flat(shown(view))

    assert "2. dana (you) 9" in text
    assert wording.boards.HIDDEN in text


def test_a_board_of_hidden_members_alone_has_the_own_line() -> None:
    view = replace(
        EMPTY_BOARD, own=Standing(rank=1, member=ANA, points=6), hidden=True, empty=wording.boards.ONLY_HIDDEN
    )

    assert f"{wording.boards.ONLY_HIDDEN} 1. ana (you) 6" in flat(shown(view))


def test_a_board_says_how_many_more_have_as_many_points_before_the_reader_who_is_below() -> None:
    view = replace(DAY, tied_others=3, own=Standing(rank=9, member=member_id("console", "home", "eva"), points=1))

    assert "… and 3 more with as many points 9. eva (you) 1" in flat(shown(view))


def test_a_podium_names_its_period_its_ranks_and_how_many_more_there_are() -> None:
    podium = tuple(Standing(rank=rank, member=who, points=9) for rank, who in ((1, ANA), (1, BEN), (3, CHRIS)))
    view = replace(DAY, before=Period("week:2026-W47"), podium=podium, podium_others=2, podium_provisional=True)

    text = flat(shown(view))

    assert text.endswith(
        "Podium of week 47 of 2026 (provisional) 1. ana 9 1. ben 9 3. chris 9 and 2 more with as many points"
    )
    assert "Podium" not in shown(replace(view, podium=()))
    assert "(provisional) 1." not in flat(shown(replace(view, podium_provisional=False)))
    assert "more with" not in shown(replace(view, podium_others=0))
