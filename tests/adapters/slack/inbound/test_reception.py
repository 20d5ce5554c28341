"""What comes in is acknowledged, whatever it is, and hinders nobody."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from adapters.redis.store import Store
from adapters.slack.access import Mode
from bot import wording
from tests.adapters.slack.inbound.quiz import Quiz, open_quiz
from tests.fakes.slack import payloads
from tests.fakes.slack.deliveries import Again

_PRESSED = {"action_id": "answer", "block_id": "b", "type": "button", "value": "alphabet", "action_ts": "1.000001"}


@pytest.fixture(params=list(Mode))
async def quiz(store: Store, request: pytest.FixtureRequest) -> AsyncIterator[Quiz]:
    async with open_quiz(store, request.param) as opened:
        yield opened
        assert not opened.slack.invalid


def interaction(quiz: Quiz, kind: str, **more: Any) -> dict[str, Any]:
    return {**payloads._interaction(quiz.slack.workspace, kind, quiz.ana), "trigger_id": "1.2.a", **more}


def command(quiz: Quiz) -> dict[str, Any]:
    return payloads.command(quiz.slack.workspace, quiz.ana, quiz.channel, "/quiz", "answer alphabet")


async def test_what_lacks_something_is_acknowledged_with_one_line_that_has_nobody_s_words(
    quiz: Quiz, caplog: pytest.LogCaptureFixture
) -> None:
    view = {"id": "V1", "callback_id": "answer_form", "private_metadata": "{alphabet", "state": {"values": {}}}
    lacking = [
        ("interactive", interaction(quiz, "block_actions", actions=[])),
        ("interactive", interaction(quiz, "block_actions", user={"id": "alphabet:"}, actions=[_PRESSED])),
        ("interactive", interaction(quiz, "view_submission")),
        ("interactive", interaction(quiz, "view_submission", view=view)),
        ("slash_commands", {name: said for name, said in command(quiz).items() if name != "trigger_id"}),
    ]
    for number, (kind, payload) in enumerate(lacking, start=1):
        assert (await quiz.slack.deliveries.ask(kind, payload)).ok
        assert len(caplog.records) == number
    assert {record.getMessage() for record in caplog.records} == {"what came was not understood"}
    assert "alphabet" not in caplog.text + str([vars(record) for record in caplog.records])


@pytest.mark.parametrize("kind", ["shortcut", "message_action", "view_closed", "block_suggestion", "brand_new", ""])
async def test_what_is_not_for_us_is_acknowledged_without_a_word(
    quiz: Quiz, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    view = {"id": "V1", "callback_id": "answer_form", "private_metadata": ""}
    assert (await quiz.slack.deliveries.ask("interactive", interaction(quiz, kind, callback_id="x", view=view))).ok
    assert not caplog.records


async def test_events_without_a_number_are_each_heard(quiz: Quiz) -> None:
    for person in (quiz.ana, quiz.ben):
        event = {"type": "app_home_opened", "user": person.id, "channel": "D1", "event_ts": "1.000001"}
        callback = payloads.event_callback(quiz.slack.workspace, event)
        del callback["event_id"]
        assert (await quiz.slack.send("events_api", callback, Again(), 3.0)).ok
    await quiz.slack.until(lambda: quiz.slack.home(quiz.ana) and quiz.slack.home(quiz.ben))


async def test_commands_and_clicks_are_acknowledged_before_anything_is_done_for_them(quiz: Quiz) -> None:
    people = [quiz.slack.add_user(f"Member{number}") for number in range(20)]
    crowd = quiz.slack.add_channel("crowd", creator=quiz.lead, members=people)
    await quiz.stall(0.9)
    answers = [await quiz.slack.type_command(person, crowd, "/leaderboard") for person in people]
    assert all(answer.ok for answer in answers)
    assert not any(quiz.slack.ephemerals(person) for person in people)
    await quiz.slack.until(lambda: all(quiz.slack.ephemerals(person) for person in people))


async def test_what_one_member_types_is_done_in_its_order(quiz: Quiz) -> None:
    quiz.slack.faults.next("users.info", "slow", seconds=0.3)  # so that who is first has not looked up who it is
    for line in (
        "/quiz-admin setup zone=Europe/Berlin",
        "/quiz-admin pause",
        "/quiz-admin resume",
        "/quiz-admin ask-now",
    ):
        await quiz.slack.type_command(quiz.lead, quiz.channel, line)
    await quiz.told(quiz.lead, wording.programmes.asked_now(repeat=False))
