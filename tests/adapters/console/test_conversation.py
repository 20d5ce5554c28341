import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from adapters.console.conversation import (
    ANOTHER_QUESTION,
    DID_YOU_MEAN_QUIT,
    LEFT,
    LEFT_OPEN,
    NO_MESSAGE,
    NO_TEXT,
    NOT_WRITTEN,
    STILL_OPEN,
    WHICH_HINT,
)
from adapters.console.forms import YES_OR_NO
from adapters.console.speech import WORDS
from bot import wording
from bot.domain.ids import programme_of, round_id
from bot.domain.reply import FORM, ReceiptState, Via
from bot.domain.round import Round, RoundState
from tests.adapters.console.samples import ANA, BEN, IN_3_H, NOW, PLACE, QUESTION, ROUND
from tests.adapters.console.terminal import Terminal, open_terminal


@pytest.fixture
async def terminal() -> AsyncIterator[Terminal]:
    async with open_terminal() as opened:
        yield opened


@pytest.fixture
async def asked(terminal: Terminal) -> Terminal:
    """A terminal in whose place a question is open."""
    await terminal.chat.post_question(QUESTION)
    return terminal


async def read_back(terminal: Terminal) -> list[str]:
    asked = Round(
        id=ROUND, place=PLACE, question=None, state=RoundState.OPEN, asks_at=NOW, reveals_at=IN_3_H, post=None
    )
    return [reply.text for reply in await terminal.chat.read_back(asked) if not reply.withdrawn]


async def test_plain_text_is_a_reply_in_the_thread_that_the_room_keeps_too(asked: Terminal) -> None:
    shown = await asked.say("ana: Look at the labels")

    (reply,) = asked.desk.replies.values()
    assert (reply.member, reply.text, reply.via, reply.round) == (ANA, "Look at the labels", Via.THREAD, ROUND)
    assert (reply.part, reply.delivery) == ("2", "2:0")
    assert await read_back(asked) == ["Look at the labels"]
    assert "Your reply is saved." in shown
    assert "only ana sees this" in shown


async def test_after_as_plain_text_is_enough_and_another_name_still_speaks_for_itself(asked: Terminal) -> None:
    await asked.say("/as Ana", "mine", "ben: his", "mine too")

    assert asked.desk.texts(ANA) == ["mine", "mine too"]
    assert asked.desk.texts(BEN) == ["his"]
    assert asked.conversation.speaker == "ana"


async def test_without_an_open_question_plain_text_is_chatter(terminal: Terminal) -> None:
    assert wording.replies.NO_ROUND in await terminal.say("ana: hello")

    await terminal.chat.post_question(replace(QUESTION, closed=True))

    assert wording.replies.NO_ROUND in await terminal.say("ana: hello")
    assert terminal.desk.replies == {}


async def test_editing_and_deleting_one_s_last_message_reach_room_and_desk(asked: Terminal) -> None:
    await asked.say("ana: first", "ana: secnod", "ana: /edit second")
    assert asked.desk.texts(ANA) == ["first", "second"] == await read_back(asked)

    shown = await asked.say("ana: /delete")

    assert asked.desk.texts(ANA) == ["first"] == await read_back(asked)
    assert "Your reply is withdrawn." in shown
    assert len(set(asked.desk.deliveries)) == 4


async def test_editing_and_deleting_say_what_is_missing(asked: Terminal) -> None:
    await asked.say("ben: his")

    assert NO_MESSAGE in await asked.say("ana: /edit better")
    assert NO_MESSAGE in await asked.say("ana: /delete")
    assert NO_TEXT in await asked.say("ben: /edit")


async def test_an_opened_form_takes_the_member_s_next_line(asked: Terminal) -> None:
    assert "Your next line is your answer" in await asked.say("ana: /quiz answer")

    await asked.say("ben: his", "", "ana: /hint", "ana: mine")

    (reply,) = [reply for reply in asked.desk.replies.values() if reply.member == ANA]
    assert (reply.text, reply.via, reply.part, reply.round) == ("mine", Via.FORM, FORM, ROUND)
    assert await read_back(asked) == ["his"]


