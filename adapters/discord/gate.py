"""When the next request may go out: a bot that asks too much, or too much that is refused, is shut out of Discord."""

import asyncio
import json
import logging
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.ports import Limited

log = logging.getLogger(__name__)

A_SECOND = 45
"""So many requests go out in a second. Discord takes 50 of a bot, and what is over that counts as refused."""
REFUSED = 100
"""So many answers of 401, 403 or 429 in a minute shut the gate. At 10,000 in ten minutes Discord bans the address."""
_MINUTE = 60.0
_WAIT = 5.0
"""Longer than this nobody waits for a turn: it is for the caller to come again."""
_COUNTED = frozenset({401, 403, 429})
_LIMITED = 429


@dataclass(slots=True)
class Gate:
    """One for all requests with a token. ``now`` is the present instant in seconds, by any clock."""

    now: Callable[[], float]
    _refused: deque[float] = field(default_factory=lambda: deque(maxlen=REFUSED))
    _shut: tuple[float, float] = (0.0, 0.0)
    """Since when, and for how many seconds."""
    _next: float = 0.0
    """When the next request may go out, by the event loop's clock."""

    async def turn(self) -> None:
        """Wait until a request may go out. Raises Limited if that is far off."""
        if (left := self.shut_for()) > 0:
            raise Limited(left)
        now = asyncio.get_running_loop().time()
        wait = self._next - now
        if wait > _WAIT:
            raise Limited(wait)
        self._next = max(self._next, now) + 1 / A_SECOND
        if wait > 0:
            await asyncio.sleep(wait)

    def shut_for(self) -> float:
        """Return for how many seconds nothing will be asked; 0 if the gate is open."""
        since, seconds = self._shut
        passed = self.now() - since
        return max(seconds - passed, 0.0) if passed >= 0 else 0.0  # a clock that was put back makes no wait longer

    def watching(self) -> aiohttp.TraceConfig:
        """Return what sees every answer of a session, also to what discord.py asks by itself."""

        async def answered(_session: aiohttp.ClientSession, _context: Any, told: aiohttp.TraceRequestEndParams) -> None:
            await self.heard(told.response)

        trace = aiohttp.TraceConfig()
        trace.on_request_end.append(answered)
        return trace

    async def heard(self, answer: aiohttp.ClientResponse) -> None:
        """Draw from an answer what it means for what is asked next."""
        if answer.status not in _COUNTED or answer.headers.get("X-RateLimit-Scope") == "shared":
            return
        if answer.status == _LIMITED and (limit := await limit_of(answer)).on_everything:
            self._shut_for(limit.seconds or 0.0, "everything is limited")
        self._refused.append(self.now())
        if len(self._refused) == REFUSED and 0 <= self.now() - self._refused[0] <= _MINUTE:
            self._refused.clear()
            self._shut_for(_MINUTE, "too much was refused")

    def _shut_for(self, seconds: float, why: str) -> None:
        if seconds > self.shut_for():
            self._shut = (self.now(), seconds)
            log.error("nothing is asked of Discord for a while", extra={"why": why, "seconds": seconds})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """For how many seconds something is limited, None if that is not said; and whether that is everything, not one bucket."""

    seconds: float | None
    on_everything: bool


async def limit_of(answer: aiohttp.ClientResponse) -> Limit:
    """Return what an answer asks to wait, by its body, or else by its headers."""
    headers, told = answer.headers, await _told(answer)
    # Without Via, and without a body as the API's are, it is not Discord that says so but what stands before it.
    is_of_the_api = "Via" in headers or "retry_after" in told
    said = _seconds(told.get("retry_after"))
    return Limit(
        seconds=_seconds(headers.get("Retry-After")) if said is None else said,
        on_everything=bool(told.get("global") or headers.get("X-RateLimit-Global") or not is_of_the_api),
    )


async def _told(answer: aiohttp.ClientResponse) -> Mapping[str, Any]:
    try:
        told = json.loads(await answer.text())
    except (aiohttp.ClientError, TimeoutError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def _seconds(said: Any) -> float | None:
    try:
        return max(float(said), 0.0)
    except (TypeError, ValueError):
        return None
