import json
from dataclasses import replace
from datetime import date, time, timedelta

from adapters.redis import keys
from bot.domain.ids import place_id, programme_of, round_id
from bot.domain.programme import Collect, Occurrence, Programme, ProgrammeState, Schedule
from bot.domain.question import Level
from bot.domain.round import RoundState
from bot.ports import AskNow
from tests.mischief import MORNING, DiedError
from tests.world import ANA, BEN, BY_HAND, CHRIS, FAR_PLACE, MONDAY, OTHER_PLACE, PLACE, TODAY, TOMORROW, World

EVERYTHING = Programme(
    id=programme_of(PLACE),
    place=PLACE,
    schedule=Schedule(
        at=time(9, 15),
        reveal_at=time(8),
        zone="Pacific/Apia",
        weekdays=frozenset({0, 3}),
        reveal_days=1,
        every=2,
        anchor=date(2025, 1, 6),
        holidays="DE-BE",
    ),
    topics=frozenset({"data", "ünïcode 🎓"}),
    levels={Level.EXPERT: 2},
    collect=Collect.THREAD,
    language="de",
    state=ProgrammeState.PAUSED,
    set_up_by=ANA,
    admins=frozenset({BEN, CHRIS}),
    pause_reason='because of "this"\nand that',
)


def occurrence(day: date) -> Occurrence:
    asks_at = MORNING.replace(day=day.day, month=day.month) + timedelta(hours=1)
    return Occurrence(date=day, asks_at=asks_at, reveals_at=asks_at + timedelta(hours=7))


COMING = [occurrence(MONDAY + timedelta(days=days)) for days in range(3)]


async def test_a_programme_is_kept_whole_and_gets_a_new_revision_each_time(world: World) -> None:
    first = await world.programmes.save(EVERYTHING, [])
    assert first
    second = await world.programmes.save(first, [])
    assert second

    assert first == replace(EVERYTHING, revision=1)
    assert second == replace(EVERYTHING, revision=2)
    assert await world.programmes.get(EVERYTHING.id) == second
    await world.programmes.save(replace(second, set_up_by=None), [])
    assert await world.programme() == replace(EVERYTHING, revision=3, set_up_by=None)


async def test_a_programme_from_before_anybody_could_be_named_has_nobody_named(world: World) -> None:
    await world.programmes.save(EVERYTHING, [])
    key = keys.programme(EVERYTHING.id)
    row = json.loads(await world.store.steady.hget(key, "data"))
    await world.store.steady.hset(key, "data", json.dumps({name: row[name] for name in row if name != "admins"}))

    assert (await world.programme()).admins == frozenset()


