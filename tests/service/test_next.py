"""The question that comes next: looked at, and swapped for another one."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import wording
from bot.ports import StoreUnavailable
from bot.views import NextQuestionView, NoticeView
from tests.service.coming import asked, coming, only, said
from tests.world import MONDAY, PLACE, TODAY, TOMORROW, World

# --- looking ---


async def test_the_next_question_is_shown_whole_with_its_time_and_is_the_one_that_comes(world: World) -> None:
    await world.set_up()

    view = await coming(world)

    assert (view.round, view.asks_at) == (TODAY, datetime(2025, 3, 3, 9, 0, tzinfo=UTC))
    shown = world.shelf.get(view.id)
    assert shown
    assert (view.text, view.points, view.model_answer, view.sources) == (
        shown.text,
        shown.key_points,
        shown.model_answer,
        shown.sources,
    )
    assert view.note == wording.programmes.next_note(None, "")
    await world.at(9)
    assert await asked(world) == view.id


async def test_everyone_who_looks_sees_the_same_question_until_it_is_asked(world: World) -> None:
    await world.set_up()

    seen = {(await coming(world)).id for _ in range(3)}
    await world.at(9)

    assert seen == {await asked(world)}
    assert (await coming(world)).round == TOMORROW
    assert (await coming(world)).id not in seen


async def test_a_question_that_the_place_has_had_before_is_shown_as_a_repeat(world: World) -> None:
    only(world, 0)
    await world.set_up()
    await world.at(9)
    await world.at(16)

    view = await coming(world)

    assert view.note.startswith("It was asked here before, on Mon 03 Mar 2025.")


@pytest.mark.parametrize("command", ["next", "next swap"])
async def test_where_nothing_is_to_come_that_is_said(world: World, command: str) -> None:
    assert await said(world, command) == wording.programmes.NO_PROGRAMME
    await world.set_up()
    world.shelf.questions.clear()
    assert await said(world, command) == wording.programmes.NOTHING_TO_COME
    await world.admin("pause")
    assert await said(world, command) == wording.programmes.not_active("paused")


async def test_at_the_end_of_the_calendar_no_question_comes(world: World) -> None:
    world.clock.at = datetime(9998, 12, 31, 23, 0, tzinfo=UTC)
    await world.set_up()

    assert await said(world, "next") == wording.programmes.NOTHING_TO_COME


async def test_a_word_behind_next_that_is_not_known_is_said(world: World) -> None:
    await world.set_up()

    assert "'swop'" in await said(world, "next swop")


async def test_only_admins_see_or_swap_the_next_question(world: World) -> None:
    await world.set_up()

    views = [
        await world.desk.command(world.caller("ben"), "quiz-admin", "next"),
        await world.desk.command(world.caller("ben"), "quiz-admin", "next swap"),
        await world.desk.swap(world.caller("ben"), "q0"),
    ]

    assert views == [NoticeView(text=wording.desk.NOT_ADMIN)] * 3


# --- swapping ---


async def test_a_swapped_question_gives_way_to_another_which_is_asked(world: World) -> None:
    await world.set_up()
    first = await coming(world)

    second = await coming(world, "next swap")

    assert second.id != first.id
    await world.at(9)
    assert await asked(world) == second.id


async def test_what_was_swapped_away_comes_again_on_another_day(world: World) -> None:
    only(world, 0, 1)
    await world.set_up()
    first, second = await coming(world), await coming(world, "next swap")
    await world.at(9)

    assert (await coming(world)).id == first.id
    assert await asked(world) == second.id


async def test_swapping_through_the_bank_never_comes_back_and_then_says_so(world: World) -> None:
    await world.set_up()
    seen = [(await coming(world)).id]
    seen += [(await coming(world, "next swap")).id for _ in range(5)]

    last = await coming(world, "next swap")

    assert len(set(seen)) == 6
    assert (last.id, last.swappable) == (seen[-1], False)
    assert wording.programmes.NO_OTHER in last.note


async def test_one_delivery_swaps_once_however_often_it_comes(world: World) -> None:
    await world.set_up()
    await coming(world)

    views = await asyncio.gather(*(coming(world, "next swap", delivery="the same") for _ in range(3)))
    again = await coming(world, "next swap", delivery="the same")

    assert {view.id for view in views} == {again.id}
    assert again.note == wording.programmes.next_note(None, "")
    changes = await world.changes.latest(PLACE, 9)
    assert [change.what for change in changes].count(wording.changes.swapped(TODAY)) == 1


async def test_a_button_swaps_what_was_seen_and_nothing_that_came_after_it(world: World) -> None:
    await world.set_up()
    first = await coming(world)
    second = await world.desk.swap(world.caller(admin=True), first.id)
    assert isinstance(second, NextQuestionView)

    late = await world.desk.swap(world.caller("ben", admin=True), first.id)

    assert isinstance(late, NextQuestionView)
    assert first.id != second.id == late.id
    assert late.swappable
    assert len(await world.changes.latest(PLACE, 9)) == 2  # the setup and one swap


async def test_a_button_below_a_question_that_is_gone_from_the_bank_swaps_to_another(world: World) -> None:
    await world.set_up()
    first = await coming(world)
    world.shelf.questions = [one for one in world.shelf.questions if one.id != first.id]

    second = await world.desk.swap(world.caller(admin=True), first.id)

    assert isinstance(second, NextQuestionView)
    assert second.id != first.id
    assert second.swappable


async def test_a_question_that_is_being_asked_is_neither_shown_nor_swapped(world: World) -> None:
    await world.set_up()
    seen = await coming(world)
    texts = []

    async def look() -> None:
        texts.extend([await said(world, "next"), await said(world, "next swap")])

    world.mischief.before("post_question", look)
    await world.at(9)

    assert texts == [wording.programmes.being_asked(TODAY)] * 2
    assert await asked(world) == seen.id


async def test_a_swap_that_meets_the_asking_changes_nothing(world: World) -> None:
    await world.set_up()
    seen = await coming(world)
    planning = world.desk.by_hand.planning
    programme = await world.programme()
    world.mischief.after("begin", StoreUnavailable("no answer"))
    world.clock.go(hours=1)
    lease = await world.claim()
    with pytest.raises(StoreUnavailable):
        await world.life.carry_out(lease)

    now, swapped = await planning.swap(programme, seen.id, "a wish")

    assert now
    assert (now.begun, now.question.id, swapped) == (True, seen.id, False)


async def test_a_swap_where_nothing_is_to_come_swaps_nothing(world: World) -> None:
    await world.set_up()
    programme = await world.programme()
    await world.admin("pause")

    assert await world.desk.by_hand.planning.swap(programme, "q0", "a wish") == (None, False)


async def test_a_place_that_has_had_every_question_can_still_swap_among_them(world: World) -> None:
    only(world, 0, 1, 2)
    await world.set_up(words="zone=UTC at=09:00 reveal=16:00 days=daily")
    for days in range(3):
        await world.at(9, day=MONDAY + timedelta(days=days))
        await world.at(16)
    first = await coming(world)

    second = await coming(world, "next swap")

    assert second.id != first.id
    await world.at(9, day=MONDAY + timedelta(days=3))
    assert (await world.rounds.latest(PLACE, 1))[0].asked().id == second.id
