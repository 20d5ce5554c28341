"""The wire: Slack's addresses on loopback."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.fakes.slack.faults import Fault, Faults, Log
from tests.fakes.slack.refusals import Json
from tests.fakes.slack.web import METHODS, answer
from tests.fakes.slack.workspace import Workspace

MOST_BYTES = 8 * 1024**2

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(kw_only=True)
class Server:
    """Web API, uploads, and the addresses (of sockets, of responses) that are handed in by whoever serves them."""

    workspace: Workspace
    faults: Faults
    log: Log
    also: dict[tuple[str, str], Handler] = field(default_factory=dict)
    """By verb and path."""
    port: int = 0
    _runner: web.AppRunner | None = None
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def start(self) -> None:
        app = web.Application(client_max_size=MOST_BYTES)
        app.router.add_route("*", "/api/{method}", self._call)
        app.router.add_post("/upload/{file}", self._upload)
        for (verb, path), handler in self.also.items():
            app.router.add_route(verb, path, handler)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.workspace.address = f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        self._closing.set()
        if self._runner:
            await self._runner.cleanup()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args, token = await _arguments(request)
        fault = self.faults.take(method, args)
        if fault is None or fault.kind in {"lost", "slow"}:
            said = answer(self.workspace, method, args, token)
        else:
            said = {"ok": False, "error": fault.kind}
        self.log.add(method, args, said.get("error"), fault)
        if fault:
            return await self._faulty(request, fault, said)
        return web.json_response(said, headers=self._scopes(method, token))

    async def _faulty(self, request: web.Request, fault: Fault, said: Json) -> web.StreamResponse:
        """Answers as the fault has it."""
        if fault.kind == "429":
            limited = {"ok": False, "error": "ratelimited"}
            return web.json_response(limited, status=429, headers={"Retry-After": str(fault.retry_after)})
        if fault.kind == "500":
            return web.Response(status=500, text="Internal Server Error")
        if fault.kind in {"timeout", "slow"}:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), fault.seconds)
        if fault.kind in {"timeout", "lost", "cut"} and request.transport:
            request.transport.close()
        return web.json_response(said)

    def _scopes(self, method: str, token: str) -> dict[str, str]:
        """The headers by which one sees what a token may, and what the method needs."""
        known, needed = self.workspace.tokens.get(token), METHODS[method].scope if method in METHODS else None
        headers = {"x-oauth-scopes": ",".join(sorted(known.scopes))} if known else {}
        return headers | ({"x-accepted-oauth-scopes": needed} if needed else {})

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        file = self.workspace.files.get(request.match_info["file"])
        if file is None:
            return web.Response(status=404)
        content = await request.read()
        if len(content) != file.length:
            return web.Response(status=400, text="length mismatch")
        file.content = content
        return web.Response(text=f"OK - {file.length}")


async def _arguments(request: web.Request) -> tuple[Json, str]:
    """The arguments, from the address and a body of either kind, and the token."""
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        args |= await request.json()
    elif request.can_read_body:
        args |= dict(await request.post())
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return args, str(args.pop("token", "") or token)
