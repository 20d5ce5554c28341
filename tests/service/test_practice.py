from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.redis import keys
from adapters.redis.store import Store
from bot import wording
from bot.domain.practice import DAILY_REVIEWS
from bot.domain.question import Level
from bot.domain.reply import MAX_REPLY
from bot.ports import StoreUnavailable
from bot.views import AnswerView, NoticeView, PracticeGradeView, PracticeView
from tests.world import ANA, FAR_PLACE, LEASE, PLACE, World, build, question

ALL = "alpha, beta and gamma"
HALF = "alpha above all"


async def asked(world: World, name: str = "ana", text: str = "") -> PracticeView:
    view = await world.quiz(name, f"ask {text}")
    assert isinstance(view, PracticeView), view
    return view


async def answered(world: World, question_id: str, text: str, name: str = "ana") -> PracticeGradeView:
    view = await world.desk.practice_answer(world.caller(name), question_id, text)
    assert isinstance(view, PracticeGradeView), view
    return view


async def shown(world: World, view: PracticeView, name: str = "ana") -> AnswerView:
    answer = await world.desk.practice_show(world.caller(name), view.question, view.times)
    assert isinstance(answer, AnswerView)
    return answer


async def another(world: World, view: PracticeView) -> PracticeView:
    wanted = f"{view.topic_wanted} {view.level_wanted}"
    found = await world.desk.practise(world.caller(), wanted, passing=view.question)
    assert isinstance(found, PracticeView)
    return found


async def met_all(world: World, text: str = ALL) -> None:
    for one in world.shelf.questions:
        await answered(world, one.id, text)


# --- which question ---


async def test_a_question_comes_at_once_also_in_a_place_without_a_programme(world: World) -> None:
    view = await asked(world)

    asked_one = world.shelf.get(view.question)
    assert asked_one
    assert (view.text, view.topic, view.level) == (asked_one.text, asked_one.topic, asked_one.level)
    assert (view.review, view.times, view.note, view.hints) == (False, 0, "", asked_one.hints)


async def test_a_topic_and_a_level_are_heeded_and_kept_for_another_one(world: World) -> None:
    by_topic, by_level, both = [await asked(world, text=text) for text in ("DATA", "exp", "found data")]

    assert (by_topic.topic, by_topic.topic_wanted, by_topic.level_wanted) == ("data", "data", "")
    assert (by_level.level, by_level.topic_wanted, by_level.level_wanted) == (Level.EXPERT, "", "expert")
    assert (both.topic_wanted, both.level_wanted) == ("data", "foundation")
    assert (await another(world, by_topic)).topic == "data"


async def test_an_unknown_word_names_the_nearest_or_all_there_is(world: World) -> None:
    near, far, many = [await world.quiz("ana", f"ask {text}") for text in ("servng", "banana", "data serving")]

    assert near == NoticeView(
        text="I don't know which topic or level 'servng' is. Did you mean serving?",
    )
    assert far == NoticeView(
        text="I don't know 'banana'. Topics are data, serving and training; "
        "levels are foundation, practitioner and expert."
    )
    assert many == NoticeView(text=wording.practice.too_many("data", "serving"))


async def test_of_what_the_bank_does_not_have_it_is_said_kindly(world: World) -> None:
    assert await world.quiz("ana", "ask data expert") == NoticeView(
        text="There is no question on data at the level expert to practise yet. /quiz ask draws from all of them."
    )


async def test_what_was_missed_comes_first_when_it_is_due_and_says_so(world: World) -> None:
    grade = await answered(world, "q3", "I would rather not say, but it is a letter")
    assert grade.returns_at > world.clock.at

    assert (await asked(world)).question != "q3"
    world.clock.at = grade.returns_at
    view = await asked(world)

    assert (view.question, view.review, view.times, view.note) == ("q3", True, 1, wording.practice.REVIEW)


async def test_another_one_goes_round_and_does_not_come_back_before_the_end(world: World) -> None:
    seen = [await asked(world)]
    for _ in range(6):
        seen.append(await another(world, seen[-1]))

    assert len({view.question for view in seen}) == 6
    assert seen[-1] == seen[0]


async def test_after_an_answer_another_one_is_really_another(world: World) -> None:
    first = await asked(world)
    await answered(world, first.question, "nothing of what was asked for")

    assert (await another(world, first)).question != first.question


