"""Reviews: what a lead is shown, and what a decision does."""

import pytest

from bot import wording
from bot.domain.review import MAX_REASON
from bot.service.review import PAGE
from bot.views import (
    GradeView,
    NoticeView,
    ReviewView,
    StatusView,
)
from tests.leftovers import leftovers
from tests.service.reviewing import HALF, grade, item, revealed, ticked, ticks, waiting
from tests.world import ANA, PLACE, TODAY, World, who


async def test_with_nothing_to_decide_a_lead_is_not_bothered(world: World) -> None:
    await revealed(world)
    await world.desk.check(world.caller("ana"), TODAY, [False, False, False])

    status = await world.admin("status")

    assert isinstance(status, StatusView)
    assert not any("review" in note for note in status.notes)
    assert await waiting(world) == ReviewView(place=PLACE, notice=wording.review.NOTHING_WAITS)
    assert world.told() == []


async def test_a_tick_above_the_suggestion_waits_with_its_reason_and_without_its_writer(world: World) -> None:
    await revealed(world)
    await ticked(world)

    one, status = await item(world), await world.admin("status")

    assert (one.what, one.reply, one.in_question, one.reason) == (wording.review.TICKS, HALF, (2,), "I meant it")
    assert "ana" not in f"{one.id} {one.what}"
    assert isinstance(status, StatusView)
    assert wording.review.waiting(1) in status.notes
    assert await world.points() == {"ana": 8}


async def test_a_tick_that_is_taken_back_waits_no_longer(world: World) -> None:
    await revealed(world)
    await ticked(world)
    await world.desk.check(world.caller("ana"), TODAY, [True, False, False])

    assert (await waiting(world)).items == ()


async def test_what_was_not_seen_is_asked_a_reason_for_and_what_was_wondered_about_is_not(world: World) -> None:
    await revealed(world, ana=f"{HALF} and beta?")

    wondered = await world.desk.check(world.caller("ana"), TODAY, [True, True, False])
    unseen = await world.desk.check(world.caller("ana"), TODAY, [True, True, True])
    reasoned = await world.desk.check(world.caller("ana"), TODAY, [True, True, True], "it follows")

    views = [view for view in (wondered, unseen, reasoned) if isinstance(view, GradeView)]
    assert [view.notice for view in views] == [
        wording.grades.CHECK_KEPT,
        f"{wording.grades.CHECK_KEPT} {wording.review.WHY_WANTED}",
        wording.grades.CHECK_KEPT,
    ]


@pytest.mark.parametrize("decision", ["accept 3", "accept 3 -- because of this", "overrule 3 -- it is not there"])
async def test_a_point_beside_a_decision_that_learns_nothing_is_no_reason(world: World, decision: str) -> None:
    await revealed(world)
    await ticked(world)
    one = await item(world)

    assert await world.admin(f"review {one.id} {decision}") == NoticeView(text=wording.review.POINT_IS_FOR_LEARN)

    assert await item(world) == one


async def test_a_reason_may_begin_with_a_number(world: World) -> None:
    await revealed(world)
    await ticked(world)

    await world.admin(f"review {(await item(world)).id} accept -- 2 of them are there")

    assert (await grade(world)).notice == wording.review.decision(accepted=True, reason="2 of them are there")


async def test_an_accepted_tick_stands_and_is_final(world: World) -> None:
    await revealed(world)
    await ticked(world)

    view = await waiting(world, f"{(await item(world)).id} accept")
    again = await world.desk.check(world.caller("ana"), TODAY, [True, True, True])
    appealed = await world.desk.appeal(world.caller("ana"), TODAY, [True, True, True], "and gamma")

    assert view.notice == f"{wording.review.ACCEPTED}\n{wording.review.NOTHING_WAITS}"
    assert isinstance(again, GradeView)
    assert (again.total, again.origin, again.open_until, again.may_appeal) == (8, "reviewed", None, False)
    assert again.notice == wording.review.decision(accepted=True, reason="")
    assert appealed == again
    assert await world.points() == {"ana": 8}
    assert await world.is_sound()


