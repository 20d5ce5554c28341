"""The tick in every process: claim what is due, carry it out, hold it while it lasts. Redis is all that processes share."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ports import Agenda, Lease, StoreUnavailable, Superseded
from bot.tasks import ended

log = logging.getLogger(__name__)

_TICK_SECONDS = 1.0
_SWEEP_HOURS = 1
_TICKING = 10.0
_SLOW = 3.0
"""Seconds after which a tick that is not done counts as waiting for the store."""
_AT_ONCE = 25
"""Entries a claim: what begins together runs without a pause up to its first wait, and people wait for the same loop."""
_GIVEN_TO_FINISH = 3.0
"""Seconds that running entries get at the end; what is not done by then is given back."""
_GIVEN_BACK = 1.0
"""Seconds after which it is due again: as after any send of which nobody knows what became of it, so that a post that is just
arriving is seen. The store gets as long to hear of it; if it does not, the lease has to run out."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Ticker:
    """Claims as many due entries as there are free workers, and again as soon as one is free."""

    agenda: Agenda
    platforms: Sequence[str]
    carry_out: Callable[[Lease], Awaitable[None]]
    lease_seconds: float
    workers: int
    ticked_at: float = float("-inf")
    """Monotonic seconds of the last tick that the store answered."""
    _running: dict[asyncio.Task[None], Lease] = field(default_factory=dict)
    _claiming: asyncio.Lock = field(default_factory=asyncio.Lock)
    _again: asyncio.Task[None] | None = None
    _more: bool = False
    _stopped: bool = False
    _silent: bool = False

    async def tick(self) -> None:
        """Claim and start what is due; returns at once, with the work going on."""
        slow = asyncio.get_running_loop().call_later(_SLOW, self._warn, f"nothing for {_SLOW:g} s")
        try:
            async with self._claiming:
                self._more = False
                for platform in self.platforms:
                    await self._claim(platform)
        except StoreUnavailable as error:
            self._warn(str(error))
        else:
            self.ticked_at = time.monotonic()
            if self._silent:
                log.warning("the store answers again")
            self._silent = False
        finally:
            slow.cancel()

    async def drain(self) -> None:
        """Carry out what is due by now, and return when nothing runs any more."""
        await self.tick()
        while self._running:
            await asyncio.wait(self._running)

    def is_ticking(self) -> bool:
        """Tell whether the store has answered a tick within the last ten seconds."""
        return time.monotonic() - self.ticked_at < _TICKING

    async def stop(self) -> None:
        """Claim no more, let what runs end for three seconds in all, and give back what has not: others go on with it at once."""
        self._stopped = True
        until = time.monotonic() + _GIVEN_TO_FINISH
        await _wait_for(self._claiming)
        if self._running:
            await asyncio.wait(self._running, timeout=max(0.0, until - time.monotonic()))
        left = dict(self._running)
        await ended(*left)
        outcomes = await asyncio.gather(*left, return_exceptions=True)
        given = [
            lease for lease, one in zip(left.values(), outcomes, strict=True) if isinstance(one, asyncio.CancelledError)
        ]
        with suppress(TimeoutError):
            async with asyncio.timeout(_GIVEN_BACK):
                await asyncio.gather(*map(self._give_back, given))

    async def _give_back(self, lease: Lease) -> None:
        with suppress(StoreUnavailable):
            await self.agenda.put_back(lease, _GIVEN_BACK)

    def _warn(self, why: str) -> None:
        if not self._silent:  # once, not every second
            log.warning("the store does not answer; waiting for it", extra={"why": why})
        self._silent = True

    async def _claim(self, platform: str) -> None:
        free = self.workers - len(self._running)
        while free > 0 and not self._stopped:
            asked = min(free, _AT_ONCE)
            leases = await self.agenda.claim(platform, asked)
            for lease in leases:
                task = asyncio.create_task(self._hold(lease))
                self._running[task] = lease
                task.add_done_callback(self._done)
            if len(leases) < asked:
                return
            free -= asked
        self._more = True

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        if self._more and not self._stopped and not self._claiming.locked():
            self._again = asyncio.create_task(self.tick())

    async def _hold(self, lease: Lease) -> None:
        """Carry an entry out while its lease is renewed; whoever loses the lease stops."""
        work = asyncio.ensure_future(self.carry_out(lease))
        renewal = asyncio.create_task(self._renew(lease))
        try:
            await asyncio.wait({work, renewal}, return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                log.warning("the lease was lost", extra={"round": lease.round, "step": lease.step})
        finally:
            await ended(work, renewal)
            outcome = (await asyncio.gather(work, return_exceptions=True))[0]
        self._report(lease, outcome)

    async def _renew(self, lease: Lease) -> None:
        """Renew every third of the lease; returns when it is lost, or may be because the store was silent for too long."""
        held_until = time.monotonic() + self.lease_seconds
        while time.monotonic() < held_until:
            await asyncio.sleep(self.lease_seconds / 3)
            try:
                await self.agenda.confirm(lease)
                held_until = time.monotonic() + self.lease_seconds
            except Superseded:
                return
            except StoreUnavailable:
                continue

    def _report(self, lease: Lease, outcome: BaseException | None) -> None:
        """Log what ended an entry early. It falls due again when its lease runs out."""
        where = {"round": lease.round, "step": lease.step, "attempt": lease.attempt}
        if isinstance(outcome, StoreUnavailable):
            log.warning("the store did not answer; the entry comes again", extra=where)
        elif isinstance(outcome, Exception):
            log.error("an entry failed; it comes again when its lease runs out", extra=where, exc_info=outcome)


async def _wait_for(lock: asyncio.Lock) -> None:
    """Return when what holds the lock is done, or has had time enough."""
    with suppress(TimeoutError):
        async with asyncio.timeout(_GIVEN_TO_FINISH), lock:
            pass


def _until(ended: asyncio.Event, job: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Return the job such that being cut off after the end is no failure, which the scheduler would log with a traceback."""

    async def run() -> None:
        try:
            await job()
        except asyncio.CancelledError:
            if not ended.is_set():
                raise

    return run


@asynccontextmanager
async def open_clock(
    ticker: Ticker, sweep: Callable[[str, datetime], Awaitable[int]]
) -> AsyncIterator[AsyncIOScheduler]:
    """Tick every second, sweep at once and every hour, until the block ends."""
    sweeping = asyncio.Lock()
    ended = asyncio.Event()

    async def sweep_all() -> None:
        async with sweeping:
            for platform in ticker.platforms:
                try:
                    await sweep(platform, datetime.now(UTC))
                except StoreUnavailable as error:
                    log.warning("the sweep had no answer from the store", extra={"why": str(error)})

    scheduler = AsyncIOScheduler(
        timezone=UTC, job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
    )
    now = datetime.now(UTC)
    for name, job, every in (
        ("tick", ticker.tick, {"seconds": _TICK_SECONDS}),
        ("sweep", sweep_all, {"hours": _SWEEP_HOURS}),
    ):
        scheduler.add_job(_until(ended, job), "interval", **every, id=name, next_run_time=now)
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.pause()  # it would cut off what runs
        await asyncio.gather(ticker.stop(), _wait_for(sweeping))
        ended.set()
        scheduler.shutdown(wait=False)
