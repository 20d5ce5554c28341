"""How an answer finds its one reader: by another way at once where one leads nowhere."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from adapters.slack.access import Access
from adapters.slack.client import open_client
from adapters.slack.inbound.asked import Asked
from adapters.slack.inbound.private import Private
from adapters.slack.views import Message
from tests.adapters.slack.inbound.quiz import Quiz
from tests.adapters.slack.world import ANA, PLACE, answering
from tests.fakes.slack import payloads

HELLO = Message(text="Hello", blocks=[])


@pytest.mark.parametrize("where", ["elsewhere", "nowhere"])
async def test_an_answer_does_not_leave_the_slack_that_was_configured(quiz: Quiz, where: str) -> None:
    async with answering(200, "text/plain", "ok") as elsewhere:
        address = elsewhere if where == "elsewhere" else "http://127.0.0.1:9/"
        typed = payloads.command(quiz.slack.workspace, quiz.ana, quiz.channel, "/quiz", "help")

        began = time.monotonic()
        await quiz.slack.deliveries.ask("slash_commands", {**typed, "response_url": f"{address}commands/1"})
        await quiz.told(quiz.ana, "/quiz answer")

    assert time.monotonic() - began < 1


@asynccontextmanager
async def one_way_street(called: list[str]) -> AsyncIterator[str]:
    """A Slack whose response addresses break the connection."""

    async def answered(request: web.Request) -> web.Response:
        called.append(request.path)
        if request.path.startswith("/commands/") and request.transport:
            request.transport.abort()
        return web.json_response({"ok": True})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answered)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


async def test_an_address_that_does_not_answer_is_left_for_the_next_way_at_once() -> None:
    called: list[str] = []
    async with (
        one_way_street(called) as slack,
        open_client(Access(bot_token="xoxb-1", api_url=f"{slack}api/"), time.monotonic) as client,
    ):
        asked = Asked(place=PLACE, member=ANA, delivery="1", respond=f"{slack}commands/1", view={})
        began = time.monotonic()
        await Private(client=client).say(asked, HELLO)

    assert called == ["/commands/1", "/api/chat.postEphemeral"]
    assert time.monotonic() - began < 1
