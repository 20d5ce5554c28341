"""Which shards this process holds, of those that all processes of the bot share: each is held by one, others stand by."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from uuid import uuid4

from adapters.discord.inbound.identifies import Gateway
from adapters.discord.inbound.shard import Shard, described
from bot.ports import Leases, Limited, OutcomeUnknown, Refused, StoreUnavailable
from bot.receiving.work import ended

log = logging.getLogger(__name__)

LEASE_SECONDS = 10.0
"""Who dies holding a shard holds it for so long; while the store is away, whoever is connected stays so."""
_RENEWALS = 4
_AGREED_SECONDS = 60.0
"""So long the number of shards stands after the last process has ended."""
_PAUSE, _REFUSED_PAUSE = 2.0, 30.0
_ELSEWHERE = "another process"


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
        self._me = uuid4().hex
        self._count = 0
        self._held: dict[int, _Held] = {}
        self.trouble = ""

    def ready(self) -> tuple[bool, Mapping[str, object]]:
        """Ready: every shard is connected here, or another process holds it."""
        held = {number: one.shard for number, one in self._held.items()}
        told = {str(n): described(held[n]) if n in held else _ELSEWHERE for n in range(self._count)}
        well = bool(self._count) and all(shard.connected for shard in held.values())
        return well, {"shards": told, **({"trouble": self.trouble} if self.trouble else {})}

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
                await asyncio.sleep(self._lease / _RENEWALS)
        finally:
            await self._leave()

    async def _look(self, wanted: int) -> None:
        count = int(await self._leases.agree(f"{self._name}s", str(wanted), _AGREED_SECONDS))
        if count != self._count:
            await asyncio.gather(*(self._drop(number) for number in list(self._held)))
        for number in range(count):
            if await self._leases.take(self._lease_of(number, count), self._me, self._lease):
                self._hold(number, count)
            else:
                await self._drop(number)
        self._count = count

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
