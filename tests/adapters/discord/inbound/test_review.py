"""Appeals, decisions, learning, grading anew and feedback by buttons, forms and commands."""

import re

from adapters.discord.views import ways
from bot import wording
from bot.ports import StoreUnavailable
from bot.wording import labels
from tests.adapters.discord.inbound.quiz import Quiz
from tests.adapters.discord.inbound.test_forms import written
from tests.fakes.discord import Message, Modal, pressable, words


async def revealed(quiz: Quiz, post: Message, text: str = "alpha") -> Message:
    """Let Ana answer, and the question be revealed."""
    await quiz.answered(quiz.ana, post, text)
    return await quiz.reveal()


async def own_grade(quiz: Quiz, reveal: Message) -> Message:
    return await quiz.shown(await quiz.press(quiz.ana, reveal, labels.MY_GRADE))


async def review(quiz: Quiz) -> Message:
    """Return what the lead is shown."""
    return await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin review"))


async def ticked(quiz: Quiz, post: Message, text: str = "alpha") -> Message:
    """Let Ana tick what was not seen; return what the lead is shown."""
    grade = await own_grade(quiz, await revealed(quiz, post, text))
    form = await quiz.opened(quiz.ana, grade, labels.CHECK)
    await quiz.send(quiz.ana, form, {"points": ["0", "1"], "reason": "I meant it"})
    await quiz.comes_to({"ana": 8})
    return await review(quiz)


async def appealing(quiz: Quiz, post: Message) -> tuple[Message, Modal]:
    """Return Ana's grade of a reply that was taken for no answer, and the form of an appeal about it."""
    grade = await own_grade(quiz, await revealed(quiz, post, "I don't know"))
    return grade, await quiz.opened(quiz.ana, grade, labels.APPEAL)


async def changed(quiz: Quiz, shown: Message, said: str) -> None:
    await quiz.discord.until(lambda: said in words(shown))


