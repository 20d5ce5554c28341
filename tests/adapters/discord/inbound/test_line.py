"""One socket to the gateway."""

import asyncio
import logging

import pytest

from adapters.discord.inbound import intents_of
from adapters.discord.inbound.identifies import ask_gateway
from adapters.discord.inbound.line import GONE, Line
from tests.adapters.discord.inbound.quiz import Quiz


async def test_an_answer_to_a_heartbeat_is_not_said_to_be_late_for_it_came_at_once(
    quiz: Quiz, caplog: pytest.LogCaptureFixture
) -> None:
    rest = quiz.chat.rest
    line = Line(rest.http, shard=0, count=1, intents=intents_of(quiz.access), handlers={}, grace=9)
    socket = await line.open((await ask_gateway(rest)).url, None)
    heart = socket._keep_alive
    assert heart
    heart._last_send -= 60  # discord.py's thread notes when it has sent one, maybe after the answer

    await socket.send_heartbeat({"op": 1, "d": None})
    async with asyncio.timeout(5):
        while heart.latency == float("inf"):
            await line.hear(socket)

    assert not [one for one in caplog.records if one.levelno >= logging.WARNING]
    await line.close(GONE, socket)
