"""Which shards this process holds, of those that all processes of the bot share: each is held by one, others stand by."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from adapters.discord.inbound.holder import has_died, name_of_mine
from adapters.discord.inbound.identifies import Gateway
from adapters.discord.inbound.shard import Shard, described
from bot.ports import Held, Leases, Limited, OutcomeUnknown, Refused, StoreUnavailable
from bot.tasks import ended

log = logging.getLogger(__name__)

LEASE_SECONDS = 10.0
"""Who dies holding a shard holds it for so long, if all leases are not shorter; while the store is away, whoever is connected stays so."""
_RENEWALS = 4
_AGREED_SECONDS = 60.0
"""So long the number of shards stands after the last process has ended."""
_PAUSE, _REFUSED_PAUSE = 2.0, 30.0
_SOON = 0.02
_ELSEWHERE, _NOBODY = "another process", "nobody"


@dataclass(frozen=True, slots=True)
class _Held:
    shard: Shard
    running: asyncio.Task[None]


class Shards:
    """Takes what is free, holds it on, and lets go of what was lost. ``trouble`` says what hinders all of it."""

    def __init__(
        self,
        *,
        leases: Leases,
        application: str,
        ask: Callable[[], Awaitable[Gateway]],
        make: Callable[[int, int], Shard],
        lease_seconds: float = LEASE_SECONDS,
    ) -> None:
        """``make`` returns the shard of a number and a count."""
        self._leases = leases
        self._name = f"discord:{application}:shard"
        self._ask = ask
        self._make = make
        self._lease = lease_seconds
        self._me = name_of_mine()
        self._count = 0
        self._held: dict[int, _Held] = {}
        self._elsewhere: dict[int, float] = {}
        """Until when somebody else holds a shard if they do not hold it on, by the monotonic clock."""
        self.trouble = ""

    def ready(self) -> tuple[bool, Mapping[str, object]]:
        """Ready: every shard is connected here, or another process holds it."""
        told = {number: self._described(number) for number in range(self._count)}
        connected = {number for number, one in self._held.items() if one.shard.connected}
        well = bool(told) and all(n in connected or said == _ELSEWHERE for n, said in told.items())
        return well, {"shards": {str(n): said for n, said in told.items()}, **self._troubled()}

    def _described(self, number: int) -> str:
        if held := self._held.get(number):
            return described(held.shard)
        return _ELSEWHERE if time.monotonic() < self._elsewhere.get(number, 0.0) else _NOBODY

    def _troubled(self) -> Mapping[str, object]:
        return {"trouble": self.trouble} if self.trouble else {}

    async def run(self) -> None:
        """Hold what can be held, until cancelled; then end every connection and leave it to the others."""
        try:
            wanted = await self._wanted()
            while True:
                try:
                    await self._look(wanted)
                except StoreUnavailable:
                    pass  # whoever asks the store for something says so
                except Exception:
                    log.exception("who holds which shard could not be looked at")
                await asyncio.sleep(self._rest())
        finally:
            await self._leave()

    async def _look(self, wanted: int) -> None:
        count = int(await self._leases.agree(f"{self._name}s", str(wanted), _AGREED_SECONDS))
        if count != self._count:
            await asyncio.gather(*(self._drop(number) for number in list(self._held)))
            self._elsewhere.clear()
        for number in range(count):
            if other := await self._taken(self._lease_of(number, count)):
                self._elsewhere[number] = time.monotonic() + other.seconds
                await self._drop(number)
            else:
                self._elsewhere.pop(number, None)
                self._hold(number, count)
        self._count = count

    async def _taken(self, name: str) -> Held | None:
        """Take it, also from who died holding it."""
        other = await self._leases.take(name, self._me, self._lease)
        if other and has_died(other.by):
            await self._leases.give_up(name, other.by)
            return await self._leases.take(name, self._me, self._lease)
        return other

    def _rest(self) -> float:
        """Return in how many seconds to look again: in time to hold on what is held, or when another's may be free."""
        now, whole = time.monotonic(), self._lease / _RENEWALS
        left = (until - now for until in self._elsewhere.values() if until > now)
        return max(_SOON, min([whole, *left]))

    def _hold(self, number: int, count: int) -> None:
        if number not in self._held:
            shard = self._make(number, count)
            self._held[number] = _Held(shard, asyncio.create_task(shard.run()))
            log.info("the shard is held here", extra={"shard": number, "of": count})

    async def _drop(self, number: int) -> None:
        held = self._held.pop(number, None)
        if held is None:
            return
        await ended(held.running)
        log.info("the shard is not held here any more", extra={"shard": number})

    async def _leave(self) -> None:
        held, count = list(self._held), self._count
        await asyncio.gather(*(self._drop(number) for number in held))
        with suppress(StoreUnavailable):
            for number in held:
                await self._leases.give_up(self._lease_of(number, count), self._me)

    def _lease_of(self, number: int, count: int) -> str:
        return f"{self._name}:{number}:{count}"

    async def _wanted(self) -> int:
        """Return how many shards Discord wants, asked until it says so."""
        while True:
            try:
                gateway = await self._ask()
            except Refused as refused:
                self.trouble, pause = f"Discord does not let the bot connect: {refused}.", _REFUSED_PAUSE
                log.error("Discord does not let the bot in", extra={"why": str(refused)})  # noqa: TRY400 - a state of the world
            except (Limited, OutcomeUnknown) as error:
                pause = max(_PAUSE, error.retry_after if isinstance(error, Limited) else 0.0)
                log.warning("Discord did not say where its gateway is", extra={"why": str(error)})
            else:
                self.trouble = ""
                return gateway.shards
            await asyncio.sleep(pause)
