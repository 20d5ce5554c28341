"""What comes next in a place, and what was asked there, as the tests of it ask for it."""

from bot.domain.ids import RoundId
from bot.views import NextQuestionView, NoticeView
from tests.world import TODAY, World, question


async def coming(world: World, command: str = "next", delivery: str = "") -> NextQuestionView:
    view = await world.admin(command, delivery=delivery)
    assert isinstance(view, NextQuestionView)
    return view


async def said(world: World, command: str) -> str:
    view = await world.admin(command)
    assert isinstance(view, NoticeView)
    return view.text


async def asked(world: World, round_: RoundId = TODAY) -> str:
    return (await world.get(round_)).asked().id


def only(world: World, *numbers: int) -> None:
    world.shelf.questions = [question(number) for number in numbers]
