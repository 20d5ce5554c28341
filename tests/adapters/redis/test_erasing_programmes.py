"""Programmes and their changes, and what was on its way, keep nothing of an erased member either."""

import json

import pytest

from adapters.redis import keys
from bot import wording
from bot.domain.programme import ProgrammeState
from bot.domain.round import RoundState
from bot.ports import SetupRequest
from bot.views import NoticeView
from tests.adapters.redis.test_erasing import TEXT, ZOE, begin, left
from tests.world import ANA, BEN, OTHER_PLACE, PLACE, World


async def test_who_set_the_quiz_up_is_forgotten_and_no_change_brings_the_name_back(world: World) -> None:
    await begin(world)
    world.mischief.before("save_programme", lambda: world.members.erase(ZOE))

    await world.admin("setup at=10:00")

    assert (await world.programme()).set_up_by is None
    assert await left(world) == []
    await world.at(10)
    assert (await world.get()).state is RoundState.OPEN


async def test_who_was_named_to_look_after_a_quiz_is_forgotten_and_the_others_stay(world: World) -> None:
    await world.set_up(words="zone=UTC at=09:00 reveal=16:00 admins=ben,zoe")
    world.mischief.before("save_programme", lambda: world.members.erase(ZOE))

    await world.admin("setup at=10:00")

    assert (await world.programme()).looked_after_by() == (ANA, BEN)
    assert await left(world) == []
    await world.at(10)
    assert (await world.get()).state is RoundState.OPEN


async def test_who_is_being_erased_is_not_named_meanwhile_also_when_the_programme_was_seen_to(world: World) -> None:
    await world.set_up()
    world.mischief.before("end_erasure", lambda: world.admin("setup admins=zoe,ben"))

    await world.members.erase(ZOE)

    assert (await world.programme()).looked_after_by() == (ANA, BEN)
    assert await left(world) == []


async def test_a_quiz_that_is_set_up_by_somebody_who_is_being_erased_is_set_up_by_nobody(world: World) -> None:
    zoe = world.caller("zoe", admin=True)
    world.mischief.before("end_erasure", lambda: world.desk.setup(zoe, SetupRequest(at="09:00")))

    await world.members.erase(ZOE)

    assert (await world.programme()).looked_after_by() == ()


async def test_a_reason_for_a_pause_goes_with_who_gave_it_and_the_pause_stays(world: World) -> None:
    await world.set_up()
    await world.desk.command(world.caller("zoe", admin=True), "quiz-admin", f"pause {TEXT}")

    await world.members.erase(ZOE)

    programme = await world.programme()
    assert (programme.state, programme.pause_reason) == (ProgrammeState.PAUSED, "")
    assert await left(world) == []


async def test_the_reason_that_others_gave_stays(world: World) -> None:
    await world.desk.command(world.caller("zoe", admin=True), "quiz-admin", "setup zone=UTC")
    await world.admin("pause holidays")

    await world.members.erase(ZOE)

    assert (await world.programme()).pause_reason == "holidays"


# --- what was on its way ---


async def erased(world: World) -> None:
    await world.members.erase(ZOE)
    assert await left(world) == []


@pytest.mark.parametrize("text", [TEXT, f"alpha {TEXT}"])
@pytest.mark.parametrize("known", [False, True])
async def test_a_practice_reply_that_is_graded_during_an_erasure_is_not_kept(
    world: World, text: str, *, known: bool
) -> None:
    if known:
        await world.desk.practice_answer(world.caller("zoe"), "q0", "alpha before")
        world.clock.go(seconds=1)
    world.mischief.before("practise", lambda: erased(world))

    view = await world.desk.practice_answer(world.caller("zoe"), "q0", text)

    assert view == NoticeView(text=wording.practice.NO_ATTEMPT)
    assert await left(world) == []


async def test_neither_ticks_nor_a_look_at_the_answer_bring_back_what_was_remembered(world: World) -> None:
    for step, again in (("practise", "check"), ("remember", "show")):
        await world.desk.practice_answer(world.caller("zoe"), "q0", f"alpha {TEXT}")
        world.clock.go(seconds=1)
        world.mischief.before(step, lambda: erased(world))

        if again == "check":
            await world.desk.practice_check(world.caller("zoe"), "q0", [True] * 3)
        else:
            await world.desk.practice_show(world.caller("zoe"), "q0", 1)

        assert await left(world) == []
        world.clock.go(seconds=1)


async def test_who_practises_after_an_erasure_starts_anew_at_once(world: World) -> None:
    await world.desk.practice_answer(world.caller("zoe"), "q0", "alpha before")
    await world.members.erase(ZOE)
    world.clock.go(seconds=1)

    await world.desk.practice_answer(world.caller("zoe"), "q0", "alpha beta gamma")

    assert (await world.practice.memories(ZOE))["q0"].times == 1


@pytest.mark.parametrize("step", ["save_programme", "note_change"])
@pytest.mark.parametrize("command", ["setup zone=UTC", f"pause {TEXT}"])
async def test_what_an_admin_changes_during_the_own_erasure_is_done_without_the_name(
    world: World, step: str, command: str
) -> None:
    if command.startswith("pause"):
        await world.set_up()
        world.clock.go(seconds=1)
    world.mischief.before(step, lambda: world.members.erase(ZOE))

    await world.desk.command(world.caller("zoe", admin=True), "quiz-admin", command)

    assert (await world.changes.latest(PLACE, 1))[0].who is None
    assert await left(world) == []


async def test_after_ten_minutes_who_came_back_is_named_again(world: World) -> None:
    await world.members.erase(ZOE)
    assert 590 < await world.store.steady.ttl(keys.erased(ZOE)) <= 600
    await world.store.steady.delete(keys.erased(ZOE))  # what ten minutes do

    await world.desk.command(world.caller("zoe", admin=True), "quiz-admin", "setup zone=UTC")

    assert (await world.programme()).set_up_by == ZOE


async def test_a_change_of_the_programme_meanwhile_is_read_again(world: World) -> None:
    await begin(world)
    world.mischief.before("erase_setter", lambda: world.admin("setup at=10:00"))

    await world.members.erase(ZOE)

    assert (await world.programme()).set_up_by is None
    assert await left(world) == []
    await world.at(10)
    assert (await world.get()).state is RoundState.OPEN


async def test_the_programmes_and_changes_of_others_are_left_alone(world: World) -> None:
    await begin(world)
    await world.set_up(OTHER_PLACE)
    before = await world.programme(OTHER_PLACE)

    await world.members.erase(ZOE)

    assert await world.programme(OTHER_PLACE) == before
    assert [json.loads(one)["who"] for one in await world.store.steady.zrange(keys.changes(PLACE), 0, -1)] == [
        None,
        None,
    ]
