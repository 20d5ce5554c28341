import json
from datetime import timedelta

import pytest

from bot import wording
from bot.domain.ids import RoundId, programme_of, round_id
from bot.domain.question import Level
from bot.ports import Change, SetupRequest
from bot.views import (
    BoardView,
    ConfirmView,
    DocumentView,
    FormView,
    GradeView,
    MeView,
    NoticeView,
    ReceiptView,
    ShareOf,
)
from tests.leftovers import leftovers
from tests.mischief import MORNING
from tests.world import BEN, MONDAY, OTHER_PLACE, PLACE, TODAY, World, question


async def me(world: World, name: str = "ana") -> MeView:
    view = await world.quiz(name, "me")
    assert isinstance(view, MeView)
    return view


async def day(world: World, number: int, **texts: str) -> RoundId:
    """Play the day so many after Monday, with these replies; return its round."""
    await world.at(9, day=MONDAY + timedelta(days=number))
    (round_,) = await world.rounds.latest(PLACE, 1)
    for name, text in texts.items():
        await world.reply(name, text, round_.id)
    await world.at(16)
    return round_.id


async def retired(world: World) -> None:
    """Let everything run out that is kept for so many days after its round has settled."""
    client, kept = world.store.steady, world.store.limits.kept
    for key in [key async for key in client.scan_iter(count=1000)]:
        if 0 < await client.ttl(key) <= kept:
            await client.delete(key)


async def test_where_nothing_is_set_up_there_is_nothing_to_say_of_anybody(world: World) -> None:
    assert await world.quiz("ana", "me") == NoticeView(text=wording.programmes.NO_PROGRAMME)


async def test_somebody_without_any_round_is_told_kindly_how_to_begin(world: World) -> None:
    await world.set_up()

    view = await me(world)

    assert (view.rounds, view.points, view.streak, view.topics, view.weakest) == (0, 0, 0, (), "")
    assert view.note == wording.members.NO_ROUND_YET


async def test_own_figures_are_of_this_place_and_of_oneself(world: World) -> None:
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.at(9)
    await world.reply("ana", "alpha beta", TODAY)
    await world.reply("ben", "gamma", TODAY)
    await world.reply("ana", "gamma", round_id(programme_of(OTHER_PLACE), MONDAY))
    await world.at(16)

    view = await me(world)

    asked = (await world.get()).asked()
    assert (view.rounds, view.points, view.streak, view.best_streak) == (1, 8, 1, 1)
    assert view.topics == (ShareOf(name=asked.topic, rounds=1, share=0.75),)
    assert view.levels == (ShareOf(name=asked.level, rounds=1, share=0.75),)
    assert (view.days, view.due, view.hidden, view.note, view.weakest) == (180, 0, False, "", "")


async def test_the_own_rank_is_that_of_the_week_of_this_place_and_needs_points(world: World) -> None:
    await world.set_up()
    await day(world, 0, ana="alpha", ben="alpha beta gamma", eve="alpha beta")

    assert [((one := await me(world, name)).rank, one.ranked) for name in ("ana", "ben", "eve", "dan")] == [
        (3, 3),
        (1, 3),
        (2, 3),
        (0, 0),
    ]
    world.clock.at += timedelta(days=7)
    assert (await me(world)).rank == 0


async def test_a_hidden_member_sees_the_rank_among_all_that_it_would_be(world: World) -> None:
    await world.set_up()
    await day(world, 0, ana="alpha", ben="alpha beta gamma")
    await world.quiz("ana", "hide")

    view = await me(world)

    assert wording.members.ranked(view.rank, view.ranked) == "2 of 2 this week"


async def test_a_streak_that_broke_leaves_its_best(world: World) -> None:
    await world.set_up()
    for number in range(3):
        await day(world, number, ana="alpha")
    await day(world, 3, ben="alpha")

    view = await me(world)

    assert (view.rounds, view.streak, view.best_streak) == (3, 0, 3)


async def test_shares_are_by_weight_and_none_without_good_faith(world: World) -> None:
    world.shelf.questions = [question(0), question(3)]  # of one topic and level
    await world.set_up()
    await day(world, 0, ana="alpha")
    await day(world, 1, ana="I don't know")

    view = await me(world)

    assert view.topics == (ShareOf(name="data", rounds=2, share=0.25),)
    assert view.levels == (ShareOf(name=Level.FOUNDATION, rounds=2, share=0.25),)


async def test_the_weakest_topic_is_one_of_two_rounds_that_can_still_be_practised(world: World) -> None:
    await world.set_up()
    said = {"data": "gamma", "serving": "alpha beta gamma", "training": "alpha"}
    for number in range(5):
        await world.at(9, day=MONDAY + timedelta(days=number))
        (round_,) = await world.rounds.latest(PLACE, 1)
        await world.reply("ana", said[round_.asked().topic], round_.id)
        await world.at(16)
    topics = {one.name: one.rounds for one in (await me(world)).topics}

    expected = [topic for topic in ("data", "training") if topics.get(topic, 0) > 1]
    assert (await me(world)).weakest == expected[0]
    world.shelf.questions = [one for one in world.shelf.questions if one.topic != expected[0]]
    assert (await me(world)).weakest == (expected[1] if len(expected) > 1 else "")


