"""Forms: there within moments, whatever the store does, and never losing what was written."""

import asyncio
import time
from typing import Any

import pytest

from adapters.slack.inbound import modals
from bot import wording
from bot.ports import StoreUnavailable
from bot.wording import labels
from tests.adapters.slack.inbound.quiz import Quiz, spoken
from tests.fakes.slack import Message, View, payloads


async def test_the_form_has_one_field_and_the_present_reply_in_it(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    assert [block["element"]["multiline"] for block in form.blocks if block["type"] == "input"] == [True]
    await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})
    again = await quiz.opened(quiz.ana, post, "Answer")
    (field,) = [block for block in again.blocks if block["type"] == "input"]
    assert field["element"]["initial_value"] == "alpha"


async def test_a_form_that_the_store_keeps_waiting_opens_empty_and_stays(quiz: Quiz, post: Message) -> None:
    await quiz.stall(0.8)
    began = time.monotonic()
    form = await quiz.opened(quiz.ana, post, "Answer")
    assert time.monotonic() - began < 0.7
    assert wording.replies.PRESENT_UNREAD in str(form.blocks)
    hash_ = form.hash
    await quiz.rest()
    assert form.hash == hash_
    assert (await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})).outcome == "closed"
    await quiz.told(quiz.ana, "Your reply is saved")


async def test_a_form_that_opened_empty_is_not_taken_away_when_the_store_fails(quiz: Quiz, post: Message) -> None:
    await quiz.stall(1.8)  # longer than the bot waits for the store

    form = await quiz.opened(quiz.ana, post, "Answer")
    hash_ = form.hash
    await quiz.rest()
    await asyncio.sleep(2)

    assert quiz.slack.modal(quiz.ana) is form
    assert form.hash == hash_


async def test_what_is_not_saved_stays_in_the_form_and_is_taken_the_next_time(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.mischief.before("submit", StoreUnavailable())
    refused = await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})
    assert refused.errors == {"text": wording.replies.NOT_SAVED}
    assert (await quiz.slack.submit(quiz.ana, form)).outcome == "closed"
    await quiz.told(quiz.ana, "Your reply is saved")
    assert not quiz.all_told(quiz.ana, "NOT saved")


async def test_a_form_without_words_stays_open(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    assert "no text" in (await quiz.slack.submit(quiz.ana, form, {"text": "  \n "})).errors["text"]


async def test_an_emptied_form_says_that_the_earlier_reply_counts(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.send(quiz.ana, form, {"text": "alpha"})
    again = await quiz.opened(quiz.ana, post, "Answer")
    assert wording.replies.EARLIER_COUNTS in (await quiz.send(quiz.ana, again, {"text": " \n "})).errors["text"]


async def test_a_fault_of_ours_keeps_the_form_open_with_a_sentence(
    quiz: Quiz, post: Message, caplog: pytest.LogCaptureFixture
) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.mischief.before("submit", ZeroDivisionError())
    assert "went wrong" in (await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})).errors["text"]
    assert "a form could not be taken" in caplog.text


async def test_a_form_sent_twice_is_answered_twice_and_told_once(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.slack.deliveries.twice = True
    assert (await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})).outcome == "closed"
    await quiz.rest()
    assert [answer.ok for _, answer in quiz.slack.deliveries.answers[-2:]] == [True, True]
    assert len(quiz.all_told(quiz.ana, "Your reply is saved")) == 1


async def test_a_click_too_old_for_a_form_gets_a_sentence(quiz: Quiz, post: Message) -> None:
    quiz.slack.workspace.trigger_seconds = 0.0
    await quiz.slack.click(quiz.ana, post, "Answer")
    await quiz.told(quiz.ana, modals.NOT_OPENED)


async def test_a_limit_of_no_time_at_all_keeps_no_form_from_opening(quiz: Quiz, post: Message) -> None:
    quiz.slack.faults.next("views.open", "429", retry_after=0)
    for person in (quiz.ana, quiz.ben):
        await quiz.opened(person, post, "Answer")
    assert not quiz.slack.ephemerals(quiz.ana)


