"""A round graded anew: what was merely suggested is suggested anew, what somebody has said stands."""

from dataclasses import replace
from typing import Any

import pytest

from bot import wording
from bot.domain.ids import team_of
from bot.domain.question import Question
from bot.domain.reply import Decision
from bot.domain.round import Step
from bot.ports import Limited, OutcomeUnknown, Post, Refused
from bot.views import ConfirmView, GradeView, MeView, NoticeView
from tests.leftovers import leftovers
from tests.mischief import DiedError
from tests.service.reviewing import grade, item, revealed, ticks, waiting
from tests.world import ANA, BEN, MONDAY, PLACE, TODAY, World, question

SECOND = "the second letter"
OWN_WORDS = f"alpha, and then {SECOND}"


async def taught(world: World, **more: str) -> None:
    """Let Ana, Ben and others reply with what the grader learns only afterwards, from Ana's reply."""
    await revealed(world, ana=OWN_WORDS, ben=OWN_WORDS, **more)
    await world.desk.check(world.caller("ana"), TODAY, [True, True, False], "it is beta")
    await world.admin(f"review {(await item(world)).id} learn 2 {SECOND}")


async def regraded(world: World, words: str = "regrade yes") -> NoticeView:
    view = await world.admin(words)
    await world.due()
    assert isinstance(view, NoticeView)
    return view


async def asked_again(world: World, **changes: Any) -> Question:
    """Let the bank have another revision of the question."""
    asked = (await world.get()).asked()
    newest = replace(asked, revision=2, **changes)
    world.shelf.questions = [newest if one.id == asked.id else one for one in world.shelf.questions]
    return newest


def reveal(world: World) -> Any:
    (body,) = world.posts(Post.REVEAL)
    return body


async def test_it_says_first_what_it_would_come_to_and_changes_nothing(world: World) -> None:
    await taught(world, chris="gamma")

    view = await world.admin("regrade")
    await world.due()

    said = wording.regrading.would(TODAY, 3, 1, 2, fits=True)
    assert view == ConfirmView(text=said, command=f"/quiz-admin regrade {MONDAY} yes", label=wording.regrading.LABEL)
    assert await world.points() == {"ana": 8, "ben": 6, "chris": 4}


async def test_what_was_learnt_counts_for_those_who_said_it_before_and_the_reveal_shows_it(world: World) -> None:
    await taught(world, chris="gamma")
    shares = [one["share"] for one in reveal(world)["points"]]

    said = await regraded(world, f"regrade {MONDAY} yes")

    assert said == NoticeView(text=wording.regrading.ASKED)
    assert await world.points() == {"ana": 8, "ben": 8, "chris": 4}
    assert (shares[1], reveal(world)["points"][1]["share"]) == (0.0, pytest.approx(2 / 3))
    assert [one["points"] for one in reveal(world)["day"]["top"]] == [8, 8, 4]
    assert not reveal(world)["final"]
    assert ticks(await grade(world, "ben")) == (True, True, False)
    assert await world.is_sound()


async def test_those_concerned_are_told_once_and_nobody_else(world: World) -> None:
    await taught(world, chris="gamma")
    await regraded(world)
    await regraded(world)

    views = [await world.quiz(name, "me") for name in ("ben", "chris", "ben")]

    notes = [view.note for view in views if isinstance(view, MeView)]
    assert [wording.regrading.news(TODAY) in note for note in notes] == [True, False, False]


async def test_a_final_reveal_stays_final(world: World) -> None:
    await taught(world)
    await world.later(hours=49)

    await regraded(world, f"regrade {MONDAY} yes")

    assert reveal(world)["final"]
    assert await world.points() == {"ana": 8, "ben": 8}
    assert await world.is_sound()


async def test_what_people_have_ticked_stays_with_the_weights_of_the_new_revision(world: World) -> None:
    await revealed(world, ana="alpha", ben="alpha")
    await world.desk.check(world.caller("ana"), TODAY, [False, True, False], "so I meant it")
    alpha, beta, gamma = question().key_points
    await asked_again(world, key_points=(alpha, replace(beta, weight=5), gamma), text="What is it now?")

    await regraded(world)

    own = await grade(world)
    assert (own.text, ticks(own), own.total) == ("What is it now?", (False, True, False), 7)
    assert (await grade(world, "ben")).total == 4
    assert await world.points() == {"ana": 7, "ben": 4}
    assert await world.is_sound()