async def test_one_tap_accepts_and_what_still_waits_takes_the_place_of_the_list(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    assert "I meant it" in words(shown)
    assert quiz.ana.id not in words(shown)

    await quiz.press(quiz.lead, shown, labels.ACCEPT)

    await changed(quiz, shown, wording.review.ACCEPTED)
    assert wording.review.NOTHING_WAITS in words(shown)
    assert await quiz.points() == {"ana": 8}


async def test_overruling_needs_a_reason_and_the_form_keeps_what_was_chosen(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    form = await quiz.opened(quiz.lead, shown, labels.DECIDE)

    await quiz.send(quiz.lead, form, {"decision": "overrule", "text": "my own words"})

    refused = await quiz.told(quiz.lead, wording.review.OVERRULING_NEEDS_REASON)
    again = await quiz.opened(quiz.lead, refused, ways.TRY_AGAIN)
    assert (written(again, "decision"), written(again)) == ("overrule", "my own words")
    await quiz.send(quiz.lead, again, {"reason": "It is not in it"})
    await quiz.told(quiz.lead, wording.review.OVERRULED)
    assert await quiz.points() == {"ana": 6}


async def test_a_decision_is_told_once_with_its_reason_and_stands_in_the_grade(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    form = await quiz.opened(quiz.lead, shown, labels.DECIDE)
    await quiz.send(quiz.lead, form, {"decision": "overrule", "reason": "It is not in it"})
    await changed(quiz, shown, wording.review.OVERRULED)

    first = await quiz.shown(await quiz.type(quiz.ana, "/quiz me"))
    second = await quiz.shown(await quiz.type(quiz.ana, "/quiz me"))

    assert "was overruled: It is not in it" in words(first)
    assert "was overruled" not in words(second)
    assert "It is not in it" in words(await quiz.shown(await quiz.type(quiz.ana, "/quiz grade")))


async def test_who_would_appeal_after_the_decision_is_shown_it(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    grade = await own_grade(quiz, quiz.reveals(post)[0])
    await quiz.press(quiz.lead, shown, labels.ACCEPT)
    await changed(quiz, shown, wording.review.ACCEPTED)

    told = await quiz.shown(await quiz.press(quiz.ana, grade, labels.APPEAL))

    assert "accepted what was in question" in words(told)


async def test_a_passage_is_learnt_by_the_form(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post, "alpha, then the second letter")
    form = await quiz.opened(quiz.lead, shown, labels.DECIDE)

    await quiz.send(quiz.lead, form, {"learn": "2", "text": "gamma"})
    refused = await quiz.told(quiz.lead, wording.phrasings.fits_two(3))
    again = await quiz.opened(quiz.lead, refused, ways.TRY_AGAIN)
    assert (written(again, "learn"), written(again)) == (["2"], "gamma")
    await quiz.send(quiz.lead, again, {"text": "the second letter"})

    await quiz.told(quiz.lead, wording.phrasings.LEARNT)
    asked = re.findall(r"q\d", words(await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin phrasings"))))
    listed = await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin phrasings", question=asked[0]))
    assert "the second letter" in words(listed)


async def test_a_list_that_one_lead_left_open_does_not_decide_again(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    form = await quiz.opened(quiz.lead, shown, labels.DECIDE)
    await quiz.press(quiz.lead, shown, labels.ACCEPT)
    await changed(quiz, shown, wording.review.ACCEPTED)

    await quiz.send(quiz.lead, form, {"decision": "overrule", "reason": "no"})

    await quiz.told(quiz.lead, wording.review.CHANGED)
    assert await quiz.points() == {"ana": 8}


async def test_who_does_not_look_after_the_quiz_decides_nothing(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    (accept,) = [one["custom_id"] for label, one in pressable(shown) if label == labels.ACCEPT]
    reveal = quiz.reveals(post)[0]
    _, feedback = pressable(reveal)[-1]
    feedback["custom_id"] = accept

    await quiz.press(quiz.ana, reveal, accept)

    await quiz.told(quiz.ana, wording.desk.NOT_ADMIN)


async def test_an_appeal_is_written_from_the_grade_and_read_by_the_lead(quiz: Quiz, post: Message) -> None:
    grade, form = await appealing(quiz, post)

    await quiz.send(quiz.ana, form, {"reason": "it is a name"})

    await changed(quiz, grade, wording.review.APPEALED[:40])
    shown = await review(quiz)
    assert "it is a name" in words(shown)
    await quiz.press(quiz.lead, shown, labels.ACCEPT)
    await quiz.comes_to({"ana": 2})


async def test_an_appeal_that_is_not_kept_stands_in_its_form_when_it_is_opened_again(quiz: Quiz, post: Message) -> None:
    _, form = await appealing(quiz, post)
    quiz.mischief.before("appeal", StoreUnavailable())

    await quiz.send(quiz.ana, form, {"points": ["1"], "reason": "it is a name"})

    told = await quiz.told(quiz.ana, wording.desk.NOT_DONE)
    again = await quiz.opened(quiz.ana, told, ways.TRY_AGAIN)
    assert (written(again, "points"), written(again, "reason")) == (["1"], "it is a name")


async def test_an_appeal_for_what_counts_already_is_offered_again(quiz: Quiz, post: Message) -> None:
    grade = await own_grade(quiz, await revealed(quiz, post))
    form = await quiz.opened(quiz.ana, grade, labels.APPEAL)

    await quiz.send(quiz.ana, form, {"reason": "please"})

    told = await quiz.told(quiz.ana, wording.review.NOTHING_TO_APPEAL)
    assert written(await quiz.opened(quiz.ana, told, ways.TRY_AGAIN), "reason") == "please"


async def test_an_appeal_may_be_typed(quiz: Quiz, post: Message) -> None:
    await revealed(quiz, post)

    kept = await quiz.shown(await quiz.type(quiz.ana, "/quiz appeal", points="2", reason="beta is meant"))

    assert wording.review.APPEALED[:40] in words(kept)
    assert "beta is meant" in words(await review(quiz))


async def test_a_button_under_the_reveal_says_what_one_thinks_of_the_question(quiz: Quiz, post: Message) -> None:
    reveal = await revealed(quiz, post)

    noted = await quiz.shown(await quiz.press(quiz.ana, reveal, labels.FEEDBACK["unclear"]))
    await quiz.shown(await quiz.press(quiz.ben, reveal, labels.FEEDBACK["great"]))
    await quiz.shown(await quiz.type(quiz.ben, "/quiz feedback", word="unclear"))

    assert "Noted: unclear" in words(noted)
    assert "2 unclear" in words(await review(quiz))


async def test_a_question_is_graded_anew_once_that_was_confirmed(quiz: Quiz, post: Message) -> None:
    for person, said in ((quiz.ana, "alpha, then the second letter"), (quiz.ben, "the second letter")):
        await quiz.answered(person, post, said)
    reveal = await quiz.reveal()
    earlier = await quiz.shown(await quiz.press(quiz.ben, reveal, labels.MY_GRADE))
    form = await quiz.opened(quiz.ana, await own_grade(quiz, reveal), labels.CHECK)
    await quiz.send(quiz.ana, form, {"points": ["0", "1"], "reason": "I meant it"})
    await quiz.comes_to({"ana": 8, "ben": 2})
    shown = await review(quiz)
    decide = await quiz.opened(quiz.lead, shown, labels.DECIDE)
    await quiz.send(quiz.lead, decide, {"learn": "2", "text": "the second letter"})
    await changed(quiz, shown, wording.phrasings.LEARNT)

    asked = await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin regrade"))
    assert "1 grade of 2 would change" in words(asked)
    assert await quiz.points() == {"ana": 8, "ben": 2}
    done = await quiz.shown(await quiz.press(quiz.lead, asked, wording.regrading.LABEL))

    assert wording.regrading.ASKED in words(done)
    await quiz.later_until(lambda: "4 points" in words(reveal))
    assert "graded anew" in words(await quiz.opened(quiz.ben, earlier, labels.CHECK))
    assert "graded anew" not in words(await quiz.shown(await quiz.type(quiz.ben, "/quiz me")))
