from dataclasses import replace

import pytest

from bot import wording
from bot.domain.ids import PlaceId, place_id, programme_of, round_id
from bot.ports import StoreUnavailable
from bot.service import home
from bot.views import HomeView
from tests.world import ANA, BEN, MONDAY, OTHER_PLACE, PLACE, TODAY, World

NOWHERE = place_id("console", "home", "nowhere")
OTHER_TODAY = round_id(programme_of(OTHER_PLACE), MONDAY)


async def of_ben(world: World, *places: PlaceId, **options: set[PlaceId]) -> HomeView:
    return await world.desk.home(BEN, places or (PLACE, NOWHERE, OTHER_PLACE), **options)


async def test_where_no_channel_has_a_quiz_the_page_says_how_one_gets_one(world: World) -> None:
    assert await of_ben(world) == HomeView(note=wording.members.home_note(0, 0, home.MOST))


async def test_the_open_questions_are_there_with_whether_one_has_answered(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.at(9)
    await world.reply("ben", "alpha", OTHER_TODAY)
    await world.reply("ana", "alpha", TODAY)

    view = await of_ben(world)

    assert [(one.round, one.place, one.present) for one in view.open] == [
        (TODAY, PLACE, False),
        (OTHER_TODAY, OTHER_PLACE, True),
    ]
    asked, round_ = (await world.get()).asked(), await world.get()
    assert (view.open[0].topic, view.open[0].level, view.open[0].text) == (asked.topic, asked.level, asked.text)
    assert view.open[0].reveals_at == round_.reveals_at
    assert view.note == ""


async def test_a_reply_that_was_withdrawn_does_not_stand(world: World) -> None:
    await world.set_up()
    await world.at(9)
    said = await world.say("ben", "alpha")
    await world.desk.submit(said)
    await world.desk.submit(replace(said, text="", withdrawn=True, delivery="gone", version=said.version + 1))

    assert [one.present for one in (await of_ben(world)).open] == [False]


async def test_nothing_open_is_said_and_leads_to_practice(world: World) -> None:
    await world.set_up()

    view = await of_ben(world)

    assert (view.open, view.note) == ((), wording.members.home_note(1, 0, home.MOST))
    assert "/quiz ask" in view.note


async def test_a_question_that_is_closing_is_not_open_any_more(world: World) -> None:
    await world.set_up()
    await world.at(9)
    seen: list[HomeView] = []

    async def look() -> None:
        seen.append(await of_ben(world))

    world.mischief.after("close", look)
    await world.at(16)

    assert [view.open for view in seen] == [()]


async def test_how_one_stands_is_what_me_says_in_each_place(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.at(9)
    await world.reply("ben", "alpha")
    await world.at(16)

    view = await of_ben(world)

    assert list(view.places) == [await world.quiz("ben", "me", place) for place in (PLACE, OTHER_PLACE)]
    assert [one.points for one in view.places] == [6, 0]


async def test_the_programmes_are_those_one_set_up_is_named_for_or_is_an_admin_of_to_the_platform(world: World) -> None:
    third = place_id("console", "home", "third")
    await world.set_up()
    await world.set_up(OTHER_PLACE, "zone=UTC admins=ben")
    await world.set_up(third)
    places = (PLACE, OTHER_PLACE, third)

    assert [one.place for one in (await of_ben(world, *places)).programmes] == [OTHER_PLACE]
    assert [one.place for one in (await of_ben(world, *places, admin_of={third})).programmes] == [OTHER_PLACE, third]
    assert [one.place for one in (await world.desk.home(ANA, places)).programmes] == list(places)
    assert (await of_ben(world)).programmes == (await world.admin("status", OTHER_PLACE),)


async def test_a_quiz_that_has_ended_is_not_on_the_page(world: World) -> None:
    await world.set_up()
    await world.admin("remove")

    assert (await of_ben(world)).places == ()


async def test_of_very_many_channels_the_first_are_shown_and_the_page_says_so(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home, "MOST", 1)
    await world.set_up()
    await world.set_up(OTHER_PLACE)

    view = await of_ben(world)

    assert [one.place for one in view.places] == [PLACE]
    assert "1 of your 2 channels" in view.note


async def test_a_store_that_does_not_answer_makes_a_page_that_says_so(world: World) -> None:
    await world.set_up()
    world.mischief.before("board", StoreUnavailable("silent"))

    assert await of_ben(world) == HomeView(note=wording.members.HOME_UNREAD)
