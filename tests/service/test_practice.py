from datetime import timedelta

from adapters.redis import keys
from adapters.redis.store import Store
from bot import wording
from bot.domain.practice import DAILY_REVIEWS
from bot.domain.question import Level
from bot.ports import StoreUnavailable
from bot.views import MeView, NoticeView, PracticeGradeView
from tests.service.practising import ALL, HALF, another, answered, asked, met_all
from tests.world import ANA, FAR_PLACE, LEASE, PLACE, World, build, question


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
        text="There is no question on data at the level expert to practise just now. /quiz ask draws from all there are."
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


async def test_as_many_reviews_are_said_to_be_due_as_are_brought_up_that_day(store: Store) -> None:
    world = build(store, [question(number) for number in range(30)])
    await world.set_up()
    for number in range(9):
        await answered(world, f"q{number}", "I can only guess at this one")
    world.clock.go(days=3)
    told = []

    for _ in range(7):
        me = await world.quiz("ana", "me")
        assert isinstance(me, MeView)
        view = await asked(world)
        told.append((me.due, view.review))
        await answered(world, view.question, ALL)

    assert told == [(5, True), (4, True), (3, True), (2, True), (1, True), (0, False), (0, False)]
    world.room.close()


async def test_what_is_open_or_comes_next_is_not_said_to_be_due(world: World) -> None:
    await met_all(world, "I can only guess at this one")
    world.clock.go(days=3)
    await world.set_up()
    await world.at(9)
    world.shelf.questions = [one for one in world.shelf.questions if one.id != "q5"]

    me = await world.quiz("ana", "me")

    assert isinstance(me, MeView)
    kept_out = {*await world.desk.practice.planning.kept_out(PLACE)}
    assert me.due == len({"q0", "q1", "q2", "q3", "q4"} - kept_out) <= 4


async def test_answering_a_question_again_before_it_is_due_takes_no_review_away(store: Store) -> None:
    world = build(store, [question(number) for number in range(30)])
    for number in range(8):
        await answered(world, f"q{number}", "I can only guess at this one")
    world.clock.go(days=3)

    for number in range(20, 26):
        for text in ("I can only guess at this one", ALL):
            world.clock.go(seconds=1)
            await answered(world, f"q{number}", text)

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
    assert calls <= 8  # in six round trips: the three of a place's history travel together


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
