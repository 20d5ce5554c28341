"""Who hears when of what was decided."""

from datetime import timedelta
from typing import Any

import pytest

from bot import wording
from bot.domain.ids import programme_of, round_id
from bot.domain.reply import Decision, ReceiptState
from bot.ports import StoreUnavailable
from bot.views import (
    GradeView,
    MeView,
    PrivateView,
    ReceiptView,
)
from tests.service.reviewing import HALF, TUESDAY, grade, item, revealed, ticked, waiting
from tests.world import MONDAY, OTHER_PLACE, PLACE, TODAY, TOMORROW, World


async def decided(world: World) -> str:
    """Let a lead decide about Ana's reply, on Monday; return what she is to be told."""
    await revealed(world)
    await ticked(world)
    await world.admin(f"review {(await item(world)).id} accept")
    return wording.review.news_of_review(TODAY, Decision(accepted=True))


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


async def me(world: World) -> str:
    view = await world.quiz("ana", "me")
    assert isinstance(view, MeView)
    return view.note


async def test_the_news_say_what_was_decided_and_why(world: World) -> None:
    await revealed(world)
    await ticked(world)
    await world.admin(f"review {(await item(world)).id} overrule it is not in it")

    assert "was overruled: it is not in it (/quiz grade 2025-03-03 shows it)." in await me(world)


@pytest.mark.parametrize("trouble", [StoreUnavailable("no answer"), None])
async def test_news_of_a_grade_that_cannot_be_read_are_told_without_the_reason(
    world: World, trouble: Exception | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    await decided(world)

    async def silent(*_: object) -> None:
        if trouble:
            raise trouble

    monkeypatch.setattr(type(world.ledger), "grade", silent)

    assert wording.review.news_of_review(TODAY, None) in await me(world)


async def test_of_much_news_some_are_told_now_and_the_rest_next_time(world: World) -> None:
    await world.set_up()
    days = [MONDAY + timedelta(days=number) for number in range(4)]
    for day in days:
        round_ = round_id(programme_of(PLACE), day)
        await world.at(9, day=day)
        await world.reply("ana", HALF, round_)
        await world.at(16)
        await world.desk.check(world.caller("ana"), round_, [True, True, False], "so")
    for _ in days:
        await world.admin(f"review {(await waiting(world)).items[0].id} accept")

    told = [[f"{day:%d %b}" in note for day in days] for note in [await me(world), await me(world), await me(world)]]

    assert told == [[True, True, True, False], [False, False, False, True], [False] * 4]
