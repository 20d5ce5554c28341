from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from bot.domain.reply import MAX_REPLY
from bot.domain.round import RoundState, Step
from bot.domain.score import PeriodKind
from bot.ports import Lease, Limited, OutcomeUnknown, Post
from bot.views import BoardView, GradeView
from tests.mischief import DiedError
from tests.world import ANA, BEN, BY_HAND, CHRIS, LEASE, MONDAY, PLACE, TODAY, TOMORROW, World, question

ALL_THREE, HALF, NOTHING = "alpha, beta and gamma", "alpha above all", "something else altogether"


async def open_round(world: World, **replies: str) -> None:
    await world.set_up()
    await world.at(9)
    for name, text in replies.items():
        await world.reply(name, text)


async def test_the_reveal_closes_the_question_and_shows_answer_sources_shares_and_ranking(world: World) -> None:
    await open_round(world, ana=ALL_THREE, ben=HALF, chris=NOTHING)

    await world.at(16)

    (asked,) = world.posts(Post.QUESTION)
    assert asked["closed"]
    (reveal,) = world.posts(Post.REVEAL)
    assert reveal["post"] == (await world.get()).post
    assert reveal["model_answer"].startswith("One says alpha")
    assert reveal["sources"][0]["title"] == "A book"
    assert [round(point["share"], 2) for point in reveal["points"]] == [0.67, 0.33, 0.33]
    assert reveal["repliers"] == 3
    assert [(one["rank"], one["points"]) for one in reveal["day"]["top"]] == [(1, 10), (2, 6), (3, 2)]
    assert reveal["day"]["provisional"]
    assert not reveal["day"]["updating"]
    assert await world.points() == {"ana": 10, "ben": 6, "chris": 2}
    assert set(await world.entries()) == {f"settle:{TODAY}", f"open:{TOMORROW}"}
    assert await world.is_sound()


async def test_a_round_that_nobody_answered_is_revealed_all_the_same(world: World) -> None:
    await open_round(world)

    await world.at(16)

    (reveal,) = world.posts(Post.REVEAL)
    assert (reveal["repliers"], reveal["points"][0]["share"]) == (0, None)
    assert (await world.rounds.history(PLACE)).asked[(await world.get()).asked().id].share is None


async def test_shares_are_shown_to_all_only_where_they_tell_of_nobody_alone(world: World) -> None:
    await open_round(world, ana=ALL_THREE, ben="alpha")
    await world.at(16)
    await world.at(9, day=MONDAY + timedelta(days=1))
    for name in ("ana", "ben", "chris"):
        await world.reply(name, f"alpha, says {name}", TOMORROW)
    await world.at(16)

    of_two, of_three = (world.posts(Post.REVEAL, round_)[0]["points"] for round_ in (TODAY, TOMORROW))

    assert {point["share"] for point in of_two} == {None}
    assert [point["share"] for point in of_three] == [1.0, 0.0, 0.0]


async def test_a_reveal_counts_nobody_who_is_hidden_so_that_no_share_less_the_known_ones_is_theirs(
    world: World,
) -> None:
    for name in ("zoe", "yan"):
        await world.quiz(name, "hide")
    await open_round(world, ana=ALL_THREE, ben=ALL_THREE, zoe=NOTHING)
    await world.at(16)
    await world.at(9, day=MONDAY + timedelta(days=1))
    for name, text in (("ana", ALL_THREE), ("ben", "alpha"), ("chris", "beta"), ("yan", NOTHING), ("zoe", "gamma")):
        await world.reply(name, f"{text}, says {name}", TOMORROW)
    await world.at(16)

    of_two, of_three = (world.posts(Post.REVEAL, round_)[0] for round_ in (TODAY, TOMORROW))

    assert (of_two["repliers"], {point["share"] for point in of_two["points"]}) == (2, {None})
    assert [round(point["share"], 2) for point in of_three["points"]] == [0.67, 0.67, 0.33]
    assert of_three["repliers"] == 3


async def test_who_hides_before_a_round_settles_is_left_out_of_its_final_figures(world: World) -> None:
    await open_round(world, ana=ALL_THREE, ben=ALL_THREE, chris=ALL_THREE, zoe=NOTHING)
    await world.at(16)
    await world.quiz("zoe", "hide")

    await world.later(hours=48)

    (reveal,) = world.posts(Post.REVEAL)
    assert (reveal["final"], reveal["repliers"]) == (True, 3)
    assert [point["share"] for point in reveal["points"]] == [1.0, 1.0, 1.0]


async def test_a_reveal_is_never_skipped_however_late(world: World) -> None:
    await open_round(world, ana=ALL_THREE)

    await world.at(7, day=MONDAY + timedelta(days=9))

    assert (await world.get()).state is RoundState.REVEALED
    assert await world.points() == {"ana": 10}


