"""The one HTTP server: health and readiness, and the routes that are handed in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.ports import StartError, StoreUnavailable

Ready = Callable[[], Awaitable[tuple[bool, dict[str, object]]]]
_PATIENCE = 2.0
"""Seconds that readiness may take; whoever asks has given up by then."""


@asynccontextmanager
async def open_server(
    host: str, port: int, *, ready: Ready, routes: Iterable[web.AbstractRouteDef] = ()
) -> AsyncIterator[tuple[str, int]]:
    """Serve until the block ends; yield the address. Port 0 takes a free one. StartError if the address cannot be had."""

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def readyz(_request: web.Request) -> web.Response:
        try:
            is_ready, details = await asyncio.wait_for(ready(), _PATIENCE)
        except (StoreUnavailable, TimeoutError):
            is_ready, details = False, {"store": "does not answer"}
        return web.json_response({"ready": is_ready, **details}, status=200 if is_ready else 503)

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/readyz", readyz), *routes])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, host, port)
        try:
            await site.start()
        except OSError as error:
            raise StartError(
                f"Nothing can listen on {host}:{port} ({error.strerror}): set STUDYBOT_HTTP_PORT to a free port, or to 0.",
                69,
            ) from error
        yield runner.addresses[0][:2]
    finally:
        await runner.cleanup()
