"""One shard that this process holds: connected, resumed after a loss, and never given up while it is held."""

import asyncio
import logging
import math
import random
from collections.abc import Mapping
from dataclasses import replace

import aiohttp
from discord.errors import ConnectionClosed, DiscordException
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from adapters.discord.inbound.identifies import Identifies
from adapters.discord.inbound.line import GONE, RESUMABLE, Line, Session, session_of
from bot.ports import Limited, OutcomeUnknown, Refused

log = logging.getLogger(__name__)

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 30.0
_SOUND_SECONDS = 1.0
"""A session that was taken up again and lived on for so long was sound; else the next socket is opened ever more slowly."""
_FAULT_PAUSE, _FAULTS_FORGOTTEN_SECONDS = 2.0, 60.0
"""A fault of ours that comes back costs an IDENTIFY each time: each pause is four times the last, up to the longest."""
_BARRED_PAUSE = 600.0
"""What no time mends is not tried fast: each try is one IDENTIFY of the day."""
_REFUSED_PAUSE = 30.0
_OVER = frozenset({4007, 4009})
"""The session that a socket was closed about is not known so far, or has timed out: it will never be taken up again."""
_MOST_OFFERS = 5
"""So often a session is offered that Discord neither takes up nor says to be over."""

BARRED: Mapping[int, str] = {
    4004: "Discord refuses the bot token (4004): reset it on the application's page Bot and copy it into STUDYBOT_DISCORD_TOKEN.",
    4010: "Discord knows no such shard (4010): end every process of the bot, and start them again after a minute.",
    4011: "The bot is in so many servers that Discord wants more shards (4011): end every process of the bot, and start them again after a minute.",
    4012: "Discord does not speak this version of its gateway any more (4012): take a newer version of the bot.",
    4013: "Discord does not know an intent that the bot asks for (4013): take a newer version of the bot.",
    4014: (
        "Discord does not let the bot read messages (4014): switch the Message Content Intent on, on the application's page Bot, "
        "or STUDYBOT_DISCORD_MESSAGE_CONTENT off."
    ),
}


class Shard:
    """``trouble`` is a sentence while something hinders it that no time mends."""

    def __init__(self, line: Line, identifies: Identifies, number: int) -> None:
        self._line = line
        self._identifies = identifies
        self._number = number
        self._session: Session | None = None
        self._offers = 0
        """How often the session was offered since it was last in use."""
        self._since = 0.0
        self._pause = _FIRST_PAUSE
        self._told_pause = 0.0
        """What stands for the pause after a connection that ended for a reason of its own."""
        self._faults = 0
        self.connected = False
        self.trouble = ""

    def ready(self, *, greeted: bool) -> None:
        """Discord has greeted, or taken a session up again: from here on everything comes."""
        self.connected, self.trouble, self._offers = True, "", 0
        if greeted:
            self._pause = _FIRST_PAUSE
        self._since = asyncio.get_running_loop().time()
        log.info("the shard is connected", extra={"shard": self._number})

    async def run(self) -> None:
        """Keep a connection until cancelled."""
        while True:
            self._since, self._told_pause = math.inf, 0.0
            await self._connection()
            lived = asyncio.get_running_loop().time() - self._since
            if lived > _SOUND_SECONDS:
                self._pause = _FIRST_PAUSE
            if lived > _FAULTS_FORGOTTEN_SECONDS:
                self._faults = 0
            await asyncio.sleep((self._told_pause or self._pause) * (0.5 + random.random() / 2))  # noqa: S311 - jitter
            self._pause = min(self._pause * 2, _LONGEST_PAUSE)

    async def _connection(self) -> None:
        """Open a connection and take in what comes, until it ends."""
        socket: DiscordWebSocket | None = None
        code = RESUMABLE
        try:
            socket = await self._opened()
            while True:
                await self._line.hear(socket)
        except asyncio.CancelledError:
            code = GONE
            raise
        except ReconnectWebSocket as end:
            if self._session and not end.resume:  # Discord answers in time: it only does not know this session any more
                self._pause = _FIRST_PAUSE
            self._lost(socket, resume=end.resume, why=end.op)
        except ConnectionClosed as closed:
            self._lost(socket, resume=False, why=str(closed.code))
            self._barred(closed.code)
        except (Limited, OutcomeUnknown, Refused) as error:
            self._not_told(error)
        except (TimeoutError, OSError, aiohttp.ClientError, DiscordException) as error:
            self._lost(socket, resume=True, why=type(error).__name__)
        except Exception:
            log.exception("the connection has ended by a fault of ours", extra={"shard": self._number})
            self._lost(socket, resume=False, why="fault")
            self._told_pause = min(_FAULT_PAUSE * 4**self._faults, _BARRED_PAUSE)
            self._faults += 1
        finally:
            self.connected = False
            await self._line.close(code, socket)

    async def _opened(self) -> DiscordWebSocket:
        """Take the session up again: where it was, or, if that address does not answer, where all begin. Else identify in turn."""
        session = self._session
        if session is None:
            return await self._line.open(await self._identifies.turn(self._number), None)
        url = session.url or (await self._identifies.ask()).url
        self._session = replace(session, url="")
        socket = await self._line.open(url, session)
        self._offers += 1
        return socket

    def _lost(self, socket: DiscordWebSocket | None, *, resume: bool, why: str) -> None:
        if socket:
            self._session = session_of(socket)
            resume = resume and socket.socket.close_code not in _OVER and self._offers < _MOST_OFFERS
        if not resume:
            self._session, self._offers = None, 0
        log.info("the connection has ended", extra={"shard": self._number, "why": why, "resumes": bool(self._session)})

    def _barred(self, code: int) -> None:
        if code in BARRED:
            self.trouble = BARRED[code]
            self._told_pause = _BARRED_PAUSE
            log.error("Discord does not let the shard in", extra={"shard": self._number, "why": self.trouble})

    def _not_told(self, error: Exception) -> None:
        """The REST API did not say where the gateway is."""
        if isinstance(error, Limited):
            self._told_pause = 2 * error.retry_after
        elif isinstance(error, Refused):
            self.trouble, self._told_pause = f"Discord does not let the bot connect: {error}.", _REFUSED_PAUSE
        log.warning("Discord did not say where its gateway is", extra={"shard": self._number, "why": str(error)})


def described(shard: Shard) -> str:
    """Return how it stands with a shard that is held, in a word or a sentence."""
    return shard.trouble or ("connected" if shard.connected else "connecting")
