"""discord.py's client with buckets that keep nobody waiting who need not wait.

Its own refuse a call while there is room for it, if the bucket's time is long (Discord counts threads over five minutes), and
hold an answer that has come until the bucket is full again, if it was the last that had room.
"""

import asyncio
from types import TracebackType
from typing import Any

import aiohttp
import discord
from discord.http import HTTPClient, Ratelimit


class Bucket(Ratelimit):
    """Calls of one kind about one thing: as many at once as Discord says there is room for, and one where it says nothing."""

    def __init__(self, longest_wait: float) -> None:
        super().__init__(longest_wait)
        self._longest_wait = longest_wait

    async def acquire(self) -> None:
        """Wait for room. Raises RateLimited where there is none for long."""
        self._last_request = self._loop.time()
        while not self._has_room():
            left = None if self.expires is None else max(self.expires - self._loop.time(), 0.0)
            if left is not None and left > self._longest_wait:
                raise discord.RateLimited(left)
            await self._woken(left)
        self.remaining -= 1
        self.outgoing += 1

    async def __aexit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.outgoing -= 1
        if self.expires is None:
            self._fill()
        self._wake(len(self._pending_requests))  # each of them looks anew, and for how long there will be no room

    def update(self, response: aiohttp.ClientResponse, *, use_clock: bool = False) -> None:
        """Take what an answer says of the bucket: those that are still on their way are not counted there."""
        super().update(response, use_clock=use_clock)
        self.remaining = max(int(response.headers["X-RateLimit-Remaining"]) - (self.outgoing - 1), 0)

    def _has_room(self) -> bool:
        if self.is_expired():
            self._fill()
        return self.remaining > 0

    def _fill(self) -> None:
        self.reset()  # type: ignore[no-untyped-call]

    async def _woken(self, seconds: float | None) -> None:
        """Wait until somebody has left, or for so long."""
        turn: asyncio.Future[Any] = self._loop.create_future()
        self._pending_requests.append(turn)
        try:
            await asyncio.wait([turn], timeout=seconds)
        finally:
            turn.cancel()


class Client(HTTPClient):
    """``max_ratelimit_timeout`` is how long a bucket without room is waited for."""

    def get_ratelimit(self, key: str) -> Ratelimit:
        if key not in self._buckets:
            self._buckets[key] = Bucket(self.max_ratelimit_timeout or 0.0)
            self._try_clear_expired_ratelimits()
        return self._buckets[key]
