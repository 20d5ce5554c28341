"""One process of the bot in Slack as who operates it sees it: its end, its readiness, its metrics, its log."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest

from adapters.slack.access import Mode
from bot.wording import labels
from tests.crash.slack.case import Trouble, open_day
from tests.crash.slack.day import Day, set_up
from tests.fakes.slack import Message

TEXT = "I would look at the data first."


@asynccontextmanager
async def asked(url: str, mode: Mode = Mode.SOCKET) -> AsyncIterator[tuple[Day, Message]]:
    """A day on which the question has just been asked, by one process."""
    async with open_day(url, Trouble(mode=mode)) as day:
        await set_up(day)
        people = day.people
        yield day, await people.typed(people.lead, "/quiz-admin ask-now", lambda: next(iter(people.posts()), None))


async def page(day: Day, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{day.crew.seats[0].port}{path}") as answer,
    ):
        return answer.status, await answer.text()


@pytest.mark.parametrize("mode", Mode)
async def test_what_was_taken_in_is_acknowledged_and_kept_when_a_signal_ends_it(urls: list[str], mode: Mode) -> None:
    async with asked(urls[0], mode) as (day, post):
        people, ana = day.people, day.people.ana
        form = await people.pressed(ana, post, labels.ANSWER)
        await day.store.steady.client_pause(700)
        sending = asyncio.create_task(people.slack.submit(ana, form, {"text": TEXT}))
        await asyncio.sleep(0.2)

        await day.crew.end()

        assert (await sending).outcome == "closed"
        assert await day.replies(await day.round_of(post)) == {"ana": TEXT}
        assert day.crew.faults == []
        assert "Traceback" not in day.crew.log.read_text()


async def test_a_cut_socket_shows_in_readiness_and_metrics_until_it_is_there_again(urls: list[str]) -> None:
    async with asked(urls[0]) as (day, _):
        slack = day.people.slack
        slack.sockets.refusing = True
        slack.sockets.drop()
        await asyncio.sleep(0.3)
        status, said = await page(day, "/readyz")
        _, metrics = await page(day, "/metrics")
        slack.sockets.refusing = False
        await day.crew.ready()

    assert (status, '"connected": false' in said) == (503, True)
    assert 'studybot_gateway_ready{platform="slack"} 0.0' in metrics
