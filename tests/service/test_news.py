"""Who hears when of what was decided."""

from typing import Any

import pytest

from bot import wording
from bot.domain.reply import ReceiptState
from bot.ports import StoreUnavailable
from bot.views import (
    GradeView,
    MeView,
    PrivateView,
    ReceiptView,
)
from tests.service.reviewing import HALF, TUESDAY, grade, item, revealed, ticked
from tests.world import OTHER_PLACE, TODAY, TOMORROW, World


async def decided(world: World) -> str:
    """Let a lead decide about Ana's reply, on Monday; return what she is to be told."""
    await revealed(world)
    await ticked(world)
    await world.admin(f"review {(await item(world)).id} accept")
    return wording.review.news_of_review(TODAY)


async def test_the_news_comes_with_the_next_receipt_once(world: World) -> None:
    news = await decided(world)
    await world.at(9, day=TUESDAY)

    bens = await world.reply("ben", HALF, TOMORROW)
    openly = await world.desk.submit(await world.say("ana", "beta", TOMORROW))
    first = await world.reply("ana", HALF, TOMORROW)
    second = await world.reply("ana", "beta", TOMORROW)

    assert [news in one.sentence for one in (bens, openly, first, second)] == [False, False, True, False]


@pytest.mark.parametrize(
    ("said", "told"),
    [("me", True), ("leaderboard", False), ("grade 2025-03-04", True), ("grade 2025-03-03", False)],
)
async def test_the_news_comes_with_whatever_has_room_for_it(world: World, said: str, told: bool) -> None:
    news = await decided(world)
    await world.at(9, day=TUESDAY)
    await world.desk.submit(await world.say("ana", "beta", TOMORROW))
    await world.at(16)

    view = await world.quiz("ana", said)

    assert (news in _notice(view)) is told


def _notice(view: PrivateView) -> str:
    match view:
        case MeView():
            return view.note
        case GradeView():
            return view.notice
        case _:
            return ""


async def test_what_was_seen_in_the_grade_is_no_news(world: World) -> None:
    news = await decided(world)

    own: Any = await grade(world)
    me = await world.quiz("ana", "me")

    assert own.notice == wording.review.decision(accepted=True, reason="")
    assert isinstance(me, MeView)
    assert news not in me.note


async def test_news_of_one_place_wait_until_the_member_is_there(world: World) -> None:
    news = await decided(world)
    await world.set_up(OTHER_PLACE)
    elsewhere = await world.quiz("ana", "me", OTHER_PLACE)
    here = await world.quiz("ana", "me")

    assert isinstance(elsewhere, MeView)
    assert isinstance(here, MeView)
    assert (news in elsewhere.note, news in here.note) == (False, True)


async def test_news_that_cannot_be_read_hinder_nothing_and_stand_in_the_grade(world: World) -> None:
    await decided(world)
    world.mischief.before("take_news", StoreUnavailable("no answer"))
    await world.at(9, day=TUESDAY)

    receipt = await world.reply("ana", HALF, TOMORROW)

    assert isinstance(receipt, ReceiptView)
    assert receipt.counts
    assert (await grade(world)).notice == wording.review.decision(accepted=True, reason="")


async def test_who_waits_for_a_store_that_is_away_does_not_wait_for_news_too(world: World) -> None:
    news = await decided(world)
    await world.at(9, day=TUESDAY)
    world.mischief.before("submit", StoreUnavailable())

    not_saved = await world.reply("ana", HALF, TOMORROW)

    assert not_saved.state is ReceiptState.NOT_SAVED
    assert news not in not_saved.sentence
    assert news in (await world.reply("ana", HALF, TOMORROW)).sentence
