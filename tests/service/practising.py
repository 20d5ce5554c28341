"""Practice as the tests of it go about it."""

from bot.views import AnswerView, PracticeGradeView, PracticeView
from tests.world import World

ALL = "alpha, beta and gamma"
HALF = "alpha above all"


async def asked(world: World, name: str = "ana", text: str = "") -> PracticeView:
    view = await world.quiz(name, f"ask {text}")
    assert isinstance(view, PracticeView), view
    return view


async def answered(world: World, question_id: str, text: str, name: str = "ana") -> PracticeGradeView:
    view = await world.desk.practice_answer(world.caller(name), question_id, text)
    assert isinstance(view, PracticeGradeView), view
    return view


async def shown(world: World, view: PracticeView, name: str = "ana") -> AnswerView:
    answer = await world.desk.practice_show(world.caller(name), view.question, view.times)
    assert isinstance(answer, AnswerView)
    return answer


async def another(world: World, view: PracticeView) -> PracticeView:
    wanted = f"{view.topic_wanted} {view.level_wanted}"
    found = await world.desk.practise(world.caller(), wanted, passing=view.question)
    assert isinstance(found, PracticeView)
    return found


async def met_all(world: World, text: str = ALL) -> None:
    for one in world.shelf.questions:
        await answered(world, one.id, text)