async def test_an_answer_in_the_form_may_have_a_colon(asked: Terminal) -> None:
    await asked.say("/as ana", "/quiz answer", "drift: it changes")

    assert asked.desk.texts(ANA) == ["drift: it changes"]


async def test_a_form_can_be_left(asked: Terminal) -> None:
    assert LEFT in await asked.say("ana: /quiz answer", "ana: /cancel")
    assert LEFT_OPEN in await asked.say("ana: /cancel")

    await asked.say("ana: openly")

    assert [reply.via for reply in asked.desk.replies.values()] == [Via.THREAD]


@pytest.mark.parametrize(
    ("said", "carried_out"), [("YES", True), ("no", False), ("/cancel", False), ("/quiz forget-me yes", True)]
)
async def test_what_is_to_be_confirmed_takes_yes_and_no_and_nothing_of_it_falls_into_the_open(
    asked: Terminal, said: str, carried_out: bool
) -> None:
    await asked.say("ana: /quiz forget-me", "ana: /leaderboard")

    assert YES_OR_NO in await asked.say("ana: sure, go on")
    await asked.say(f"ana: {said}")

    assert (("quiz", "forget-me yes") in asked.desk.asked) is carried_out
    assert asked.desk.replies == {}
    assert LEFT_OPEN in await asked.say("ana: /cancel")


async def test_commands_go_to_the_desk_word_for_word_each_with_a_delivery_of_its_own(terminal: Terminal) -> None:
    await terminal.say(
        "ana: /quiz answer Look at [b]labels[/b]", "/as ben", "/quiz-admin status", "/leaderboard week team"
    )

    assert terminal.desk.asked == [
        ("quiz", "answer Look at [b]labels[/b]"),
        ("quiz-admin", "status"),
        ("leaderboard", "week team"),
    ]
    assert len(set(terminal.desk.deliveries)) == 3


async def test_a_hint_is_the_first_unless_a_number_says_another(terminal: Terminal) -> None:
    assert "This is hint 1." in await terminal.say("ana: /hint")
    assert "This is hint 2." in await terminal.say("ana: /hint 2")
    assert WHICH_HINT in await terminal.say("ana: /hint two")
    assert WHICH_HINT in await terminal.say("ana: /hint " + "9" * 5_000)


async def test_a_grade_is_shown_and_exactly_the_named_key_points_are_ticked(terminal: Terminal) -> None:
    assert "[x] 1." in await terminal.say("ana: /grade")

    assert "self-checked" in await terminal.say("ana: /grade 1 3")
    await terminal.say("ana: /grade 2,3 -- I said -- labels", "ana: /grade none", "ana: /grade none -- fair")

    assert terminal.desk.checked == [
        ([True, False, True], ""),
        ([False, True, True], "I said -- labels"),
        ([False, False, False], ""),
        ([False, False, False], "fair"),
    ]


@pytest.mark.parametrize("numbers", ["0", "4", "1 x", "all", "-- because", "1 --because", "²"])
async def test_ticks_that_fit_no_key_point_change_nothing(terminal: Terminal, numbers: str) -> None:
    shown = await terminal.say(f"ana: /grade {numbers}")

    assert "Say which of the 3 key points" in shown
    assert terminal.desk.checked == []


async def test_ticks_meant_for_an_earlier_question_are_not_given_to_a_newer_one(terminal: Terminal) -> None:
    await terminal.say("ana: /grade")
    terminal.desk.graded = round_id(programme_of(PLACE), date(2026, 11, 24))

    assert ANOTHER_QUESTION in await terminal.say("ana: /grade 1")
    assert terminal.desk.checked == []

    await terminal.say("ana: /grade 1")
    assert terminal.desk.checked == [([True, False, False], "")]


async def test_wrong_words_and_names_are_answered_with_a_sentence(terminal: Terminal) -> None:
    assert "did you mean /grade?" in await terminal.say("ana: /gade")
    assert "did you mean /quit?" in await terminal.say("/quitt")
    assert "bob-smith would do" in await terminal.say("/as Böb Smith")
    assert "Say who speaks" in await terminal.say("hello")
    assert "Say who speaks" in await terminal.say("/grade")


