"""People and leads in a round that was revealed."""

from datetime import timedelta

from bot.views import (
    GradeView,
    ReviewItem,
    ReviewView,
)
from tests.world import MONDAY, TODAY, World

HALF = "alpha above all"
IDLE = "I don't know"
TUESDAY = MONDAY + timedelta(days=1)


async def revealed(world: World, **replies: str) -> None:
    await world.set_up()
    await world.at(9)
    for name, text in (replies or {"ana": HALF}).items():
        await world.reply(name, text)
    await world.at(16)


async def ticked(world: World, name: str = "ana", reason: str = "I meant it") -> None:
    await world.desk.check(world.caller(name), TODAY, [True, True, False], reason)


async def waiting(world: World, words: str = "") -> ReviewView:
    view = await world.admin(f"review {words}")
    assert isinstance(view, ReviewView)
    return view


async def item(world: World) -> ReviewItem:
    (only,) = (await waiting(world)).items
    return only


async def grade(world: World, name: str = "ana") -> GradeView:
    view = await world.desk.grade(world.caller(name), TODAY)
    assert isinstance(view, GradeView)
    return view


def ticks(view: GradeView) -> tuple[bool, ...]:
    return tuple(one.ticked for one in view.points)
