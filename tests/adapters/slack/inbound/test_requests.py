"""What is let in: only what Slack has signed just now, and only of our own team."""

import logging
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from adapters.redis.store import Store
from adapters.slack.access import Mode
from tests.adapters.slack.inbound.quiz import Quiz, open_quiz
from tests.fakes.slack import payloads


@pytest.fixture
async def quiz(store: Store) -> AsyncIterator[Quiz]:
    async with open_quiz(store, Mode.HTTP) as opened:
        yield opened


async def posted(quiz: Quiz, body: str | bytes, **headers: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(quiz.slack.requests.addresses[0], data=body, headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def test_slack_s_challenge_is_answered(quiz: Quiz) -> None:
    assert await quiz.slack.requests.verify()


async def test_what_is_not_signed_is_turned_away_unread(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="adapters"):
        assert (await posted(quiz, "payload=alphabet"))[0] == 401
        quiz.slack.requests.signing_secret = "another"
        assert not (await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz help")).ok
    assert "alphabet" not in caplog.text


@pytest.mark.parametrize("hours", [-1, 1])
async def test_what_was_signed_at_another_time_is_turned_away(quiz: Quiz, hours: int) -> None:
    quiz.slack.requests.clock_shift = hours * 3600.0
    assert not (await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz help")).ok


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Request-Timestamp": "now", "X-Slack-Signature": "v0=0"},
        {"X-Slack-Request-Timestamp": "1e9", "X-Slack-Signature": "v0=\u00e9"},
        {"X-Slack-Signature": "v0=0"},
    ],
)
async def test_nonsense_is_turned_away_without_a_fault(
    quiz: Quiz, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    assert (await posted(quiz, b"\xff\xfe[[[[", **headers))[0] == 401
    assert not caplog.records


async def test_what_is_of_another_team_is_left_alone(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    quiz.slack.workspace.team = "T999"
    answer = await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz help")
    await quiz.rest()
    assert answer.ok
    assert not quiz.slack.ephemerals(quiz.ana)
    assert "of another team" in caplog.text


async def test_a_payload_that_nobody_knows_is_no_fault(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    shortcut: dict[str, Any] = {**payloads._interaction(quiz.slack.workspace, "shortcut", quiz.ana), "callback_id": "x"}
    await quiz.slack.deliveries.ask("interactive", shortcut)
    for event in ({"type": "pin_added"}, {"type": "message", "channel": quiz.channel.id}, {"type": "app_home_opened"}):
        quiz.slack.deliveries.event(event)
    await quiz.rest()
    assert not caplog.records
    assert (await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz help")).ok


async def test_the_environment_says_nothing_to_the_app(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("BOT_TOKEN", "APP_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "VERIFICATION_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "wrong")
    async with open_quiz(store) as quiz:
        assert (await quiz.slack.type_command(quiz.ana, quiz.channel, "/quiz help")).ok
        await quiz.told(quiz.ana, "/quiz answer")


async def test_a_start_asks_for_one_socket(store: Store) -> None:
    async with open_quiz(store) as quiz:
        assert quiz.slack.log.count("apps.connections.open") == quiz.slack.sockets.opened == 1


async def test_what_members_did_is_ended_before_the_bot_ends(store: Store) -> None:
    async with open_quiz(store, Mode.HTTP) as quiz:
        await quiz.stall(0.5)
        assert (await quiz.slack.type_command(quiz.ana, quiz.channel, "/leaderboard")).ok
    assert quiz.slack.ephemerals(quiz.ana)


async def test_an_app_that_was_removed_is_said_in_the_log(quiz: Quiz, caplog: pytest.LogCaptureFixture) -> None:
    quiz.slack.uninstall()
    await quiz.slack.until(lambda: any("the app was removed" in str(vars(one).get("why")) for one in caplog.records))
