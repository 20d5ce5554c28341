"""Practice never gives away what somebody in the team may still answer for points, or will be asked next."""

from datetime import timedelta

import pytest

from adapters.redis.planning import RedisPlans
from bot import wording
from bot.domain.ids import ProgrammeId, programme_of, round_id
from bot.domain.plan import Plan
from bot.domain.round import RoundState
from bot.views import AnswerView, NoticeView, PracticeGradeView, PracticeView
from tests.mischief import DiedError
from tests.service.coming import coming
from tests.world import ANA, FAR_PLACE, MONDAY, OTHER_PLACE, PLACE, World, question

HALF = "alpha above all"
REFUSED = NoticeView(text=wording.practice.NOT_NOW)


async def all_served(world: World) -> set[str]:
    """Pass on until it goes round, and return every question that was given."""
    view = await world.desk.practise(world.caller())
    served: list[str] = []
    while isinstance(view, PracticeView) and view.question not in served:
        served.append(view.question)
        view = await world.desk.practise(world.caller(), "", passing=view.question)
    return set(served)


async def refused_everywhere(world: World, question_id: str) -> bool:
    desk, caller = world.desk, world.caller()
    said = [
        await desk.practice_form(caller, question_id),
        await desk.practice_answer(caller, question_id, HALF),
        await desk.practice_grade(caller, question_id),
        await desk.practice_check(caller, question_id, [True] * 3),
        await desk.practice_hint(caller, question_id, 1),
        await desk.practice_show(caller, question_id, 0),
        await desk.practice_show(caller, question_id, None),
    ]
    return all(view == REFUSED for view in said)


async def test_neither_what_is_open_in_the_team_nor_what_comes_next_here_is_given(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE, "zone=UTC at=09:00 reveal=17:00")
    await world.set_up(FAR_PLACE, "zone=UTC at=09:00 reveal=16:00")
    await world.at(9)
    open_here, open_there = [
        (await world.get(round_id(programme_of(place), MONDAY))).asked().id for place in (PLACE, OTHER_PLACE)
    ]

    served = await all_served(world)
    await world.at(9, day=MONDAY + timedelta(days=1))

    next_one = (await world.get(round_id(programme_of(PLACE), MONDAY + timedelta(days=1)))).asked().id
    assert len(served) == 3
    assert served.isdisjoint({open_here, open_there, next_one})


async def test_a_day_before_its_first_question_only_that_one_is_kept_back(world: World) -> None:
    await world.set_up()

    served = await all_served(world)
    await world.at(9)

    assert len(served) == 5
    assert (await world.get()).asked().id not in served


async def test_what_another_team_is_asked_may_be_practised(world: World) -> None:
    await world.set_up(FAR_PLACE)
    await world.at(9)

    assert len(await all_served(world)) == 6


@pytest.mark.parametrize("step", ["post_question", "opened"])
async def test_a_question_that_is_just_being_opened_is_kept_back(world: World, step: str) -> None:
    await world.set_up()
    world.mischief.before(step, DiedError())
    await world.at(9)
    round_ = await world.get()
    assert round_.state is RoundState.OPENING

    assert round_.asked().id not in await all_served(world)
    assert await refused_everywhere(world, round_.asked().id)


async def test_old_buttons_of_a_question_that_has_become_the_day_s_give_nothing_away_until_its_reveal(
    world: World,
) -> None:
    for one in world.shelf.questions:
        await world.desk.practice_answer(world.caller(), one.id, HALF)
    await world.set_up(OTHER_PLACE)
    await world.at(9)
    of_the_day = (await world.get(round_id(programme_of(OTHER_PLACE), MONDAY))).asked().id
    before = await world.practice.of_member(ANA, of_the_day)

    assert await refused_everywhere(world, of_the_day)
    assert await world.practice.of_member(ANA, of_the_day) == before

    await world.at(16)
    assert isinstance(await world.desk.practice_grade(world.caller(), of_the_day), PracticeGradeView)
    assert isinstance(await world.desk.practice_show(world.caller(), of_the_day), AnswerView)


async def test_old_buttons_of_the_question_that_comes_next_give_nothing_away_either(world: World) -> None:
    for one in world.shelf.questions:
        await world.desk.practice_answer(world.caller(), one.id, HALF)
    await world.set_up()

    planned = await coming(world)

    assert await refused_everywhere(world, planned.id)
    assert sum([await refused_everywhere(world, one.id) for one in world.shelf.questions]) == 1


async def test_what_was_planned_before_a_pause_is_not_practised_during_it(world: World) -> None:
    await world.set_up()
    planned = await coming(world)
    await world.admin("pause")

    assert planned.id not in await all_served(world)
    assert await refused_everywhere(world, planned.id)

    await world.admin("resume")
    await world.at(9)
    assert (await world.get()).asked().id == planned.id


async def test_while_a_reveal_is_under_way_nothing_is_given_away_yet(world: World) -> None:
    await world.set_up()
    await world.at(9)
    world.mischief.before("post_reveal", DiedError())
    await world.at(16)
    round_ = await world.get()
    assert round_.state is RoundState.CLOSING

    assert await refused_everywhere(world, round_.asked().id)


async def test_where_all_there_is_is_open_or_comes_next_nobody_is_told_which(world: World) -> None:
    world.shelf.questions = [question(number, topic=topic) for number, topic in enumerate(("data", "serving"))]
    await world.set_up()
    await world.at(9)

    of_the_topics = {topic: await world.desk.practise(world.caller(), topic) for topic in ("data", "serving")}

    assert of_the_topics == {
        topic: NoticeView(text=wording.practice.nothing_on(topic, "")) for topic in ("data", "serving")
    }
    assert await world.desk.practise(world.caller()) == NoticeView(text=wording.practice.nothing_on("", ""))
    of_a_level = await world.desk.practise(world.caller(), "data expert")
    assert of_a_level == NoticeView(text=wording.practice.nothing_on("data", "expert"))


async def test_a_question_that_opens_while_one_is_being_chosen_is_not_given(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.shelf.questions[2:] = []
    await world.set_up()
    look_up = RedisPlans.get

    async def opens_meanwhile(plans: RedisPlans, programme: ProgrammeId) -> Plan | None:
        monkeypatch.setattr(RedisPlans, "get", look_up)
        await world.at(9)
        return await look_up(plans, programme)

    monkeypatch.setattr(RedisPlans, "get", opens_meanwhile)

    found = await world.desk.practise(world.caller())

    assert isinstance(found, NoticeView) or found.question != (await world.get()).asked().id


@pytest.mark.parametrize("command", ["pause", "remove"])
async def test_a_place_that_asks_nothing_any_more_keeps_nothing_back(world: World, command: str) -> None:
    await world.set_up()
    await world.admin(command)

    assert len(await all_served(world)) == 6
