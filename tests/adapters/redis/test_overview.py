from dataclasses import replace
from datetime import UTC, datetime

from adapters.redis import keys
from adapters.redis.agenda import RedisAgenda
from adapters.redis.overview import RedisOverview
from adapters.redis.store import Limits
from bot.domain.ids import place_id
from bot.domain.programme import ProgrammeState
from bot.domain.round import Step
from tests.world import PLACE, TODAY, World


async def test_every_platform_that_has_an_agenda_is_found_and_no_channel_of_that_name(world: World) -> None:
    await world.set_up()
    await world.set_up(place_id("console", "home", "agenda-fence"))
    await world.store.steady.set(keys.agenda("slack") + "-fence", 1)

    assert await RedisOverview(world.store).platforms() == ["console", "slack"]


async def test_entries_are_told_with_when_they_were_due_and_when_they_may_next_be_claimed(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.set_up(place_id("console", "home", "random"), "zone=UTC at=09:30 reveal=15:00")
    world.clock.go(minutes=30)
    lease = await world.claim()
    await world.agenda.put_back(lease, 90)

    opening, reveal, *_ = await RedisOverview(world.store).pending("console")

    assert (opening.step, opening.due, opening.attempt) == (Step.OPEN, lease.due, 1)
    assert opening.claimable_at == datetime(2025, 3, 3, 9, 31, 30, tzinfo=UTC)
    assert (reveal.step, reveal.round, reveal.due.hour, reveal.attempt) == (Step.REVEAL, TODAY, 16, 0)


async def test_an_entry_that_was_carried_out_meanwhile_is_told_without_its_record(world: World) -> None:
    await world.set_up()
    await world.store.steady.delete(keys.record("console", keys.entry(Step.OPEN, TODAY)))

    (pending,) = await RedisOverview(world.store).pending("console")

    assert (pending.round, pending.due, pending.attempt) == (TODAY, pending.claimable_at, 0)


async def test_a_server_that_tells_nothing_is_still_looked_at(world: World) -> None:
    await world.set_up(PLACE)
    for command in ("info", "config"):
        await world.store.steady.execute_command("ACL", "SETUSER", "default", f"-{command}")
    try:
        facts = await RedisOverview(world.store).facts()
    finally:
        await world.store.steady.execute_command("ACL", "SETUSER", "default", "+@all")

    assert (facts.version, facts.persistence, facts.memory) == ("not told", "not told", 0)


async def test_what_is_planned_is_counted_and_what_is_due_is_late_also_while_it_waits(world: World) -> None:
    for number in range(3):
        await world.set_up(place_id("console", "home", f"c{number}"))
    await world.set_up(place_id("console", "home", "late"), "zone=UTC at=08:30 reveal=15:00")
    await world.admin("pause", place_id("console", "home", "c2"))
    world.clock.go(minutes=40)
    await world.agenda.put_back(await world.claim(), 375)

    load = await RedisOverview(world.store).load("console")

    assert (load.entries, load.late_s) == (3, 0)
    assert load.overdue_s == {Step.OPEN: 600, Step.REVEAL: 0, Step.SETTLE: 0, Step.REGRADE: 0, Step.AMEND: 0}
    assert load.programmes == {ProgrammeState.ACTIVE: 3, ProgrammeState.PAUSED: 1}


async def test_what_is_held_for_a_long_lease_is_overdue_all_the_same(world: World) -> None:
    await world.set_up()
    world.clock.go(minutes=61)
    store = replace(world.store, limits=Limits(lease=3600))
    await RedisAgenda(store).claim("console", 1)
    world.clock.go(minutes=5)

    assert (await RedisOverview(store).load("console")).overdue_s[Step.OPEN] == 360


async def test_an_entry_that_nobody_takes_lags(world: World) -> None:
    await world.set_up()
    world.clock.go(minutes=61)

    load = await RedisOverview(world.store).load("console")

    assert (load.late_s, load.overdue_s[Step.OPEN]) == (60, 60)


async def test_of_a_platform_without_anything_there_is_nothing(world: World) -> None:
    load = await RedisOverview(world.store).load("slack")

    assert (load.entries, load.late_s, set(load.programmes.values())) == (0, 0, {0})