async def test_a_tick_that_is_suggested_by_now_waits_for_nobody(world: World) -> None:
    await taught(world)
    await world.desk.check(world.caller("ben"), TODAY, [True, True, False], "me too")
    before = len((await waiting(world)).items)

    await regraded(world)

    assert (before, (await waiting(world)).items) == (1, ())
    assert await world.points() == {"ana": 8, "ben": 8}


async def test_an_appeal_waits_on(world: World) -> None:
    await taught(world)
    await world.quiz("ben", "appeal 3 -- gamma is in it")

    await regraded(world)

    assert (await item(world)).in_question == (3,)


async def test_an_appeal_for_what_counts_by_now_is_met_and_told(world: World) -> None:
    await taught(world)
    await world.quiz("ben", "appeal 2 -- beta is in it")

    await regraded(world)
    note = await world.quiz("ben", "me")
    own = await grade(world, "ben")

    assert (await waiting(world)).items == ()
    assert isinstance(note, MeView)
    assert wording.regrading.news(TODAY, met=True) in note.note
    assert (own.total, own.notice) == (8, wording.grades.CHECK_NOTICE)


async def test_an_appeal_of_what_was_taken_for_no_answer_waits_on(world: World) -> None:
    await taught(world, chris="I don't know")
    await world.quiz("chris", "appeal -- it is a name")

    await regraded(world)

    assert (await item(world)).what == wording.review.APPEAL_OF_WORTHLESS


async def test_the_news_of_a_decision_are_not_lost_over_a_grading_anew(world: World) -> None:
    await taught(world)
    alpha, beta, gamma = question().key_points
    await asked_again(world, key_points=(alpha, replace(beta, weight=5), gamma))
    await regraded(world)

    view = await world.quiz("ana", "me")

    assert isinstance(view, MeView)
    assert wording.review.news_of_review(TODAY, Decision(accepted=True)) in view.note


async def test_a_revision_with_other_key_points_is_not_used(world: World) -> None:
    await taught(world)
    await asked_again(world, key_points=question().key_points[:2])

    view = await world.admin("regrade")
    await regraded(world)

    assert isinstance(view, ConfirmView)
    assert view.text.endswith(wording.regrading.would(TODAY, 0, 0, 0, fits=False).rpartition(" stays. ")[2])
    assert (await world.get()).asked().revision == 1
    assert await world.points() == {"ana": 8, "ben": 8}


async def test_a_question_that_left_the_bank_is_graded_as_it_was_asked(world: World) -> None:
    await taught(world)
    world.shelf.questions = []

    await regraded(world)

    assert await world.points() == {"ana": 8, "ben": 8}


async def test_before_a_reveal_there_is_nothing_to_grade_anew(world: World) -> None:
    await world.set_up()
    none_yet = await world.admin("regrade")
    await world.at(9)
    still_open = await world.admin(f"regrade {MONDAY} yes")
    directly = await world.agenda.regrade(TODAY)

    assert none_yet == NoticeView(text=wording.regrading.NOTHING)
    assert still_open == NoticeView(text=wording.regrading.GONE)
    assert not directly


async def test_a_round_that_has_run_out_meanwhile_is_left_alone(world: World) -> None:
    await taught(world)
    await world.admin("regrade yes")
    await world.store.steady.delete("studybot:console:home:round:general:2025-03-03")

    await world.due()

    assert f"{Step.REGRADE}:{TODAY}" not in await world.entries()


async def test_who_checks_meanwhile_is_graded_as_checked(world: World) -> None:
    await taught(world)

    async def check() -> None:
        await world.desk.check(world.caller("ben"), TODAY, [True, False, True], "rather gamma")

    world.mischief.before("regrade", check)
    await regraded(world)

    assert ticks(await grade(world, "ben")) == (True, False, True)
    assert await world.points() == {"ana": 8, "ben": 8}
    assert await world.is_sound()


async def test_who_is_erased_meanwhile_comes_not_back(world: World) -> None:
    await taught(world)

    async def erase() -> None:
        await world.members.erase(BEN)

    world.mischief.before("regrade", erase)
    await regraded(world)

    assert await leftovers(world.store.steady, BEN) == []
    assert await world.is_sound()


async def test_who_has_a_reply_and_no_grade_gets_none(world: World) -> None:
    await taught(world)
    await world.store.steady.hdel("studybot:console:home:grades:general:2025-03-03", BEN)

    await regraded(world)

    assert list(await world.ledger.grades(TODAY)) == [ANA]


