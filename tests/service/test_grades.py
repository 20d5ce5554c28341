from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from adapters.redis import keys
from bot import wording
from bot.domain.ids import RoundId
from bot.views import GradeView, NoticeView
from tests.leftovers import leftovers
from tests.world import MONDAY, TODAY, TOMORROW, World

HALF = "alpha above all"


async def open_round(world: World) -> None:
    await world.set_up()
    await world.at(9)


async def revealed(world: World, **replies: str) -> None:
    await open_round(world)
    for name, text in replies.items():
        await world.reply(name, text)
    await world.at(16)


async def test_before_any_reveal_there_is_no_grade(world: World) -> None:
    none_yet = await world.quiz("ana", "grade")
    await open_round(world)
    still_open = await world.desk.grade(world.caller("ana"), TODAY)

    assert none_yet == NoticeView(text=wording.grades.NOTHING_REVEALED)
    assert still_open == NoticeView(text=wording.grades.NOT_REVEALED)


async def test_of_a_round_that_is_gone_or_was_skipped_it_is_said_kindly(world: World) -> None:
    await world.set_up()
    await world.at(15, 30)

    assert await world.desk.grade(world.caller("ana"), TODAY) == NoticeView(text=wording.grades.NOTHING_REVEALED)
    assert await world.desk.grade(world.caller("ana"), TOMORROW) == NoticeView(text=wording.grades.ROUND_GONE)
    assert await world.desk.check(world.caller("ana"), TOMORROW, [True]) == NoticeView(text=wording.grades.ROUND_GONE)
    assert await world.desk.check(world.caller("ana"), TODAY, [True]) == NoticeView(text=wording.grades.ROUND_GONE)


async def test_grade_without_a_round_is_that_of_the_last_revealed_one(world: World) -> None:
    await revealed(world, ana=HALF)
    await world.at(9, day=MONDAY + timedelta(days=1))

    grade = await world.quiz("ana", "grade")

    assert isinstance(grade, GradeView)
    assert (grade.round, grade.reply, grade.notice) == (TODAY, HALF, wording.grades.CHECK_NOTICE)


async def test_a_self_check_counts_at_once_and_is_kept_with_its_reason(world: World) -> None:
    await revealed(world, ana=HALF, ben="alpha, beta, gamma")

    grade = await world.desk.check(world.caller("ana"), TODAY, [True, True, False], " I said  so\x00 ")

    assert isinstance(grade, GradeView)
    assert (grade.total, grade.version, grade.notice) == (8, 1, wording.grades.CHECK_KEPT)
    kept = (await world.ledger.grades(TODAY))[world.caller("ana").member]
    assert (kept.origin, kept.reason) == ("self-checked", "I said  so")
    assert await world.points() == {"ana": 8, "ben": 10}
    assert await world.is_sound()


async def test_a_reason_runs_out_with_its_grade(world: World) -> None:
    await revealed(world, ana=HALF)
    await world.desk.check(world.caller("ana"), TODAY, [True, True, False], "quokka")
    await world.later(hours=48)

    (where,) = await leftovers(world.store.steady, "quokka")

    assert where.startswith(keys.grades(TODAY))
    assert 0 < await world.store.steady.ttl(keys.grades(TODAY)) <= 180 * 86_400


async def test_a_self_check_may_also_take_points_away(world: World) -> None:
    await revealed(world, ana=HALF)

    await world.desk.check(world.caller("ana"), TODAY, [False, False, False])

    assert await world.points() == {"ana": 2}
    assert await world.is_sound()


async def test_a_self_check_counts_once_per_delivery_also_when_an_old_one_comes_again(world: World) -> None:
    await revealed(world, ana=HALF)
    first = world.caller("ana")
    await world.desk.check(first, TODAY, [True, True, True])
    await world.desk.check(world.caller("ana"), TODAY, [True, True, False])

    again = await world.desk.check(first, TODAY, [True, True, True])

    assert isinstance(again, GradeView)
    assert (again.total, again.version) == (8, 2)
    assert await world.points() == {"ana": 8}
    assert await world.is_sound()


