"""A process that asks nothing of its chat for a while says so, whatever its roles."""

import gc
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.discord import DiscordGateway
from adapters.redis.store import Store
from bot.app import once_of, open_bot, open_chats
from bot.ports import Limited
from bot.settings import load
from tests.adapters.discord.world import server

SECONDS = 90.0


@asynccontextmanager
async def running(store: Store, roles: str) -> AsyncIterator[tuple[ClientSession, Any]]:
    """Run a bot in Discord; yield who watches it, and what lets Discord say that everything is limited."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    async with server() as fake:
        settings = load(
            {
                "STUDYBOT_DISCORD_TOKEN": fake.token,
                "STUDYBOT_DISCORD_API_URL": fake.api_url,
                "STUDYBOT_HTTP_PORT": str(port),
                "STUDYBOT_ROLES": roles,
            },
            env_file=None,
        )
        async with (
            open_chats(settings, once_of(store)) as chats,
            open_bot(settings, store, chats),
            ClientSession(f"http://127.0.0.1:{port}") as session,
        ):
            chat = chats["discord"]
            assert isinstance(chat, DiscordGateway)

            async def limited() -> None:
                fake.faults.next("GET /users/@me/guilds", "429 global", retry_after=SECONDS)
                with pytest.raises(Limited):
                    await chat.rest.many("/users/@me/guilds")

            if "gateway" in roles:
                await fake.until(lambda: fake.gateway.connections)
            yield session, limited
    gc.unfreeze()


async def told(session: ClientSession) -> tuple[int, Mapping[str, Any]]:
    async with session.get("/readyz") as answer:
        return answer.status, await answer.json()


async def shut_seconds(session: ClientSession) -> float:
    async with session.get("/metrics") as answer:
        (line,) = [one for one in (await answer.text()).splitlines() if one.startswith("studybot_chat_shut_seconds{")]
    assert 'platform="discord"' in line
    return float(line.split()[-1])


@pytest.mark.parametrize("roles", ["scheduler", "gateway", "gateway,scheduler"])
async def test_who_may_ask_nothing_of_discord_says_for_how_long_and_people_are_sent_there_all_the_same(
    store: Store, roles: str
) -> None:
    """They are heard and answered: answers do not go through the gate, and no other process could ask either."""
    async with running(store, roles) as (session, limited):
        _, before = await told(session)
        assert "nothing_is_asked_for_s" not in before
        assert await shut_seconds(session) == 0

        await limited()

        status, after = await told(session)
        assert after["nothing_is_asked_for_s"] == {"discord": pytest.approx(SECONDS, abs=5)}
        assert status == 200
        assert await shut_seconds(session) == pytest.approx(SECONDS, abs=5)
