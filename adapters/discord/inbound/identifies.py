"""Whose turn it is to IDENTIFY: Discord gives a bot a thousand a day, and takes its token away after that.

They are shared by all processes and all their starts, so that a loop of crashes could burn them within minutes. While there
are plenty nobody waits; of the second half each waits for its share of the day that is left.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from adapters.discord.refusals import NOWHERE, DiscordRefusal
from adapters.discord.rest import Rest
from bot.ports import Leases, OutcomeUnknown, StoreUnavailable

log = logging.getLogger(__name__)

TURN_SECONDS = 5.0
"""Discord takes one IDENTIFY of each of its queues in so many seconds."""


_MOMENT = 0.001
"""The store's clock has no smaller part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gateway:
    """What Discord says of its gateway: its address, how many shards it wants, and how many IDENTIFYs are left until when."""

    url: str
    shards: int
    total: int
    remaining: int
    reset_seconds: float
    queues: int
    limited: bool
    """Discord said how many are left."""

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Gateway":
        """Read the answer of GET /gateway/bot, or of GET /gateway: a compatible server may leave all but the address out."""
        limit = told.get("session_start_limit") or {}
        total = int(limit.get("total", 1000))
        return cls(
            url=str(told["url"]),
            shards=max(1, int(told.get("shards", 1))),
            total=total,
            remaining=int(limit.get("remaining", total)),
            reset_seconds=float(limit.get("reset_after", 86_400_000)) / 1000,
            queues=max(1, int(limit.get("max_concurrency", 1))),
            limited="remaining" in limit,
        )

    @property
    def pause(self) -> float:
        """Seconds to wait before the next IDENTIFY, so that what is left lasts until there is more."""
        if self.remaining > self.total / 2:
            return 0.0
        return self.reset_seconds / max(self.remaining, 1)


async def ask_gateway(rest: Rest) -> Gateway:
    """Ask Discord where its gateway is. A compatible server may know but one of the two ways to ask. Raises what a call does."""
    try:
        told = await rest.call("GET", "/gateway/bot")
    except DiscordRefusal as refusal:
        if refusal.code != NOWHERE:
            raise
        told = await rest.call("GET", "/gateway")
    try:
        return Gateway.of(told)
    except (AttributeError, KeyError, TypeError, ValueError):
        raise OutcomeUnknown("Discord did not say where its gateway is as it should") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifies:
    leases: Leases
    ask: Callable[[], Awaitable[Gateway]]
    application: str
    turn_seconds: float = TURN_SECONDS

    async def turn(self, shard: int) -> str:
        """Wait until the shard may identify, and return the address. Raises what asking Discord raises."""
        gateway = await self.ask()
        while gateway.pause:
            log.warning(
                "few starts are left for today, so that this one waits",
                extra={"left": gateway.remaining, "seconds": round(gateway.pause)},
            )
            await asyncio.sleep(gateway.pause)
            if gateway.remaining:
                break
            gateway = await self.ask()
        await self._in_line(f"discord:{self.application}:identify:{shard % gateway.queues}")
        return gateway.url

    async def _in_line(self, queue: str) -> None:
        """Hold the queue for as long as Discord lets nobody else in it: nobody gives it up."""
        me = uuid4().hex
        try:
            while True:
                held = await self.leases.take(queue, me, self.turn_seconds)
                if held is None:
                    return
                await asyncio.sleep(held.seconds + _MOMENT)
        except StoreUnavailable:  # then no other process knows better either
            await asyncio.sleep(self.turn_seconds)
