"""The one HTTP server: health and readiness, and whatever routes it is given."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from typing import TypeAlias

from aiohttp import web

from bot.ports import HttpRequest, Route, StartError, StoreUnavailable

Ready: TypeAlias = Callable[[], Awaitable[tuple[bool, dict[str, object]]]]
"""Tells whether this process is ready, and details that JSON has."""

NAME = "mlops-study-bot"
"""By this in its ``/healthz`` a bot is known from whatever else may answer on its port."""

Page: TypeAlias = Callable[[], Awaitable[tuple[bytes, str]]]
"""Makes a page when it is asked for, and says of which content type it is."""

_READY_SECONDS = 2.0
"""Whoever asks has given up by then."""
_CLOSE_SECONDS = 1.0


@asynccontextmanager
async def open_server(
    host: str, port: int, *, ready: Ready, routes: Iterable[web.AbstractRouteDef] = ()
) -> AsyncIterator[tuple[str, int]]:
    """Serve until the block ends; yield the host and the port, which is a free one for 0. Raises StartError.

    ``/healthz`` is 200 while the event loop runs. ``/readyz`` is 200 or 503, with the details in JSON; a ``ready`` that
    takes longer than two seconds, or has no answer from the store, is not.
    """

    async def readyz(_request: web.Request) -> web.Response:
        is_ready, details = await _asked(ready)
        return web.json_response({"ready": is_ready, **details}, status=200 if is_ready else 503)

    application = web.Application()
    application.add_routes([web.get("/healthz", _healthz), web.get("/readyz", readyz), *routes])
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_CLOSE_SECONDS)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        found, taken, *_ = runner.addresses[0]
        yield found, taken
    finally:
        await runner.cleanup()


def page(path: str, made: Page) -> web.RouteDef:
    """Return the route at which the page is served."""

    async def answer(_request: web.Request) -> web.Response:
        body, content_type = await made()
        return web.Response(body=body, headers={"Content-Type": content_type})

    return web.get(path, answer)


def delivered(route: Route) -> web.RouteDef:
    """Return the route at which a platform delivers."""

    async def answer(request: web.Request) -> web.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        said = await route.take(HttpRequest(headers=headers, body=await request.read()))
        return web.Response(status=said.status, body=said.body, headers={"Content-Type": said.content_type})

    return web.post(route.path, answer)


async def _healthz(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok", "bot": NAME})


async def _asked(ready: Ready) -> tuple[bool, dict[str, object]]:
    try:
        async with asyncio.timeout(_READY_SECONDS):
            return await ready()
    except TimeoutError:
        return False, {"why": f"no answer within {_READY_SECONDS:g} s"}
    except StoreUnavailable as error:
        return False, {"why": str(error)}


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except (OSError, ValueError) as error:  # a ValueError is a name that no host can have
        number = (error.errno or 0) if isinstance(error, OSError) else 0
        # asyncio's own text repeats the address.
        why = os.strerror(number) if number > 0 else "there is no such address"
        raise StartError(
            f"HTTP cannot listen on {host} port {port} ({why}): set STUDYBOT_HTTP_HOST to an address of this machine and "
            "STUDYBOT_HTTP_PORT to a free port, or to 0 for no HTTP.",
            code=69,
        ) from error