async def test_an_overruled_tick_is_taken_back_with_its_points_and_says_why(world: World) -> None:
    await revealed(world, ana=HALF, ben="alpha, beta")
    await ticked(world)

    view = await waiting(world, f"{(await item(world)).id} overrule -- beta is not in it")

    own = await grade(world)
    assert view.notice.startswith(wording.review.OVERRULED)
    assert (own.total, ticks(own)) == (6, (True, False, False))
    assert own.notice == wording.review.decision(accepted=False, reason="beta is not in it")
    assert await world.points() == {"ana": 6, "ben": 8}
    assert await world.is_sound()


async def test_overruling_needs_a_reason_of_a_length_that_is_read(world: World) -> None:
    await revealed(world)
    await ticked(world)
    one = await item(world)

    assert await world.admin(f"review {one.id} overrule") == NoticeView(text=wording.review.OVERRULING_NEEDS_REASON)
    said = await world.admin(f"review {one.id} overrule {'n' * (MAX_REASON + 1)}")
    assert said == NoticeView(text=wording.review.too_long(MAX_REASON + 1))
    assert await world.points() == {"ana": 8}


async def test_of_two_leads_the_first_decides_and_the_other_is_told(world: World) -> None:
    await revealed(world)
    await ticked(world)
    one = await item(world)

    async def other() -> None:
        await world.admin(f"review {one.id} accept")

    world.mischief.before("decide", other)
    view = await waiting(world, f"{one.id} overrule no")
    later = await waiting(world, f"{one.id} overrule no")

    assert view.notice.startswith(wording.review.ALREADY_DECIDED)
    assert later.notice.startswith(wording.review.CHANGED)
    assert (await grade(world)).total == 8
    assert await world.is_sound()


async def test_nobody_decides_what_was_changed_since_it_was_seen(world: World) -> None:
    await revealed(world)
    await ticked(world)
    one = await item(world)

    async def change() -> None:
        await world.desk.check(world.caller("ana"), TODAY, [True, True, True], "more")

    world.mischief.before("decide", change)
    meanwhile = await waiting(world, f"{one.id} accept")
    stale = await waiting(world, one.id)

    assert meanwhile.notice.startswith(wording.review.CHANGED)
    assert stale.notice.startswith(wording.review.CHANGED)
    (now,) = stale.items
    assert now.in_question == (2, 3)
    assert (await waiting(world, now.id)).items == (now,)


async def test_a_page_has_some_of_them_newest_first_and_says_where_it_goes_on(world: World) -> None:
    names = [f"m{number}" for number in range(PAGE + 1)]
    await revealed(world, **dict.fromkeys(names, HALF))
    for name in names:
        world.clock.go(minutes=1)
        await ticked(world, name, name)

    first = await waiting(world)
    last = await waiting(world, f"after {first.after}")

    assert [one.reason for one in (*first.items, *last.items)] == names[::-1]
    assert (first.after, last.after) == (PAGE, 0)
    assert str(PAGE + 1) in last.notice


async def test_of_very_many_that_wait_the_oldest_is_found_without_looking_at_the_others(world: World) -> None:
    await revealed(world)
    await ticked(world)
    one, key = await item(world), "studybot:console:home:review:general"
    now = world.clock.at.timestamp() * 1000
    await world.store.steady.zadd(key, {f"{TODAY}/{who(f'm{number}')}": now + 1 for number in range(600)})

    view = await waiting(world, one.id)

    assert view.items == (one,)
    assert await world.store.steady.zcard(key) == 601


