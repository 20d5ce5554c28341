from datetime import timedelta

import pytest

from adapters.redis.agenda import RedisAgenda
from adapters.redis.store import Store
from bot.domain.round import Step
from bot.ports import StoreUnavailable, Superseded
from tests.world import FAR_PLACE, LEASE, OTHER_PLACE, TODAY, World


async def test_entries_are_claimed_oldest_first_up_to_the_limit(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE, "zone=UTC at=08:30 reveal=16:00")
    await world.set_up(FAR_PLACE, "zone=UTC at=08:45 reveal=16:00")
    world.clock.go(hours=2)

    first = await world.agenda.claim("console", 2)
    rest = await world.agenda.claim("console", 2)

    assert [lease.due.minute for lease in (*first, *rest)] == [30, 45, 0]
    assert rest[0].round == TODAY
    assert {lease.now for lease in first} == {world.clock.at}
    assert await world.agenda.claim("console", 2) == []
    assert await world.agenda.claim("discord", 2) == []


async def test_what_is_claimed_is_nobody_elses_until_the_lease_runs_out(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    first = await world.claim()

    world.clock.go(seconds=LEASE - 1)
    assert await world.agenda.claim("console", 1) == []
    world.clock.go(seconds=1)
    second = await world.claim()

    assert (first.attempt, second.attempt) == (1, 2)
    assert second.fence > first.fence
    assert second.due == first.due
    assert second.revision == first.revision == 1


async def test_a_claim_that_a_failover_forgot_is_not_taken_for_the_next_one(world: World) -> None:
    """A replica that takes over may not have heard of the last claims: it must not give their fences once more."""
    await world.set_up()
    world.clock.go(hours=1)
    replica = {key: await world.store.steady.dump(key) for key in await world.store.steady.keys("*agenda*")}
    forgotten = await world.claim()
    for key, value in replica.items():
        await world.store.steady.restore(key, 0, value, replace=True)

    world.clock.go(seconds=3)
    await world.claim()

    with pytest.raises(Superseded):
        await world.agenda.confirm(forgotten)


async def test_renewing_keeps_an_entry_for_another_lease(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()

    world.clock.go(seconds=LEASE / 2)
    await world.agenda.confirm(lease)
    world.clock.go(seconds=LEASE / 2)

    assert await world.agenda.claim("console", 1) == []


async def test_whoever_was_overtaken_can_do_nothing_to_the_entry(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    old = await world.claim()
    world.clock.go(seconds=LEASE)
    new = await world.claim()
    before = await world.entries()

    with pytest.raises(Superseded):
        await world.agenda.confirm(old)
    await world.agenda.put_back(old, 0)
    await world.agenda.drop(old)

    assert await world.entries() == before
    await world.agenda.confirm(new)


async def test_what_is_put_back_is_for_anyone_after_its_delay(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()

    await world.agenda.put_back(lease, 2.5)

    with pytest.raises(Superseded):
        await world.agenda.confirm(lease)
    world.clock.go(seconds=2)
    assert await world.agenda.claim("console", 1) == []
    world.clock.go(seconds=0.5)
    assert (await world.claim()).due == lease.due


async def test_what_is_dropped_is_gone(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)

    await world.agenda.drop(await world.claim())

    assert await world.entries() == {}
    assert [key async for key in world.store.steady.scan_iter("*agenda:*")] == []


async def test_an_entry_can_be_hastened_but_not_taken_from_its_holder(world: World) -> None:
    await world.set_up()

    assert await world.agenda.hasten(Step.OPEN, TODAY)
    lease = await world.claim()
    assert lease.due == world.clock.at
    assert await world.agenda.hasten(Step.OPEN, TODAY)

    assert await world.agenda.claim("console", 1) == []
    await world.agenda.confirm(lease)
    assert not await world.agenda.hasten(Step.REVEAL, TODAY)


async def test_an_entry_that_waits_to_be_tried_again_can_be_hastened(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    await world.agenda.put_back(await world.claim(), 300)

    assert await world.agenda.hasten(Step.OPEN, TODAY)

    assert (await world.claim()).round == TODAY


async def test_a_rounds_entry_is_restored_only_if_it_is_missing(world: World) -> None:
    await world.set_up()
    await world.at(9)
    reveal = (await world.entries())[f"reveal:{TODAY}"]

    assert not await world.agenda.restore(TODAY)
    await world.store.steady.zrem("studybot:console:agenda", f"reveal:{TODAY}")
    assert await world.agenda.restore(TODAY)

    assert (await world.entries())[f"reveal:{TODAY}"] == reveal


async def test_the_backlog_counts_entries_and_says_how_late_the_first_is(world: World) -> None:
    assert await world.agenda.backlog("console") == (0, 0.0)
    await world.set_up()

    count, late = await world.agenda.backlog("console")

    assert count == 1
    assert late > timedelta(days=1).total_seconds()  # the world's clock stands years before the server's
    await world.store.steady.zadd("studybot:console:agenda", {f"open:{TODAY}": 4e12})
    assert await world.agenda.backlog("console") == (1, 0.0)


async def test_the_servers_own_clock_is_what_counts(store: Store) -> None:
    agenda = RedisAgenda(store)
    seconds, _ = await store.steady.time()
    await store.steady.zadd("studybot:console:agenda", {f"open:{TODAY}": seconds * 1000 - 500})

    (lease,) = await agenda.claim("console", 1)

    assert abs(lease.now.timestamp() - seconds) < 5
    held_until = await store.steady.zscore("studybot:console:agenda", f"open:{TODAY}")
    assert held_until == lease.now.timestamp() * 1000 + 5000


async def test_a_store_that_does_not_answer_is_said_in_the_ports_words(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_args: object, **_kwargs: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(world.store.steady, "smembers", refuse)

    with pytest.raises(StoreUnavailable):
        await world.agenda.unfinished("console")
