"""What an operator sees of a whole store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from adapters.redis.overview import RedisOverview
from bot.domain.ids import programme_of
from bot.domain.round import RoundState, Step
from bot.ports import OutcomeUnknown
from bot.service.operation import Operation
from bot.views import PlatformFacts, Report
from tests.mischief import MORNING, DiedError
from tests.world import FAR_PLACE, LEASE, MONDAY, OTHER_PLACE, PLACE, TODAY, TOMORROW, World

NINE = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)


async def report(world: World) -> Report:
    by_hand = world.desk.by_hand
    return await Operation(
        overview=RedisOverview(world.store),
        agenda=world.agenda,
        programmes=world.programmes,
        rounds=world.rounds,
        questions=world.shelf,
        calendar=by_hand.calendar,
        clock=world.clock,
    ).report()


async def console(world: World) -> PlatformFacts:
    (platform,) = (await report(world)).platforms
    return platform


async def test_an_empty_store_has_nothing_but_itself(world: World) -> None:
    seen = await report(world)

    assert seen.platforms == ()
    assert seen.at == world.clock.at
    assert seen.store.version.startswith("Valkey")
    assert seen.store.persistence == "append-only file, synced always"
    assert seen.store.memory > 0


async def test_a_programme_is_seen_with_what_comes_next_and_the_entry_that_brings_it(world: World) -> None:
    await world.set_up()

    platform = await console(world)

    (programme,) = platform.programmes
    assert (programme.programme, programme.state, programme.zone) == (programme_of(PLACE), "active", "UTC")
    assert programme.schedule == "asks 09:00, reveals 16:00, mon-fri"
    assert programme.opening
    assert (programme.opening.step, programme.opening.due, programme.opening.attempt) == (Step.OPEN, NINE, 0)
    assert [one.asks_at for one in programme.next] == [NINE + timedelta(days=days) for days in range(3)]
    assert (platform.entries, platform.unfinished) == (1, ())


async def test_the_programmes_of_every_team_are_seen_and_a_pause_with_its_reason(world: World) -> None:
    for place in (PLACE, OTHER_PLACE, FAR_PLACE):
        await world.set_up(place)
    await world.admin("pause holidays", OTHER_PLACE)

    programmes = {one.programme: one for one in (await console(world)).programmes}

    assert set(programmes) == {programme_of(place) for place in (PLACE, OTHER_PLACE, FAR_PLACE)}
    paused = programmes[programme_of(OTHER_PLACE)]
    assert (paused.state, paused.pause_reason, paused.opening, paused.next) == ("paused", "holidays", None, ())


async def test_rounds_are_seen_with_how_late_they_were_their_repliers_and_their_note(world: World) -> None:
    await world.set_up()
    await world.at(9, 20)
    await world.reply("ana", "alpha")
    await world.at(16)
    await world.admin("skip")

    (programme,) = (await console(world)).programmes

    assert [(one.round, one.state, one.late_s, one.repliers, one.note) for one in programme.last] == [
        (TOMORROW, RoundState.SKIPPED, None, 0, "by hand"),
        (TODAY, RoundState.REVEALED, 1200.0, 1, ""),
    ]
    assert programme.next[0].date == MONDAY + timedelta(days=2)


async def test_a_round_that_was_asked_ahead_of_its_time_was_not_late(world: World) -> None:
    await world.set_up()
    await world.admin("ask-now")
    await world.due()

    (programme,) = (await console(world)).programmes

    assert programme.last[0].late_s == 0.0


async def test_an_unfinished_round_is_seen_with_the_entry_that_will_end_it(world: World) -> None:
    await world.set_up()
    world.mischief.after("post_question", OutcomeUnknown("no answer"))
    await world.at(9)

    (opening,) = (await console(world)).unfinished
    assert (opening.round, opening.state) == (TODAY, RoundState.OPENING)
    assert opening.pending
    assert (opening.pending.step, opening.pending.due, opening.pending.attempt) == (Step.OPEN, NINE, 1)
    assert opening.pending.claimable_at > world.clock.at

    await world.later(seconds=LEASE)
    (open_,) = (await console(world)).unfinished
    assert open_.pending
    assert (open_.state, open_.pending.step, open_.pending.due.hour) == (RoundState.OPEN, Step.REVEAL, 16)


async def test_what_the_agenda_lacks_is_seen_until_a_sweep_has_put_it_back(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.store.steady.delete("studybot:console:agenda")

    platform = await console(world)

    assert [one.pending for one in platform.unfinished] == [None]
    assert [one.opening for one in platform.programmes] == [None]
    assert platform.programmes[0].next
    await world.life.sweep("console", world.clock.now())
    assert all(one.pending for one in (await console(world)).unfinished)


async def test_a_round_that_has_run_out_is_seen_as_such(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.store.steady.delete("studybot:console:home:round:general:2025-03-03")

    (lost,) = (await console(world)).unfinished

    assert (lost.round, lost.state) == (TODAY, None)


async def test_an_agenda_is_late_by_what_should_have_been_claimed_by_the_servers_clock(world: World) -> None:
    world.clock.at = datetime.now(UTC)
    await world.set_up()
    assert (await console(world)).late_s == 0

    world.clock.at = MORNING  # when the server's clock is long past its opening
    await world.set_up(OTHER_PLACE)
    assert (await console(world)).late_s > 0


async def test_a_schedule_that_cannot_be_read_is_seen_with_its_fault(world: World) -> None:
    programme = await world.set_up()
    moved = replace(programme, schedule=replace(programme.schedule, zone="Mars/Olympus"))
    await world.programmes.save(moved, [])

    (seen,) = (await console(world)).programmes

    assert seen.next == ()
    assert "Mars/Olympus" in seen.fault


async def test_looking_changes_nothing(world: World) -> None:
    await world.set_up()
    world.mischief.after("begin", DiedError())
    await world.at(9)
    before = await world.store.steady.info("persistence")

    await report(world)

    after = await world.store.steady.info("persistence")
    assert after["rdb_changes_since_last_save"] == before["rdb_changes_since_last_save"] > 0
