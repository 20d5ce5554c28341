"""What comes in from Slack: commands, buttons, forms, messages and the home page, by socket or by requests."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from adapters.slack.access import Access, Mode
from adapters.slack.client import SlackClient, open_client
from adapters.slack.inbound import http
from adapters.slack.inbound.bolt import dispatch_socket, make_app
from adapters.slack.inbound.buttons import Buttons
from adapters.slack.inbound.commands import Commands
from adapters.slack.inbound.home import Home
from adapters.slack.inbound.modals import Modals
from adapters.slack.inbound.preflight import Preflight
from adapters.slack.inbound.private import Private
from adapters.slack.inbound.reception import Reception
from adapters.slack.inbound.socket import Socket
from adapters.slack.inbound.standing import Standings
from adapters.slack.inbound.submissions import Submissions
from adapters.slack.inbound.thread import Thread
from adapters.slack.posts import Identity
from bot.domain.ids import PlaceId
from bot.domain.round import Round
from bot.ports import Clock, Desk, Once

log = logging.getLogger(__name__)

_GRACE_SECONDS = 2.0
"""What runs at the end has so long to be done with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """``connected`` tells whether Slack can reach us; ``routes`` are for the bot's own server, in HTTP mode."""

    connected: Callable[[], bool]
    routes: Sequence[web.AbstractRouteDef] = ()


@asynccontextmanager
async def open_inbound(
    access: Access,
    client: SlackClient,
    identity: Identity,
    *,
    desk: Desk,
    round_in: Callable[[PlaceId], Awaitable[Round | None]],
    once: Once,
    clock: Clock,
) -> AsyncIterator[Inbound]:
    """Take in what people do in Slack, until the block ends. It waits for no connection and never ends the process."""
    reception = _reception(client, identity, desk, round_in, once, clock)
    app = make_app(client, identity, reception)
    if access.mode is Mode.HTTP:
        try:
            yield Inbound(connected=lambda: True, routes=[http.route(app, access.signing_secret)])
        finally:
            await reception.work.finish(_GRACE_SECONDS)
        return
    async with open_client(access, client.now, token=access.app_token) as connector:
        socket = Socket(connector, access.app_token, partial(dispatch_socket, app))
        running = asyncio.create_task(socket.run())
        try:
            yield Inbound(connected=socket.connected)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await socket.close(_GRACE_SECONDS)
            await reception.work.finish(_GRACE_SECONDS)


def _reception(
    client: SlackClient,
    identity: Identity,
    desk: Desk,
    round_in: Callable[[PlaceId], Awaitable[Round | None]],
    once: Once,
    clock: Clock,
) -> Reception:
    private, standings = Private(client=client), Standings(client=client)
    modals = Modals(client=client, private=private)
    commands = Commands(desk=desk, modals=modals, standings=standings)
    preflight = Preflight(client=client, identity=identity)
    return Reception(
        team=identity.team,
        commands=commands,
        buttons=Buttons(desk=desk, modals=modals, commands=commands),
        submissions=Submissions(desk=desk, clock=clock, private=private, commands=commands, preflight=preflight),
        thread=Thread(
            client=client, identity=identity, desk=desk, round_in=round_in, once=once, private=private
        ),
        home=Home(client=client, identity=identity, desk=desk, standings=standings),
        private=private,
    )
