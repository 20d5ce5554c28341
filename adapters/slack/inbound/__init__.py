"""What comes in from Slack: commands, buttons, forms, messages and the home page, by socket or by requests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial

from adapters.slack.access import Access, Mode
from adapters.slack.chat import SlackChat
from adapters.slack.client import SlackClient, open_client
from adapters.slack.connecting import expect_to_listen
from adapters.slack.inbound import http
from adapters.slack.inbound.bolt import dispatch_socket, make_app
from adapters.slack.inbound.buttons import Buttons
from adapters.slack.inbound.commands import Commands
from adapters.slack.inbound.home import Home
from adapters.slack.inbound.marks import Marks
from adapters.slack.inbound.modals import Modals
from adapters.slack.inbound.preflight import Preflight
from adapters.slack.inbound.private import Private
from adapters.slack.inbound.reception import Reception
from adapters.slack.inbound.socket import Socket
from adapters.slack.inbound.standing import Standings
from adapters.slack.inbound.submissions import Submissions
from adapters.slack.inbound.thread import Thread
from adapters.slack.posts import Identity
from bot.ports import Doors, Listening

_GRACE_SECONDS = 2.0
"""What runs at the end has so long to be done with."""


@asynccontextmanager
async def listening(access: Access, chat: SlackChat, doors: Doors) -> AsyncIterator[Listening]:
    """Take in what people do in Slack, until the block ends. It waits for no connection; StartError if there never can be one."""
    address = await expect_to_listen(access)
    reception = _reception(chat.client, chat.identity, doors)
    app = make_app(chat.client, chat.identity, reception)
    if access.mode is Mode.HTTP:
        try:
            yield Listening(ready=lambda: (True, {"mode": Mode.HTTP}), routes=[http.route(app, access.signing_secret)])
        finally:
            await reception.work.finish(_GRACE_SECONDS)
        return
    async with open_client(access, chat.client.now, token=access.app_token) as connector:
        socket = Socket(connector, access.app_token, partial(dispatch_socket, app), address)
        running = asyncio.create_task(socket.run())
        try:
            yield Listening(ready=lambda: (socket.connected(), {"mode": Mode.SOCKET, "connected": socket.connected()}))
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
            await socket.close(_GRACE_SECONDS)
            await reception.work.finish(_GRACE_SECONDS)


def _reception(client: SlackClient, identity: Identity, doors: Doors) -> Reception:
    private, standings, marks = Private(client=client), Standings(client=client, team=identity.team), Marks(client)
    modals = Modals(client=client, private=private)
    preflight = Preflight(client=client, identity=identity)
    commands = Commands(
        desk=doors.desk, modals=modals, standings=standings, private=private, preflight=preflight, marks=marks
    )
    home = Home(client=client, identity=identity, desk=doors.desk, standings=standings, places=doors.places)
    submissions = Submissions(
        desk=doors.desk,
        clock=doors.clock,
        private=private,
        commands=commands,
        preflight=preflight,
        home=home,
        marks=marks,
    )
    thread = Thread(
        marks=marks,
        identity=identity,
        desk=doors.desk,
        round_in=doors.round_in,
        once=doors.once,
        private=private,
    )
    return Reception(
        team=identity.team,
        commands=commands,
        buttons=Buttons(desk=doors.desk, modals=modals, commands=commands),
        submissions=submissions,
        thread=thread,
        home=home,
        private=private,
    )