async def test_a_self_check_must_say_something_of_every_key_point(world: World) -> None:
    await revealed(world, ana=HALF)

    said = await world.desk.check(world.caller("ana"), TODAY, [True])

    assert said == NoticeView(text=wording.grades.ticks_do_not_fit(3))


async def test_only_who_replied_in_good_faith_can_check(world: World) -> None:
    await revealed(world, ana="I don't know")

    nobody = await world.desk.check(world.caller("ben"), TODAY, [True, True, True])
    idle = await world.desk.check(world.caller("ana"), TODAY, [True, True, True])

    assert nobody == NoticeView(text=wording.grades.NO_REPLY)
    assert isinstance(idle, GradeView)
    assert (idle.total, idle.open_until, idle.notice) == (0, None, wording.grades.NOT_IN_GOOD_FAITH)
    assert await world.points() == {}


async def test_before_the_reveal_nothing_can_be_checked(world: World) -> None:
    await open_round(world)
    await world.reply("ana", HALF)

    assert await world.desk.check(world.caller("ana"), TODAY, [True] * 3) == NoticeView(
        text=wording.grades.NOT_REVEALED
    )


async def test_a_grade_that_is_gone_by_the_time_it_is_checked_is_said_so(world: World) -> None:
    await revealed(world, ana=HALF)
    world.mischief.before("check", _deleted(world, "grades", TODAY))

    assert await world.desk.check(world.caller("ana"), TODAY, [True] * 3) == NoticeView(text=wording.grades.NO_REPLY)


def _deleted(world: World, what: str, round_: RoundId) -> Callable[[], Awaitable[None]]:
    async def delete() -> None:
        await world.store.steady.delete(f"studybot:console:home:{what}:{round_.removeprefix('console:home:')}")

    return delete


async def test_after_48_hours_the_self_check_has_closed_and_what_stands_stands(world: World) -> None:
    await revealed(world, ana=HALF)
    await world.at(16, day=MONDAY + timedelta(days=2))

    checked = await world.desk.check(world.caller("ana"), TODAY, [True, True, True])
    looked = await world.desk.grade(world.caller("ana"), TODAY)

    assert isinstance(checked, GradeView)
    assert (checked.total, checked.open_until, checked.notice) == (6, None, wording.grades.CHECK_CLOSED)
    assert looked == checked
    assert await world.points() == {"ana": 6}


async def test_a_self_check_outlasts_the_next_reveal(world: World) -> None:
    """Ana answered on Monday and not on Tuesday: her Monday's window is open until Wednesday."""
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)
    await world.at(9, day=MONDAY + timedelta(days=1))
    await world.reply("ben", "beta", TOMORROW)
    await world.at(16)

    own, ticked = await world.quiz("ana", "grade"), await world.quiz("ana", "grade 1 2")
    bens, dated = await world.quiz("ben", "grade"), await world.quiz("ben", f"grade {MONDAY} 1")

    assert isinstance(own, GradeView)
    assert (own.round, own.for_reply, own.total) == (TODAY, 2, 6)
    assert isinstance(ticked, GradeView)
    assert (ticked.round, ticked.total) == (TODAY, 8)
    assert isinstance(bens, GradeView)
    assert bens.round == TOMORROW
    assert dated == NoticeView(text=wording.grades.NO_REPLY)


@pytest.mark.parametrize(
    ("said", "ticks"), [("", (True, False, False)), (" 2", (False, True, False)), ("\n2 3", (False, True, True))]
)
async def test_a_grade_can_be_asked_for_by_its_date(world: World, said: str, ticks: tuple[bool, ...]) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)

    view = await world.quiz("ana", f"grade {MONDAY}{said}")

    assert isinstance(view, GradeView)
    assert tuple(point.ticked for point in view.points) == ticks


async def test_a_grade_of_a_day_without_a_question_says_so(world: World) -> None:
    await world.set_up()

    assert await world.quiz("ana", "grade 2025-13-45 1") == NoticeView(text=wording.grades.ROUND_GONE)
