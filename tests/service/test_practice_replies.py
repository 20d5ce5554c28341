from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.redis.store import Store
from bot import wording
from bot.domain.reply import MAX_REPLY
from bot.views import AnswerView, NoticeView, PracticeGradeView, PracticeView
from tests.service.practising import ALL, HALF, answered, asked, shown
from tests.world import ANA, World, build, question


async def test_a_reply_is_graded_at_once_with_its_evidence(world: World) -> None:
    view = await answered(world, "q0", f" {HALF}\x00 ")

    assert (view.reply, view.open, view.notice) == (HALF, True, wording.practice.CHECK)
    assert [point.ticked for point in view.points] == [True, False, False]
    assert view.points[0].verdict.evidence == "alpha"
    assert await world.desk.practice_grade(world.caller(), "q0") == view


async def test_the_better_the_reply_the_later_the_question_comes_back(world: World) -> None:
    missed, hard, good = [
        await answered(world, f"q{number}", text)
        for number, text in enumerate(("some other letter I think", HALF, ALL))
    ]

    assert missed.returns_at <= world.clock.at + timedelta(days=2)
    assert missed.returns_at <= hard.returns_at < good.returns_at


@pytest.mark.parametrize("text", ["I don't know", "Think of the first letters of some alphabet."])
async def test_a_reply_that_is_not_one_s_own_is_missed_and_cannot_be_ticked(world: World, text: str) -> None:
    view = await answered(world, "q0", text)
    ticked = await world.desk.practice_check(world.caller(), "q0", [True] * 3)

    assert (view.open, view.notice) == (False, wording.practice.NOT_IN_GOOD_FAITH)
    assert ticked == view
    assert (await world.practice.memories(ANA))["q0"].share == 0


async def test_what_cannot_be_a_reply_is_said_and_kept_nowhere(world: World) -> None:
    empty = await world.desk.practice_answer(world.caller(), "q0", " \x00 ")
    long = await world.desk.practice_answer(world.caller(), "q0", "x" * (MAX_REPLY + 1))

    assert empty == NoticeView(text=wording.practice.EMPTY)
    assert long == NoticeView(text=wording.practice.too_long(MAX_REPLY + 1))
    assert await world.practice.memories(ANA) == {}


async def test_a_self_check_rates_the_reply_as_if_it_had_been_rated_so_at_once(world: World) -> None:
    await answered(world, "q1", ALL)
    world.clock.go(hours=1)
    await answered(world, "q0", HALF)
    world.clock.go(hours=1)
    for ticks in ([False] * 3, [True, True, True]):
        checked = await world.desk.practice_check(world.caller(), "q0", ticks)

    assert isinstance(checked, PracticeGradeView)
    assert ([point.ticked for point in checked.points], checked.notice) == ([True] * 3, wording.practice.KEPT)
    memories = await world.practice.memories(ANA)
    assert (memories["q0"].share, memories["q0"].times) == (1.0, 1)
    assert memories["q0"].due - memories["q0"].last == memories["q1"].due - memories["q1"].last


async def test_a_self_check_must_say_something_of_every_key_point_of_a_reply(world: World) -> None:
    none = await world.desk.practice_check(world.caller(), "q0", [True] * 3)
    await answered(world, "q0", HALF)
    few = await world.desk.practice_check(world.caller(), "q0", [True])

    assert none == NoticeView(text=wording.practice.NO_ATTEMPT)
    assert few == NoticeView(text=wording.grades.ticks_do_not_fit(3))


async def test_one_delivery_of_a_reply_counts_once_whatever_came_meanwhile(world: World) -> None:
    again = world.caller(delivery="the same")
    first = await world.desk.practice_answer(again, "q0", HALF)
    second = await world.desk.practice_answer(again, "q0", HALF)
    world.clock.go(minutes=1)
    newer = await answered(world, "q0", ALL)
    world.clock.go(minutes=1)
    third = await world.desk.practice_answer(again, "q0", HALF)

    assert first == second
    assert third == newer
    assert (await world.practice.memories(ANA))["q0"].times == 2


async def test_one_delivery_of_a_self_check_counts_once(world: World) -> None:
    await answered(world, "q0", HALF)
    again = world.caller(delivery="the same")
    await world.desk.practice_check(again, "q0", [True, True, False])
    newer = await world.desk.practice_check(world.caller(), "q0", [False, False, True])

    assert await world.desk.practice_check(again, "q0", [True, True, False]) == newer


async def test_a_self_check_overtaken_by_a_newer_reply_shows_that_one(world: World) -> None:
    await answered(world, "q0", HALF)
    world.clock.go(minutes=1)

    async def reply_again() -> None:
        world.mischief.wild = None
        await answered(world, "q0", ALL)

    world.mischief.wild = lambda name: reply_again if name == "practise" else None
    checked = await world.desk.practice_check(world.caller(), "q0", [False] * 3)

    assert isinstance(checked, PracticeGradeView)
    assert checked.reply == ALL
    assert (await world.practice.memories(ANA))["q0"].share == 1.0


