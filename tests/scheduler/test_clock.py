import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from adapters.redis.agenda import RedisAgenda
from adapters.redis.store import Limits, Store
from bot.domain.ids import RoundId
from bot.ports import Lease, StoreUnavailable
from scheduler.clock import SystemClock, Ticker, open_clock

AGENDA = "studybot:console:agenda"
LEASE = 0.3


class Work:
    """What carries entries out: counts them, and ends each when it is told to."""

    def __init__(self) -> None:
        self.begun: list[RoundId] = []
        self.done: list[RoundId] = []
        self.cancelled: list[RoundId] = []
        self.go_on = asyncio.Event()

    async def carry_out(self, lease: Lease) -> None:
        self.begun.append(lease.round)
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.cancelled.append(lease.round)
            raise
        self.done.append(lease.round)


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def agenda(store: Store) -> RedisAgenda:
    return RedisAgenda(Store(steady=store.steady, quick=store.quick, limits=Limits(lease=LEASE)))


def ticker(agenda: RedisAgenda, carry_out: Callable[[Lease], Awaitable[None]], workers: int = 2) -> Ticker:
    return Ticker(
        agenda=agenda, platforms=["console", "other"], carry_out=carry_out, lease_seconds=LEASE, workers=workers
    )


async def put(agenda: RedisAgenda, count: int) -> None:
    """Put so many due entries on the agenda."""
    entries = {f"open:console:home:c{number}:2025-03-03": number for number in range(count)}
    await agenda.store.steady.zadd(AGENDA, entries)


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def stopped(one: Ticker) -> AsyncIterator[Ticker]:
    try:
        yield one
    finally:
        await one.stop()


async def test_no_more_is_claimed_than_there_are_free_workers(agenda: RedisAgenda, work: Work) -> None:
    await put(agenda, 5)
    async with stopped(ticker(agenda, work.carry_out)) as one:
        await one.tick()
        await one.tick()
        await until(lambda: len(work.begun) == 2)

        assert len(await agenda.claim("console", 9)) == 3
        work.go_on.set()


async def test_what_is_due_together_begins_in_portions_that_let_others_have_their_turn(agenda: RedisAgenda) -> None:
    await put(agenda, 100)
    turns: list[int] = []
    begun = 0

    async def carry_out(lease: Lease) -> None:
        nonlocal begun
        begun += 1
        await agenda.drop(lease)

    async def somebody_else() -> None:
        while begun < 100:
            turns.append(begun)
            await asyncio.sleep(0)

    async with stopped(ticker(agenda, carry_out, workers=100)) as one:
        await asyncio.gather(one.tick(), somebody_else())

    assert max(after - before for before, after in pairwise([*turns, begun])) <= 25


async def test_as_soon_as_a_worker_is_free_it_claims_again_without_waiting_for_a_tick(
    agenda: RedisAgenda,
) -> None:
    await put(agenda, 20)
    done: list[RoundId] = []

    async def carry_out(lease: Lease) -> None:
        await agenda.drop(lease)
        done.append(lease.round)

    async with stopped(ticker(agenda, carry_out)) as one:
        await one.tick()
        await until(lambda: len(done) == 20)

    assert len(set(done)) == 20


async def test_draining_carries_out_what_is_due_and_returns_when_nothing_runs_any_more(agenda: RedisAgenda) -> None:
    await put(agenda, 7)
    done: list[RoundId] = []

    async def carry_out(lease: Lease) -> None:
        await agenda.drop(lease)
        done.append(lease.round)

    one = ticker(agenda, carry_out, workers=9)
    await one.drain()

    assert len(done) == 7


async def test_an_entry_that_takes_long_is_renewed_and_nobody_elses(agenda: RedisAgenda, work: Work) -> None:
    await put(agenda, 1)
    async with stopped(ticker(agenda, work.carry_out)) as one:
        await one.tick()
        await asyncio.sleep(LEASE * 2.5)

        assert await agenda.claim("console", 1) == []
        assert work.cancelled == []
        work.go_on.set()
        await until(lambda: len(work.done) == 1)


async def test_whoever_lost_the_lease_stops_working(
    agenda: RedisAgenda, work: Work, caplog: pytest.LogCaptureFixture
) -> None:
    await put(agenda, 1)
    async with stopped(ticker(agenda, work.carry_out)) as one:
        await one.tick()
        await until(lambda: len(work.begun) == 1)
        await agenda.store.steady.zadd(AGENDA, {"open:console:home:c0:2025-03-03": 0})
        await agenda.claim("console", 1)

        with caplog.at_level(logging.WARNING):
            await until(lambda: len(work.cancelled) == 1)

    assert "the lease was lost" in caplog.messages


