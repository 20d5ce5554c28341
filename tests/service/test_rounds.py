import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.redis.overview import RedisOverview
from bot.domain.programme import ProgrammeState
from bot.domain.round import RoundState, Step
from bot.ports import Limited, OutcomeUnknown, StoreUnavailable, Superseded
from tests.world import BY_HAND, FAR_PLACE, MONDAY, TODAY, TOMORROW, World


@pytest.mark.parametrize(("attempt", "chance", "seconds"), [(1, 0, 0.75), (1, 1, 1.25), (4, 0.5, 8), (60, 1, 375)])
async def test_an_unknown_outcome_is_tried_again_ever_later_with_a_jitter(
    world: World, attempt: int, chance: float, seconds: float
) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()
    world.mischief.before("find_posts", OutcomeUnknown("no answer"))

    await replace(world.life, chance=lambda: chance).carry_out(replace(lease, attempt=attempt))

    assert (await world.entries())[f"open:{TODAY}"] == world.clock.at + timedelta(seconds=seconds)


async def test_a_chat_that_asks_to_wait_for_hours_is_asked_again_while_who_watches_still_sees_it(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()
    world.mischief.before("post_question", Limited(7200.0))

    await world.life.carry_out(lease)
    world.clock.go(minutes=14)

    assert (await world.entries())[f"open:{TODAY}"] - lease.due <= timedelta(minutes=15)
    assert (await RedisOverview(world.store).load("console")).overdue_s[Step.OPEN] == 14 * 60


async def test_whoever_was_overtaken_stops_without_a_fuss(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()
    world.mischief.before("begin", Superseded())

    with caplog.at_level(logging.INFO):
        await world.life.carry_out(lease)

    assert "somebody else took over" in caplog.messages


async def test_a_store_that_does_not_answer_is_left_to_whoever_holds_the_entry(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()
    world.mischief.before("begin", StoreUnavailable("silent"))

    with pytest.raises(StoreUnavailable):
        await world.life.carry_out(lease)


async def test_a_sweep_of_a_sound_agenda_changes_nothing(world: World) -> None:
    await world.set_up()
    await world.at(9)
    before = await world.entries()

    assert await world.life.sweep("console", world.clock.at) == 0
    assert await world.entries() == before


async def test_a_sweep_puts_back_what_fell_off_the_agenda(world: World) -> None:
    await world.set_up()
    await world.set_up(FAR_PLACE)
    await world.at(9)
    before = await world.entries()
    await world.store.steady.delete("studybot:console:agenda")

    assert await world.life.sweep("console", world.clock.at) == 4

    assert await world.entries() == before
    await world.at(16)
    assert (await world.get()).state is RoundState.REVEALED


async def test_a_sweep_leaves_paused_programmes_alone(world: World) -> None:
    await world.set_up()
    await world.admin("pause")

    assert (await world.programme()).state is ProgrammeState.PAUSED
    assert await world.life.sweep("console", world.clock.at) == 0
    assert await world.entries() == {}


async def test_each_unfinished_round_gets_the_entry_that_its_state_needs(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)
    await world.admin("ask-now")
    world.mischief.after("begin", OutcomeUnknown("no answer"))
    await world.due()
    await world.store.steady.delete("studybot:console:agenda")

    await world.life.sweep("console", world.clock.at)

    assert set(await world.entries()) == {f"settle:{TODAY}", f"open:{BY_HAND}", f"open:{TOMORROW}"}
    await world.due()
    assert (await world.get(BY_HAND)).state is RoundState.OPEN


async def test_a_settled_round_is_no_longer_looked_after(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)
    await world.admin("pause")
    await world.at(16, day=MONDAY + timedelta(days=2))

    assert await world.agenda.unfinished("console") == []
    assert not await world.agenda.restore(TODAY)
    assert not await world.agenda.hasten(Step.SETTLE, TODAY)
