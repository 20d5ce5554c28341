"""What goes wrong on demand, and how discord.py takes it."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord as library
import pytest
from discord.http import HTTPClient, Route

from tests.fakes.discord import Channel, FakeDiscord
from tests.fakes.of_discord.small_bot import SmallBot, logged_in

POST = "POST /channels/{channel}/messages"


@pytest.fixture
async def http(discord: FakeDiscord) -> AsyncIterator[HTTPClient]:
    async with logged_in(discord, SmallBot()) as client:
        yield client.http


async def post(http: HTTPClient, channel: Channel, **more: Any) -> Any:
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel.id)
    return await http.request(route, json={"content": "hello", **more})


@pytest.mark.parametrize("kind", ["429", "429 shared", "429 global"])
async def test_a_limited_request_is_sent_again_when_it_may(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel, kind: str
) -> None:
    discord.faults.next(POST, kind, retry_after=0.1)
    await post(http, quiz)
    first, second = discord.log.of(POST)
    assert (first.status, first.fault, second.status) == (429, kind, 200)
    assert second.at - first.at >= 0.1
    assert discord.log.invalid_requests == (0 if kind == "429 shared" else 1)


async def test_a_bucket_says_what_is_left_in_it_and_refuses_what_is_too_much(
    discord: FakeDiscord, quiz: Channel
) -> None:
    discord.limits.pace = 1
    headers = {"Authorization": f"Bot {discord.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        said = [
            await session.post(f"{discord.api_url}channels/{quiz.id}/messages", json={"content": str(number)})
            for number in range(6)
        ]
        assert [answer.headers["X-RateLimit-Remaining"] for answer in said] == ["4", "3", "2", "1", "0", "0"]
        assert [answer.status for answer in said] == [200] * 5 + [429]
        refused = await said[5].json()
    assert said[5].headers["X-RateLimit-Scope"] == "user"
    assert "Via" in said[5].headers
    assert 4 < refused["retry_after"] <= 5
    assert len({answer.headers["X-RateLimit-Bucket"] for answer in said}) == 1


async def test_the_library_waits_for_the_bucket_and_is_never_refused(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel
) -> None:
    began = time.monotonic()
    await asyncio.gather(*(post(http, quiz) for _ in range(11)))
    assert time.monotonic() - began >= 0.9
    assert {called.status for called in discord.log.of(POST)} == {200}


async def test_more_than_fifty_requests_a_second_meet_the_global_limit(http: HTTPClient, discord: FakeDiscord) -> None:
    discord.limits.pace = 0
    asked = (http.get_user(int(discord.owner.id)) for _ in range(60))
    await asyncio.gather(*asked, return_exceptions=True)  # discord.py gives a call up that was refused five times
    limited = [called for called in discord.log.calls if called.status == 429]
    assert limited
    assert all(called.fault is None for called in limited)


async def test_what_the_library_sends_again_after_a_lost_answer_is_there_once_by_its_nonce(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel
) -> None:
    discord.faults.next(POST, "lost")
    with pytest.raises(aiohttp.ClientError):
        await post(http, quiz, nonce="round-1", enforce_nonce=True)
    await post(http, quiz, nonce="round-1", enforce_nonce=True)
    assert len(discord.visible(quiz)) == 1


@pytest.mark.parametrize(("kind", "there"), [("cut", 0), ("lost", 1)])
async def test_a_lost_answer_came_after_the_work_and_a_cut_one_before(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel, kind: str, there: int
) -> None:
    discord.faults.next(POST, kind, containing=quiz.id)
    with pytest.raises(aiohttp.ClientError):
        await post(http, quiz)
    assert len(discord.visible(quiz)) == there


@pytest.mark.parametrize(
    ("kind", "error"), [("503", library.DiscordServerError), ("403", library.Forbidden), ("401", library.HTTPException)]
)
async def test_any_status_is_answered_on_demand(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel, kind: str, error: type[Exception]
) -> None:
    discord.faults.next("*", kind)
    with pytest.raises(error):
        await post(http, quiz)
    await post(http, quiz)
    assert len(discord.visible(quiz)) == 1


async def test_an_answer_has_discords_own_code_on_demand(http: HTTPClient, discord: FakeDiscord, quiz: Channel) -> None:
    discord.faults.next(POST, "403 50001")
    with pytest.raises(library.Forbidden) as refusal:
        await post(http, quiz)
    assert refusal.value.code == 50001


async def test_a_slow_answer_comes_after_its_time_and_a_timeout_never(
    http: HTTPClient, discord: FakeDiscord, quiz: Channel
) -> None:
    discord.faults.next(POST, "slow", seconds=0.1)
    began = time.monotonic()
    await post(http, quiz)
    assert time.monotonic() - began >= 0.1
    discord.faults.next(POST, "timeout", seconds=5)
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(post(http, quiz), 0.1)
    assert len(discord.visible(quiz)) == 1


async def test_an_address_with_too_many_invalid_requests_gets_no_answer_of_discords_own(
    http: HTTPClient, discord: FakeDiscord
) -> None:
    discord._server.ban_at = 2
    closed = discord.add_channel("closed", denied=["view_channel"])
    for _ in range(2):
        with pytest.raises(library.Forbidden):
            await post(http, closed)
    with pytest.raises(library.HTTPException) as refusal:
        await post(http, closed)
    assert refusal.value.status == 429


async def test_faults_come_at_random_by_a_seed(http: HTTPClient, discord: FakeDiscord, quiz: Channel) -> None:
    discord.limits.pace = 0
    discord.faults.at_random(0.3, ["429"], seed=7)
    for _ in range(10):
        await post(http, quiz)
    met = [called.fault for called in discord.log.of(POST)]
    assert len(discord.visible(quiz)) == 10
    assert met.count("429") == len(met) - 10 > 0


def test_it_can_be_tried_by_hand() -> None:
    typed = "ann hello\nann ! Answer\nann ?\nwhat\n"
    command = [sys.executable, "-m", "tests.fakes.discord"]
    ran = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=30, check=True)
    assert "STUDYBOT_DISCORD_API_URL=http://127.0.0.1:" in ran.stdout
    assert "not possible: ann sees no button 'Answer'" in ran.stdout
    assert "\nhello\n" in ran.stdout
