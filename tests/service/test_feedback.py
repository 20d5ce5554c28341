"""What members say of a question, and what a lead sees of it."""

import pytest

from bot import wording
from bot.domain.feedback import Feedback
from bot.views import NoticeView, QuestionReport
from tests.expiry import keys_without_expiry
from tests.leftovers import leftovers
from tests.service.reviewing import revealed, waiting
from tests.world import ANA, MONDAY, TODAY, World


async def said(world: World, **words: str) -> None:
    for name, word in words.items():
        await world.quiz(name, f"feedback {word}")


async def test_a_lead_sees_how_many_said_what_of_which_question(world: World) -> None:
    await revealed(world)
    await said(world, ana="wrong", ben=f"{MONDAY} Wrong", chris="great")

    (report,) = (await waiting(world)).reports

    asked = (await world.get()).asked()
    assert report == QuestionReport(round=TODAY, question=asked.id, text=asked.text, said="2 wrong, 1 great")
    assert (await waiting(world, "after 1")).reports == ()
    assert await keys_without_expiry(world.store.steady) == []


async def test_a_member_has_one_word_and_may_change_it_or_take_it_back(world: World) -> None:
    await revealed(world)
    answers = [await world.quiz("ana", f"feedback {word}") for word in ("wrong", "unclear", "unclear")]
    changed = (await waiting(world)).reports
    taken = await world.quiz("ana", "feedback none")

    assert answers[0] == NoticeView(text=wording.feedback.noted(Feedback.WRONG))
    assert [one.said for one in changed] == ["1 unclear"]
    assert taken == NoticeView(text=wording.feedback.TAKEN_BACK)
    assert (await waiting(world)).reports == ()


@pytest.mark.parametrize("words", ["", "lovely"])
async def test_what_is_no_such_word_is_answered_with_those_that_are(world: World, words: str) -> None:
    await revealed(world)

    assert await world.quiz("ana", f"feedback {words}") == NoticeView(text=wording.feedback.WHAT)


async def test_before_a_reveal_there_is_nothing_to_say(world: World) -> None:
    await world.set_up()
    nothing = await world.quiz("ana", "feedback great")
    await world.at(9)

    assert nothing == NoticeView(text=wording.feedback.NOT_YET)
    assert await world.quiz("ana", f"feedback {MONDAY} great") == nothing


async def test_what_an_erased_member_said_is_gone_and_a_copy_had_it(world: World) -> None:
    await revealed(world, ben="alpha")
    await said(world, ana="wrong", ben="great")
    copy = await world.members.export(ANA)

    await world.members.erase(ANA)

    asked = (await world.get()).asked().id
    assert copy["feedback"] == [{"about": f"console:home:general:{asked}", "said": "wrong"}]
    assert await leftovers(world.store.steady, ANA) == []
    assert [one.said for one in (await waiting(world)).reports] == ["1 great"]


async def test_who_is_being_erased_says_nothing_more(world: World) -> None:
    await revealed(world)
    await world.store.steady.hset("studybot:console:erasing", ANA, "token")

    await said(world, ana="wrong")

    assert (await waiting(world)).reports == ()