async def test_help_lists_the_words_and_quit_ends(terminal: Terminal) -> None:
    shown = await terminal.say("/help")

    assert all(f"/{word}" in shown for word in WORDS if word not in {"help", "quiz-admin"})
    assert not await terminal.conversation.take("/quit")
    assert not await terminal.conversation.take("ana: /QUIT")


async def test_a_room_that_cannot_be_written_is_said_and_nothing_counts() -> None:
    async with open_terminal() as terminal:
        await terminal.chat.post_question(QUESTION)
        terminal.chat._room.close()

        assert NOT_WRITTEN in await terminal.say("ana: hello")
        assert terminal.desk.replies == {}


async def test_lines_are_taken_until_quit_or_the_end_and_echoed_when_nobody_types(asked: Terminal) -> None:
    async def lines(*said: str) -> AsyncIterator[str]:
        for line in said:
            yield line

    await asked.conversation.run(lines("/as ana", "one", "/quit", "two"))
    await asked.conversation.run(lines("three"))

    assert asked.desk.texts(ANA) == ["one", "three"]
    assert "> /as ana" in asked.shown()
    assert "ana> three" in asked.shown()


# --- any line at all ------------------------------------------------------------------------------------------------

NASTY = st.sampled_from(
    [
        "",
        " ",
        ":",
        "/",
        "ana:",
        ": x",
        "\x00\x1b[2J\x9b31m\x07",
        "\ud800",
        "\u202e\u05e9\u05dc\u05d5\u05dd\u2066",
        "👩‍🔬" * 50,
        "[/bold] [link=x] :smile:",
        'redis.call("DEL", KEYS[1]) -- ]]',
        "x" * 1_000_000,
        "²",
        "1 3",
        "none -- why",
        "answer",
        "answer \r\n text\u2028more",
    ]
)
SAID = st.one_of(NASTY, st.text(max_size=40), st.text(st.characters(), max_size=20))
LINES = st.builds(
    "{}{}{}".format,
    st.sampled_from(["", "ana: ", "Ben: ", "/as ", "böb: "]),
    st.sampled_from(["", "/", *(f"/{word} " for word in WORDS if word != "quit")]),
    SAID,
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=8), st.booleans())
def test_no_line_makes_the_conversation_fail_or_reaches_the_terminal_as_an_escape(
    lines: list[str], question_is_open: bool
) -> None:
    async def talk() -> str:
        async with open_terminal() as terminal:
            if question_is_open:
                await terminal.chat.post_question(QUESTION)
            for line in lines:
                terminal.screen.echo(line)
                await terminal.conversation.take(line)
            return terminal.out.getvalue()

    shown = asyncio.run(talk())

    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", shown)
    assert all(cell_len(line) <= 80 for line in shown.split("\n"))


async def test_the_setup_form_takes_the_next_line_as_its_values(asked: Terminal) -> None:
    assert "Your next line sets it up" in await asked.say("ana: /quiz-admin setup")

    await asked.say("ana: at=09:30 zone=Europe/Berlin")

    assert asked.desk.asked[-1] == ("quiz-admin", "setup at=09:30 zone=Europe/Berlin")
    assert not asked.desk.replies


@pytest.fixture
async def keyboard() -> AsyncIterator[Terminal]:
    """A terminal at which a person types, in whose place a question is open."""
    async with open_terminal(interactive=True) as opened:
        await opened.chat.post_question(QUESTION)
        await opened.conversation.take("/as ana")
        yield opened


async def _typed(*lines: str, pause: float = 0.1) -> AsyncIterator[str]:
    for line in lines:
        yield line
        await asyncio.sleep(pause)


