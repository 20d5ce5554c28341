import json
from datetime import timedelta

import pytest

from bot.domain.reply import Grade, Origin
from bot.domain.round import Round
from bot.ports import CheckState, Lease, Superseded
from tests.world import ANA, BEN, CHRIS, LEASE, MONDAY, PLACE, TODAY, World, who

LEDGER = "studybot:console:home:ledger:general:2025-03"


def grade(points: int = 6, *, good_faith: bool = True) -> Grade:
    return Grade(ticks=(True, False, False), good_faith=good_faith, points=points)


async def closing(world: World, *names: str) -> tuple[Lease, Round]:
    """Hold the reveal of today's round, which has closed and to which Ana, Ben and others have replied."""
    await world.set_up()
    await world.at(9)
    for name in ("ana", "ben", *names):
        await world.reply(name, "alpha")
    world.clock.go(hours=7)
    lease = await world.claim()
    return lease, await world.rounds.close(lease)


async def test_an_award_is_in_ledger_boards_streak_and_grade_at_once(world: World) -> None:
    lease, round_ = await closing(world)

    await world.ledger.award(lease, round_, {ANA: grade(6), BEN: grade(0, good_faith=False)}, world.clock.at)

    entries = await world.store.steady.hgetall(LEDGER)
    assert set(entries) == {f"{TODAY}/{ANA}/reply", f"{TODAY}/{BEN}/reply"}
    assert json.loads(entries[f"{TODAY}/{ANA}/reply"])["points"] == 6
    assert await world.points() == {"ana": 6}
    assert await world.boards.streak(PLACE, ANA) == (1, 1)
    assert await world.boards.streak(PLACE, BEN) == (0, 0)
    assert await world.ledger.grades(TODAY) == {ANA: grade(6), BEN: grade(0, good_faith=False)}


async def test_an_award_is_applied_once_per_id_and_the_first_grade_stands(world: World) -> None:
    lease, round_ = await closing(world)

    for points in (6, 6, 10):
        await world.ledger.award(lease, round_, {ANA: grade(points)}, world.clock.at)

    await world.rounds.revealed(lease, None, None, world.clock.at)
    assert await world.points() == {"ana": 6}
    assert await world.ledger.grade(TODAY, ANA) == grade(6)
    assert await world.boards.streak(PLACE, ANA) == (1, 1)
    assert await world.is_sound()


async def test_five_hundred_members_are_awarded_in_one_step(world: World) -> None:
    names = [f"m{number}" for number in range(500)]
    lease, round_ = await closing(world, *names)
    grades = {who(name): grade() for name in names}

    await world.ledger.award(lease, round_, grades, world.clock.at)

    assert len(await world.ledger.grades(TODAY)) == 500
    await world.rounds.revealed(lease, None, None, world.clock.at)
    assert (await world.boards.verify()).awards == 500
    assert await world.is_sound()


async def test_whoever_was_overtaken_awards_nothing(world: World) -> None:
    old, round_ = await closing(world)
    world.clock.go(seconds=LEASE)
    await world.claim()

    with pytest.raises(Superseded):
        await world.ledger.award(old, round_, {ANA: grade()}, world.clock.at)

    assert await world.points() == {}
    assert await world.ledger.grades(TODAY) == {}


