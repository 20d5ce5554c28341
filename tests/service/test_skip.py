"""Leaving the next question out by hand: once, cleanly, and never one that is being asked."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from bot import wording
from bot.domain.ids import programme_of, round_id
from bot.domain.programme import MOST_SKIPPED, ProgrammeState
from bot.domain.round import RoundState
from bot.ports import OutcomeUnknown, Post, StoreUnavailable
from bot.views import LastRound, NoticeView, StatusView
from tests.mischief import DiedError
from tests.world import ANA, BY_HAND, LEASE, MONDAY, PLACE, TODAY, TOMORROW, World

WEDNESDAY = round_id(programme_of(PLACE), MONDAY + timedelta(days=2))
TUESDAY_9 = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)


async def said(world: World, command: str, delivery: str = "") -> str:
    view = await world.admin(command, delivery=delivery)
    assert isinstance(view, NoticeView)
    return view.text


async def status(world: World) -> StatusView:
    view = await world.admin("status")
    assert isinstance(view, StatusView)
    return view


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


async def test_the_next_question_is_left_out_and_the_following_one_comes(world: World) -> None:
    await world.set_up()

    assert await said(world, "skip") == wording.programmes.skipped(TODAY, TOMORROW)

    assert await world.at(9) == []
    assert world.posts(Post.QUESTION) == []
    assert await world.entries() == {f"open:{TOMORROW}": TUESDAY_9}
    await world.at(9, day=day(1))
    assert (await world.get(TOMORROW)).state is RoundState.OPEN


async def test_status_shows_a_skipped_round_and_what_comes_instead(world: World) -> None:
    await world.set_up()
    await world.at(9)

    await world.admin("skip")

    view = await status(world)
    assert view.last[0] == LastRound(round=TOMORROW, state=RoundState.SKIPPED, question="", repliers=0, note="by hand")
    assert view.last[1].round == TODAY
    assert [one.date for one in view.next] == [day(2), day(3), day(4)]


async def test_an_open_round_stays_when_the_next_one_is_skipped(world: World) -> None:
    await world.set_up()
    await world.at(9)

    assert await said(world, "skip") == wording.programmes.skipped(TOMORROW, WEDNESDAY)

    assert (await world.get()).state is RoundState.OPEN
    await world.at(16)
    assert (await world.get()).state is RoundState.REVEALED


async def test_a_skipped_round_neither_adds_to_a_streak_nor_breaks_it(world: World) -> None:
    await world.set_up()
    for number in range(3):
        if number == 1:
            await world.admin("skip")
            continue
        await world.at(9, day=day(number))
        await world.reply("ana", "alpha", round_id(programme_of(PLACE), day(number)))
        await world.at(16)

    assert await world.boards.streak(PLACE, ANA) == (2, 2)
    assert await world.is_sound()


async def test_one_delivery_skips_once_however_often_it_comes(world: World) -> None:
    await world.set_up()

    texts = await asyncio.gather(*(said(world, "skip", delivery="the same") for _ in range(3)))
    texts.append(await said(world, "skip", delivery="the same"))

    assert set(texts) == {wording.programmes.skipped(TODAY, TOMORROW)}
    assert await world.next() == TOMORROW
    assert [change.what for change in (await status(world)).changes].count(wording.changes.skipped(TODAY)) == 1


async def test_two_who_skip_at_the_same_moment_skip_two(world: World) -> None:
    await world.set_up()
    world.mischief.before("skip_next", lambda: world.admin("skip"))

    assert await said(world, "skip") == wording.programmes.skipped(TOMORROW, WEDNESDAY)

    assert await world.next() == WEDNESDAY


async def test_a_skip_reads_again_what_somebody_else_has_changed_meanwhile(world: World) -> None:
    await world.set_up()
    world.mischief.before("skip_next", lambda: world.admin("setup days=wed"))

    assert await said(world, "skip") == wording.programmes.skipped(WEDNESDAY, round_id(programme_of(PLACE), day(9)))


# --- what cannot be skipped ---


@pytest.mark.parametrize("command", ["pause", "remove"])
async def test_where_the_quiz_rests_there_is_nothing_to_skip(world: World, command: str) -> None:
    await world.set_up()
    await world.admin(command)

    assert await said(world, "skip") == wording.programmes.not_active((await world.programme()).state)
    assert await world.rounds.latest(PLACE, 9) == []


async def test_where_nothing_is_set_up_a_skip_says_how_to_do_it(world: World) -> None:
    assert await said(world, "skip") == wording.programmes.NO_PROGRAMME


async def test_a_question_that_is_being_asked_stays_and_its_skip_never_hits_the_next_one(world: World) -> None:
    await world.set_up()
    texts = []

    async def skip() -> None:
        texts.append(await said(world, "skip", delivery="the same"))

    world.mischief.before("post_question", skip)
    await world.at(9)
    await skip()

    assert texts == [wording.programmes.being_asked(TODAY)] * 2
    assert (await world.get()).state is RoundState.OPEN
    assert await world.next() == TOMORROW


async def test_a_question_whose_asker_died_after_it_began_stays(world: World) -> None:
    await world.set_up()
    world.mischief.after("begin", DiedError())
    await world.at(9)

    assert await said(world, "skip") == wording.programmes.being_asked(TODAY)

    await world.later(seconds=LEASE)
    assert len(world.posts(Post.QUESTION)) == 1


async def test_no_more_than_a_week_is_skipped_ahead(world: World) -> None:
    await world.set_up()
    for _ in range(MOST_SKIPPED):
        await world.admin("skip")

    assert await said(world, "skip") == wording.programmes.ENOUGH_SKIPPED

    assert (await status(world)).next[0].date == day(7)
    await world.at(9, day=day(1))
    assert await said(world, "skip") == wording.programmes.skipped(
        round_id(programme_of(PLACE), day(7)), round_id(programme_of(PLACE), day(8))
    )


async def test_a_change_of_times_finds_the_next_question_behind_all_that_are_skipped(world: World) -> None:
    await world.set_up()
    for _ in range(MOST_SKIPPED):
        await world.admin("skip")

    await world.admin("setup at=10:00 days=daily")

    assert [one.date for one in (await status(world)).next] == [day(5), day(6), day(7)]
    await world.at(10, day=day(5))
    assert (await world.rounds.present(PLACE)) is not None


# --- while others are at it ---


async def test_a_question_that_is_claimed_and_not_begun_is_skipped_and_its_holder_asks_nothing(world: World) -> None:
    await world.set_up()
    world.mischief.before("begin", lambda: world.admin("skip"))

    await world.at(9)

    assert world.posts(Post.QUESTION) == []
    assert (await world.get()).state is RoundState.SKIPPED
    assert set(await world.entries()) == {f"open:{TOMORROW}"}


async def test_a_question_that_was_claimed_by_a_process_that_died_is_skipped(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    await world.claim()

    assert await said(world, "skip") == wording.programmes.skipped(TODAY, TOMORROW)

    assert await world.later(seconds=LEASE) == []


async def test_a_question_that_waits_for_another_round_to_end_is_skipped(world: World) -> None:
    world.clock.at = datetime(2025, 3, 3, 23, 59, 30, tzinfo=UTC)
    await world.set_up(words="zone=UTC at=00:00 reveal=16:00 days=daily")
    await world.admin("ask-now")
    await world.due()
    world.clock.go(seconds=30)
    waiting = await world.claim()
    await world.life.carry_out(waiting)
    assert (waiting.round, await world.rounds.get(TOMORROW)) == (TOMORROW, None)

    assert await said(world, "skip") == wording.programmes.skipped(TOMORROW, WEDNESDAY)

    assert (await world.get(BY_HAND)).state is RoundState.OPEN
    assert set(await world.entries()) == {f"reveal:{BY_HAND}", f"open:{WEDNESDAY}"}


async def test_todays_question_that_was_hastened_by_hand_can_be_taken_back(world: World) -> None:
    await world.set_up()
    await world.admin("ask-now")

    assert await said(world, "skip") == wording.programmes.skipped(TODAY, TOMORROW)

    assert await world.due() == []


async def test_on_a_skipped_day_a_question_can_be_asked_on_top(world: World) -> None:
    await world.set_up()
    await world.admin("skip")

    await world.admin("ask-now")
    await world.due()

    assert (await world.get(BY_HAND)).by_hand
    assert (await world.get(TODAY)).state is RoundState.SKIPPED
    assert await world.next() == TOMORROW


async def test_a_skip_whose_answer_was_lost_has_happened_once(world: World) -> None:
    await world.set_up()
    world.mischief.after("skip_next", StoreUnavailable("no answer"))

    assert await said(world, "skip", delivery="the same") == wording.desk.NOT_DONE
    assert await said(world, "skip", delivery="the same") == wording.programmes.skipped(TODAY, TOMORROW)

    assert await world.next() == TOMORROW
    assert (await status(world)).changes[0].what == wording.changes.skipped(TODAY)


async def test_a_skip_that_never_reached_the_store_has_not_happened(world: World) -> None:
    await world.set_up()
    world.mischief.before("skip_next", StoreUnavailable("no answer"))

    assert await said(world, "skip") == wording.desk.NOT_DONE

    await world.at(9)
    assert (await world.get()).state is RoundState.OPEN


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_that_dies_at_a_skip_leaves_all_or_nothing(world: World, when: str) -> None:
    await world.set_up()
    getattr(world.mischief, when)("skip_next", DiedError())
    with pytest.raises(DiedError):
        await world.admin("skip")

    await world.at(9)
    await world.at(9, day=day(1))
    await world.life.sweep("console", world.clock.now())

    asked = [one.id for one in await world.rounds.latest(PLACE, 9) if one.state is not RoundState.SKIPPED]
    assert asked == ([TOMORROW] if when == "after" else [TOMORROW, TODAY])


async def test_an_asker_that_does_not_know_what_its_send_did_is_not_skipped(world: World) -> None:
    await world.set_up()
    world.mischief.after("post_question", OutcomeUnknown("no answer"))
    await world.at(9)

    assert await said(world, "skip") == wording.programmes.being_asked(TODAY)

    await world.later(minutes=1)
    assert len(world.posts(Post.QUESTION)) == 1


# --- times ---


@pytest.mark.parametrize(
    ("before", "skipped_at", "next_at"),
    [
        # 02:30 does not exist on 30 March 2025 in Berlin, and exists twice on 26 October.
        ("2025-03-29T12:00Z", "2025-03-30T01:30Z", "2025-03-31T00:30Z"),
        ("2025-10-25T12:00Z", "2025-10-26T00:30Z", "2025-10-27T01:30Z"),
    ],
)
async def test_a_question_on_a_day_on_which_clocks_change_is_skipped_like_any_other(
    world: World, before: str, skipped_at: str, next_at: str
) -> None:
    world.clock.at = datetime.fromisoformat(before)
    await world.set_up(words="zone=Europe/Berlin at=02:30 reveal=12:00 days=daily")

    await world.admin("skip")

    (round_,) = await world.rounds.latest(PLACE, 1)
    assert (round_.state, round_.asks_at) == (RoundState.SKIPPED, datetime.fromisoformat(skipped_at))
    assert list((await world.entries()).values()) == [datetime.fromisoformat(next_at)]


async def test_at_the_end_of_the_calendar_there_is_nothing_to_skip(world: World) -> None:
    world.clock.at = datetime(9998, 12, 31, 23, 0, tzinfo=UTC)
    await world.set_up()

    assert await said(world, "skip") == wording.programmes.NOTHING_TO_COME


async def test_the_last_question_of_the_calendar_can_be_skipped(world: World) -> None:
    world.clock.at = datetime(9998, 12, 31, 7, 0, tzinfo=UTC)
    await world.set_up(words="zone=UTC at=09:00 reveal=16:00 days=daily")
    last = round_id(programme_of(PLACE), date(9998, 12, 31))

    assert await said(world, "skip") == wording.programmes.skipped(last, None)

    assert (await world.programme()).state is ProgrammeState.ACTIVE
    assert await world.entries() == {}