async def test_a_hidden_member_gains_where_nobody_sees_it(world: World) -> None:
    await taught(world)
    await world.quiz("ben", "hide")

    await regraded(world)

    assert await world.points() == {"ana": 8}
    assert await world.is_sound()


STEPS = ("ask_step", "reword", "regrade", "edit_reveal", "drop")


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
async def test_a_process_that_dies_at_any_step_ends_where_no_crash_would_have_ended(
    world: World, step: str, when: str
) -> None:
    await taught(world, chris="gamma")
    getattr(world.mischief, when)(step, DiedError())
    if step == "ask_step":
        with pytest.raises(DiedError):
            await world.admin("regrade yes")
    await world.admin("regrade yes")
    await world.due()
    await world.later(minutes=2)

    assert await world.points() == {"ana": 8, "ben": 8, "chris": 4}
    assert reveal(world)["points"][1]["share"] == pytest.approx(2 / 3)
    assert f"{Step.REGRADE}:{TODAY}" not in await world.entries()
    ledger = await world.store.steady.hkeys("studybot:console:home:ledger:general:2025-03")
    assert sorted(one for one in ledger if "re-grade" in one) == [f"{TODAY}/{BEN}/re-grade.1"]
    assert await world.is_sound()


@pytest.mark.parametrize("trouble", [Limited(5), OutcomeUnknown("no answer"), Refused("no permission")])
async def test_a_chat_in_trouble_shows_it_later_or_keeps_what_it_has(world: World, trouble: Exception) -> None:
    await taught(world, chris="gamma")
    world.mischief.before("edit_reveal", trouble)
    await regraded(world)
    await world.later(minutes=2)

    shown = reveal(world)["points"][1]["share"]

    assert shown == (0.0 if isinstance(trouble, Refused) else pytest.approx(2 / 3))
    assert await world.points() == {"ana": 8, "ben": 8, "chris": 4}


async def test_whoever_has_lost_the_entry_changes_nothing(world: World) -> None:
    await taught(world)
    await world.admin("regrade yes")
    old = await world.claim()
    await world.admin("regrade yes")

    await world.life.carry_out(old)
    before = await world.points()
    await world.due()

    assert (before, await world.points()) == ({"ana": 8, "ben": 6}, {"ana": 8, "ben": 8})


async def test_a_lead_s_word_is_not_graded_away(world: World) -> None:
    await taught(world)
    (one,) = await world.phrasings.of(team_of(PLACE), (await world.get()).asked().id)
    await world.admin(f"phrasings {(await world.get()).asked().id} drop {one.id}")

    await regraded(world)

    own = await grade(world)
    assert (own.origin, own.total) == ("reviewed", 8)


async def test_nobody_decides_or_checks_what_is_suggested_otherwise_by_now(world: World) -> None:
    """Ben's tick stays, but it is no longer the tick that a lead or Ben had before them."""
    await taught(world)
    await world.desk.check(world.caller("ben"), TODAY, [True, True, True], "me too")
    seen, before = await grade(world, "ben"), await item(world)

    async def meanwhile() -> None:
        await regraded(world)

    world.mischief.before("decide", meanwhile)
    decided = await waiting(world, f"{before.id} overrule not in it")
    stale = await waiting(world, f"{before.id} overrule not in it")
    checked = await world.desk.check(world.caller("ben"), TODAY, [False] * 3, seen=seen.version)

    assert [view.notice.startswith(wording.review.CHANGED) for view in (decided, stale)] == [True, True]
    assert (before.in_question, (await item(world)).in_question) == ((2, 3), (3,))
    assert isinstance(checked, GradeView)
    assert checked.notice == wording.grades.CHANGED_SINCE
    assert ticks(await grade(world, "ben")) == (True, True, True)


async def test_an_overruled_tick_takes_no_point_for_what_is_suggested_by_now(world: World) -> None:
    await taught(world)
    await world.desk.check(world.caller("ben"), TODAY, [True, True, True], "me too")
    await regraded(world)

    await world.admin(f"review {(await item(world)).id} overrule not in it")

    assert ticks(await grade(world, "ben")) == (True, True, False)
    assert await world.points() == {"ana": 8, "ben": 8}
    assert await world.is_sound()


async def test_grading_anew_what_nothing_has_changed_for_leaves_every_form_as_it_was(world: World) -> None:
    await taught(world)
    await regraded(world)
    seen = (await grade(world, "ben")).version

    await regraded(world)

    assert (await grade(world, "ben")).version == seen