async def test_only_a_round_that_is_closing_gives_awards(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    world.clock.go(hours=7)
    lease = await world.claim()

    await world.ledger.award(lease, await world.get(), {ANA: grade()}, world.clock.at)

    assert await world.points() == {}


async def revealed(world: World) -> Round:
    lease, round_ = await closing(world)
    await world.ledger.award(lease, round_, {ANA: grade(6), BEN: grade(0, good_faith=False)}, world.clock.at)
    await world.rounds.revealed(lease, None, None, world.clock.at + timedelta(hours=48))
    return await world.get()


def checked(points: int, reason: str = "") -> Grade:
    return Grade(
        ticks=(points > 4, points > 6, False), good_faith=True, points=points, origin=Origin.SELF_CHECKED, reason=reason
    )


async def test_each_check_is_a_further_entry_with_the_difference_and_its_reason(world: World) -> None:
    round_ = await revealed(world)

    state, kept = await world.ledger.check(
        round_, ANA, checked(8, 'I "said" so \N{EM DASH} ünïcode'), "a", world.clock.at
    )
    await world.ledger.check(round_, ANA, checked(2), "b", world.clock.at)

    assert state is CheckState.KEPT
    assert kept
    assert (kept.points, kept.version, kept.ticks, kept.reason) == (
        8,
        1,
        (True, True, False),
        'I "said" so \N{EM DASH} ünïcode',
    )
    entries = await world.store.steady.hgetall(LEDGER)
    differences = [json.loads(entries[f"{TODAY}/{ANA}/self-check.{number}"]) for number in (1, 2)]
    assert [one["points"] for one in differences] == [2, -6]
    assert await world.points() == {"ana": 2}
    assert await world.is_sound()


async def test_a_check_that_changes_no_points_is_kept_without_an_entry(world: World) -> None:
    round_ = await revealed(world)

    _, kept = await world.ledger.check(round_, ANA, checked(6), "a", world.clock.at)

    assert kept
    assert (kept.origin, kept.version) == (Origin.SELF_CHECKED, 1)
    assert await world.store.steady.hlen(LEDGER) == 2


async def test_a_delivery_checks_once_also_after_another_one(world: World) -> None:
    round_ = await revealed(world)
    await world.ledger.check(round_, ANA, checked(8), "a", world.clock.at)
    await world.ledger.check(round_, ANA, checked(2), "b", world.clock.at)

    state, kept = await world.ledger.check(round_, ANA, checked(8), "a", world.clock.at)

    assert state is CheckState.KEPT
    assert kept
    assert (kept.points, kept.version) == (2, 2)


async def test_whoever_did_not_answer_has_nothing_to_check(world: World) -> None:
    round_ = await revealed(world)

    assert await world.ledger.check(round_, CHRIS, checked(8), "a", world.clock.at) == (CheckState.NOTHING, None)
    state, kept = await world.ledger.check(round_, BEN, checked(8), "b", world.clock.at)

    assert (state, kept) == (CheckState.NOTHING, grade(0, good_faith=False))


async def test_a_settled_round_takes_no_check(world: World) -> None:
    round_ = await revealed(world)
    await world.admin("pause")
    await world.at(16, day=MONDAY + timedelta(days=2))

    assert await world.ledger.check(round_, ANA, checked(8), "a", world.clock.at) == (CheckState.CLOSED, grade(6))


async def test_a_member_taken_to_nothing_is_on_no_board(world: World) -> None:
    round_ = await revealed(world)

    await world.ledger.check(round_, ANA, checked(0), "a", world.clock.at)

    assert await world.points() == {}
    assert await world.is_sound()


async def test_streaks_follow_the_rounds_of_the_place(world: World) -> None:
    await world.set_up()
    replies = [("ana", "ben"), ("ana",), (), ("ana", "ben"), ("ana",)]
    streaks = []
    for day, names in enumerate(replies):
        await world.at(9, day=MONDAY + timedelta(days=day))
        (round_,) = await world.rounds.latest(PLACE, 1)
        for name in names:
            await world.reply(name, "alpha", round_.id)
        await world.at(16)
        streaks.append([await world.boards.streak(PLACE, member) for member in (ANA, BEN)])

    assert [ana for ana, _ in streaks] == [(1, 1), (2, 2), (0, 2), (1, 2), (2, 2)]
    assert [ben for _, ben in streaks] == [(1, 1), (0, 1), (0, 1), (1, 1), (0, 1)]
    assert await world.is_sound()


async def test_a_skipped_day_neither_adds_to_nor_breaks_a_streak(world: World) -> None:
    await world.set_up()
    for day, hour in ((0, 9), (1, 15), (2, 9)):
        await world.at(hour, 30, day=MONDAY + timedelta(days=day))
        (round_,) = await world.rounds.latest(PLACE, 1)
        await world.reply("ana", "alpha", round_.id)
        await world.at(16)

    assert [round_.state for round_ in await world.rounds.latest(PLACE, 3)] == ["revealed", "skipped", "revealed"]
    assert await world.boards.streak(PLACE, ANA) == (2, 2)
