"""What is planned for the next round: made anew when it no longer fits, and kept from rounds by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot import wording
from bot.domain.ids import programme_of, round_id
from bot.domain.question import Level
from bot.domain.round import RoundState
from bot.views import NextQuestionView
from tests.service.coming import asked, coming, only, said
from tests.world import BY_HAND, MONDAY, OTHER_PLACE, TODAY, TOMORROW, World

# --- a plan that no longer fits ---


async def test_a_plan_follows_the_topics_and_levels_that_are_wanted(world: World) -> None:
    await world.set_up(words="zone=UTC at=09:00 reveal=16:00 topics=data levels=foundation")
    assert (await coming(world)).topic == "data"

    await world.admin("setup topics=serving levels=practitioner")

    view = await coming(world)
    assert (view.topic, view.level) == ("serving", Level.PRACTITIONER)


async def test_a_plan_stays_when_only_the_time_of_day_changes(world: World) -> None:
    await world.set_up()
    first = await coming(world)

    await world.admin("setup at=11:00")

    view = await coming(world)
    assert (view.id, view.round, view.asks_at.hour) == (first.id, TODAY, 11)


async def test_after_a_change_of_days_the_question_is_planned_for_the_new_date(world: World) -> None:
    await world.set_up()
    await coming(world, "next swap")

    await world.admin("setup days=tue")

    view = await coming(world)
    assert view.round == TOMORROW
    await world.at(9, day=MONDAY + timedelta(days=1))
    assert await asked(world, TOMORROW) == view.id


async def test_after_a_skip_the_question_is_planned_for_the_following_round(world: World) -> None:
    only(world, 0, 1)
    await world.set_up()
    await coming(world, "next swap")
    await world.admin("skip")

    view = await coming(world)

    assert view.round == TOMORROW
    await world.at(9, day=MONDAY + timedelta(days=1))
    assert await asked(world, TOMORROW) == view.id


async def test_a_planned_question_that_is_asked_elsewhere_in_the_team_makes_room(world: World) -> None:
    only(world, 0)
    await world.set_up()
    planned = await coming(world)
    await world.set_up(OTHER_PLACE, "zone=UTC at=08:30 reveal=16:30")
    await world.at(8, 30)
    assert await asked(world, round_id(programme_of(OTHER_PLACE), MONDAY)) == planned.id
    only(world, 0, 3)

    assert (await coming(world)).id == "q3"
    await world.at(9)
    assert await asked(world) == "q3"


async def test_a_planned_question_that_was_asked_and_revealed_elsewhere_makes_room_for_a_rested_one(
    world: World,
) -> None:
    only(world, 0)
    await world.set_up(words="zone=UTC at=12:00 reveal=16:00")
    planned = await coming(world)
    await world.set_up(OTHER_PLACE, "zone=UTC at=08:30 reveal=10:00")
    await world.at(8, 30)
    await world.at(10)
    assert (await coming(world)).id == planned.id  # there is nothing else

    only(world, 0, 3)

    assert (await coming(world)).id == "q3"


async def test_a_planned_question_that_left_the_bank_makes_room_and_a_mended_one_is_asked_as_it_is(
    world: World,
) -> None:
    await world.set_up()
    planned = await coming(world)
    world.shelf.questions = [replace(one, text="Mended?") for one in world.shelf.questions]
    assert ((await coming(world)).id, (await coming(world)).text) == (planned.id, "Mended?")

    world.shelf.questions = [one for one in world.shelf.questions if one.id != planned.id]

    view = await coming(world)
    assert view.id != planned.id
    await world.at(9)
    assert await asked(world) == view.id


async def test_of_a_bank_in_which_only_what_was_swapped_away_is_left_that_is_asked(world: World) -> None:
    only(world, 0, 1)
    await world.set_up()
    away, planned = await coming(world), await coming(world, "next swap")
    world.shelf.questions = [one for one in world.shelf.questions if one.id != planned.id]

    assert (await coming(world)).id == away.id

    await world.at(9)
    assert await asked(world) == away.id


# --- two at once ---


async def test_a_swap_before_the_round_is_begun_is_what_it_asks(world: World) -> None:
    await world.set_up()
    told: list[NextQuestionView] = []

    async def swaps() -> None:
        told.append(await coming(world, "next swap"))

    world.mischief.before("begin", swaps)
    await world.at(9)

    assert [view.id for view in told] == [await asked(world)]


@pytest.mark.parametrize("command", ["next swap", "next"])
async def test_whoever_plans_at_the_same_time_as_a_swap_does_not_undo_it(world: World, command: str) -> None:
    await world.set_up()
    told: list[NextQuestionView] = []

    async def swaps() -> None:
        told.append(await coming(world, "next swap"))

    world.mischief.before("keep_plan", swaps)
    if command == "next":
        await world.quiz("ben", "ask")
    else:
        told.append(await coming(world, command))

    assert (await coming(world)).id == told[-1].id
    await world.at(9)
    assert await asked(world) == told[-1].id


async def test_of_two_swaps_of_one_question_the_later_is_shown_what_the_earlier_took(world: World) -> None:
    await world.set_up()
    await coming(world)
    told: list[NextQuestionView] = []

    async def swaps() -> None:
        told.append(await coming(world, "next swap"))

    world.mischief.before("keep_plan", swaps)
    late = await coming(world, "next swap")

    assert [late] == told
    assert late.swappable


# --- rounds by hand ---


async def test_a_round_by_hand_leaves_the_planned_question_and_those_swapped_away_alone(world: World) -> None:
    only(world, 0, 1, 2)
    await world.set_up()
    await world.admin("skip")
    away, planned = await coming(world), await coming(world, "next swap")

    await world.admin("ask-now")
    await world.due()

    assert {away.id, planned.id, await asked(world, BY_HAND)} == {"q0", "q1", "q2"}
    assert (await coming(world)).id == planned.id


async def test_a_round_by_hand_would_rather_take_what_was_swapped_away_than_what_is_planned(world: World) -> None:
    only(world, 0, 1)
    await world.set_up()
    await world.admin("skip")
    away = await coming(world)
    await coming(world, "next swap")

    await world.admin("ask-now")
    await world.due()

    assert await asked(world, BY_HAND) == away.id


async def test_a_round_by_hand_takes_the_planned_question_if_nothing_else_is_left(world: World) -> None:
    only(world, 0)
    await world.set_up()
    await world.admin("skip")
    planned = await coming(world)

    await world.admin("ask-now")
    await world.due()

    assert await asked(world, BY_HAND) == planned.id
    assert await said(world, "next") == wording.programmes.NOTHING_TO_COME


async def test_the_plan_of_a_round_that_is_over_holds_nothing_back(world: World) -> None:
    only(world, 0, 1)
    await world.set_up()
    away = await coming(world)
    await coming(world, "next swap")
    await world.at(9)
    await world.at(16)

    await world.admin("ask-now")
    await world.due()

    assert await asked(world, BY_HAND) == away.id


async def test_todays_question_asked_ahead_of_its_time_is_the_planned_one(world: World) -> None:
    await world.set_up()
    view = await coming(world, "next swap")

    await world.admin("ask-now")
    await world.due()

    assert await asked(world) == view.id
    assert (await world.get()).state is RoundState.OPEN
