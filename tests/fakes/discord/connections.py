"""Open sockets of the gateway, what is counted on each, and the codes with which they are closed."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.discord import packets
from tests.fakes.discord.packets import Squeeze
from tests.fakes.discord.sessions import Session
from tests.fakes.discord.things import Json

SENDS, SENDS_SECONDS = 120, 60
UNKNOWN_OPCODE, DECODE, NOT_AUTHENTICATED, WRONG_TOKEN, ALREADY = 4001, 4002, 4003, 4004, 4005
INVALID_SEQ, TOO_FAST, TIMED_OUT, WRONG_SHARD, WRONG_VERSION = 4007, 4008, 4009, 4010, 4012
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014


class Closed(Exception):  # noqa: N818 an ordinary end
    """The connection ends with this code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(kw_only=True, eq=False)
class Connection:
    """One open socket; packets leave it in order."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    squeeze: Squeeze | None
    outbox: "asyncio.Queue[Json | int]" = field(default_factory=asyncio.Queue)
    session: Session | None = None
    received: deque[float] = field(default_factory=deque)
    closing: bool = False
    zombie: bool = False
    """It stands open, but nothing comes out of it any more."""

    def send(self, packet: Json) -> None:
        if not self.zombie:
            self.outbox.put_nowait(packet)

    def close(self, code: int) -> None:
        """After all that was sent before."""
        self.closing = True
        self.outbox.put_nowait(code)

    async def write(self) -> None:
        """Sends what is in the outbox, until it says to close."""
        while isinstance(packet := await self.outbox.get(), dict):
            data = packets.written(packet)
            if self.squeeze:
                await self.socket.send_bytes(self.squeeze(data))
            else:
                await self.socket.send_str(data.decode())
        await self.socket.close(code=packet)

    def count(self) -> None:
        """One more packet came; of too many in a minute the connection ends."""
        now = time.monotonic()
        self.received.append(now)
        while self.received[0] < now - SENDS_SECONDS:
            self.received.popleft()
        if len(self.received) > SENDS:
            raise Closed(TOO_FAST)
