"""Appeals, decisions and feedback by buttons and forms."""

from bot import wording
from bot.wording import labels
from tests.adapters.slack.inbound.quiz import Quiz
from tests.fakes.slack import Message, View


async def revealed(quiz: Quiz, post: Message, text: str = "alpha") -> Message:
    """Let Ana answer, and the question be revealed."""
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.send(quiz.ana, form, {"text": text})
    return await quiz.reveal()


async def review(quiz: Quiz) -> Message:
    """Return what the lead is shown."""
    await quiz.type(quiz.lead, "/quiz-admin review")
    return await quiz.told(quiz.lead, "wait")


async def ticked(quiz: Quiz, post: Message, text: str = "alpha") -> Message:
    """Let Ana tick what was not seen; return what the lead is shown."""
    reveal = await revealed(quiz, post, text)
    grade = await quiz.opened(quiz.ana, reveal, "My grade")
    await quiz.send(quiz.ana, grade, {"point:1": ["yes"], "reason": "I meant it"})
    return await review(quiz)


def ending(view: View | None) -> str:
    assert view
    return str(view.blocks)


async def test_one_tap_accepts(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)

    await quiz.press(quiz.lead, shown, "Accept")

    await quiz.told(quiz.lead, wording.review.ACCEPTED)
    assert await quiz.points() == {"ana": 8}


async def test_a_lead_reads_somebody_s_reply_not_their_own(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    form = await quiz.opened(quiz.lead, shown, "Decide…")

    for said in (str(shown.blocks), ending(form)):
        assert labels.REPLY in said
        assert labels.YOUR_REPLY not in said
        assert "your reply" not in said


async def test_overruling_needs_a_reason_and_the_form_waits_for_it(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    form = await quiz.opened(quiz.lead, shown, "Decide…")

    refused = await quiz.send(quiz.lead, form, {"decision": "overrule"})
    done = await quiz.send(quiz.lead, form, {"reason": "It is not in it"})

    assert refused.errors == {"reason": wording.review.OVERRULING_NEEDS_REASON}
    assert wording.review.OVERRULED in ending(done.view)
    assert await quiz.points() == {"ana": 6}


async def test_a_passage_is_learnt_by_the_form(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post, "alpha, then the second letter")
    form = await quiz.opened(quiz.lead, shown, "Decide…")

    refused = await quiz.send(quiz.lead, form, {"learn": "2", "text": "gamma"})
    done = await quiz.send(quiz.lead, form, {"text": "the second letter"})

    assert refused.errors == {"reason": wording.phrasings.fits_two(3)}
    assert wording.phrasings.LEARNT in ending(done.view)
    await quiz.type(quiz.lead, "/quiz-admin phrasings q0")
    await quiz.told(quiz.lead, "the second letter")


async def test_a_form_left_open_by_one_lead_does_not_decide_again(quiz: Quiz, post: Message) -> None:
    shown = await ticked(quiz, post)
    form = await quiz.opened(quiz.lead, shown, "Decide…")
    await quiz.press(quiz.lead, shown, "Accept")
    await quiz.rest()

    late = await quiz.send(quiz.lead, form, {"decision": "overrule", "reason": "no"})

    assert wording.review.CHANGED in ending(late.view)
    assert await quiz.points() == {"ana": 8}


async def test_an_appeal_is_written_in_place_of_the_grade_and_read_by_the_lead(quiz: Quiz, post: Message) -> None:
    reveal = await revealed(quiz, post, "I don't know")
    await quiz.press(quiz.ana, reveal, "My grade")
    grade = await quiz.slack.until(lambda: quiz.slack.modal(quiz.ana))
    await quiz.press(quiz.ana, grade, "Appeal")
    form = await quiz.slack.until(lambda: quiz.form(quiz.ana))

    sent = await quiz.send(quiz.ana, form, {"reason": "it is a name"})

    assert wording.review.APPEALED in ending(sent.view)
    shown = await review(quiz)
    assert "it is a name" in str(shown.blocks)
    await quiz.press(quiz.lead, shown, "Accept")
    await quiz.rest()
    assert await quiz.points() == {"ana": 2}


async def test_an_appeal_for_what_counts_already_stays_in_its_form(quiz: Quiz, post: Message) -> None:
    await revealed(quiz, post)
    await quiz.type(quiz.ana, "/quiz grade")
    shown = await quiz.told(quiz.ana, wording.grades.CHECK_NOTICE[:40])
    form = await quiz.opened(quiz.ana, shown, "Appeal")

    refused = await quiz.send(quiz.ana, form, {"reason": "please"})

    assert refused.errors == {"reason": wording.review.NOTHING_TO_APPEAL}


async def test_a_button_under_the_reveal_says_what_one_thinks_of_the_question(quiz: Quiz, post: Message) -> None:
    reveal = await revealed(quiz, post)

    await quiz.press(quiz.ana, reveal, "Unclear")

    await quiz.told(quiz.ana, "Noted: unclear")
    await quiz.type(quiz.lead, "/quiz-admin review")
    await quiz.told(quiz.lead, "1 unclear")
