"""A server with a person, a channel and a small bot."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.discord import Channel, FakeDiscord, Person
from tests.fakes.of_discord.small_bot import SmallBot, connected


@pytest.fixture
async def discord() -> AsyncIterator[FakeDiscord]:
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
def ann(discord: FakeDiscord) -> Person:
    return discord.add_user("Ann")


@pytest.fixture
def quiz(discord: FakeDiscord) -> Channel:
    return discord.add_channel("quiz")


@pytest.fixture
async def bot(discord: FakeDiscord, quiz: Channel) -> AsyncIterator[SmallBot]:
    """Connected."""
    async with connected(discord, SmallBot()) as client:
        yield client
