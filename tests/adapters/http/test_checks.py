import socket
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from adapters.http import open_server
from adapters.http.checks import port
from bot.ports import Finding, Severity


@pytest.fixture
def free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def taken() -> AsyncIterator[int]:
    """The port of a server that is well, and no bot."""
    application = web.Application()

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    application.add_routes([web.get("/healthz", healthz)])
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def look(host: str, number: int) -> Finding:
    (found,) = await port(host, number)
    return found


async def ready() -> tuple[bool, dict[str, object]]:
    return True, {}


async def test_a_free_port_is_fine_and_free_again_afterwards(free: int) -> None:
    first, second = await look("127.0.0.1", free), await look("127.0.0.1", free)

    assert first == second
    assert (first.severity, first.said) == (Severity.OK, f"127.0.0.1 port {free} is free")


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
async def test_a_port_on_which_a_bot_answers_is_fine(host: str, free: int) -> None:
    async with open_server(host, free, ready=ready):
        found = await look(host, free)

    assert (found.severity, found.said) == (Severity.OK, f"a running bot answers on {host} port {free}")


async def test_a_port_that_something_else_has_is_a_fault(taken: int) -> None:
    found = await look("127.0.0.1", taken)

    assert found.severity is Severity.FAULT
    assert "STUDYBOT_HTTP_PORT to a free port" in found.said


async def test_a_port_that_takes_no_http_is_a_fault() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()

        found = await look("127.0.0.1", listening.getsockname()[1])

    assert found.severity is Severity.FAULT


async def test_an_address_that_is_not_this_machines_is_a_fault() -> None:
    found = await look("192.0.2.1", 8080)

    assert found.severity is Severity.FAULT


async def test_without_http_there_is_nothing_to_look_at() -> None:
    assert (await look("127.0.0.1", 0)).severity is Severity.OK
