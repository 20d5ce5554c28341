"""Socket Mode: a connection that the bot opens, so that no address of its own is needed. It is supervised here.

A socket that ends is opened anew at once; one that is silent is noticed within seconds, by pings that Slack answers. What
cannot be opened is tried again at a growing, jittered delay, for ever: nothing of this ends the process.
"""

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from typing import Any

import aiohttp

from adapters.slack.client import SlackClient
from bot.ports import Limited, OutcomeUnknown, Refused

log = logging.getLogger(__name__)

PING_SECONDS = 3.0
"""So often the silence is broken; Slack has half of that to answer."""
_OPEN_SECONDS = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
_SOUND_SECONDS = 1.0
"""A socket that lived so long was one; else the next is opened ever more slowly."""
_FAREWELL_SECONDS = 20.0
_REFUSED_PAUSE = 30.0
"""A token that is refused is not right a second later."""
_SWITCHED_OFF = "link_disabled"
"""Slack's word for an app whose Socket Mode was switched off: as good as a refusal."""

Payload = Mapping[str, Any]
Dispatch = Callable[[Payload], Awaitable[Payload | None]]
"""Takes what Slack sent and returns what it is to be answered, or None not to acknowledge it."""


class Socket:
    """One connection at a time, but for moments: Slack says before it ends one, and the next is opened meanwhile."""

    def __init__(
        self,
        client: SlackClient,
        app_token: str,
        dispatch: Dispatch,
        address: str = "",
        *,
        ping_seconds: float = PING_SECONDS,
    ) -> None:
        """Take the first socket at ``address``, if Slack has given one already."""
        self._client = client
        self._token = app_token
        self._dispatch = dispatch
        self._address = address
        self._ping_seconds = ping_seconds
        self._greeted: set[aiohttp.ClientWebSocketResponse] = set()
        self._connections: set[asyncio.Task[None]] = set()
        self._answers: set[asyncio.Task[None]] = set()
        self._pause = _FIRST_PAUSE
        self._ending = False

    def connected(self) -> bool:
        """Tell whether Slack can reach us: it has greeted on a socket that is open."""
        return any(not socket.closed for socket in self._greeted)

    async def run(self) -> None:
        """Keep a connection until cancelled."""
        while True:
            moves_on = asyncio.Event()
            connection = _kept(self._connection(moves_on), self._connections)
            wait = asyncio.create_task(moves_on.wait())
            try:
                await asyncio.wait({connection, wait}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                wait.cancel()
            await asyncio.sleep(self._pause * (0.5 + random.random() / 2))  # noqa: S311 - jitter

    async def close(self, seconds: float) -> None:
        """Take nothing in any more, let what runs be acknowledged within so many seconds, then end every connection."""
        self._ending = True
        if self._answers:
            await asyncio.wait(set(self._answers), timeout=seconds)
        left = self._answers | self._connections
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)

    async def _connection(self, moves_on: asyncio.Event) -> None:
        """Open one connection and take in what comes, until it ends; set ``moves_on`` as soon as Slack says that it will."""
        self._pause = min(max(self._pause * 2, _FIRST_PAUSE), _LONGEST_PAUSE)
        try:
            async with asyncio.timeout(_OPEN_SECONDS):
                socket = await self._opened(await self._given())
        except Limited as limited:
            self._pause = max(self._pause, 2 * limited.retry_after)
            log.warning("Slack asks to wait with the socket", extra={"seconds": limited.retry_after})
        except Refused as refusal:
            self._pause = _REFUSED_PAUSE
            log.error("Slack refuses the socket; it is tried again", extra={"why": str(refusal)})  # noqa: TRY400 - a state of the world
        except (OutcomeUnknown, TimeoutError, aiohttp.ClientError, OSError, KeyError) as error:
            # The address has a ticket in it that nobody else is to see: only the kind of fault is said.
            log.warning("the socket could not be opened", extra={"why": type(error).__name__})
        else:
            await self._listen(socket, moves_on)

    async def _given(self) -> str:
        """Return the address of a socket, which is good for one."""
        given, self._address = self._address, ""
        return given or str((await self._client.call("apps.connections.open", app_token=self._token))["url"])

    async def _opened(self, url: str) -> aiohttp.ClientWebSocketResponse:
        session = self._client.web.session
        assert session is not None  # noqa: S101 - the client was opened with one
        return await session.ws_connect(url, heartbeat=self._ping_seconds)

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse, moves_on: asyncio.Event) -> None:
        began = asyncio.get_running_loop().time()
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(socket, message.data, moves_on, _lived(began))
        finally:
            self._greeted.discard(socket)
            await socket.close()
        if not moves_on.is_set() and _lived(began) > _SOUND_SECONDS:
            self._pause = _FIRST_PAUSE
        log.info("the socket has ended", extra={"code": socket.close_code})

    def _take(self, socket: aiohttp.ClientWebSocketResponse, text: str, moves_on: asyncio.Event, lived: float) -> None:
        try:
            envelope = json.loads(text)
        except ValueError:
            return  # Slack says a word now and then to keep a socket open
        match envelope.get("type"):
            case "hello":
                self._greeted.add(socket)
                log.info("the socket is open")
            case "disconnect":
                self._announced(str(envelope.get("reason"))[:40], lived)
                moves_on.set()
                _kept(_closed_later(socket), self._connections)
            case _ if not self._ending and "envelope_id" in envelope and isinstance(envelope.get("payload"), dict):
                _kept(self._answer(socket, envelope), self._answers)

    def _announced(self, reason: str, lived: float) -> None:
        """Slack is about to end a socket: the next is opened at once, unless this one ends before it was of any use."""
        if reason == _SWITCHED_OFF:
            self._pause = _REFUSED_PAUSE
            log.error("Slack refuses the socket; it is tried again", extra={"why": "Socket Mode is switched off"})
            return
        if lived > _SOUND_SECONDS:
            self._pause = 0.0
        log.info("Slack is about to end the socket", extra={"why": reason})

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse, envelope: Payload) -> None:
        said = await self._dispatch(envelope["payload"])
        if said is None:
            return
        answer = {"envelope_id": envelope["envelope_id"], **({"payload": said} if said else {})}
        try:
            await socket.send_str(json.dumps(answer))
        except (ConnectionError, RuntimeError, aiohttp.ClientError):
            log.info("an acknowledgement came too late for its socket")


def _kept(work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> asyncio.Task[None]:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)
    return task


def _lived(since: float) -> float:
    return asyncio.get_running_loop().time() - since


async def _closed_later(socket: aiohttp.ClientWebSocketResponse) -> None:
    """Slack ends a socket itself some seconds after it said so; one that it forgets would be kept for ever."""
    await asyncio.sleep(_FAREWELL_SECONDS)
    await socket.close()