async def test_a_form_whose_opening_was_not_confirmed_is_not_said_to_have_failed(quiz: Quiz, post: Message) -> None:
    quiz.slack.faults.next("views.open", "lost")
    await quiz.slack.click(quiz.ana, post, "Answer")
    await quiz.slack.until(lambda: quiz.form(quiz.ana))
    await quiz.rest()
    assert not quiz.slack.ephemerals(quiz.ana)


@pytest.mark.parametrize(("fault", "known_by"), [("", "view_id"), ("lost", "external_id")])
async def test_a_page_that_waits_is_filled_in_by_its_id_and_by_its_name_where_that_was_lost(
    quiz: Quiz, fault: str, known_by: str
) -> None:
    if fault:
        quiz.slack.faults.next("views.open", fault)
    await quiz.stall(0.6)
    await quiz.type(quiz.lead, "/quiz-admin setup")
    await quiz.slack.until(lambda: quiz.form(quiz.lead))
    (updated,) = [call for call in quiz.slack.log.calls if call.method == "views.update"]
    assert known_by in updated.args


async def test_a_page_that_was_filled_in_without_an_answer_is_left_as_it_is(quiz: Quiz) -> None:
    quiz.slack.faults.next("views.update", "lost")
    await quiz.stall(0.6)
    await quiz.type(quiz.lead, "/quiz-admin setup")
    form = await quiz.slack.until(lambda: quiz.form(quiz.lead))
    hash_ = form.hash
    await quiz.rest()
    await asyncio.sleep(0.5)
    assert quiz.slack.log.count("views.update") == 2
    assert form.hash == hash_
    assert not quiz.all_told(quiz.lead, "form")


async def test_a_page_that_cannot_be_filled_in_is_not_left_without_a_word(quiz: Quiz) -> None:
    quiz.slack.faults.next("views.update", "invalid_arguments")
    await quiz.stall(0.6)
    await quiz.type(quiz.lead, "/quiz-admin setup")
    await quiz.told(quiz.lead, modals.NOT_FILLED)


async def test_a_page_that_was_closed_meanwhile_is_not_spoken_of(quiz: Quiz) -> None:
    await quiz.stall(0.8)
    await quiz.type(quiz.lead, "/quiz-admin setup")
    waiting = await quiz.slack.until(lambda: quiz.slack.modal(quiz.lead))
    await quiz.slack.close(quiz.lead, waiting)
    await quiz.rest()
    await asyncio.sleep(1)
    assert not quiz.all_told(quiz.lead, "form")


async def test_an_old_answer_button_names_what_is_open_instead(quiz: Quiz, post: Message) -> None:
    quiz.slack.faults.next("chat.update", "edit_window_closed", times=10)
    await quiz.reveal()
    await quiz.type(quiz.lead, "/quiz-admin ask-now")
    await quiz.later_until(lambda: quiz.posts()[1:])
    await quiz.press(quiz.ana, post, "Answer")
    told = await quiz.told(quiz.ana, "This question has closed. Its reveal stands with its post.")
    assert "Open now is another one, on " in told.text


async def test_an_old_post_s_button_says_so_kindly(quiz: Quiz, post: Message) -> None:
    await quiz.reveal()
    grade = next(one for one in quiz.reveals(post))
    await quiz.slack.click(quiz.ana, grade, "My grade")
    await quiz.told(quiz.ana, "You did not reply to that question")


async def test_who_presses_before_the_store_knows_of_the_reveal_gets_the_grade_all_the_same(
    quiz: Quiz, post: Message
) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})
    quiz.mischief.before("revealed", lambda: asyncio.sleep(0.6))
    await quiz.type(quiz.lead, "/quiz-admin reveal-now")
    revealing = asyncio.create_task(quiz.later_until(lambda: quiz.reveals(post)))
    reveal = await quiz.slack.until(lambda: next(iter(quiz.reveals(post)), None))
    await quiz.opened(quiz.ana, reveal, "My grade")
    await revealing