async def test_what_is_gone_waits_no_longer(world: World) -> None:
    await revealed(world, ana=HALF, ben=HALF)
    await ticked(world)
    await ticked(world, "ben")
    await world.store.steady.hdel("studybot:console:home:replies:general:2025-03-03", who("ben"))

    (one,) = (await waiting(world)).items
    await world.store.steady.delete("studybot:console:home:grades:general:2025-03-03")

    assert (await waiting(world)).items == ()
    assert (await waiting(world, f"{one.id} accept")).notice.startswith(wording.review.CHANGED)
    assert await world.store.steady.zcard("studybot:console:home:review:general") == 0


async def test_a_grade_that_goes_while_it_is_decided_or_appealed_for_is_not_made_again(world: World) -> None:
    await revealed(world)
    await ticked(world)
    one = await item(world)

    async def erased() -> None:
        await world.members.erase(ANA)

    world.mischief.before("decide", erased)
    view = await waiting(world, f"{one.id} accept")

    assert view.notice.startswith(wording.review.CHANGED)
    assert await leftovers(world.store.steady, ANA, HALF, "I meant it") == []
    assert await world.is_sound()


@pytest.mark.parametrize("state", ["ticked", "appealed", "decided"])
async def test_an_erased_member_leaves_nothing_that_waits_and_no_news(world: World, state: str) -> None:
    await revealed(world, ana=HALF, ben=HALF)
    await ticked(world, "ben", "bens own")
    world.clock.go(minutes=1)
    await ticked(world, "ana", "quokka")
    if state != "ticked":
        await world.quiz("ana", "appeal 3 -- quokka")
    if state == "decided":
        newest = (await waiting(world)).items[0]
        await world.admin(f"review {newest.id} overrule quokka")

    await world.members.erase(ANA)

    assert await leftovers(world.store.steady, ANA, "quokka") == []
    assert (await item(world)).reason == "bens own"
    assert await world.is_sound()


@pytest.mark.parametrize("said", ["nonsense", "after ages", "0123abcd0 shrug"])
async def test_what_a_lead_says_and_nobody_understands_is_answered_with_what_can_be_said(
    world: World, said: str
) -> None:
    await world.set_up()

    view = await world.admin(f"review {said}")

    assert isinstance(view, NoticeView)
    assert wording.review.HOW in view.text


async def test_only_who_looks_after_the_quiz_sees_what_waits(world: World) -> None:
    await revealed(world)
    await ticked(world)
    one = await item(world)
    anybody = world.caller("ben")
    not_admin = NoticeView(text=wording.desk.NOT_ADMIN)

    assert await world.desk.command(anybody, "quiz-admin", "review") == not_admin
    assert await world.desk.review_item(anybody, one.id) == not_admin
    assert await world.desk.decide(anybody, one.id, accept=True) == not_admin
    lead = world.caller("ben", admin=True)
    shown = await world.desk.review_item(lead, one.id)
    done = await world.desk.decide(lead, one.id, accept=True)
    assert isinstance(shown, ReviewView)
    assert isinstance(done, ReviewView)
    assert shown.items == (one,)
    assert done.items == ()


async def test_who_nearly_repeats_an_open_reply_is_told_so_and_counts_if_a_lead_allows_it(world: World) -> None:
    said = "first alpha comes to mind, then beta as the second of them, and in the end there is nothing more to say"
    await world.set_up()
    await world.at(9)
    await world.say("ben", said)
    world.clock.go(minutes=1)
    await world.reply("ana", said.replace("comes to mind", "comes up"))
    await world.at(16)

    told = (await grade(world)).notice
    await world.quiz("ana", "appeal 1 2 -- we work at one desk")
    one = await item(world)
    before = await world.points()
    await world.admin(f"review {one.id} accept")

    assert (told, one.what) == (wording.grades.COPIED, wording.review.APPEAL_OF_COPY)
    assert (before, await world.points()) == ({"ben": 8}, {"ana": 8, "ben": 8})
    assert await world.boards.streak(PLACE, ANA) == (1, 1)
    assert await world.is_sound()
