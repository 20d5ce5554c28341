"""The socket: it is there again within moments, whatever happens to it, and says no secret."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest

from adapters.slack.access import Access
from adapters.slack.client import open_client
from adapters.slack.connecting import expect_to_listen
from adapters.slack.inbound import socket as module
from adapters.slack.inbound.socket import Payload, Socket
from tests.fakes.slack import Channel, FakeSlack, Person


class Ear:
    """Whoever takes what comes by the socket."""

    def __init__(self) -> None:
        self.heard: list[Payload] = []
        self.takes = asyncio.Event()
        self.takes.set()

    async def __call__(self, payload: Payload) -> Payload | None:
        self.heard.append(payload)
        await self.takes.wait()
        return {}


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
def ana(slack: FakeSlack) -> Person:
    return slack.add_user("Ana")


@pytest.fixture
def channel(slack: FakeSlack, ana: Person) -> Channel:
    return slack.add_channel("quiz", creator=ana)


@asynccontextmanager
async def listening(
    slack: FakeSlack, ear: Ear, address: str = "", *, ping_seconds: float = 3.0
) -> AsyncIterator[Socket]:
    access = Access(bot_token=slack.bot_token, app_token=slack.app_token, api_url=slack.api_url)
    async with open_client(access, asyncio.get_running_loop().time, token=slack.app_token) as client:
        socket = Socket(client, slack.app_token, ear, address, ping_seconds=ping_seconds)
        running = asyncio.create_task(socket.run())
        try:
            yield socket
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await socket.close(1.0)


async def test_what_comes_is_acknowledged(slack: FakeSlack, ana: Person, channel: Channel) -> None:
    ear = Ear()
    async with listening(slack, ear) as socket:
        await slack.until(socket.connected)
        assert (await slack.type_command(ana, channel, "/quiz help")).ok
    assert ear.heard[0]["command"] == "/quiz"


async def test_a_cut_socket_is_there_again_within_a_second(slack: FakeSlack) -> None:
    async with listening(slack, Ear()) as socket:
        for _ in range(3):
            await slack.until(socket.connected)
            slack.sockets.drop()
            await slack.until(lambda: not socket.connected())
            await slack.until(socket.connected, seconds=1.0)


async def test_silence_is_noticed_by_pings_that_nobody_answers(slack: FakeSlack) -> None:
    async with listening(slack, Ear(), ping_seconds=0.2) as socket:
        await slack.until(socket.connected)
        slack.sockets.silent = True
        await slack.until(lambda: not socket.connected(), seconds=1.0)
        slack.sockets.silent = False
        await slack.until(socket.connected, seconds=2.0)


async def test_a_quiet_socket_that_answers_pings_stays(slack: FakeSlack) -> None:
    async with listening(slack, Ear(), ping_seconds=0.1) as socket:
        await slack.until(socket.connected)
        await asyncio.sleep(1.0)
        assert slack.sockets.opened == 1


async def test_a_slack_that_ends_each_socket_at_once_is_asked_ever_more_slowly(slack: FakeSlack) -> None:
    async def end_each() -> None:
        while True:
            await slack.until(lambda: slack.sockets.connections)
            await slack.sockets.disconnect()

    async with listening(slack, Ear()):
        ending = asyncio.create_task(end_each())
        await asyncio.sleep(1.5)
        ending.cancel()
        assert 2 <= slack.log.count("apps.connections.open") <= 5


async def test_a_socket_that_was_given_already_is_used(slack: FakeSlack) -> None:
    access = Access(bot_token=slack.bot_token, app_token=slack.app_token, api_url=slack.api_url)
    async with listening(slack, Ear(), address=await expect_to_listen(access)) as socket:
        await slack.until(socket.connected)
        slack.sockets.drop()
        await slack.until(lambda: not socket.connected())
        await slack.until(socket.connected)
    assert slack.log.count("apps.connections.open") == 2


async def test_socket_mode_that_was_switched_off_is_as_good_as_a_refusal(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    async with listening(slack, Ear()) as socket:
        await slack.until(socket.connected)
        await slack.sockets.disconnect("link_disabled")
        await asyncio.sleep(1.0)
        assert slack.sockets.opened == 1
    assert "Socket Mode is switched off" in [vars(record).get("why") for record in caplog.records]


async def test_nothing_is_lost_while_slack_moves_us_to_another_socket(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    async with listening(slack, Ear()) as socket:
        await slack.until(socket.connected)
        await asyncio.sleep(module._SOUND_SECONDS)
        moving = asyncio.create_task(slack.sockets.disconnect())
        answers = [await slack.type_command(ana, channel, "/quiz help") for _ in range(20)]
        await moving
        assert all(answer.ok for answer in answers)
        assert slack.sockets.opened == 2


async def test_a_refused_token_is_tried_again_without_haste_and_without_being_said(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.revoke_token(slack.app_token)
    with caplog.at_level(logging.DEBUG):
        async with listening(slack, Ear()) as socket:
            await slack.until(lambda: slack.log.count("apps.connections.open"))
            await asyncio.sleep(0.5)
            assert slack.log.count("apps.connections.open") == 1
            assert not socket.connected()
    assert slack.app_token not in caplog.text


async def test_a_slack_that_lets_nobody_in_is_asked_ever_more_slowly(
    slack: FakeSlack, caplog: pytest.LogCaptureFixture
) -> None:
    slack.sockets.refusing = True
    with caplog.at_level(logging.DEBUG, logger="adapters"):
        async with listening(slack, Ear()) as socket:
            await asyncio.sleep(1.5)
            assert 2 <= slack.log.count("apps.connections.open") <= 5
            slack.sockets.refusing = False
            await slack.until(socket.connected)
    assert "ticket" not in caplog.text


async def test_what_runs_at_the_end_is_acknowledged_and_nothing_else_taken_in(
    slack: FakeSlack, ana: Person, channel: Channel
) -> None:
    ear = Ear()
    ear.takes.clear()
    async with listening(slack, ear) as socket:
        await slack.until(socket.connected)
        before = asyncio.create_task(slack.type_command(ana, channel, "/quiz help"))
        await slack.until(lambda: ear.heard)
        asyncio.get_running_loop().call_later(0.2, ear.takes.set)
    assert (await before).ok
    assert not (await slack.type_command(ana, channel, "/quiz me")).ok
    assert len(ear.heard) == 1
