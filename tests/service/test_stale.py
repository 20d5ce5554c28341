"""Questions whose review is too old leave rotation by themselves; where there are no others they are better than silence."""

from datetime import date, timedelta

from bot import wording
from bot.views import MeView, StatusView
from tests.service.coming import asked, coming
from tests.service.practising import answered
from tests.service.practising import asked as practised
from tests.service.test_operation import console, report
from tests.world import MONDAY, OTHER_PLACE, TODAY, TOMORROW, World, question

OLD = date(2020, 1, 1)


async def test_a_stale_question_is_neither_planned_nor_asked_nor_practised(world: World) -> None:
    world.shelf.questions = [question(0, reviewed=OLD), question(1), question(2)]
    await world.set_up()

    assert (await coming(world)).id != "q0"
    for number in range(2):
        await world.at(9, day=MONDAY + timedelta(days=number))
        assert await asked(world, [TODAY, TOMORROW][number]) != "q0"
        await world.at(16, day=MONDAY + timedelta(days=number))
    assert (await practised(world)).question != "q0"


async def test_what_was_planned_and_becomes_stale_by_its_day_makes_room(world: World) -> None:
    world.shelf.questions = [question(0)]
    await world.set_up()
    assert (await coming(world)).id == "q0"

    world.shelf.questions = [question(0, review_after=MONDAY - timedelta(days=1)), question(1)]

    assert (await coming(world)).id == "q1"
    await world.at(9)
    assert await asked(world) == "q1"


async def test_where_every_question_is_stale_they_are_asked_and_it_is_said(world: World) -> None:
    world.shelf.questions = [question(0, reviewed=OLD), question(3, reviewed=OLD)]
    await world.set_up()

    planned = await coming(world)
    await world.at(9)

    assert await asked(world) == planned.id
    status = await world.admin("status")
    assert isinstance(status, StatusView)
    assert status.notes[-1] == wording.programmes.stale(2, only=True)
    assert "asked because there are no others" in status.notes[-1]
    (programme,) = (await console(world)).programmes
    assert programme.only_stale


async def test_status_counts_what_is_in_rotation_and_says_what_is_not(world: World) -> None:
    world.shelf.questions = [question(0, reviewed=OLD), question(1), question(3, reviewed=OLD)]
    await world.set_up()

    status = await world.admin("status")
    seen = await report(world)

    assert isinstance(status, StatusView)
    assert status.notes[-2:] == (
        wording.programmes.questions_match(1, 1),
        "2 more are not asked, for the review is too old.",
    )
    assert (seen.bank.questions, seen.bank.stale) == (3, ("q0", "q3"))
    assert not seen.platforms[0].programmes[0].only_stale


async def test_a_review_that_a_member_is_due_waits_while_the_question_is_stale(world: World) -> None:
    world.shelf.questions = [question(number) for number in range(4)]
    await answered(world, "q0", "I can only guess at this one")
    world.clock.go(days=3)
    await world.set_up(OTHER_PLACE)
    assert (await practised(world)).question == "q0"

    world.shelf.questions[0] = question(0, reviewed=OLD)

    assert (await practised(world)).question != "q0"
    me = await world.quiz("ana", "me", OTHER_PLACE)
    assert isinstance(me, MeView)
    assert me.due == 0