async def test_of_some_places_those_with_a_programme_are_found_in_their_order(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.set_up(FAR_PLACE)
    nowhere = place_id("console", "home", "nowhere")

    found = await world.programmes.among([OTHER_PLACE, nowhere, PLACE])

    assert found == [await world.programme(OTHER_PLACE), await world.programme(PLACE)]
    await world.admin("remove")
    assert await world.programmes.among([PLACE, nowhere]) == []
    assert await world.programmes.among([]) == []


async def test_what_was_made_from_an_older_revision_is_not_kept(world: World) -> None:
    programme = await world.set_up()
    newer = await world.programmes.save(replace(programme, language="de"), COMING)

    assert await world.programmes.save(replace(programme, state=ProgrammeState.PAUSED), []) is None
    assert await world.programmes.save(replace(programme, revision=0), []) is None

    assert await world.programme() == newer
    assert await world.next() == TODAY


async def test_programmes_are_listed_by_platform_without_those_removed(world: World) -> None:
    ours = await world.set_up()
    theirs = await world.set_up(FAR_PLACE)
    await world.programmes.save(replace(theirs, state=ProgrammeState.REMOVED), [])

    assert await world.programmes.all("console") == [ours]
    assert await world.programmes.all("discord") == []
    assert await world.programmes.get(programme_of(PLACE)) == ours


async def test_a_programme_that_nobody_saved_is_none(world: World) -> None:
    assert await world.programmes.get(programme_of(PLACE)) is None
    assert await world.programmes.next_opening(programme_of(PLACE)) is None


async def test_the_first_occurrence_without_a_round_is_put_on_the_agenda(world: World) -> None:
    programme = await world.set_up()
    await world.at(9)

    await world.programmes.save(programme, COMING)

    assert await world.next() == TOMORROW
    assert set(await world.entries()) == {f"reveal:{TODAY}", f"open:{TOMORROW}"}


async def test_with_every_occurrence_asked_already_nothing_is_put_on_the_agenda(world: World) -> None:
    programme = await world.set_up()
    await world.at(9)

    await world.programmes.save(programme, COMING[:1])

    assert await world.next() is None
    assert set(await world.entries()) == {f"reveal:{TODAY}"}


async def test_saving_while_an_opening_is_carried_out_lets_the_next_holder_find_out(world: World) -> None:
    programme = await world.set_up()
    world.mischief.after("begin", lambda: world.programmes.save(replace(programme, state=ProgrammeState.PAUSED), []))

    world.clock.go(hours=1)
    lease = await world.claim()
    await world.life.carry_out(lease)

    again = await world.claim()
    assert (again.round, again.revision, again.attempt) == (TODAY, -1, 1)
    assert again.fence > lease.fence


async def test_an_opening_that_was_begun_and_is_wanted_again_is_not_doubled(world: World) -> None:
    programme = await world.set_up()
    world.mischief.after("begin", lambda: world.programmes.save(programme, COMING))

    await world.at(9)

    assert (await world.get()).state is RoundState.OPEN
    assert set(await world.entries()) == {f"reveal:{TODAY}", f"open:{TOMORROW}"}


async def test_an_opening_is_ensured_only_for_an_active_programme_that_has_none(world: World) -> None:
    programme = await world.set_up()

    assert not await world.programmes.ensure_opening(programme, COMING)
    await world.store.steady.zrem("studybot:console:agenda", f"open:{TODAY}")
    assert await world.programmes.ensure_opening(programme, COMING)
    assert await world.next() == TODAY
    await world.admin("pause")
    assert not await world.programmes.ensure_opening(programme, COMING)
    assert await world.next() is None


async def test_rounds_by_hand_are_numbered_by_date(world: World) -> None:
    programme = await world.set_up()
    await world.at(9)
    await world.at(16)
    reveals_at = world.clock.at + timedelta(hours=1)
    given = []

    tuesday = MONDAY + timedelta(days=1)
    # At the end it is Monday again: the programme's zone was moved to the west.
    for day, delivery in ((MONDAY, "a"), (MONDAY, "b"), (tuesday, "c"), (MONDAY, "d")):
        outcome, asked = await world.programmes.ask_now(programme, day, None, reveals_at, delivery)
        assert outcome is AskNow.GIVEN
        given.append(asked)
        await world.due()
        await world.admin("reveal-now")
        await world.due()

    assert given == [round_id(programme.id, day, n) for day, n in ((MONDAY, 2), (MONDAY, 3), (tuesday, 2), (MONDAY, 4))]


async def test_a_round_by_hand_carries_its_own_reveal_and_outlives_a_change_of_schedule(world: World) -> None:
    programme = await world.set_up()
    await world.at(9)
    await world.at(16)
    reveals_at = world.clock.at + timedelta(hours=1)
    await world.programmes.ask_now(programme, MONDAY, None, reveals_at, "a")

    await world.admin("setup at=10:00")
    lease = await world.claim()

    assert (lease.round, lease.revision, lease.reveals_at) == (BY_HAND, 0, reveals_at)


async def test_asking_now_is_refused_with_the_round_in_the_way(world: World) -> None:
    programme = await world.set_up()
    await world.at(9)

    asked = await world.programmes.ask_now(programme, MONDAY, None, world.clock.at, "a")

    assert asked == (AskNow.IN_THE_WAY, TODAY)


async def test_asking_now_in_a_programme_that_was_paused_meanwhile_puts_nothing_on_the_agenda(world: World) -> None:
    programme = await world.set_up()
    await world.admin("pause")

    asked = await world.programmes.ask_now(programme, MONDAY, None, world.clock.at, "a")

    assert asked == (AskNow.NOT_ACTIVE, None)
    assert await world.entries() == {}


async def test_an_opening_that_was_begun_keeps_its_entry_where_an_earlier_day_comes_first(world: World) -> None:
    """A zone further to the west may bring back the day before."""
    programme = await world.set_up()
    world.mischief.before("opened", DiedError())
    await world.at(9)

    days = (MONDAY - timedelta(days=1), MONDAY)
    await world.programmes.save(programme, [occurrence(day) for day in days])

    assert set(await world.entries()) == {f"open:{TODAY}", f"open:{round_id(programme.id, days[0])}"}