@pytest.mark.parametrize("state", [ReceiptState.TOO_LONG, ReceiptState.EMPTY, ReceiptState.NOT_SAVED])
async def test_what_a_form_refuses_is_put_right_in_the_next_line_and_never_in_the_open(
    asked: Terminal, state: ReceiptState
) -> None:
    await asked.say("ana: /quiz answer")
    asked.desk.refuses = state

    assert STILL_OPEN in await asked.say("ana: too much")
    asked.desk.refuses = None
    await asked.say("ana: as it should be")
    await asked.say("ana: in the open")

    assert [reply.via for reply in asked.desk.replies.values()] == [Via.FORM, Via.THREAD]
    assert await read_back(asked) == ["in the open"]


async def test_a_setup_form_with_a_wrong_value_stays_open_too(asked: Terminal) -> None:
    await asked.say("ana: /quiz-admin setup")

    assert STILL_OPEN in await asked.say("ana: at=banana")
    assert LEFT in await asked.say("ana: /cancel")
    assert await read_back(asked) == []


async def test_lines_pasted_into_a_form_are_one_private_answer(keyboard: Terminal) -> None:
    await keyboard.conversation.take("/quiz answer")

    await keyboard.conversation.run(_typed("first, the labels;", "then, the features", pause=0))

    assert [reply.text for reply in keyboard.desk.replies.values()] == ["first, the labels;\nthen, the features"]
    assert await read_back(keyboard) == []


async def test_what_is_typed_is_not_printed_once_more(keyboard: Terminal) -> None:
    await keyboard.conversation.run(_typed("look at the labels"))

    assert keyboard.shown().count("look at the labels") == 1  # in the receipt


async def test_the_prompt_says_which_form_the_next_line_is_for(keyboard: Terminal) -> None:
    await keyboard.conversation.run(_typed("/quiz answer", "/cancel", "/quiz-admin setup"))

    prompts = re.findall(r"^ana.*?> ", keyboard.out.getvalue(), flags=re.MULTILINE)
    assert prompts == ["ana> ", "ana, your answer> ", "ana> ", "ana, setup> "]


async def test_lines_pasted_after_a_command_are_as_private_as_the_command(keyboard: Terminal) -> None:
    await keyboard.conversation.run(_typed("/quiz answer first, the labels;", "then, the features", pause=0))

    assert keyboard.desk.asked[-1] == ("quiz", "answer first, the labels;\nthen, the features")
    assert await read_back(keyboard) == []


async def test_commands_pasted_together_are_carried_out_one_by_one(keyboard: Terminal) -> None:
    await keyboard.conversation.run(
        _typed("my reply", "/etc/hosts is in it", "/leaderboard", "ben: /quiz-admin status", pause=0)
    )

    assert [reply.text for reply in keyboard.desk.replies.values()] == ["my reply\n/etc/hosts is in it"]
    assert keyboard.desk.asked[-2:] == [("leaderboard", ""), ("quiz-admin", "status")]


async def test_lines_typed_one_by_one_are_taken_one_by_one(keyboard: Terminal) -> None:
    await keyboard.conversation.take("/quiz answer")

    await keyboard.conversation.run(_typed("in private", "/help", "in the open"))

    assert [reply.text for reply in keyboard.desk.replies.values()] == ["in private", "in the open"]


@pytest.mark.parametrize("line", ["note: small", "tldr: look at the data", "Monitoring: it pages you"])
async def test_at_a_keyboard_a_word_before_a_colon_is_no_newcomer(keyboard: Terminal, line: str) -> None:
    await keyboard.say(line)

    assert [(reply.member, reply.text) for reply in keyboard.desk.replies.values()] == [(ANA, line)]


async def test_at_a_keyboard_whoever_has_spoken_is_known_by_name(keyboard: Terminal) -> None:
    await keyboard.say("/as ben", "/as ana", "ben: hello")

    assert [(reply.member, reply.text) for reply in keyboard.desk.replies.values()] == [(BEN, "hello")]


@pytest.mark.parametrize("word", ["quit", "Exit"])
async def test_a_bare_quit_at_a_keyboard_is_not_posted(keyboard: Terminal, word: str) -> None:
    assert DID_YOU_MEAN_QUIT in await keyboard.say(word)
    assert await read_back(keyboard) == []