# --- giving up ---


async def test_whoever_looks_at_the_answer_without_a_reply_has_missed_the_question_once(world: World) -> None:
    view = await asked(world)

    answer = await shown(world, view)
    world.clock.go(minutes=1)
    again = await shown(world, view)

    asked_one = world.shelf.get(view.question)
    assert asked_one
    assert (answer.model_answer, answer.sources) == (asked_one.model_answer, asked_one.sources)
    assert (answer.points, answer.follow_up) == (asked_one.key_points, asked_one.follow_up)
    memory = (await world.practice.memories(ANA))[view.question]
    assert (memory.share, memory.times, memory.due) == (0.0, 1, answer.returns_at)
    assert again == answer


async def test_whoever_replied_may_look_at_the_answer_for_nothing(world: World) -> None:
    view = await asked(world)
    grade = await answered(world, view.question, ALL)

    from_the_grade = await world.desk.practice_show(world.caller(), view.question)
    from_the_question = await shown(world, view)

    assert isinstance(from_the_grade, AnswerView)
    assert from_the_grade.returns_at == from_the_question.returns_at == grade.returns_at


async def test_of_a_question_never_met_an_old_button_shows_the_answer_without_a_date(world: World) -> None:
    answer = await world.desk.practice_show(world.caller(), "q0", 7)

    assert isinstance(answer, AnswerView)
    assert answer.returns_at is None
    assert await world.practice.memories(ANA) == {}


async def test_a_reply_from_before_one_gave_up_can_only_be_read(world: World) -> None:
    await answered(world, "q0", HALF)
    world.clock.go(days=9)
    view = await world.desk.practice_form(world.caller(), "q0")
    assert isinstance(view, PracticeView)
    await shown(world, view)

    checked = await world.desk.practice_check(world.caller(), "q0", [True] * 3)

    assert isinstance(checked, PracticeGradeView)
    assert (checked.open, checked.notice, checked.reply) == (False, wording.practice.MET_SINCE, HALF)


async def test_hints_come_by_their_number(world: World) -> None:
    first, third = [await world.desk.practice_hint(world.caller(), "q0", number) for number in (1, 3)]

    assert first == NoticeView(text=wording.replies.hint(1, 2, question().hints[0]))
    assert third == NoticeView(text=wording.replies.no_such_hint(2))


# --- old buttons ---


async def test_every_button_works_after_a_restart_and_weeks_later(world: World, store: Store) -> None:
    view = await asked(world)
    graded = await answered(world, view.question, HALF)

    later = build(store, world.shelf.questions)
    later.clock.at = world.clock.at + timedelta(weeks=10)
    caller = later.caller(delivery="weeks later")

    assert await later.desk.practice_grade(caller, view.question) == graded
    checked = await later.desk.practice_check(caller, view.question, [True] * 3)
    form = await later.desk.practice_form(caller, view.question)
    assert isinstance(checked, PracticeGradeView)
    assert isinstance(form, PracticeView)
    assert (checked.open, form.times) == (True, 1)
    assert isinstance(await later.desk.practise(caller, "", passing=view.question), PracticeView)
    assert isinstance(await later.desk.practice_hint(caller, view.question, 1), NoticeView)
    assert isinstance(await later.desk.practice_show(caller, view.question, view.times), AnswerView)
    later.room.close()


@pytest.mark.parametrize("change", [{"revision": 2}, {"key_points": question().key_points[:2]}])
async def test_key_points_that_were_reworked_leave_an_old_reply_alone(world: World, change: dict[str, object]) -> None:
    await answered(world, "q0", HALF)
    world.shelf.questions[0] = replace(world.shelf.questions[0], **change)  # type: ignore[arg-type]
    ticks = [True] * len(world.shelf.questions[0].key_points)

    assert await world.desk.practice_grade(world.caller(), "q0") == NoticeView(text=wording.practice.REWORKED)
    assert await world.desk.practice_check(world.caller(), "q0", ticks) == NoticeView(text=wording.practice.REWORKED)
    assert (await answered(world, "q0", ALL)).open


async def test_a_question_that_left_the_bank_says_so_at_every_button(world: World) -> None:
    await answered(world, "q0", HALF)
    del world.shelf.questions[0]
    caller, desk = world.caller(), world.desk

    for said in (
        await desk.practice_form(caller, "q0"),
        await desk.practice_answer(caller, "q0", HALF),
        await desk.practice_grade(caller, "q0"),
        await desk.practice_check(caller, "q0", [True] * 3),
        await desk.practice_show(caller, "q0", 1),
        await desk.practice_hint(caller, "q0", 1),
    ):
        assert said == NoticeView(text=wording.practice.GONE)
    assert isinstance(await desk.practise(caller, "", passing="q0"), PracticeView)


async def test_what_is_remembered_of_a_question_that_left_the_bank_is_no_obstacle(world: World) -> None:
    await answered(world, "q0", "I can only guess at this one")
    del world.shelf.questions[0]
    world.clock.go(days=3)

    assert not (await asked(world)).review
