"""Commands: what Discord is told of them, what is completed, and answers that come in private whatever goes wrong."""

import asyncio
import copy
from typing import Any

import pytest

from adapters.discord.commands import COMMANDS
from adapters.discord.inbound.command_sync import are_known, sync_commands
from adapters.discord.inbound.private import FAILED
from adapters.discord.inbound.reception import NOT_HERE
from bot.wording import labels
from tests.adapters.discord.inbound.quiz import Quiz
from tests.fakes.discord import Message, pressable, words
from tests.fakes.discord.things import EPHEMERAL

SYNC = "PUT /applications/{application}/commands"
LOOK = "GET /applications/{application}/commands"
CALLBACK = "POST /interactions/{interaction}/{token}/callback"
ORIGINAL = "PATCH /webhooks/{application}/{token}/messages/{message}"


# What Discord is told of them


async def test_commands_are_written_once_and_only_read_from_then_on(quiz: Quiz) -> None:
    for _ in range(2):
        await sync_commands(quiz.chat.rest)

    assert quiz.discord.log.count(LOOK) == 3
    assert quiz.discord.log.count(SYNC) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda there: there.pop(),
        lambda there: there[0].update(description="Something else"),
        lambda there: there[0]["options"].pop(),
        lambda there: there[0]["options"].reverse(),
        lambda there: there[1].update(default_member_permissions=None),
        lambda there: there.append({**there[0], "name": "old", "id": "1"}),
    ],
)
def test_every_difference_is_seen(change: Any) -> None:
    there = copy.deepcopy(COMMANDS)
    assert are_known([{**one, "id": "9", "version": "1", "nsfw": False} for one in reversed(there)], COMMANDS)

    change(there)

    assert not are_known(there, COMMANDS)


@pytest.mark.parametrize("setting", ["type", "contexts", "default_member_permissions"])
def test_a_setting_that_is_not_told_of_is_no_difference(setting: str) -> None:
    there = [{name: value for name, value in one.items() if name != setting} for one in COMMANDS]

    assert are_known(there, COMMANDS)


@pytest.mark.parametrize("kind", ["404", "405", "403 50001"])
async def test_where_commands_cannot_be_read_they_are_written_once(quiz: Quiz, kind: str) -> None:
    before = quiz.discord.log.count(SYNC)
    quiz.discord.faults.next(LOOK, kind)

    await sync_commands(quiz.chat.rest)

    assert quiz.discord.log.count(SYNC) == before + 1


async def test_a_discord_that_is_busy_is_asked_again(quiz: Quiz, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.inbound.command_sync._FIRST_PAUSE", 0.05)
    quiz.discord.world.commands.clear()
    quiz.discord.faults.next(LOOK, "503", times=2)

    await sync_commands(quiz.chat.rest)

    assert {command["name"] for command in quiz.discord.world.commands[None].values()} == {
        command["name"] for command in COMMANDS
    }


# What is completed


async def test_topics_and_zones_are_completed_from_memory(quiz: Quiz) -> None:
    await quiz.stall(0.5)

    zones = await quiz.discord.autocomplete(quiz.lead, quiz.channel, "/quiz-admin setup", "zone", "new york")
    topics = await quiz.discord.autocomplete(quiz.ana, quiz.channel, "/quiz ask", "topic", "")

    assert zones[0]["value"] == "America/New_York"
    assert {one["value"] for one in topics} == set(quiz.core.doors.topics)


# Answers


async def test_every_answer_is_private(quiz: Quiz, post: Message) -> None:
    for line in ("/quiz help", "/quiz me", "/quiz ask", "/quiz hide", "/quiz export", "/leaderboard", "/quiz grade"):
        shown = await quiz.shown(await quiz.type(quiz.ana, line))
        assert shown.flags & EPHEMERAL
        assert words(shown)
    assert quiz.ours() == [post]


async def test_an_answer_may_be_typed(quiz: Quiz, post: Message) -> None:
    assert "Your reply is saved" in words(await quiz.shown(await quiz.type(quiz.ana, "/quiz answer", text="alpha")))


async def test_a_copy_of_one_s_data_is_a_file(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha, in my own words")

    shown = await quiz.shown(await quiz.type(quiz.ana, "/quiz export"))

    (file,) = shown.files
    assert b"alpha, in my own words" in file.content


async def test_who_wants_to_be_forgotten_is_asked_first(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    asked = await quiz.shown(await quiz.type(quiz.ana, "/quiz forget-me"))

    (button,) = [label for label, _ in pressable(asked)]
    await quiz.press(quiz.ana, asked, button)

    await quiz.rest()
    form = await quiz.opened(quiz.ana, post, "Answer")
    assert "alpha" not in str(form.components)


async def test_a_response_that_is_limited_or_broken_for_a_moment_is_given_again(quiz: Quiz) -> None:
    quiz.discord.faults.next(CALLBACK, "429")
    quiz.discord.faults.next(CALLBACK, "500")
    quiz.discord.faults.next(ORIGINAL, "lost")
    quiz.discord.faults.next(ORIGINAL, "503")

    assert "/quiz answer" in words(await quiz.shown(await quiz.type(quiz.ana, "/quiz help")))
    await quiz.rest()


async def test_other_calls_that_are_limited_everywhere_keep_no_response_waiting(quiz: Quiz) -> None:
    quiz.discord.faults.next(LOOK, "429 global", retry_after=3)
    looking = asyncio.create_task(sync_commands(quiz.chat.rest))
    await asyncio.sleep(0.2)

    answer = await quiz.discord.type_command(quiz.ana, quiz.channel, "/quiz help")

    assert answer.seconds < 0.5
    assert "/quiz answer" in words(await quiz.shown(answer))
    looking.cancel()


async def test_what_discord_does_not_take_is_a_sentence(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    quiz.discord.faults.next(ORIGINAL, "400 50035")
    assert FAILED in words(await quiz.shown(await quiz.type(quiz.ana, "/quiz help")))

    quiz.discord.faults.next(CALLBACK, "400 50035")
    assert FAILED in words(await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin setup")))

    assert "does not take an answer" in caplog.text
    quiz.discord.invalid.clear()


async def test_no_token_of_an_interaction_stands_in_a_log(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    for kind in ("cut", "500", "lost", "404 10062"):
        quiz.discord.faults.next(CALLBACK, kind)
        quiz.discord.faults.next(ORIGINAL, kind)
        answer = await quiz.discord.type_command(quiz.ana, quiz.channel, "/quiz help")
        await quiz.rest()
        said = [f"{record.getMessage()} {record.__dict__}" for record in caplog.records]
        assert not any(answer.interaction.token in one or quiz.discord.token in one for one in said)
        quiz.discord.faults.clear()


# Where there is no quiz to be had


async def test_a_direct_message_is_answered_kindly(quiz: Quiz) -> None:
    for command in quiz.discord.world.commands[None].values():
        command["dm_permission"] = True  # as an older list of commands may have it

    answer = await quiz.discord.type_command(quiz.ana, quiz.discord.dm(quiz.ana), "/quiz help")

    assert NOT_HERE in words(await quiz.shown(answer))


async def test_boards_are_turned_over_where_they_stand(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    reveal = await quiz.reveal()

    board = await quiz.shown(await quiz.press(quiz.ana, reveal, labels.LEADERBOARD))

    assert board.flags & EPHEMERAL
    assert quiz.ana.mention in words(board)
    assert not board.pings
