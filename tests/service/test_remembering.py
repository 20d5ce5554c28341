"""What the daily rounds make of what members remember: what they missed comes back in practice."""

from datetime import UTC, datetime, timedelta

import pytest

from adapters.redis.store import Store
from bot.domain.ids import MemberId, RoundId
from bot.domain.practice import Memory
from bot.views import PracticeGradeView, PracticeView
from tests.mischief import DiedError
from tests.world import ANA, BEN, LEASE, MONDAY, TODAY, World, build, question, who

ALL = "alpha, beta and gamma"
HALF = "alpha above all"
REVEAL = datetime(2025, 3, 3, 16, tzinfo=UTC)
WEDNESDAY = MONDAY + timedelta(days=2)


async def revealed(world: World, **replies: str) -> str:
    """Play one round to its reveal, with nothing after it, and return its question's id."""
    await world.set_up()
    await world.at(9)
    for name, text in replies.items():
        await world.reply(name, text)
    await world.at(16)
    await world.admin("pause")
    return (await world.get()).asked().id


async def memory(world: World, name: str) -> Memory | None:
    return next(iter((await world.practice.memories(who(name))).values()), None)


async def test_when_a_round_settles_its_repliers_remember_its_question_as_their_grades_say(world: World) -> None:
    id_ = await revealed(world, ana=ALL, ben="some letter, any letter", chris="I don't know", dana=HALF)
    await world.desk.check(world.caller("dana"), TODAY, [True] * 3)
    assert await memory(world, "ana") is None

    await world.at(16, day=WEDNESDAY)

    kept = {
        name: (await world.practice.memories(who(name))).get(id_) for name in ("ana", "ben", "chris", "dana", "eva")
    }
    assert kept["eva"] is None
    assert {name: one and (one.share, one.times, one.last) for name, one in kept.items() if one} == {
        "ana": (1.0, 1, REVEAL),
        "ben": (0.0, 1, REVEAL),
        "chris": (0.0, 1, REVEAL),
        "dana": (1.0, 1, REVEAL),
    }
    assert kept["ana"]
    assert kept["ben"]
    assert kept["ana"] == kept["dana"]
    assert kept["ben"] == kept["chris"]
    assert kept["ben"].due < kept["ana"].due


async def test_what_was_missed_in_a_round_is_the_first_practice_question_of_the_next_days(world: World) -> None:
    id_ = await revealed(world, ana="some letter, any letter")
    await world.at(16, day=WEDNESDAY)

    view = await world.quiz("ana", "ask")

    assert isinstance(view, PracticeView)
    assert (view.question, view.review, view.times) == (id_, True, 1)


async def test_a_key_point_that_is_not_ticked_in_bad_faith_gives_nothing(world: World) -> None:
    """The question copied has the words of a key point, and is missed all the same."""
    copied = question(0, text="Say alpha, beta, gamma and then what it is that goes wrong here, please?")
    world.shelf.questions[:] = [copied]
    await revealed(world, ana=copied.text)

    await world.at(16, day=WEDNESDAY)

    found = await memory(world, "ana")
    assert found
    assert found.share == 0


async def test_who_practised_a_question_before_its_round_goes_on_from_there(world: World) -> None:
    world.shelf.questions[1:] = []
    await world.desk.practice_answer(world.caller(), "q0", ALL)
    await revealed(world, ana=ALL)

    await world.at(16, day=WEDNESDAY)

    found = await memory(world, "ana")
    assert found
    assert (found.times, found.last) == (2, REVEAL)


async def test_who_has_practised_it_since_the_reveal_keeps_that(world: World) -> None:
    id_ = await revealed(world, ana=HALF, ben=HALF)
    practised = await world.desk.practice_answer(world.caller("ana"), id_, ALL)

    await world.at(16, day=WEDNESDAY)

    assert isinstance(practised, PracticeGradeView)
    kept, other = await memory(world, "ana"), await memory(world, "ben")
    assert kept
    assert other
    assert (kept.share, kept.times, kept.due) == (1.0, 1, practised.returns_at)
    assert other.share == 0.5
    assert await world.desk.practice_grade(world.caller("ana"), id_) == practised


async def test_practice_that_comes_in_while_a_round_settles_is_not_overwritten(world: World) -> None:
    id_ = await revealed(world, ana=HALF)

    async def practise() -> None:
        await world.desk.practice_answer(world.caller("ana"), id_, ALL)

    world.mischief.before("remember", practise)
    await world.at(16, day=WEDNESDAY)

    found = await memory(world, "ana")
    assert found
    assert (found.share, found.last) == (1.0, world.clock.at)


async def test_a_round_revealed_by_hand_before_its_time_is_remembered_from_then_on(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", HALF)
    await world.at(10)
    await world.admin("reveal-now")
    await world.due()
    await world.admin("pause")

    await world.at(10, day=WEDNESDAY)

    found = await memory(world, "ana")
    assert found
    assert found.last == REVEAL.replace(hour=10)


async def test_a_round_without_a_reply_is_remembered_by_nobody(world: World) -> None:
    await revealed(world)
    await world.at(16, day=WEDNESDAY)

    assert (await world.get()).settled
    assert "remember" not in world.mischief.calls


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["end_checks", "remember", "edit_reveal", "settle"])
async def test_whoever_dies_at_settling_leaves_the_same_memories(world: World, step: str, when: str) -> None:
    id_ = await revealed(world, ana=HALF)
    getattr(world.mischief, when)(step, DiedError())

    await world.at(16, day=WEDNESDAY)
    await world.later(seconds=LEASE)

    assert (await world.get()).settled
    found = (await world.practice.memories(ANA))[id_]
    assert (found.share, found.times, found.last) == (0.5, 1, REVEAL)


async def test_many_repliers_are_remembered_in_batches(store: Store) -> None:
    world = build(store, [question()])
    members = [MemberId(f"console:home:member{number}") for number in range(501)]
    await world.set_up()
    await world.at(9)
    await _all_reply(world, members, TODAY)
    await world.at(16)
    await world.admin("pause")

    await world.at(16, day=WEDNESDAY)

    assert world.mischief.calls.count("remember") == 2
    kept = await world.practice.memories_of("q0", [*members, BEN])
    assert kept.keys() == set(members)
    world.room.close()


async def _all_reply(world: World, members: list[MemberId], round_: RoundId) -> None:
    for number, member in enumerate(members):
        await world.reply(member.rpartition(":")[2], f"alpha says number {number}", round_)
