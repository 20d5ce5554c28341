"""One shard's way to the gateway: discord.py's WebSocket, without its models, its caches and its loop.

That loop ends for good if the first handshake fails or a payload is not as its models expect. So this takes from discord.py
what the wire is about (greeting, heartbeats, compression, IDENTIFY and RESUME), and hands payloads over as they came.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient

Payload = Mapping[str, Any]
Handlers = Mapping[str, Callable[[Any], None]]
"""What takes an event's payload, by the event's name in Discord. None of them raises."""

GONE, RESUMABLE = 1000, 4000
"""Close codes: the session ends with the socket, or it can be taken up again."""
_GREETINGS = ("READY", "RESUMED")
_GREETING_SECONDS = 30.0
_HEARTBEAT_SECONDS = 41.25
"""Discord's, where it has not said another."""
_NEVER = 86_400.0
_CLOSE_SECONDS = 1.0
"""So long a dead peer may keep us waiting for its farewell."""

# At its lower levels discord.py writes down whole payloads, with what members wrote.
logging.getLogger("discord").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a lost socket is taken up again with: nothing that came meanwhile is missed then."""

    id: str
    sequence: int
    url: str


class _Socket(DiscordWebSocket):
    async def received_message(self, msg: Any, /) -> None:
        if isinstance(msg, bytes):
            msg = self._decompressor.decompress(msg)
        if msg is not None:
            await super().received_message(completed(msg, str(self.gateway)))

    async def send_heartbeat(self, data: Any) -> None:
        """Send one, and note when: discord.py's thread does so maybe after the answer, which then would seem to be late by a whole beat."""
        if self._keep_alive:
            self._keep_alive._last_send = time.perf_counter()  # noqa: SLF001 - it says so nowhere else
        await super().send_heartbeat(data)


def completed(packet: str, url: str) -> str:
    """Return a greeting with all that discord.py has no default for, such as where the session is to be resumed; any other packet as it is."""
    if not any(f'"{name}"' in packet for name in _GREETINGS):
        return packet
    told = json.loads(packet)
    if told.get("t") not in _GREETINGS:
        return packet
    return json.dumps({**told, "d": {"resume_gateway_url": url, **_said(told.get("d"))}})


def _said(body: Any) -> Payload:
    return {name: value for name, value in (body or {}).items() if value is not None}


class Line:
    """Opens sockets of one shard, one at a time; one that is left or fails is closed."""

    def __init__(
        self, http: HTTPClient, *, shard: int, count: int, intents: discord.Intents, handlers: Handlers, grace: float
    ) -> None:
        """``grace``: a socket that says nothing for so many seconds longer than heartbeats are apart is a dead one."""
        self.token = http.token
        self._http = http
        self._grace = grace
        self._shard = shard
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._client = discord.Client(
            intents=intents,
            shard_id=shard,
            shard_count=count,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            heartbeat_timeout=_NEVER,  # hear() knows better when
        )
        self._client.http = cast("HTTPClient", self)
        self._client._connection.parsers = dict(handlers)  # noqa: SLF001 - its models are what is left out

    async def open(self, url: str, session: Session | None) -> DiscordWebSocket:
        """Return a socket that was greeted and has sent RESUME, or IDENTIFY without a session.

        Raises what discord.py and aiohttp raise, TimeoutError among it.
        """
        self._client.loop = asyncio.get_running_loop()
        resumed: dict[str, Any] = (
            {"resume": True, "session": session.id, "sequence": session.sequence} if session else {}
        )
        async with asyncio.timeout(_GREETING_SECONDS):
            return await _Socket.from_client(
                self._client, initial=True, gateway=yarl.URL(url), shard_id=self._shard, **resumed
            )

    async def hear(self, socket: DiscordWebSocket) -> None:
        """Take one payload. Raises what discord.py raises at the end of a socket, TimeoutError if it says nothing any more."""
        apart = (socket._keep_alive and socket._keep_alive.interval) or _HEARTBEAT_SECONDS  # noqa: SLF001 - it says it nowhere else
        async with asyncio.timeout(apart + self._grace):
            await socket.poll_event()

    async def close(self, code: int, socket: DiscordWebSocket | None = None) -> None:
        """End the last socket, if it is open."""
        try:
            async with asyncio.timeout(_CLOSE_SECONDS):
                if socket:  # it has a heart that beats in a thread
                    await socket.close(code)
                if self._socket:
                    await self._socket.close(code=code)
        except (TimeoutError, OSError, aiohttp.ClientError):
            pass  # aiohttp has cut it then
        self._socket = None

    async def ws_connect(self, url: str, *, compress: int = 0) -> aiohttp.ClientWebSocketResponse:
        """Open a socket for discord.py, and keep it: of one whose greeting fails nobody else knows."""
        self._socket = await self._http.ws_connect(url, compress=compress)
        return self._socket


def session_of(socket: DiscordWebSocket) -> Session | None:
    if socket.session_id is None or socket.sequence is None:
        return None
    return Session(id=socket.session_id, sequence=socket.sequence, url=str(socket.gateway))