async def test_who_cannot_renew_for_a_whole_lease_stops_before_another_begins(
    agenda: RedisAgenda, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(agenda, 1)
    async with stopped(ticker(agenda, work.carry_out)) as one:
        await one.tick()
        await until(lambda: len(work.begun) == 1)

        async def silent(_agenda: object, _lease: Lease) -> None:
            raise StoreUnavailable("silent")

        monkeypatch.setattr(RedisAgenda, "confirm", silent)
        await until(lambda: len(work.cancelled) == 1)


async def test_a_store_that_is_down_is_waited_for_and_said_once(
    agenda: RedisAgenda, work: Work, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await put(agenda, 1)
    one = ticker(agenda, work.carry_out)

    async def silent(*_args: object) -> None:
        raise StoreUnavailable("silent")

    with monkeypatch.context() as down, caplog.at_level(logging.WARNING):
        down.setattr(RedisAgenda, "claim", silent)
        await one.tick()
        await one.tick()

    assert len([message for message in caplog.messages if "waiting for it" in message]) == 1
    assert not one.is_ticking()
    with caplog.at_level(logging.WARNING):
        await one.tick()
        await one.tick()
    assert caplog.messages.count("the store answers again") == 1
    assert one.is_ticking()
    await until(lambda: len(work.begun) == 1)
    work.go_on.set()
    await one.stop()


async def test_a_store_that_stands_still_is_said_once_before_it_has_refused_anything(
    agenda: RedisAgenda, work: Work, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.clock._SLOW", 0.02)
    goes_on = asyncio.Event()

    async def slow(*_args: object) -> list[Lease]:
        await goes_on.wait()
        return []

    monkeypatch.setattr(RedisAgenda, "claim", slow)
    one = ticker(agenda, work.carry_out)
    with caplog.at_level(logging.WARNING):
        ticking = [asyncio.create_task(one.tick()) for _ in range(3)]
        await until(lambda: caplog.messages == ["the store does not answer; waiting for it"])
        await asyncio.sleep(0.05)
        goes_on.set()
        await asyncio.gather(*ticking)

    assert caplog.messages == ["the store does not answer; waiting for it", "the store answers again"]


async def test_stopping_lets_what_runs_end_and_claims_no_more(agenda: RedisAgenda, work: Work) -> None:
    await put(agenda, 5)
    one = ticker(agenda, work.carry_out)
    await one.tick()
    await until(lambda: len(work.begun) == 2)

    stopping = asyncio.create_task(one.stop())
    await asyncio.sleep(0)
    work.go_on.set()
    await stopping
    await one.tick()

    assert len(work.done) == len(work.begun) == 2
    assert work.cancelled == []


async def test_what_does_not_end_in_time_is_given_up_for_others_to_take(
    agenda: RedisAgenda, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scheduler.clock._GIVEN_TO_FINISH", 0.05)
    monkeypatch.setattr("scheduler.clock._GIVEN_BACK", 0.1)
    long = RedisAgenda(Store(steady=agenda.store.steady, quick=agenda.store.quick, limits=Limits(lease=60)))
    await put(agenda, 1)
    one = ticker(long, work.carry_out)
    await one.tick()
    await until(lambda: len(work.begun) == 1)

    await one.stop()
    await asyncio.sleep(0.2)

    assert len(work.cancelled) == 1
    assert len(await agenda.claim("console", 1)) == 1


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StoreUnavailable("silent"), "the store did not answer; the entry comes again"),
        (RuntimeError("a fault of ours"), "an entry failed; it comes again when its lease runs out"),
    ],
)
async def test_an_entry_that_fails_is_logged_and_comes_again(
    agenda: RedisAgenda, caplog: pytest.LogCaptureFixture, error: Exception, said: str
) -> None:
    await put(agenda, 1)
    attempts: list[int] = []

    async def carry_out(lease: Lease) -> None:
        attempts.append(lease.attempt)
        if lease.attempt == 1:
            raise error
        await agenda.drop(lease)

    async with stopped(ticker(agenda, carry_out)) as one:
        await one.tick()
        await until(lambda: said in caplog.messages)
        await asyncio.sleep(LEASE)
        await one.tick()
        await until(lambda: attempts == [1, 2])


async def test_an_open_clock_ticks_and_sweeps_at_once_and_stops_with_its_block(agenda: RedisAgenda, work: Work) -> None:
    await put(agenda, 1)
    work.go_on.set()
    swept: list[str] = []

    async def sweep(platform: str, now: datetime) -> int:
        assert abs((datetime.now(UTC) - now).total_seconds()) < 5
        swept.append(platform)
        if platform == "console":
            raise StoreUnavailable("silent")
        return 0

    one = ticker(agenda, work.carry_out)
    async with open_clock(one, sweep) as scheduler:
        await until(lambda: len(work.done) >= 1 and len(swept) == 2)
        assert {job.id for job in scheduler.get_jobs()} == {"tick", "sweep"}

    assert swept == ["console", "other"]
    await one.tick()
    assert not one._running


def test_the_clock_of_the_system_is_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
