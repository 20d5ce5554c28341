from datetime import timedelta

from bot.domain.ids import BOT, programme_of
from bot.domain.plan import Plan
from bot.ports import Change
from tests.mischief import MORNING
from tests.world import ANA, OTHER_PLACE, PLACE, TODAY, TOMORROW, World

PROGRAMME = programme_of(PLACE)


async def test_a_plan_is_kept_whole_until_the_next_one(world: World) -> None:
    plans = world.desk.by_hand.planning.plans
    first = Plan(round=TODAY, question="q1", passed=("q2", "q3"), wishes=("a wish",))

    assert await plans.get(PROGRAMME) is None
    assert await plans.keep(PROGRAMME, first, None)
    assert await plans.get(PROGRAMME) == first
    assert await plans.keep(PROGRAMME, Plan(round=TOMORROW, question="q4"), first)
    assert await plans.get(PROGRAMME) == Plan(round=TOMORROW, question="q4")


async def test_a_plan_made_from_one_that_is_no_longer_there_is_not_kept(world: World) -> None:
    plans = world.desk.by_hand.planning.plans
    first, second, third = (Plan(round=TODAY, question=f"q{number}") for number in (1, 2, 3))
    await plans.keep(PROGRAMME, first, None)
    await plans.keep(PROGRAMME, second, first)

    assert not await plans.keep(PROGRAMME, third, None)
    assert not await plans.keep(PROGRAMME, third, first)
    assert await plans.keep(PROGRAMME, second, first)  # the same once more, as clients do
    assert await plans.get(PROGRAMME) == second


async def test_changes_come_back_newest_first_and_as_many_as_are_wanted(world: World) -> None:
    made = [
        Change(at=MORNING, who=ANA, what="set the quiz up"),
        Change(at=MORNING + timedelta(minutes=1), who=BOT, what="paused the quiz: “gone”"),
        Change(at=MORNING + timedelta(minutes=2), who=None, what="let the quiz go on"),
    ]
    for number, change in enumerate(made):
        await world.changes.add(PLACE, change, f"d{number}")

    assert await world.changes.latest(PLACE, 2) == [made[2], made[1]]
    assert await world.changes.latest(PLACE, 9) == made[::-1]
    assert await world.changes.latest(OTHER_PLACE, 9) == []


async def test_a_change_of_one_delivery_is_kept_once_with_its_first_instant(world: World) -> None:
    change = Change(at=MORNING, who=ANA, what="skipped")
    again = Change(at=MORNING + timedelta(minutes=1), who=ANA, what="skipped")

    for one in (change, again):
        await world.changes.add(PLACE, one, "the same")
    assert await world.changes.latest(PLACE, 9) == [change]

    await world.changes.add(PLACE, again, "another")
    assert len(await world.changes.latest(PLACE, 9)) == 2