async def test_where_there_is_no_other_it_is_said(world: World) -> None:
    world.shelf.questions[1:] = []

    found = await world.desk.practise(world.caller(), "", passing="q0")

    assert found == NoticeView(text=wording.practice.NO_OTHER)


async def test_a_day_brings_up_no_more_due_reviews_than_its_cap_unless_a_topic_is_asked_for(store: Store) -> None:
    world = build(store, [question(number) for number in range(30)])
    for number in range(3 * DAILY_REVIEWS):
        await answered(world, f"q{number}", "I can only guess at this one")
    world.clock.go(days=3)

    served = [await asked(world)]
    for _ in range(11):
        await answered(world, served[-1].question, ALL)
        served.append(await asked(world))

    assert [view.review for view in served] == [True] * DAILY_REVIEWS + [False] * (12 - DAILY_REVIEWS)
    assert (await asked(world, text="data")).review
    world.clock.go(days=1)
    assert (await asked(world)).review
    world.room.close()


async def test_passing_on_and_on_does_not_bring_up_more_due_reviews_than_the_cap_either(store: Store) -> None:
    world = build(store, [question(number) for number in range(10)])
    for number in range(8):
        await answered(world, f"q{number}", "I can only guess at this one")
    world.clock.go(days=3)

    served = [await asked(world)]
    for _ in range(6):
        served.append(await another(world, served[-1]))

    assert [view.review for view in served] == [True] * 5 + [False] * 2
    world.room.close()


async def test_members_do_not_see_each_other_s(world: World) -> None:
    await met_all(world)

    view = await asked(world, "ben")
    nothing = await world.desk.practice_grade(world.caller("ben"), view.question)

    assert (view.times, view.review) == (0, False)
    assert nothing == NoticeView(text=wording.practice.NO_ATTEMPT)
    assert await world.practice.memories(world.caller("ana", FAR_PLACE).member) == {}


# --- answering ---


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


# --- around it ---


async def test_practice_touches_neither_ledger_nor_boards_nor_streaks(world: World) -> None:
    await met_all(world)

    client = world.store.steady
    assert [key async for key in client.scan_iter("*ledger*")] == []
    assert [key async for key in client.scan_iter("*board*")] == []
    assert await world.boards.streak(PLACE, ANA) == (0, 0)


async def test_a_store_that_does_not_answer_is_a_sentence(world: World) -> None:
    world.mischief.before("practise", StoreUnavailable("no answer"))
    world.mischief.after("practise", StoreUnavailable("the answer was lost"))
    caller = world.caller(delivery="tried until it is answered")

    lost = [await world.desk.practice_answer(caller, "q0", HALF) for _ in range(2)]
    done = await world.desk.practice_answer(caller, "q0", HALF)

    assert lost == [NoticeView(text=wording.desk.NOT_DONE)] * 2
    assert isinstance(done, PracticeGradeView)
    assert (await world.practice.memories(ANA))["q0"].times == 1


async def test_a_question_takes_few_commands(world: World) -> None:
    await world.set_up()
    await asked(world)
    await world.store.steady.config_resetstat()

    await asked(world)

    said = await world.store.steady.info("commandstats")
    calls = sum(one["calls"] for name, one in said.items() if not name.startswith("cmdstat_config"))
    assert calls <= 7  # in five round trips: the three of a place's history travel together


async def test_a_year_of_daily_practice_keeps_up_with_what_comes_back(store: Store) -> None:
    world = build(store, [question(number) for number in range(25)])
    reviewed: list[int] = []
    for _ in range(365):
        today = 0
        for _ in range(2):
            view = await asked(world)
            today += view.review
            missed = (len(reviewed) + int(view.question[1:])) % 10 == 0
            await answered(world, view.question, "I can only guess at this one" if missed else ALL)
        reviewed.append(today)
        world.clock.go(days=1)

    memories = await world.practice.memories(ANA)
    assert len(memories) == 25
    assert max(reviewed) <= DAILY_REVIEWS
    assert sum(reviewed[-100:]) < sum(reviewed[:100])
    assert sum(one.due < world.clock.at for one in memories.values()) < DAILY_REVIEWS
    deliveries = await store.steady.zcard(keys.practice_deliveries(ANA))
    assert deliveries <= 2 * 8
    assert world.clock.at - max(one.last for one in memories.values()) < timedelta(days=1, seconds=LEASE)
    world.room.close()
