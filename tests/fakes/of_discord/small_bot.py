"""A small bot on discord.py as it is: it keeps what it hears, and answers as it is told to."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord import FakeDiscord

Json = dict[str, Any]
Respond = Callable[[discord.Interaction], Awaitable[object]]

V2 = 1 << 15
COMMANDS: list[Json] = [
    {
        "name": "quiz",
        "description": "The daily quiz",
        "type": 1,
        "options": [
            {
                "type": 1,
                "name": "ask",
                "description": "Ask a question",
                "options": [
                    {"type": 3, "name": "topic", "description": "Of what", "autocomplete": True, "required": True},
                    {
                        "type": 3,
                        "name": "level",
                        "description": "How hard",
                        "choices": [{"name": "Hard", "value": "hard"}, {"name": "Easy", "value": "easy"}],
                    },
                ],
            },
            {"type": 1, "name": "help", "description": "What there is"},
        ],
    },
    {"name": "quiz-admin", "description": "Set it up", "type": 1, "default_member_permissions": "32"},
]


class SmallBot(discord.Client):
    """Hears what the intents let it; `respond` answers every interaction."""

    def __init__(self, *, message_content: bool = False, **options: Any) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True, guild_reactions=True)
        intents.message_content = message_content
        super().__init__(
            intents=intents,
            guild_ready_timeout=0.05,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            enable_debug_events=True,
            **options,
        )
        self.heard: list[tuple[str, Json]] = []
        """Every dispatch, with its name."""
        self.interactions: list[Json] = []
        self.respond: Respond | None = None

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Starts anew at once, where the library would wait for five seconds."""

    async def on_socket_raw_receive(self, text: str) -> None:
        packet = discord.utils._from_json(text)
        if packet["op"] == 0:
            self.heard.append((packet["t"], packet["d"]))
        if packet["t"] == "INTERACTION_CREATE":
            self.interactions.append(packet["d"])

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if self.respond:
            await self.respond(interaction)

    def of(self, name: str) -> list[Json]:
        """The events of this name that it heard."""
        return [body for kind, body in self.heard if kind == name]


@asynccontextmanager
async def logged_in(
    fake: FakeDiscord, client: discord.Client, *, token: str | None = None
) -> AsyncIterator[discord.Client]:
    """With REST alone. The library is told of the other addresses in the two places that it has for that."""
    was, Route.BASE = (Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY), fake.api_url.rstrip("/")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(fake.gateway.url)
    try:
        async with client:
            await client.login(token or fake.token)
            yield client
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = was


@asynccontextmanager
async def connected(fake: FakeDiscord, client: SmallBot) -> AsyncIterator[SmallBot]:
    """With the gateway, and ready."""
    async with logged_in(fake, client):
        running = asyncio.create_task(client.connect())
        ready = asyncio.create_task(client.wait_until_ready())
        try:
            await asyncio.wait([running, ready], timeout=10, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
            yield client
        finally:
            await client.close()
            ready.cancel()
            with contextlib.suppress(discord.ConnectionClosed):
                await running


def question(*labels: str) -> Json:
    """A message of Components V2 with these buttons."""
    buttons = [{"type": 2, "style": 1, "label": label, "custom_id": label.lower()} for label in labels]
    inside = [{"type": 10, "content": "What is drift?"}, *([{"type": 1, "components": buttons}] if buttons else [])]
    return {"flags": V2, "components": [{"type": 17, "components": inside}]}


def form(title: str = "Your answer") -> Json:
    """A form with a paragraph."""
    field = {"type": 4, "custom_id": "text", "style": 2, "max_length": 3000}
    label = {"type": 18, "label": "Answer", "component": field}
    return {"custom_id": "answer_form", "title": title, "components": [label]}


def responding(kind: int, data: Json | None = None, **more: Any) -> Respond:
    """Answers with a callback of this type as it stands."""

    async def respond(interaction: discord.Interaction) -> object:
        route = Route(
            "POST",
            "/interactions/{webhook_id}/{webhook_token}/callback",
            webhook_id=interaction.id,
            webhook_token=interaction.token,
        )
        return await interaction.client.http.request(
            route, json={"type": kind, **({"data": data} if data else {})}, **more
        )

    return respond
