"""Servers that are not Discord's own: an interaction says less of where it comes from, and of what the bot may there."""

import pytest

from adapters.discord.inbound.preflight import UNKNOWN
from bot.wording import labels
from tests.adapters.discord.inbound.quiz import Quiz
from tests.fakes.discord import Channel, Message, words
from tests.fakes.discord.payloads import interaction
from tests.fakes.discord.rest.interactions import COMMAND
from tests.fakes.discord.things import Json

LOOK_UP = "GET /channels/{channel}"


@pytest.fixture
async def thread(quiz: Quiz, post: Message) -> Channel:
    """The thread of a reveal, in which Ana has points."""
    await quiz.answered(quiz.ana, post, "alpha")
    await quiz.reveal()
    found = quiz.discord.thread(post)
    assert found
    return found


@pytest.mark.parametrize("untold", ["parent_id", "channel"])
async def test_buttons_of_a_reveal_count_for_the_channel_of_its_thread(
    quiz: Quiz, thread: Channel, untold: str
) -> None:
    quiz.discord.world.untold = {untold}
    reveal, before = quiz.discord.visible(thread)[0], quiz.discord.log.count(LOOK_UP)

    board = await quiz.shown(await quiz.press(quiz.ana, reveal, labels.LEADERBOARD))

    assert quiz.ana.mention in words(board)
    assert quiz.ana.mention in words(
        await quiz.shown(await quiz.discord.type_command(quiz.ana, thread, "/leaderboard"))
    )
    assert quiz.discord.log.count(LOOK_UP) == before


@pytest.mark.parametrize("untold", ["parent_id", "channel"])
async def test_a_command_in_a_thread_counts_for_its_channel_which_is_looked_up_once(
    quiz: Quiz, thread: Channel, untold: str
) -> None:
    quiz.discord.world.untold = {untold}
    before = quiz.discord.log.count(LOOK_UP)

    for _ in range(2):
        board = await quiz.shown(await quiz.discord.type_command(quiz.ana, thread, "/leaderboard"))
        assert quiz.ana.mention in words(board)

    assert quiz.discord.log.count(LOOK_UP) == before + 1


@pytest.mark.parametrize("kind", ["404", "timeout"])
async def test_a_channel_that_cannot_be_looked_up_keeps_nobody_waiting(quiz: Quiz, post: Message, kind: str) -> None:
    quiz.discord.world.untold = {"channel"}
    quiz.discord.faults.next(LOOK_UP, kind, seconds=20)

    answer = await quiz.discord.type_command(quiz.ana, quiz.channel, "/quiz answer")

    assert answer.modal
    assert answer.seconds < 2


@pytest.mark.parametrize("options", [[], [{"type": 1, "name": "ask"}]])
async def test_a_command_that_is_not_the_bot_s_is_said_to_be_unknown(quiz: Quiz, options: list[Json]) -> None:
    data = {"id": "1", "type": 1, "name": "trivia", "options": options}

    asked = interaction(quiz.discord.world, COMMAND, quiz.ana, quiz.channel, data)
    answer = await quiz.discord._ask(asked)

    assert "I don't know '/trivia'" in words(await quiz.shown(answer))


async def test_what_the_bot_may_do_is_not_known_where_it_is_not_told(quiz: Quiz) -> None:
    quiz.discord.world.untold = {"app_permissions"}
    form = (await quiz.type(quiz.lead, "/quiz-admin setup")).modal
    assert form

    await quiz.send(quiz.lead, form)

    await quiz.told(quiz.lead, UNKNOWN)


async def test_an_answer_goes_to_the_application_that_was_asked(quiz: Quiz, post: Message) -> None:
    quiz.discord.world.addressed = "4711"

    await quiz.type(quiz.ana, "/quiz me")

    await quiz.discord.until(lambda: any(one.path.startswith("/webhooks/4711/") for one in quiz.discord.log.calls))
