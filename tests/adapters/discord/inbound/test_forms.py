"""Forms: there within moments, whatever the store does, and never losing what was written."""

import asyncio
import json
import re
import time

import pytest

from adapters.discord.inbound.buttons import UNKNOWN
from adapters.discord.inbound.private import FAILED
from adapters.discord.refusals import OVER
from adapters.discord.views import ways
from bot import wording
from bot.ports import StoreUnavailable
from bot.wording import labels
from tests.adapters.discord.inbound.quiz import Quiz
from tests.fakes.discord import Message, Modal, Person, words
from tests.fakes.discord.screen import fields, state

CALLBACK = "POST /interactions/{interaction}/{token}/callback"


def written(form: Modal, name: str = "text") -> object:
    """Return what stands in a field."""
    return next(state(form, element) for _, element in fields(form) if element["custom_id"] == name)


async def graded(quiz: Quiz, person: Person, reveal: Message) -> Message:
    return await quiz.shown(await quiz.press(person, reveal, "My grade"))


async def test_the_form_has_one_field_and_the_present_reply_in_it(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    assert [(element["type"], element["style"]) for _, element in fields(form)] == [(4, 2)]
    await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha"}))

    again = await quiz.opened(quiz.ana, post, "Answer")

    assert written(again) == "alpha"


async def test_a_form_that_the_store_keeps_waiting_opens_empty_and_says_so(quiz: Quiz, post: Message) -> None:
    await quiz.stall(0.8)
    began = time.monotonic()

    form = await quiz.opened(quiz.ana, post, "Answer")

    assert time.monotonic() - began < 0.7
    assert wording.replies.PRESENT_UNREAD in words(form)
    assert "Your reply is saved" in words(await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha"})))


async def test_a_form_opens_empty_too_where_the_store_is_known_to_be_away(
    quiz: Quiz, post: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.inbound.modals.PATIENCE_SECONDS", 2.0)  # it gives up sooner
    await quiz.stall(1.4)

    form = await quiz.opened(quiz.ana, post, "Answer")

    assert wording.replies.PRESENT_UNREAD in words(form)
    await asyncio.sleep(0.5)
    assert "Your reply is saved" in words(await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha"})))


async def test_what_is_come_to_too_late_is_neither_answered_nor_made(
    quiz: Quiz, post: Message, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    made: list[object] = []
    desk = type(quiz.core.doors.desk)
    monkeypatch.setattr(desk, "leaderboard", lambda *asked: made.append(asked))
    monkeypatch.setattr("adapters.discord.inbound.answers.FIRST_SECONDS", 0.0)
    quiz.discord.world.response_seconds = 0.2
    before = quiz.discord.log.count(CALLBACK)

    answer = await quiz.discord.type_command(quiz.ana, quiz.channel, "/leaderboard")

    assert not answer.ok
    assert "come to too late" in caplog.text
    assert (quiz.discord.log.count(CALLBACK), made) == (before, [])


async def test_a_reply_that_is_come_to_too_late_counts(
    quiz: Quiz, post: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    with monkeypatch.context() as patched:
        patched.setattr("adapters.discord.inbound.answers.FIRST_SECONDS", 0.0)
        quiz.discord.world.response_seconds = 0.2
        assert not (await quiz.discord.submit(quiz.ana, form, {"text": "alpha"})).ok
    quiz.discord.world.response_seconds = 3.0

    assert written(await quiz.opened(quiz.ana, post, "Answer")) == "alpha"


async def test_everything_else_is_answered_at_once_too_while_the_store_keeps_waiting(quiz: Quiz, post: Message) -> None:
    await quiz.stall(0.9)

    answers = [
        await quiz.discord.click(quiz.ana, post, "Hint"),
        await quiz.discord.type_command(quiz.ana, quiz.channel, "/quiz me"),
        await quiz.discord.type_command(quiz.ana, quiz.channel, "/leaderboard"),
    ]
    choices = await quiz.discord.autocomplete(quiz.lead, quiz.channel, "/quiz-admin setup", "zone", "berl")

    assert [answer.kind for answer in answers] == ["deferred"] * 3
    assert max(answer.seconds for answer in answers) < 0.3
    assert choices[0]["value"] == "Europe/Berlin"


async def test_a_form_that_needs_its_content_is_a_button_if_that_comes_late(
    quiz: Quiz, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.inbound.modals.LONGEST_SECONDS", 0.1)
    await quiz.stall(0.5)

    answer = await quiz.type(quiz.lead, "/quiz-admin setup")

    shown = await quiz.shown(answer)
    assert answer.kind == "deferred"
    assert (await quiz.opened(quiz.lead, shown, labels.SET_UP)).title == labels.SETUP_TITLE


async def test_a_form_that_the_store_keeps_shut_is_said_to_have_changed_nothing(quiz: Quiz) -> None:
    await quiz.stall(1.4)

    shown = await quiz.shown(await quiz.type(quiz.lead, "/quiz-admin setup"))

    assert wording.desk.NOT_OPENED in words(shown)
    await asyncio.sleep(0.5)


@pytest.mark.parametrize("name", ["answer", "closed", "hint", "grade", "check", "appeal"])
async def test_a_button_of_a_round_that_cannot_be_is_not_known(quiz: Quiz, post: Message, name: str) -> None:
    garbled = f"{name}:discord:1:2:today"
    post.components = json.loads(re.sub('"answer:[^"]*"', f'"{garbled}"', json.dumps(post.components)))

    assert UNKNOWN in words(await quiz.shown(await quiz.press(quiz.ana, post, garbled)))


async def test_what_is_not_saved_is_shown_again_and_stands_in_the_form_when_it_is_opened_again(
    quiz: Quiz, post: Message
) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.mischief.before("submit", StoreUnavailable())

    told = await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha and more"}))

    assert "NOT saved" in words(told)
    assert "alpha and more" in words(told)
    again = await quiz.opened(quiz.ana, told, ways.TRY_AGAIN)
    assert written(again) == "alpha and more"
    assert "Your reply is saved" in words(await quiz.shown(await quiz.send(quiz.ana, again)))
    assert await quiz.opened(quiz.ana, post, "Answer")


async def test_what_is_not_saved_stands_in_the_form_also_while_the_store_stays_away(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    await quiz.stall(2.2)
    told = await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha and more"}))

    again = await quiz.opened(quiz.ana, told, ways.TRY_AGAIN)

    assert wording.replies.PRESENT_UNREAD in words(again)
    assert written(again) == "alpha and more"


async def test_who_is_forgotten_is_so_in_the_forms_too(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.mischief.before("submit", StoreUnavailable())
    await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha and more"}))

    await quiz.shown(await quiz.type(quiz.ana, "/quiz forget-me", sure=True))

    assert written(await quiz.opened(quiz.ana, post, "Answer")) == ""


async def test_a_form_without_words_is_told_and_can_be_opened_again(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    form = await quiz.opened(quiz.ana, post, "Answer")

    told = await quiz.shown(await quiz.send(quiz.ana, form, {"text": " \n "}))

    assert wording.replies.EARLIER_COUNTS in words(told)
    assert written(await quiz.opened(quiz.ana, post, "Answer")) == "alpha"


async def test_a_fault_of_ours_is_a_sentence(quiz: Quiz, post: Message, caplog: pytest.LogCaptureFixture) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.mischief.before("submit", ZeroDivisionError())

    assert FAILED in words(await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha, quite secret"})))

    assert "what was asked could not be done" in caplog.text
    assert "quite secret" not in caplog.text


async def test_a_form_sent_twice_is_told_once(quiz: Quiz, post: Message) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.discord.gateway.twice = True

    await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha"}))

    await quiz.rest()
    assert len(quiz.all_told(quiz.ana, "Your reply is saved")) == 1


async def test_a_response_whose_answer_was_lost_is_not_said_to_have_failed(quiz: Quiz, post: Message) -> None:
    quiz.discord.faults.next("POST /interactions/{interaction}/{token}/callback", "lost")
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.discord.faults.next("POST /interactions/{interaction}/{token}/callback", "lost")

    assert "Your reply is saved" in words(await quiz.shown(await quiz.send(quiz.ana, form, {"text": "alpha"})))


@pytest.mark.parametrize("code", sorted(OVER - {40060}))
async def test_what_was_sent_counts_also_where_nobody_waits_for_its_receipt_any_more(
    quiz: Quiz, post: Message, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    form = await quiz.opened(quiz.ana, post, "Answer")
    quiz.discord.faults.next(CALLBACK, f"404 {code}")

    assert not (await quiz.discord.submit(quiz.ana, form, {"text": "alpha"})).ok

    await quiz.reveal()
    assert await quiz.points() == {"ana": 6}
    assert "Discord does not take an answer" not in caplog.text


async def test_who_is_faster_than_the_store_gets_the_form_all_the_same(quiz: Quiz) -> None:
    await quiz.set_up()
    quiz.mischief.before("opened", lambda: asyncio.sleep(0.2))
    opening = asyncio.create_task(quiz.ask())
    post = await quiz.discord.until(lambda: next(iter(quiz.posts()), None))

    form = await quiz.opened(quiz.ana, post, "Answer")

    await opening
    assert "Your reply is saved" in words(await quiz.shown(await quiz.send(quiz.ana, form, {"text": "beta"})))


async def test_an_old_post_s_button_shows_one_s_own_reply(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    await quiz.reveal()
    await quiz.discord.until(lambda: ways.MY_REPLY in words(post))

    assert "alpha" in words(await quiz.shown(await quiz.press(quiz.ana, post, ways.MY_REPLY)))
    assert "did not reply" in words(await quiz.shown(await quiz.press(quiz.ben, post, ways.MY_REPLY)))


async def test_the_grade_is_changed_where_it_stands(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    grade = await graded(quiz, quiz.ana, await quiz.reveal())

    check = await quiz.opened(quiz.ana, grade, labels.CHECK)
    await quiz.send(quiz.ana, check, {"points": ["0", "1"], "reason": "I meant it"})

    await quiz.comes_to({"ana": 8})
    assert written(await quiz.opened(quiz.ana, grade, labels.CHECK), "reason") == "I meant it"
    assert written(await quiz.opened(quiz.ana, grade, labels.CHECK), "points") == ["0", "1"]
    assert len(quiz.discord.ephemerals(quiz.ana)) == 2  # the receipt and the grade


async def test_a_check_that_is_not_saved_stands_in_its_form_when_it_is_opened_again(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    grade = await graded(quiz, quiz.ana, await quiz.reveal())
    check = await quiz.opened(quiz.ana, grade, labels.CHECK)
    quiz.mischief.before("check", StoreUnavailable())

    await quiz.send(quiz.ana, check, {"points": ["0", "1"], "reason": "second sentence"})

    told = await quiz.told(quiz.ana, wording.desk.NOT_DONE)
    again = await quiz.opened(quiz.ana, told, ways.TRY_AGAIN)
    assert (written(again, "points"), written(again, "reason")) == (["0", "1"], "second sentence")
    await quiz.send(quiz.ana, again)
    await quiz.comes_to({"ana": 8})


async def test_a_form_left_open_does_not_undo_a_later_check(quiz: Quiz, post: Message) -> None:
    await quiz.answered(quiz.ana, post, "alpha")
    grade = await graded(quiz, quiz.ana, await quiz.reveal())
    stale = await quiz.opened(quiz.ana, grade, labels.CHECK)
    await quiz.shown(await quiz.type(quiz.ana, "/quiz grade", points="1 2 3", reason="all of it"))

    await quiz.send(quiz.ana, stale, {"points": ["0"]})

    await quiz.discord.until(lambda: wording.grades.CHANGED_SINCE in words(grade))
    assert await quiz.points() == {"ana": 10}


async def test_hints_come_one_after_the_other(quiz: Quiz, post: Message) -> None:
    first = await quiz.shown(await quiz.press(quiz.ana, post, labels.HINT))
    assert "first letters" in words(first)
    assert "Greek" in words(await quiz.shown(await quiz.press(quiz.ana, first, labels.NEXT_HINT)))


async def test_a_button_that_nobody_knows_any_more_gets_a_kind_sentence(quiz: Quiz, post: Message) -> None:
    for component in post.components:
        _renamed(component, "answer:", "of_old:")

    assert "don't know this button" in words(await quiz.shown(await quiz.press(quiz.ana, post, "Answer")))


def _renamed(component: dict[str, object], old: str, new: str) -> None:
    id_ = component.get("custom_id")
    if isinstance(id_, str):
        component["custom_id"] = id_.replace(old, new)
    inner = component.get("components")
    for one in inner if isinstance(inner, list) else []:
        _renamed(one, old, new)
