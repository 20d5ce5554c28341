"""Socket Mode: the app connects, each payload goes to one of its sockets, and comes back acknowledged."""

import asyncio
import contextlib
import random
import uuid
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.fakes.slack.deliveries import Again, Answer
from tests.fakes.slack.things import Json
from tests.fakes.slack.workspace import Workspace

MOST_SOCKETS = 10
_DEBUG = {"host": "applink-fake-1", "build_number": 1, "approximate_connection_time": 18060}


@dataclass(kw_only=True, eq=False)
class Connection:
    """One open socket, and who waits for what to be acknowledged on it."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    waiting: dict[str, "asyncio.Future[Json]"] = field(default_factory=dict)
    acknowledged: int = 0

    def lost(self) -> None:
        for future in self.waiting.values():
            if not future.done():
                future.set_exception(ConnectionError())


@dataclass(kw_only=True)
class Sockets:
    """Every socket of the app."""

    workspace: Workspace
    dice: random.Random = field(default_factory=lambda: random.Random(0))
    connections: list[Connection] = field(default_factory=list)
    opened: int = 0
    """How many have been opened so far."""
    refusing: bool = False
    """No new socket is let in."""
    mute: bool = False
    """Sockets open, and are not greeted on."""
    silent: bool = False
    """Sockets stand open, but nothing comes out of them: neither payloads nor pongs."""
    _dropping: "asyncio.Task[None] | None" = None

    async def link(self, request: web.Request) -> web.StreamResponse:
        """The address that apps.connections.open gave."""
        ticket = request.query.get("ticket", "")
        if self.refusing or ticket not in self.workspace.tickets or request.transport is None:
            return web.Response(status=503 if self.refusing else 404)
        self.workspace.tickets.remove(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=0.5)
        await socket.prepare(request)
        connection = Connection(socket=socket, transport=request.transport)
        self.connections.append(connection)
        self.opened += 1
        if not self.mute:
            await self._greet(connection)
        try:
            await self._listen(connection)
        finally:
            self.connections.remove(connection)
            connection.lost()
        return socket

    async def send(self, kind: str, payload: Json, again: Again, patience: float) -> Answer:
        """One socket, any of them, gets it."""
        open_ones = [connection for connection in self.connections if not connection.socket.closed]
        if not open_ones:
            return Answer(error="dispatch_failed")
        connection, envelope_id = self.dice.choice(open_ones), str(uuid.uuid4())
        envelope: Json = {"envelope_id": envelope_id, "type": kind, "payload": payload}
        envelope["accepts_response_payload"] = kind != "events_api"
        if kind == "events_api":
            envelope |= {"retry_attempt": again.attempt, "retry_reason": again.reason}
        acknowledged = connection.waiting[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            if not self.silent:
                await connection.socket.send_json(envelope)
            came = await asyncio.wait_for(acknowledged, patience)
        except (TimeoutError, ConnectionError):
            return Answer(error="timeout" if kind == "events_api" else "operation_timeout")
        finally:
            connection.waiting.pop(envelope_id, None)
        return Answer(payload=came.get("payload") if kind != "events_api" else None)

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Tells every socket to go, as Slack does before it closes one, and closes those that are still open then."""
        for connection in list(self.connections):
            await self._say_goodbye(connection, reason)

    def drop(self) -> None:
        """Cuts every socket without a word."""
        for connection in list(self.connections):
            connection.transport.abort()

    def drop_every(self, seconds: float) -> None:
        """From now on cuts every socket again and again."""

        async def again_and_again() -> None:
            while True:
                await asyncio.sleep(seconds)
                self.drop()

        self._dropping = asyncio.ensure_future(again_and_again())

    async def stop(self) -> None:
        if self._dropping:
            self._dropping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._dropping
        for connection in list(self.connections):
            await connection.socket.close()

    async def _greet(self, connection: Connection) -> None:
        hello = {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": _DEBUG,
            "connection_info": {"app_id": self.workspace.app},
        }
        await connection.socket.send_json(hello)
        if len(self.connections) > MOST_SOCKETS:
            await self._say_goodbye(connection, "too_many_websockets")

    async def _say_goodbye(self, connection: Connection, reason: str) -> None:
        goodbye = {"type": "disconnect", "reason": reason, "debug_info": {"host": _DEBUG["host"]}}
        with contextlib.suppress(ConnectionError):
            await connection.socket.send_json(goodbye)
            await asyncio.sleep(0.05)
            await connection.socket.close()

    async def _listen(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is WSMsgType.PING and not self.silent:
                await connection.socket.pong(message.data)
            elif message.type is WSMsgType.TEXT:
                answer = message.json()
                future = connection.waiting.get(answer.get("envelope_id", ""))
                if future and not future.done():
                    connection.acknowledged += 1
                    future.set_result(answer)