@pytest.mark.parametrize("change", ["pause", "remove"])
async def test_what_is_open_is_revealed_though_the_programme_asks_no_more(world: World, change: str) -> None:
    await open_round(world, ana=ALL_THREE)

    await world.admin(change)
    await world.at(16)

    assert len(world.posts(Post.REVEAL)) == 1
    assert await world.points() == {"ana": 10}


async def test_messages_that_nobody_heard_are_read_back_and_count(world: World) -> None:
    await open_round(world, ben=HALF)
    await world.say("ana", "alpha and beta, as they say")
    await world.say("ben", "what I sent privately is better")

    await world.at(16)

    assert await world.points() == {"ana": 8, "ben": 6}
    assert (await world.get()).state is RoundState.REVEALED
    assert await world.repliers(TODAY) == 2


async def test_read_back_messages_are_read_as_if_they_had_been_heard(world: World) -> None:
    await open_round(world)
    await world.say("ana", "alpha \x00\u202e and that is all")
    await world.say("ben", "beta " * MAX_REPLY)
    await world.say("chris", "\u200b")

    await world.at(16)

    (only,) = await world.replies.standing(TODAY)
    assert (only.member, only.text) == (ANA, "alpha  and that is all")


async def test_replies_still_count_while_a_reveal_cannot_be_read_back(world: World) -> None:
    await open_round(world)
    world.mischief.before("read_back", OutcomeUnknown("no answer"))

    await world.at(16)
    await world.reply("ana", HALF)
    await world.later(seconds=2)

    assert await world.points() == {"ana": 6}


STEPS = [
    *("read_back", "submit", "close", "suggest", "award", "edit_question", "find_posts", "board", "renew"),
    *("post_reveal", "revealed"),
]


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_whoever_dies_at_a_reveal_leaves_it_to_the_next_and_nothing_is_doubled(
    world: World, step: str, when: str
) -> None:
    await open_round(world, ana=ALL_THREE, ben=HALF)
    await world.say("chris", "gamma is what I would say")
    getattr(world.mischief, when)(step, DiedError())

    await world.at(16)
    await world.later(seconds=LEASE)

    assert (await world.get()).state is RoundState.REVEALED
    assert len(world.posts(Post.REVEAL)) == 1
    assert len(world.posts(Post.QUESTION)) == 1
    assert await world.points() == {"ana": 10, "ben": 6, "chris": 4}
    assert await world.boards.streak(PLACE, ANA) == (1, 1)
    assert await world.is_sound()


async def test_a_reply_after_the_close_is_late_though_the_reveal_died(world: World) -> None:
    await open_round(world, ana=HALF)
    world.mischief.after("close", DiedError())

    await world.at(16)
    late = await world.reply("ben", ALL_THREE)
    board = await world.desk.leaderboard(world.caller("ana"), PeriodKind.DAY)

    assert late.state == "late"
    assert late.late_grade is None  # nothing is given away before the reveal
    assert isinstance(board, BoardView)
    assert board.updating
    await world.later(seconds=LEASE)
    assert await world.points() == {"ana": 6}


