import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from adapters.redis.rounds import RedisRounds
from bot import wording
from bot.domain.choose import History
from bot.domain.ids import programme_of, round_id
from bot.domain.round import RoundState
from bot.ports import Limited, OutcomeUnknown, Post
from bot.service.shown import question_view
from bot.views import StatusView
from tests.mischief import DiedError
from tests.world import BY_HAND, LEASE, MONDAY, OTHER_PLACE, PLACE, TODAY, TOMORROW, World, question

OTHER_TODAY = round_id(programme_of(OTHER_PLACE), MONDAY)


async def test_the_question_is_posted_at_its_time_with_its_reveal_and_the_next_one_on_the_agenda(world: World) -> None:
    await world.set_up()

    assert await world.at(8, 59) == []
    await world.at(9)

    (post,) = world.posts(Post.QUESTION)
    assert post["text"] == (await world.get()).asked().text
    assert not post["late"]
    assert (await world.get()).state is RoundState.OPEN
    entries = await world.entries()
    assert entries[f"reveal:{TODAY}"].hour == 16
    assert entries[f"open:{TOMORROW}"].hour == 9
    assert len(entries) == 2


async def test_a_question_asked_within_the_grace_says_that_it_is_late(world: World) -> None:
    await world.set_up()

    await world.at(14, 59)

    assert world.posts(Post.QUESTION)[0]["late"]
    assert (await world.get()).state is RoundState.OPEN


