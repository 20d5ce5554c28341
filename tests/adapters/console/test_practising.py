from collections.abc import AsyncIterator

import pytest

from adapters.console.conversation import LEFT, LEFT_OPEN, NOT_POSTED, STILL_OPEN
from adapters.console.practising import NOT_PRACTISING, NOTHING_TO_TICK, which_points
from bot import wording
from tests.adapters.console.samples import ANA, BEN, QUESTION
from tests.adapters.console.terminal import Terminal, open_terminal


@pytest.fixture
async def asked(terminal: Terminal) -> Terminal:
    """A terminal in whose place a question is open."""
    await terminal.chat.post_question(QUESTION)
    return terminal


@pytest.fixture
async def terminal() -> AsyncIterator[Terminal]:
    async with open_terminal() as opened:
        yield opened


async def test_the_next_line_answers_the_practice_question_and_nobody_else_sees_it(asked: Terminal) -> None:
    shown = await asked.say("ana: /quiz ask", "ana: look: at the labels")

    assert asked.desk.practised == [("answer", "drift-1", "look: at the labels")]
    assert asked.desk.replies == {}
    assert "Comes back Thu 26 Nov 13:00 CET" in shown
    assert "/tick 1 keeps exactly that one /tick none keeps none" in shown
    assert "only ana sees this" in shown


async def test_practice_can_be_left(asked: Terminal) -> None:
    assert LEFT in await asked.say("ana: /quiz ask", "ana: /cancel")

    await asked.say("ana: openly")

    assert asked.desk.practised == []
    assert asked.desk.texts(ANA) == ["openly"]


async def test_ticking_is_of_the_reply_that_was_shown_last(terminal: Terminal) -> None:
    await terminal.say("ana: /quiz ask", "ana: my answer", "ana: /tick 1 3", "ana: /tick none")

    assert terminal.desk.practised[1:] == [
        ("check", "drift-1", True, False, True),
        ("check", "drift-1", False, False, False),
    ]
    assert which_points(3) in await terminal.say("ana: /tick 7")
    assert which_points(3) in await terminal.say("ana: /tick")


async def test_whoever_shows_the_answer_unanswered_gives_up_and_the_form_closes(asked: Terminal) -> None:
    shown = await asked.say("ana: /quiz ask", "ana: /show")

    assert asked.desk.practised == [("show", "drift-1", 2)]
    assert LEFT_OPEN in await asked.say("ana: /cancel")
    assert "Model answer" in shown
    assert "https://example.org/watching" in shown


@pytest.mark.parametrize("last", ["my answer", "/show"])
async def test_a_line_after_practice_does_not_fall_into_the_open_until_it_is_said_once_more(
    asked: Terminal, last: str
) -> None:
    await asked.say("ana: /quiz ask", f"ana: {last}", "ana: /tick 1")

    assert NOT_POSTED in await asked.say("ana: I meant the labels too")
    assert asked.desk.texts(ANA) == []
    await asked.say("ben: his", "ana: openly")

    assert (asked.desk.texts(BEN), asked.desk.texts(ANA)) == (["his"], ["openly"])


async def test_after_an_answer_looking_is_no_giving_up(terminal: Terminal) -> None:
    await terminal.say("ana: /quiz ask", "ana: my answer", "ana: /show")

    assert terminal.desk.practised[-1] == ("show", "drift-1", None)


async def test_another_one_is_of_the_same_kind_and_takes_the_next_line(terminal: Terminal) -> None:
    await terminal.say("ana: /quiz ask", "ana: my answer", "ana: /another", "ana: /tick 1", "ana: my other answer")

    assert terminal.desk.practised[1:] == [
        ("another", "monitoring", "drift-1"),
        ("answer", "drift-2", "my other answer"),
    ]


async def test_hints_are_of_what_is_being_practised_and_then_of_the_open_question_again(asked: Terminal) -> None:
    assert "This is practice hint 2." in await asked.say("ana: /quiz ask", "ana: /hint 2")
    assert "This is hint 1." in await asked.say("ana: /cancel", "ana: /hint")


async def test_who_does_not_practise_is_told_how_to(terminal: Terminal) -> None:
    await terminal.say("ben: /quiz ask", "ben: his answer")

    assert NOT_PRACTISING in await terminal.say("ana: /show")
    assert NOT_PRACTISING in await terminal.say("ana: /another")
    assert NOTHING_TO_TICK in await terminal.say("ana: /tick 1")


async def test_a_practice_reply_that_was_refused_is_put_right_in_the_next_line(asked: Terminal) -> None:
    asked.desk.refuses_practice = wording.practice.EMPTY
    assert STILL_OPEN in await asked.say("ana: /quiz ask", "ana: .")

    asked.desk.refuses_practice = ""
    await asked.say("ana: better")

    assert asked.desk.practised[-1] == ("answer", "drift-1", "better")
    assert asked.desk.replies == {}


@pytest.mark.parametrize("sentence", sorted(wording.practice.CLOSED))
async def test_where_no_reply_is_any_use_the_form_closes(asked: Terminal, sentence: str) -> None:
    asked.desk.refuses_practice = sentence
    shown = await asked.say("ana: /quiz ask", "ana: too late")

    assert STILL_OPEN not in shown
    assert "no form is open" in (await asked.say("ana: /cancel")).lower()