async def test_a_round_that_is_still_open_or_closing_says_nothing_yet(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    seen: list[int] = []

    async def look() -> None:
        seen.append((await me(world)).rounds)

    world.mischief.after("award", look)
    await world.at(16)

    assert seen == [0]
    assert (await me(world)).rounds == 1


async def test_rounds_from_before_topics_were_kept_with_them_count_too(world: World) -> None:
    await world.set_up()
    round_ = await day(world, 0, ana="alpha")
    before = await me(world)
    await world.store.steady.hdel(
        f"studybot:console:home:round:general:{round_.rpartition(':')[2]}", "topic", "level", "weights"
    )

    assert await me(world) == before


async def test_a_hidden_member_has_the_same_figures_and_is_told_of_being_hidden(world: World) -> None:
    await world.set_up()
    await day(world, 0, ana="alpha", ben="alpha beta")
    before = await me(world)

    assert await world.quiz("ana", "hide") == NoticeView(text=wording.members.HIDDEN)
    hidden = await me(world)
    board = await world.quiz("ana", "leaderboard all")

    assert (hidden.points, hidden.rounds, hidden.streak, hidden.hidden) == (before.points, 1, 1, True)
    assert isinstance(board, BoardView)
    assert board.hidden
    assert board.own
    assert (board.own.rank, board.own.points) == (2, 6)
    assert [one.member for one in board.top] == [BEN]
    assert await world.quiz("ana", "unhide") == NoticeView(text=wording.members.SHOWN)
    assert await world.quiz("ana", "unhide") == NoticeView(text=wording.members.NOT_HIDDEN)
    assert await me(world) == before


async def test_a_copy_has_everything_that_is_kept_of_oneself_and_nothing_of_others(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha, if anything")
    await world.reply("ben", "quokka gamma")
    await world.at(16)
    await world.desk.check(world.caller("ana"), TODAY, [True, True, False], "beta is in it")
    await world.reply("ana", "and gamma, later")
    client = world.store.steady
    memory = {"last": 1_000, "due": 86_401_000, "share": 0.5, "times": 1, "state": "{}"}
    suggestion = '{"grader":"llm","version":"1","verdicts":[["covered","an"]],"second":{"grader":"words","version":"1","verdicts":[["maybe","a"]]}}'
    attempt = {"at": 1_000, "text": "an attempt", "suggestion": suggestion, "ticks": "101", "before": memory}
    await client.hset("studybot:console:home:memories:ana", "q1", json.dumps(memory))
    await client.set("studybot:console:home:attempt:ana:q1", json.dumps(attempt), ex=1000)
    await client.set("studybot:console:home:attempt:anamaria:q1", json.dumps({"text": "of somebody else"}), ex=1000)
    await client.expire("studybot:console:home:memories:ana", 1000)
    await world.changes.add(PLACE, Change(at=MORNING, who=BEN, what="paused the quiz", reason="a week off"), "x")
    await world.desk.setup(world.caller("ben", OTHER_PLACE, admin=True), SetupRequest(admins="ana,chris"))

    view = await world.quiz("ana", "export")

    assert isinstance(view, DocumentView)
    assert view.name == "quiz-ana.json"
    assert "180 days" in view.note
    found = json.loads(view.text)
    (round_,) = found["rounds"]
    assert list(round_) == ["round", "question", "reply", "late_reply", "suggestion", "grade"]
    assert round_["round"] == TODAY
    assert round_["question"].startswith("What would you look at first")
    assert [part["text"] for part in round_["reply"]] == ["alpha, if anything"]
    assert [part["text"] for part in round_["late_reply"]] == ["and gamma, later"]
    assert round_["suggestion"]["grader"] == "words 1"
    assert round_["suggestion"]["key_points"][0] == {"number": 1, "verdict": "covered", "evidence": "alpha"}
    grade = round_["grade"]
    assert (grade["points"], grade["ticked"], grade["reason"]) == (8, [1, 2], "beta is in it")
    assert [(one["cause"], one["points"]) for one in found["awards"]] == [("reply", 6), ("self-check", 2)]
    assert (found["boards"][f"{PLACE}:all"], found["boards"]["console:home:week:2025-W10"]) == (8, 8)
    assert len(found["boards"]) == 10
    assert found["streaks"] == [{"place": PLACE, "last": 1, "best": 1}]
    assert found["memories"][0] | {"state": ""} == {
        "question": "q1",
        "last": "1970-01-01T00:00:01+00:00",
        "due": "1970-01-02T00:00:01+00:00",
        "share": 0.5,
        "times": 1,
        "state": "",
    }
    assert [(one["text"], one["ticked"]) for one in found["attempts"]] == [("an attempt", [1, 3])]
    assert found["attempts"][0]["suggestion"]["second"] == {
        "grader": "words 1",
        "key_points": [{"number": 1, "verdict": "maybe", "evidence": "a"}],
    }
    assert found["attempts"][0]["before"]["last"] == "1970-01-01T00:00:01+00:00"
    assert (found["set_up"], found["looks_after"]) == ([PLACE], [OTHER_PLACE])
    assert found["changes"] == [{"place": PLACE, "at": MORNING.isoformat(), "what": "set the quiz up", "reason": ""}]
    assert "a week off" not in view.text
    assert "quokka" not in view.text
    assert "chris" not in view.text
    assert "somebody else" not in view.text


async def test_a_copy_for_a_stranger_is_empty_and_says_who(world: World) -> None:
    await world.set_up()
    await day(world, 0, ana="alpha")

    view = await world.quiz("eva", "export")

    assert isinstance(view, DocumentView)
    found = json.loads(view.text)
    assert found.pop("member").endswith(":eva")
    assert not any(found.values())


@pytest.mark.parametrize("said", ["forget-me", "forget-me no", "forget-me yes please"])
async def test_forgetting_is_asked_once_before_it_is_done(world: World, said: str) -> None:
    await world.set_up()
    await day(world, 0, ana="alpha")

    view = await world.quiz("ana", said)

    assert view == ConfirmView(
        text=wording.members.ASK_TO_FORGET, command="/quiz forget-me yes", label=wording.members.FORGET
    )
    assert (await me(world)).points == 6


@pytest.mark.parametrize("yes", ["yes", "YES"])
async def test_who_confirms_is_forgotten_and_starts_anew(world: World, yes: str) -> None:
    await world.set_up()
    await day(world, 0, ana="quokka alpha", ben="alpha")
    await world.quiz("ana", "hide")

    assert await world.quiz("ana", f"forget-me {yes}") == NoticeView(text=wording.members.FORGOTTEN)

    # She set the quiz up here, in the tests' words.
    assert await leftovers(world.store.steady, "ana", "quokka") == []
    assert await world.points() == {"ben": 6}
    view = await me(world)
    assert (view.points, view.rounds, view.hidden, view.note) == (0, 0, False, wording.members.NO_ROUND_YET)
    assert await world.desk.grade(world.caller("ana"), TODAY) == NoticeView(text=wording.grades.NO_REPLY)
    assert await world.desk.check(world.caller("ana"), TODAY, [True] * 3) == NoticeView(text=wording.grades.NO_REPLY)
    assert await world.is_sound()


async def test_what_has_run_out_is_said_to_be_deleted_as_promised(world: World) -> None:
    await world.set_up()
    await day(world, 0, ana="alpha")
    assert isinstance(await world.desk.grade(world.caller("ana"), TODAY), GradeView)
    await world.admin("pause")
    await world.at(17, day=MONDAY + timedelta(days=2))
    assert (await world.get()).settled

    await retired(world)

    view = await me(world)
    assert (view.rounds, view.points, view.topics) == (0, 6, ())
    assert view.note == wording.members.no_round_lately(180)
    assert "180 days" in view.note
    gone = NoticeView(text=wording.grades.ROUND_GONE)
    assert await world.desk.grade(world.caller("ana"), TODAY) == gone
    assert await world.desk.check(world.caller("ana"), TODAY, [True] * 3) == gone
    assert await world.desk.answer_form(world.caller("ana"), TODAY) == NoticeView(
        text=wording.replies.closed(revealed=False)
    )
    assert await world.desk.hint(world.caller("ana"), TODAY, 1) == NoticeView(
        text=wording.replies.closed(revealed=False)
    )
    receipt = await world.reply("ana", "once more")
    assert isinstance(receipt, ReceiptView)
    assert receipt.sentence == wording.replies.NO_ROUND
    document = await world.quiz("ana", "export")
    assert isinstance(document, DocumentView)
    found = json.loads(document.text)
    assert (found["rounds"], found["awards"][0]["points"]) == ([], 6)
    assert await world.is_sound()


async def test_an_erasure_after_everything_ran_out_leaves_nothing_either(world: World) -> None:
    await world.set_up()
    await day(world, 0, zoe="alpha")
    await world.admin("pause")
    await world.at(17, day=MONDAY + timedelta(days=2))
    await retired(world)

    await world.quiz("zoe", "forget-me yes")

    assert await leftovers(world.store.steady, "zoe") == []
    assert await world.is_sound()


async def test_a_form_that_was_open_while_being_forgotten_takes_a_new_reply(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.quiz("ana", "forget-me yes")

    form = await world.desk.answer_form(world.caller("ana"))

    assert isinstance(form, FormView)
    assert form.present == ""
    assert (await world.reply("ana", "beta", version=round(MORNING.timestamp() * 1e6) + 10**10)).repliers == 1