async def test_after_the_grace_the_day_is_skipped_and_said_so_in_log_and_status(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()

    with caplog.at_level(logging.WARNING):
        await world.at(15, 1)

    assert world.posts(Post.QUESTION) == []
    assert (await world.get()).state is RoundState.SKIPPED
    status = await world.admin("status")
    assert isinstance(status, StatusView)
    assert status.last[0].note == wording.programmes.MISSED
    assert "round skipped" in caplog.messages
    assert await world.next() == TOMORROW


async def test_after_days_away_each_missed_day_is_skipped_and_today_is_still_asked_late(world: World) -> None:
    await world.set_up()
    thursday = MONDAY + timedelta(days=3)

    await world.at(10, day=thursday)

    states = {round_.date.day: round_.state for round_ in await world.rounds.latest(PLACE, 9)}
    assert states == {3: "skipped", 4: "skipped", 5: "skipped", 6: "open"}
    assert await world.next() == round_id(programme_of(PLACE), thursday + timedelta(days=1))


async def test_with_nothing_to_ask_the_round_is_skipped_with_the_reason(world: World) -> None:
    await world.set_up(words="zone=UTC topics=data,serving")
    world.shelf.questions = [question(2)]

    await world.at(9)

    assert (await world.get()).note == "there was no question to ask in the wanted topics (data, serving) and levels"
    assert await world.next() == TOMORROW


async def test_two_places_of_a_team_never_have_the_same_question_open(world: World) -> None:
    world.shelf.questions = [question(0), question(1)]
    await world.set_up()
    await world.set_up(OTHER_PLACE)

    await world.at(9)

    ours, theirs = (await world.get()).asked().id, (await world.get(OTHER_TODAY)).asked().id
    assert ours != theirs


async def test_a_question_taken_elsewhere_between_choice_and_begin_is_chosen_anew(world: World) -> None:
    world.shelf.questions = [question(0)]
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    world.clock.go(hours=1)
    ours, theirs = await world.agenda.claim("console", 2)

    async def meanwhile() -> None:
        await world.life.carry_out(theirs)
        world.shelf.questions.append(question(1))

    world.mischief.before("begin", meanwhile)
    await world.life.carry_out(ours)

    asked = {(await world.get(lease.round)).asked().id for lease in (ours, theirs)}
    assert asked == {"q0", "q1"}


async def test_when_every_choice_is_taken_at_once_the_opening_comes_again_a_second_later(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.shelf.questions = [question(0)]
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    world.clock.go(hours=1)
    ours, theirs = await world.agenda.claim("console", 2)
    before = await world.rounds.history(PLACE)
    await world.life.carry_out(theirs)

    async def as_it_was(_rounds: object, _place: object) -> History:
        return before

    with monkeypatch.context() as stale:
        stale.setattr(RedisRounds, "history", as_it_was)
        await world.life.carry_out(ours)

    assert (await world.entries())[f"open:{ours.round}"] == world.clock.at + timedelta(seconds=1)
    world.shelf.questions.append(question(1))
    await world.later(seconds=1)
    assert (await world.get(ours.round)).asked().id == "q1"


async def test_a_busy_place_is_tried_again_until_its_other_round_is_revealed(world: World) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    await world.admin("ask-now")  # at the very moment of today's round, which nobody has claimed yet

    await world.due()

    assert (await world.get()).state is RoundState.OPEN
    assert await world.rounds.get(BY_HAND) is None
    assert (await world.entries())[f"open:{BY_HAND}"] == world.clock.at + timedelta(seconds=15)
    await world.admin("reveal-now")
    await world.later(seconds=15)
    assert (await world.get(BY_HAND)).state is RoundState.OPEN


@pytest.mark.parametrize("change", ["pause", "remove", "setup at=11:00"])
async def test_an_opening_claimed_before_a_change_ends_unposted(world: World, change: str) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()

    await world.admin(change)
    await world.life.carry_out(lease)

    assert world.posts(Post.QUESTION) == []
    assert await world.rounds.get(TODAY) is None


@pytest.mark.parametrize("change", ["pause", "remove", "setup at=08:00 reveal=15:00"])
async def test_a_change_between_begin_and_send_keeps_the_post_from_being_sent(world: World, change: str) -> None:
    await world.set_up()
    world.mischief.after("begin", lambda: world.admin(change))

    await world.at(9)

    assert world.posts(Post.QUESTION) == []
    assert (await world.get()).state is RoundState.SKIPPED
    assert (await world.get()).note == wording.programmes.WITHDRAWN_BY_CHANGE
    assert await world.rounds.present(PLACE) is None
    assert (await world.rounds.history(PLACE)).taken == frozenset()


async def test_a_round_by_hand_that_meets_a_pause_at_begin_is_dropped(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.at(16)
    await world.admin("ask-now")
    world.mischief.before("begin", lambda: world.admin("pause"))

    await world.due()

    assert await world.rounds.get(BY_HAND) is None
    assert set(await world.entries()) == {f"settle:{TODAY}"}


async def _unchanged() -> None:
    """Let things be."""


@pytest.mark.parametrize("change", ["pause", "remove", "setup at=08:00 reveal=15:00"])
async def test_what_was_posted_before_a_change_was_read_by_people_and_stays_open(world: World, change: str) -> None:
    await world.set_up()
    world.mischief.after("post_question", lambda: world.admin(change))

    await world.at(9)

    assert len(world.posts(Post.QUESTION)) == 1
    assert (await world.get()).state is RoundState.OPEN
    await world.at(16)
    assert (await world.get()).state is RoundState.REVEALED


async def test_an_opening_begun_and_wanted_again_takes_its_new_times(world: World) -> None:
    await world.set_up()
    world.mischief.after("begin", DiedError())
    await world.at(9)

    await world.admin("setup at=17:00 reveal=20:00")
    await world.at(17)

    round_ = await world.get()
    assert round_.state is RoundState.OPEN
    assert (round_.asks_at.hour, round_.reveals_at.hour) == (17, 20)
    assert len(world.posts(Post.QUESTION)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", ["begin", "find_posts", "renew", "post_question", "opened"])
async def test_whoever_dies_at_an_opening_leaves_it_to_the_next_and_one_post_stands(
    world: World, step: str, when: str
) -> None:
    await world.set_up()
    getattr(world.mischief, when)(step, DiedError())

    await world.at(9)
    await world.later(seconds=LEASE)

    assert len(world.posts(Post.QUESTION)) == 1
    assert (await world.get()).state is RoundState.OPEN
    assert set(await world.entries()) == {f"reveal:{TODAY}", f"open:{TOMORROW}"}


async def test_a_send_with_unknown_outcome_is_looked_for_before_it_is_sent_again(world: World) -> None:
    await world.set_up()
    world.mischief.after("post_question", OutcomeUnknown("no answer"))

    await world.at(9)
    assert (await world.get()).state is RoundState.OPENING
    await world.later(seconds=2)

    assert len(world.posts(Post.QUESTION)) == 1
    assert (await world.get()).state is RoundState.OPEN
    assert world.mischief.calls.count("post_question") == 1


async def test_a_chat_that_cannot_tell_what_stands_is_sent_nothing(world: World) -> None:
    await world.set_up()
    world.mischief.before("find_posts", OutcomeUnknown("history unreadable"), OutcomeUnknown("still"))

    await world.at(9)
    await world.later(seconds=1)

    assert "post_question" not in world.mischief.calls
    await world.later(seconds=2)
    assert len(world.posts(Post.QUESTION)) == 1


async def test_a_limited_chat_is_asked_again_when_it_said(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", Limited(30))

    await world.at(9)

    assert (await world.entries())[f"open:{TODAY}"] == world.clock.at + timedelta(seconds=30.5)
    await world.later(seconds=31)
    assert len(world.posts(Post.QUESTION)) == 1


async def test_whoever_lost_the_entry_before_sending_sends_nothing(world: World) -> None:
    await world.set_up()
    world.mischief.after("find_posts", _taken_over(world))

    await world.at(9)

    assert world.mischief.calls.count("post_question") == 1
    assert len(world.posts(Post.QUESTION)) == 1


async def test_whoever_lost_the_entry_while_sending_deletes_its_own_post(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", _taken_over(world))

    await world.at(9)

    assert world.mischief.calls.count("post_question") == 2
    assert "delete_post" in world.mischief.calls
    (kept,) = await world.chat.find_posts(PLACE, TODAY, Post.QUESTION, world.clock.at)
    assert (await world.get()).post == kept


async def test_a_second_post_that_nobody_took_away_is_found_by_the_next_attempt(world: World) -> None:
    await world.set_up()
    world.mischief.after("post_question", DiedError())
    await world.at(9)
    await world.chat.post_question(question_view(await world.get()))

    await world.later(seconds=LEASE)

    assert len(world.posts(Post.QUESTION)) == 1


def _taken_over(world: World) -> Callable[[], Awaitable[None]]:
    async def takes_over() -> None:
        world.clock.go(seconds=LEASE)
        await world.life.carry_out(await world.claim())

    return takes_over


async def test_a_round_that_could_not_be_posted_within_the_grace_is_skipped(world: World) -> None:
    await world.set_up()
    world.mischief.before("post_question", Limited(6.5 * 3600))

    await world.at(9)
    await world.at(15, 40)

    assert (await world.get()).state is RoundState.SKIPPED
    assert (await world.get()).note == wording.programmes.MISSED


async def test_what_was_posted_but_not_noted_within_the_grace_is_opened_and_revealed(world: World) -> None:
    await world.set_up()
    world.mischief.after("post_question", DiedError())

    await world.at(9)
    await world.at(15, 40)

    assert (await world.get()).state is RoundState.OPEN


async def test_an_entry_of_a_programme_that_nobody_knows_is_dropped(world: World) -> None:
    await world.set_up()
    await world.store.steady.delete("studybot:console:home:programme:general")

    await world.at(9)

    assert await world.entries() == {}


async def test_an_entry_on_a_date_that_the_schedule_does_not_have_is_dropped(world: World) -> None:
    programme = await world.set_up()
    await world.store.steady.hset(
        "studybot:console:home:programme:general",
        "data",
        (await world.store.steady.hget("studybot:console:home:programme:general", "data")).replace("[0,", "["),
    )

    await world.at(9)

    assert programme.schedule.weekdays == frozenset(range(5))
    assert await world.rounds.get(TODAY) is None
    assert f"open:{TODAY}" not in await world.entries()


@pytest.mark.parametrize("hour", [9, 15])
async def test_an_entry_for_a_round_that_was_asked_or_skipped_is_only_acknowledged(world: World, hour: int) -> None:
    await world.set_up()
    await world.at(hour, 30)
    before, posts = await world.get(), world.posts(Post.QUESTION)
    await world.store.steady.zadd("studybot:console:agenda", {f"open:{TODAY}": 0})

    await world.due()

    assert await world.get() == before
    assert world.posts(Post.QUESTION) == posts
    assert f"open:{TODAY}" not in await world.entries()
