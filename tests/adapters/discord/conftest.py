from collections.abc import AsyncIterator

import pytest

from adapters.discord import open_discord
from adapters.discord.chat import DiscordChat
from adapters.redis.once import RedisOnce
from adapters.redis.store import Store
from tests.adapters.console import samples
from tests.adapters.discord.world import access, server
from tests.fakes.discord import FakeDiscord


@pytest.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    async with server() as opened:
        yield opened
        assert opened.invalid == []


@pytest.fixture
async def chat(fake: FakeDiscord, store: Store) -> AsyncIterator[DiscordChat]:
    async with open_discord(access(fake), RedisOnce(store), samples.StillClock()) as opened:
        yield opened
