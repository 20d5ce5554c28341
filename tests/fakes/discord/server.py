"""The wire: Discord's REST API on loopback, with its keys, limits and faults."""

import asyncio
import contextlib
import json
import mimetypes
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord.faults import Fault, Faults, Log
from tests.fakes.discord.limits import Limits, limited
from tests.fakes.discord.refusals import MISSHAPEN, Refusal
from tests.fakes.discord.rest import METHODS, needs_no_key
from tests.fakes.discord.rest.call import Call, Method, Upload
from tests.fakes.discord.world import World

MOST_BYTES = 25 * 1024**2
BAN = 10_000
"""Invalid requests of ten minutes, from which on the address gets no answer of Discord's own."""
_MAJOR = ("channel", "guild", "token")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """An answer before it is on the wire."""

    status: int
    body: Any
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def code(self) -> int | None:
        return self.body.get("code") if isinstance(self.body, dict) and self.status >= 400 else None


@dataclass(kw_only=True)
class Server:
    """The REST API; other addresses (of the gateway) are handed in by whoever serves them."""

    world: World
    faults: Faults
    log: Log
    limits: Limits
    also: dict[str, Handler] = field(default_factory=dict)
    """Paths that are answered by GET."""
    methods: dict[str, Method] = field(default_factory=lambda: dict(METHODS))
    lacking: dict[str, int] = field(default_factory=dict)
    """The status with which it is said of a route that it is not there."""
    content_type: str = "application/json"
    """As Discord says it, with nothing more."""
    port: int = 0
    ban_at: int = BAN
    _runner: web.AppRunner | None = None
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        app = web.Application(client_max_size=MOST_BYTES)
        for route in self.methods:
            verb, path = route.split(" ", 1)
            app.router.add_route(verb, f"/api/v10{path}", self._serving(route))
        for path, handler in self.also.items():
            app.router.add_get(path, handler)
        app.router.add_get("/attachments/{channel}/{file}/{name}", self._attachment)
        app.router.add_route("*", "/{anything:.*}", self._nothing_there)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.world.address = f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        self._closing.set()
        if self._runner:
            await self._runner.cleanup()

    def _serving(self, route: str) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            return await self._serve(route, request)

        return serve

    async def _serve(self, route: str, request: web.Request) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v10")
        body, uploads = await _body(request)
        fault = self.faults.take(route, path)
        if fault and fault.kind not in {"lost", "slow"}:
            said = _faulty(fault)
        elif route in self.lacking:
            said = Said(status=self.lacking[route], body={"message": "there is no such method", "code": 0})
        else:
            said = self._answer(route, request, body, uploads)
        self.log.add(route, path, body, said.status, said.code, fault)
        if said.code in MISSHAPEN:
            self.world.invalid.append(f"{route}: {json.dumps(said.body)}")
        if fault:
            await self._suffer(request, fault)
        if said.body is None:
            return web.Response(status=said.status, headers=said.headers)
        headers = said.headers | {"Content-Type": self.content_type}
        return web.Response(status=said.status, body=json.dumps(said.body).encode(), headers=headers)

    def _answer(self, route: str, request: web.Request, body: Any, uploads: list[Upload]) -> Said:
        if self.log.invalid_requests >= self.ban_at:
            return Said(status=429, body="error code: 1015")
        own = needs_no_key(route)
        if not own and request.headers.get("Authorization") != f"Bot {self.world.token}":
            return Said(status=401, body=Refusal(401, 0).answer())
        wait = None if own else self.limits.take_global()
        if wait is not None:
            return Said(status=429, body=limited(wait, "global")[0], headers=limited(wait, "global")[1])
        major = next((request.match_info[name] for name in _MAJOR if name in request.match_info), "")
        bucket = self.limits.bucket(route, major)
        wait = self.limits.take(bucket)
        if wait is not None:
            said, headers = limited(wait, "user")
            return Said(status=429, body=said, headers=bucket.headers() | headers)
        call = Call(
            world=self.world, args=dict(request.match_info), query=dict(request.query), body=body, uploads=uploads
        )
        try:
            status, answer = self.methods[route](call)
        except Refusal as refusal:
            return Said(status=refusal.status, body=refusal.answer(), headers=bucket.headers())
        return Said(status=status, body=answer, headers=bucket.headers())

    async def _suffer(self, request: web.Request, fault: Fault) -> None:
        """Makes the caller wait, or cuts the connection, as the fault has it."""
        if fault.kind in {"timeout", "slow"}:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), fault.seconds)
        if fault.kind in {"timeout", "lost", "cut"} and request.transport:
            request.transport.close()

    async def _nothing_there(self, request: web.Request) -> web.StreamResponse:
        """A method that is not known here: no test may lean on it."""
        self.world.invalid.append(f"{request.method} {request.path}: there is no such route here")
        return web.json_response({"message": "404: Not Found", "code": 0}, status=404)

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        for channel in self.world.channels.values():
            for message in [*channel.messages, *self.world.private]:
                for file in message.files:
                    if file.id == request.match_info["file"]:
                        return web.Response(body=file.content, content_type=file.content_type)
        return web.Response(status=404)


def _faulty(fault: Fault) -> Said:
    """The answer of those that answer without any work."""
    kind, _, scope = fault.kind.partition(" ")
    if kind == "429":
        body, headers = limited(fault.retry_after, scope or "user")
        return Said(status=429, body=body, headers=headers)
    code = int(scope) if scope else {"401": 0, "403": 50013}.get(kind)
    if code is not None:
        return Said(status=int(kind), body=Refusal(int(kind), code).answer())
    return Said(status=int(kind) if kind.isdigit() else 504, body={"message": f"{kind}: fault", "code": 0})


async def _body(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON, and the files of a multipart body."""
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    if not request.can_read_body:
        return None, []
    try:
        return await request.json(), []
    except ValueError:
        return "not JSON", []


async def _multipart(request: web.Request) -> tuple[Any, list[Upload]]:
    said, uploads = None, []
    for name, value in (await request.post()).items():
        if name == "payload_json":
            said = json.loads(str(value))
        elif isinstance(value, web.FileField):
            kind = mimetypes.guess_type(value.filename)[0] or "application/octet-stream"
            number = name.removeprefix("files[").removesuffix("]")
            upload = Upload(number=number, name=value.filename, content_type=kind, content=value.file.read())
            uploads.append(upload)
    return said, uploads
