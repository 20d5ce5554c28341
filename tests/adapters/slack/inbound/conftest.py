from collections.abc import AsyncIterator

import pytest

from adapters.redis.store import Store
from tests.adapters.slack.inbound.quiz import Quiz, open_quiz
from tests.fakes.slack import Message


@pytest.fixture
async def quiz(store: Store) -> AsyncIterator[Quiz]:
    """A workspace in which a bot listens, and nothing is set up yet."""
    async with open_quiz(store) as opened:
        yield opened
        assert not opened.slack.invalid


@pytest.fixture
async def post(quiz: Quiz) -> Message:
    """The post of a question that is open."""
    await quiz.set_up()
    await quiz.slack.type_command(quiz.lead, quiz.channel, "/quiz-admin ask-now")
    return await quiz.later_until(quiz.post)