async def test_the_grade_stays_open_after_it_was_changed(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.slack.submit(quiz.ana, form, {"text": "alpha"})
    grade = await quiz.opened(quiz.ana, await quiz.reveal(), "My grade")
    sent = await quiz.slack.submit(quiz.ana, grade, {"point:1": ["yes"], "reason": "I meant it"})
    assert sent.outcome == "updated"
    assert await quiz.points() == {"ana": 8}
    assert sent.view
    assert (await quiz.slack.submit(quiz.ana, sent.view, {"point:0": []})).outcome == "updated"
    assert await quiz.points() == {"ana": 4}


async def test_a_check_that_is_not_saved_stays_in_its_form(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.send(quiz.ana, form, {"text": "alpha"})
    grade = await quiz.opened(quiz.ana, await quiz.reveal(), "My grade")
    quiz.mischief.before("check", StoreUnavailable())

    refused = await quiz.send(quiz.ana, grade, {"point:1": ["yes"], "reason": "second sentence"})

    assert refused.errors == {"point:0": wording.desk.NOT_DONE}
    assert (await quiz.send(quiz.ana, grade)).outcome == "updated"
    assert await quiz.points() == {"ana": 8}


async def test_a_reason_is_in_the_form_again(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.send(quiz.ana, form, {"text": "alpha"})
    reveal = await quiz.reveal()
    grade = await quiz.opened(quiz.ana, reveal, "My grade")
    await quiz.send(quiz.ana, grade, {"point:1": ["yes"], "reason": "second sentence"})

    again = await quiz.opened(quiz.ana, reveal, "My grade")

    assert _fields(again)["reason"]["initial_value"] == "second sentence"


async def test_a_form_left_open_does_not_undo_a_later_check(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.send(quiz.ana, form, {"text": "alpha"})
    stale = await quiz.opened(quiz.ana, await quiz.reveal(), "My grade")
    await quiz.type(quiz.ana, "/quiz grade 1 2 3 -- all of it")
    await quiz.rest()

    sent = await quiz.send(quiz.ana, stale, {"point:2": []})

    assert await quiz.points() == {"ana": 10}
    assert sent.view
    assert wording.grades.CHANGED_SINCE in str(sent.view.blocks)
    assert all("initial_options" in _fields(sent.view)[f"point:{number}"] for number in range(3))
    assert (await quiz.send(quiz.ana, sent.view, {"point:2": []})).outcome == "updated"
    assert await quiz.points() == {"ana": 8}


async def test_hints_come_one_after_the_other_and_leave_a_practice_form_as_it_is(quiz: Quiz, post: Message) -> None:
    await quiz.slack.click(quiz.ana, post, "Hint")
    first = await quiz.told(quiz.ana, "first letters")
    await quiz.slack.click(quiz.ana, first, labels.NEXT_HINT)
    await quiz.told(quiz.ana, "Greek")
    await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz ask")
    given = await quiz.told(quiz.ana, "What would you look at")
    form = await quiz.opened(quiz.ana, given, "Answer")
    await quiz.slack.click(quiz.ana, form, "Hint", values={"text": "half an answer"})
    hint = await quiz.slack.until(lambda: top if (top := quiz.slack.modal(quiz.ana)) is not form else None)
    await quiz.slack.click(quiz.ana, hint, labels.NEXT_HINT)
    await quiz.slack.until(lambda: "Greek" in str(hint.blocks))
    await quiz.slack.close(quiz.ana, hint)
    assert (await quiz.slack.submit(quiz.ana, form)).outcome == "updated"


async def test_a_click_in_a_thread_is_answered_in_the_thread(quiz: Quiz, post: Message) -> None:
    reveal = await quiz.reveal()
    await quiz.slack.click(quiz.ana, reveal, "Leaderboard")
    await quiz.rest()
    (board,) = quiz.slack.ephemerals(quiz.ana)
    assert board.thread_ts == post.ts
    assert spoken(board)


def _fields(form: View) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block["element"] for block in form.blocks if block["type"] == "input"}


async def test_a_grade_sent_without_values_keeps_what_was_ticked(quiz: Quiz, post: Message) -> None:
    """Slack names no value of a field that nobody touched, in some of its clients."""
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.send(quiz.ana, form, {"text": "I say alpha"})
    reveal = await quiz.reveal()
    grade = await quiz.opened(quiz.ana, reveal, "My grade")
    before = await quiz.points()

    payload = payloads.submission(quiz.slack.workspace, quiz.ana, grade, {})
    answer = await quiz.slack.deliveries.ask("interactive", payload)

    assert answer.payload
    assert answer.payload["response_action"] == "update"
    assert "point:1" in str(answer.payload)
    assert await quiz.points() == before
