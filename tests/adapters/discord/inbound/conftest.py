from collections.abc import AsyncIterator

import pytest

from adapters.redis.store import Store
from tests.adapters.discord.inbound.quiz import Quiz, open_quiz
from tests.fakes.discord import Message


@pytest.fixture
async def quiz(store: Store) -> AsyncIterator[Quiz]:
    """A server in which a bot listens, and nothing is set up yet."""
    async with open_quiz(store) as opened:
        yield opened
        assert not opened.discord.invalid
        assert not opened.discord.faults.waiting, "a fault that nothing met shows nothing"


@pytest.fixture
async def post(quiz: Quiz) -> Message:
    """The post of a question that is open."""
    await quiz.set_up()
    return await quiz.ask()
