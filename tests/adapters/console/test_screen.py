import asyncio
import io
import re
from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from adapters.console import open_console
from adapters.console.screen import Screen
from bot.domain.ids import programme_of
from bot.ports import Post
from bot.views import NoticeView
from tests.adapters.console.samples import ANA, ASKED, BEN, DAY, OTHER_PLACE, PLACE, QUESTION, REVEAL, ROUND, StillClock
from tests.adapters.console.terminal import open_terminal
from tests.contracts.stages import a_programme


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.01)


async def test_posts_of_the_place_appear_as_they_come() -> None:
    async with open_terminal() as terminal, terminal.screen.watched():
        await terminal.chat.post_question(replace(QUESTION, place=OTHER_PLACE, text="Elsewhere?"))
        post = await terminal.chat.post_question(QUESTION)
        await until(lambda: ASKED in terminal.shown())

        await terminal.chat.edit_question(post, replace(QUESTION, closed=True))
        await terminal.chat.post_reveal(REVEAL)
        await until(lambda: "Model answer" in terminal.shown())

        assert terminal.shown().count("/quiz answer") == 1
        assert "the question is closed" in terminal.shown()
        assert "Elsewhere?" not in terminal.shown()


async def test_who_comes_later_sees_the_open_question_and_nothing_older() -> None:
    async with open_terminal() as terminal:
        await terminal.chat.post_reveal(REVEAL)
        await terminal.chat.post_question(replace(QUESTION, text="Gone?", closed=True))
        await terminal.chat.post_question(QUESTION)

        async with terminal.screen.watched():
            assert ASKED in terminal.shown()

        assert terminal.shown().count(ASKED) == 1
        assert "Model answer" not in terminal.shown()
        assert "Gone?" not in terminal.shown()


async def test_what_came_last_is_shown_before_the_watch_ends() -> None:
    async with open_terminal() as terminal:
        async with terminal.screen.watched():
            await terminal.chat.post_question(QUESTION)

        assert terminal.shown().count(ASKED) == 1


async def test_a_post_that_was_taken_away_at_once_is_not_shown() -> None:
    async with open_terminal() as terminal:
        post = await terminal.chat.post_question(QUESTION)
        await terminal.chat.delete_post(PLACE, post)
        await terminal.screen.look()

        assert terminal.shown() == ""


async def test_admin_notices_of_the_place_are_shown() -> None:
    async with open_terminal() as terminal:
        await terminal.chat.tell_admins(a_programme(PLACE), NoticeView(text="The quiz is paused."), "k")
        await terminal.screen.look()

        assert "The quiz is paused." in terminal.shown()
        assert programme_of(PLACE) == a_programme(PLACE).id


async def test_what_others_write_in_the_open_can_be_read_with_its_changes() -> None:
    async with open_terminal() as terminal:
        post = await terminal.chat.post_question(QUESTION)
        await terminal.screen.look()
        await terminal.chat.say(post, BEN, "look at the [b]labels[/b]")
        await terminal.screen.look()
        assert "ben: look at the [b]labels[/b]" in terminal.shown()

        await terminal.chat.amend(PLACE, BEN, "look at the features")
        await terminal.screen.look()
        assert "ben, edited: look at the features" in terminal.shown()

        await terminal.chat.withdraw(PLACE, BEN)
        await terminal.screen.look()
        assert "ben took a message back" in terminal.shown()


async def test_what_is_written_at_this_terminal_is_not_shown_as_if_it_came_from_elsewhere() -> None:
    async with open_terminal() as terminal:
        await terminal.chat.post_question(QUESTION)
        await terminal.screen.look()

        await terminal.say("ben: look at the labels")
        await terminal.screen.look()

        assert terminal.shown().count("look at the labels") == 1  # in the receipt


async def test_who_comes_later_sees_what_stands_under_the_open_question() -> None:
    async with open_terminal() as terminal:
        old = await terminal.chat.post_question(replace(QUESTION, closed=True))
        await terminal.chat.say(old, BEN, "yesterday's")
        post = await terminal.chat.post_question(QUESTION)
        await terminal.chat.say(post, BEN, "look at the labels")
        await terminal.chat.say(post, ANA, "never mind")
        await terminal.chat.withdraw(PLACE, ANA)

        async with terminal.screen.watched():
            assert re.search(r"/quiz answer.* ben: look at the labels$", terminal.shown())
            assert "yesterday's" not in terminal.shown()


async def test_a_post_of_another_version_and_a_room_in_trouble_do_not_end_the_watch() -> None:
    async with open_terminal() as terminal, terminal.screen.watched():
        terminal.chat._room.post(PLACE, ROUND, Post.QUESTION, {"layout": "from the future"})
        terminal.chat._room.post(PLACE, ROUND, Post.QUESTION, {"layout": "from the future"})
        await terminal.chat.post_question(QUESTION)
        await until(lambda: ASKED in terminal.shown())

        terminal.chat._room.close()
        await asyncio.sleep(0.15)


async def test_the_prompt_says_who_speaks_and_comes_again_after_a_post() -> None:
    async with open_terminal(interactive=True) as terminal:
        terminal.screen.listen("ana")
        await terminal.chat.post_question(QUESTION)
        await terminal.screen.look()

        assert terminal.out.getvalue().startswith("ana> \n╭─ Question")
        assert terminal.out.getvalue().endswith("╯\nana> ")


async def test_before_anybody_is_asked_a_post_leaves_no_gap_for_what_is_typed() -> None:
    async with open_terminal(interactive=True) as terminal:
        await terminal.chat.post_question(QUESTION)
        await terminal.screen.look()

        assert terminal.out.getvalue().startswith("╭─ Question")


async def test_a_terminal_that_lacks_a_letter_shows_something_else() -> None:
    raw = io.BytesIO()
    async with open_console(None, StillClock()) as chat:
        out = Console(file=io.TextIOWrapper(raw, encoding="ascii", write_through=True), width=80)
        screen = Screen(chat, PLACE, out, StillClock(), ZoneInfo("UTC"))

        screen.show(DAY)
        screen.show(NoticeView(text="שלום 🧪"))

    assert b"ana" in raw.getvalue()


async def test_a_terminal_that_can_only_print_is_as_wide_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    out = Console(file=io.StringIO(), force_terminal=True, _environ={"TERM": "dumb"})
    async with open_console(None, StillClock()) as chat:
        Screen(chat, PLACE, out, StillClock(), ZoneInfo("UTC")).show(DAY)

    assert isinstance(out.file, io.StringIO)
    assert {len(line) for line in out.file.getvalue().splitlines()} == {50}
