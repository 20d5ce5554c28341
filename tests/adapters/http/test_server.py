import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import pytest
from aiohttp import ClientSession, web

import adapters.http
from adapters.http import Ready, delivered, open_server, page
from bot.ports import HttpAnswer, HttpRequest, Route, StartError, StoreUnavailable


async def well() -> tuple[bool, dict[str, object]]:
    return True, {"agenda": 3}


async def unwell() -> tuple[bool, dict[str, object]]:
    return False, {"agenda": 9}


async def cut_off() -> tuple[bool, dict[str, object]]:
    raise StoreUnavailable("the store did not answer")


async def slow() -> tuple[bool, dict[str, object]]:
    await asyncio.sleep(10)
    return True, {}


@asynccontextmanager
async def serving(ready: Ready = well, *routes: web.RouteDef) -> AsyncIterator[ClientSession]:
    async with (
        open_server("127.0.0.1", 0, ready=ready, routes=routes) as (host, port),
        ClientSession(f"http://{host}:{port}") as session,
    ):
        yield session


async def answer(session: ClientSession, path: str) -> tuple[int, object]:
    async with session.get(path) as response:
        return response.status, await response.json()


async def test_health_is_200_whatever_readiness_says() -> None:
    async with serving(unwell) as session:
        assert await answer(session, "/healthz") == (200, {"status": "ok", "bot": "mlops-study-bot"})


@pytest.mark.parametrize(
    ("ready", "status", "details"),
    [
        (well, 200, {"ready": True, "agenda": 3}),
        (unwell, 503, {"ready": False, "agenda": 9}),
        (cut_off, 503, {"ready": False, "why": "the store did not answer"}),
    ],
)
async def test_readiness_is_a_status_with_details(ready: Ready, status: int, details: object) -> None:
    async with serving(ready) as session:
        assert await answer(session, "/readyz") == (status, details)


async def test_readiness_that_takes_too_long_is_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapters.http, "_READY_SECONDS", 0.1)
    async with serving(slow) as session:
        assert await answer(session, "/readyz") == (503, {"ready": False, "why": "no answer within 0.1 s"})


async def test_routes_that_are_handed_in_are_served() -> None:
    async def hello(_request: web.Request) -> web.Response:
        return web.json_response("hello")

    async with serving(well, web.get("/hello", hello)) as session:
        assert await answer(session, "/hello") == (200, "hello")
        async with session.get("/else") as response:
            assert response.status == 404


async def test_a_page_is_made_anew_each_time_and_says_what_it_is() -> None:
    made = count(1)

    async def numbered() -> tuple[bytes, str]:
        return f"page {next(made)}".encode(), "text/plain; version=0.0.4; charset=utf-8"

    async with serving(well, page("/page", numbered)) as session:
        for number in (1, 2):
            async with session.get("/page") as response:
                assert await response.text() == f"page {number}"
                assert response.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"


async def test_a_delivery_is_handed_on_as_it_came_and_answered_as_was_said() -> None:
    taken: list[HttpRequest] = []

    async def take(request: HttpRequest) -> HttpAnswer:
        taken.append(request)
        return HttpAnswer(status=401, body=b'{"who": "are you"}', content_type="application/json")

    async with (
        serving(well, delivered(Route(path="/in", take=take))) as session,
        session.post("/in", data=b"a=%20b\xff", headers={"X-Signature": "v0=1"}) as response,
    ):
        assert (response.status, await response.json()) == (401, {"who": "are you"})
        assert (await session.get("/in")).status == 405

    (request,) = taken
    assert (request.body, request.headers["x-signature"]) == (b"a=%20b\xff", "v0=1")


async def test_no_request_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with serving() as session:
        await answer(session, "/healthz")
    assert not [record for record in caplog.records if record.name.startswith("aiohttp")]


async def test_nothing_listens_any_more_afterwards() -> None:
    async with open_server("127.0.0.1", 0, ready=well) as (host, port):
        pass
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, port), 1)


async def test_a_port_that_is_taken_is_one_sentence() -> None:
    async with open_server("127.0.0.1", 0, ready=well) as (_, port):
        with pytest.raises(StartError, match=rf"port {port} \(.*in use.*\): set STUDYBOT_HTTP_HOST") as caught:
            async with open_server("127.0.0.1", port, ready=well):
                pass
    assert caught.value.code == 69


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "a" * 70, "a..b", "-"])
async def test_an_address_that_is_not_ours_is_one_sentence(host: str) -> None:
    with pytest.raises(StartError, match="HTTP cannot listen on"):
        async with open_server(host, 0, ready=well):
            pass