async def test_a_crash_between_two_batches_of_awards_does_not_turn_a_copy_into_an_answer(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.reveals.BATCH", 1)
    await open_round(world)
    await world.say("ana", "I would look at alpha, then at beta")
    world.clock.go(minutes=1)
    await world.reply("ben", "I would look at ALPHA then at beta!")
    world.mischief.after("award", DiedError())

    await world.at(16)
    await world.later(seconds=LEASE)

    assert await world.points() == {"ana": 8}


async def test_a_copy_of_an_earlier_visible_reply_earns_nothing_and_the_first_who_wrote_it_does(world: World) -> None:
    await open_round(world)
    await world.reply("dana", "first alpha, then beta, of course")  # private, so the others cannot have seen it
    for name in ("ana", "ben"):
        world.clock.go(minutes=1)
        await world.say(name, "first alpha, then beta, of course")
    world.clock.go(minutes=1)
    await world.reply("chris", "First alpha, then beta, of course.")

    await world.at(16)

    assert await world.points() == {"ana": 8, "dana": 8}
    assert not (await world.ledger.grades(TODAY))[BEN].good_faith
    assert not (await world.ledger.grades(TODAY))[CHRIS].good_faith


async def test_a_reveal_with_unknown_outcome_is_looked_for_before_it_is_sent_again(world: World) -> None:
    await open_round(world, ana=HALF)
    world.mischief.after("post_reveal", OutcomeUnknown("no answer"))

    await world.at(16)
    await world.later(seconds=2)

    assert world.mischief.calls.count("post_reveal") == 1
    assert (await world.get()).state is RoundState.REVEALED


async def test_a_limited_reveal_comes_again_when_the_chat_said(world: World) -> None:
    await open_round(world)
    world.mischief.before("post_reveal", Limited(20))

    await world.at(16)
    await world.later(seconds=20)
    assert world.posts(Post.REVEAL) == []
    await world.later(seconds=1)

    assert len(world.posts(Post.REVEAL)) == 1


def _taken_over(world: World) -> Callable[[], Awaitable[None]]:
    async def takes_over() -> None:
        world.clock.go(seconds=LEASE)
        await world.life.carry_out(await world.claim())

    return takes_over


async def test_of_two_who_both_sent_the_reveal_the_later_takes_its_own_away(world: World) -> None:
    await open_round(world, ana=HALF)
    world.mischief.before("post_reveal", _taken_over(world))

    await world.at(16)

    (kept,) = await world.chat.find_posts(PLACE, TODAY, Post.REVEAL, world.clock.at)
    assert (await world.get()).reveal_post == kept
    assert world.mischief.calls.count("post_reveal") == 2
    assert await world.points() == {"ana": 6}


@pytest.mark.parametrize("step", ["close", "suggest", "award", "renew"])
async def test_whoever_was_overtaken_in_a_reveal_changes_nothing_more(world: World, step: str) -> None:
    await open_round(world, ana=HALF, ben=ALL_THREE)
    world.mischief.before(step, _taken_over(world))

    await world.at(16)

    assert world.mischief.calls.count("post_reveal") == 1
    assert await world.points() == {"ana": 6, "ben": 10}
    assert await world.is_sound()


async def test_a_second_question_post_left_by_a_dead_process_is_gone_after_the_reveal(world: World) -> None:
    await open_round(world)
    body = world.posts(Post.QUESTION)[0]
    world.room.post(PLACE, TODAY, Post.QUESTION, dict(body))

    await world.at(16)

    (left,) = [post.ref for post in world.room.posts(PLACE, TODAY, Post.QUESTION)]
    assert left == (await world.get()).post


@pytest.mark.parametrize("step", [Step.REVEAL, Step.SETTLE])
async def test_an_entry_for_a_round_that_is_not_there_for_it_is_dropped(world: World, step: Step) -> None:
    lease = Lease(
        platform="console",
        step=step,
        round=TODAY,
        due=world.clock.at,
        now=world.clock.at,
        attempt=1,
        fence=1,
        revision=0,
    )

    await world.life.carry_out(lease)

    assert world.mischief.calls == ["drop"]


async def test_rounds_by_hand_give_points_but_neither_add_to_nor_break_a_streak(world: World) -> None:
    await open_round(world, ana=HALF)
    await world.at(16)
    await world.admin("ask-now")
    await world.due()
    await world.reply("ana", HALF, BY_HAND)
    await world.reply("ben", HALF, BY_HAND)
    await world.admin("reveal-now")
    await world.due()
    await world.at(9, day=MONDAY + timedelta(days=1))
    await world.reply("ana", HALF, TOMORROW)
    await world.at(16)

    assert await world.points() == {"ana": 18, "ben": 6}
    assert await world.boards.streak(PLACE, ANA) == (2, 2)
    assert await world.boards.streak(PLACE, BEN) == (0, 0)
    assert [round_.index for round_ in await world.rounds.latest(PLACE, 3)] == [2, 0, 1]
    assert await world.is_sound()


async def test_a_round_counts_for_the_month_of_its_own_date_however_late_it_is_revealed(world: World) -> None:
    last = date(2025, 3, 31)
    world.clock.at = world.clock.at.replace(day=31)
    await world.set_up(words="zone=UTC at=09:00 reveal=16:00")
    await world.at(9)
    (asked,) = await world.rounds.latest(PLACE, 1)
    await world.reply("ana", HALF, asked.id)

    await world.at(8, day=date(2025, 4, 1))

    assert asked.date == last
    assert await world.points(PeriodKind.MONTH, last) == {"ana": 6}
    assert await world.points(PeriodKind.MONTH, date(2025, 4, 1)) == {}
    assert await world.points(PeriodKind.SEASON, last) == {"ana": 6}
    assert await world.is_sound()


async def test_the_next_grade_can_be_looked_at_as_soon_as_the_reveal_stands(world: World) -> None:
    await open_round(world, ana="alpha, and beta? perhaps")

    await world.at(16)

    grade = await world.quiz("ana", "grade")
    assert isinstance(grade, GradeView)
    assert [point.ticked for point in grade.points] == [True, False, False]
    assert [point.verdict.verdict for point in grade.points] == ["covered", "maybe", "not seen"]
    assert (grade.total, grade.of) == (6, 10)
    assert grade.open_until == world.clock.at + timedelta(hours=48)


async def test_a_round_keeps_the_question_as_it_was_asked_when_the_packs_change(world: World) -> None:
    world.shelf.questions = [question(0)]
    await world.set_up()
    await world.at(9)
    world.shelf.questions = [question(0, revision=2, text="Something else?", key_points=question(0).key_points[1:])]

    await world.reply("ana", "alpha")
    await world.at(16)

    assert (await world.get()).asked() == question(0)
    assert await world.points() == {"ana": 6}
