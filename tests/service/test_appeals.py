"""Appeals: who may appeal for what, until when, and what becomes of it."""

from datetime import timedelta

import pytest

from bot import wording
from bot.domain.review import MAX_REASON
from bot.views import (
    GradeView,
    NoticeView,
)
from tests.leftovers import leftovers
from tests.service.reviewing import HALF, IDLE, TUESDAY, grade, item, revealed, ticks, waiting
from tests.world import ANA, MONDAY, PLACE, TODAY, TOMORROW, World


async def test_an_appeal_after_the_window_changes_nothing_until_it_is_accepted(world: World) -> None:
    await revealed(world)
    await world.at(16, day=MONDAY + timedelta(days=2))

    view = await world.quiz("ana", f"appeal {MONDAY} 2 -- beta is what I meant")
    before = await world.points()
    one = await item(world)
    await world.admin(f"review {one.id} accept Granted, in other words.")

    assert isinstance(view, GradeView)
    assert (view.total, view.notice) == (6, wording.review.APPEALED)
    assert (one.what, one.in_question, one.reason) == (wording.review.APPEAL, (2,), "beta is what I meant")
    own = await grade(world)
    assert (before, await world.points()) == ({"ana": 6}, {"ana": 8})
    assert own.notice == wording.review.decision(accepted=True, reason="Granted, in other words.")
    assert await world.is_sound()


async def test_an_overruled_appeal_leaves_what_stood(world: World) -> None:
    await revealed(world)
    await world.quiz("ana", "appeal 2 3 -- please")

    await world.admin(f"review {(await item(world)).id} overrule no")

    assert (await world.points(), ticks(await grade(world))) == ({"ana": 6}, (True, False, False))


async def test_an_appeal_of_what_was_taken_for_no_answer_counts_it_for_the_streak_too(world: World) -> None:
    """Monday's reply is allowed after Tuesday's: the streak is two, as if it had counted from the beginning."""
    await revealed(world, ana=IDLE, ben=HALF)
    await world.at(9, day=TUESDAY)
    await world.reply("ana", HALF, TOMORROW)
    await world.at(16)
    await world.quiz("ana", f"appeal {MONDAY} -- it is the name of a paper")
    one = await item(world)

    before = await world.boards.streak(PLACE, ANA)
    await world.admin(f"review {one.id} accept")

    assert (one.what, one.in_question) == (wording.review.APPEAL_OF_WORTHLESS, ())
    assert (before, await world.boards.streak(PLACE, ANA)) == ((1, 1), (2, 2))
    assert (await grade(world)).total == 2
    assert await world.is_sound()


async def test_a_streak_that_grows_while_a_lead_decides_is_not_lost(world: World) -> None:
    await revealed(world, ana=IDLE)
    await world.at(9, day=TUESDAY)
    await world.reply("ana", HALF, TOMORROW)
    await world.quiz("ana", f"appeal {MONDAY} -- it is a name")

    async def reveal() -> None:
        await world.at(16)

    world.mischief.before("decide", reveal)
    await world.admin(f"review {(await item(world)).id} accept")

    assert await world.boards.streak(PLACE, ANA) == (2, 2)
    assert await world.is_sound()


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("1 -- it counts already", wording.review.NOTHING_TO_APPEAL),
        ("2 --", wording.review.APPEAL_NEEDS_REASON),
        ("2 because", wording.review.APPEAL_NEEDS_REASON),
        ("9 -- why", wording.review.APPEAL_NEEDS_REASON),
        (f"2 -- {'w' * (MAX_REASON + 1)}", wording.review.too_long(MAX_REASON + 1)),
    ],
)
async def test_what_is_no_appeal_is_said_so_and_waits_for_nobody(world: World, said: str, answer: str) -> None:
    await revealed(world)

    assert await world.quiz("ana", f"appeal {said}") == NoticeView(text=answer)
    assert (await waiting(world)).items == ()


async def test_nobody_appeals_for_what_there_is_not(world: World) -> None:
    await revealed(world)

    gone = await world.desk.appeal(world.caller("ana"), TOMORROW, [True], "why")
    nobody = await world.desk.appeal(world.caller("ben"), TODAY, [True] * 3, "why")
    unfit = await world.desk.appeal(world.caller("ana"), TODAY, [True], "why")
    typed = await world.quiz("ben", f"appeal {MONDAY} 1 -- why")

    assert gone == NoticeView(text=wording.grades.ROUND_GONE)
    assert nobody == typed == NoticeView(text=wording.grades.NO_REPLY)
    assert unfit == NoticeView(text=wording.grades.ticks_do_not_fit(3))


async def test_the_same_appeal_again_changes_nothing_and_another_takes_its_place(world: World) -> None:
    await revealed(world)
    for reason in ("first", "first", "second"):
        await world.quiz("ana", f"appeal 2 -- {reason}")

    assert ((await item(world)).reason, (await grade(world)).version) == ("second", 2)


async def test_an_appeal_of_somebody_who_is_erased_just_then_is_not_kept(world: World) -> None:
    await revealed(world)

    async def erased() -> None:
        await world.members.erase(ANA)

    world.mischief.before("appeal", erased)
    said = await world.desk.appeal(world.caller("ana"), TODAY, [True] * 3, "quokka")

    assert said == NoticeView(text=wording.grades.NO_REPLY)
    assert await leftovers(world.store.steady, "quokka") == []
