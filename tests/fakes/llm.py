"""A server on loopback that speaks as much of OpenAI's protocol as a grader needs, well or badly.

What it does next is in ``script``, one entry a request, the last of which stays. An entry is given the server, the request
and its body, and returns the response.
"""

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import web

KEY = "sk-hunter2"
MODEL = "little-model"

Act: TypeAlias = Callable[["FakeLlm", web.Request, Mapping[str, Any]], Awaitable[web.StreamResponse]]
Say: TypeAlias = Callable[[Mapping[str, Any]], Any]
"""Makes of what was asked (question, key points, reply) what the model says: a text, or what is then its JSON."""


@dataclass(slots=True)
class FakeLlm:
    """``asked`` are the bodies of the requests for a completion, ``headers`` those of all requests."""

    url: str = ""
    script: list[Act] = field(default_factory=list)
    asked: list[Mapping[str, Any]] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    running: int = 0
    most_running: int = 0
    models: Callable[[], web.StreamResponse] = field(default_factory=lambda: lambda: listed(MODEL, "another-model"))

    def will(self, *acts: Act) -> None:
        self.script[:] = acts

    async def complete(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        if refused := _refused(request):
            return refused
        body = await request.json()
        self.asked.append(body)
        act = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        self.running += 1
        self.most_running = max(self.most_running, self.running)
        try:
            return await act(self, request, body)
        finally:
            self.running -= 1

    async def list(self, request: web.Request) -> web.StreamResponse:
        self.headers.append(dict(request.headers))
        return _refused(request) or self.models()


@asynccontextmanager
async def fake_llm() -> AsyncIterator[FakeLlm]:
    fake = FakeLlm()
    app = web.Application()
    app.add_routes([web.post("/v1/chat/completions", fake.complete), web.get("/v1/models", fake.list)])
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    fake.url = f"http://127.0.0.1:{port}/v1/"
    try:
        yield fake
    finally:
        await runner.cleanup()


def data_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the data that a request for a completion brings: what the user's message holds."""
    (message,) = [message for message in body["messages"] if message["role"] == "user"]
    found: Mapping[str, Any] = json.loads(message["content"])
    return found


def saying(say: Say) -> Act:
    async def act(_fake: FakeLlm, _request: web.Request, body: Mapping[str, Any]) -> web.StreamResponse:
        said = say(data_of(body))
        return completion(said if isinstance(said, str) else json.dumps(said, ensure_ascii=False))

    return act


def status(code: int, **headers: str) -> Act:
    """Refuse, and repeat what was sent, as some servers do."""

    async def act(_fake: FakeLlm, _request: web.Request, body: Mapping[str, Any]) -> web.StreamResponse:
        return web.json_response({"error": {"message": f"no: {json.dumps(body)}"}}, status=code, headers=headers)

    return act


def slowly(seconds: float, then: Act) -> Act:
    async def act(fake: FakeLlm, request: web.Request, body: Mapping[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(seconds)
        return await then(fake, request, body)

    return act


async def cut(_fake: FakeLlm, request: web.Request, _body: Mapping[str, Any]) -> web.StreamResponse:
    """Begin an answer, and hang up."""
    response = web.StreamResponse(headers={"Content-Type": "application/json", "Content-Length": "10000"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    assert request.transport
    request.transport.abort()
    return response


async def drip(_fake: FakeLlm, request: web.Request, _body: Mapping[str, Any]) -> web.StreamResponse:
    """Answer a byte at a time, and never come to an end."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    with suppress(ConnectionError):
        while True:
            await response.write(b" ")
            await asyncio.sleep(0.02)
    return response


def packed(say: Say) -> Act:
    """Answer with little that becomes more than anybody may read when it is unpacked."""

    async def act(_fake: FakeLlm, _request: web.Request, body: Mapping[str, Any]) -> web.StreamResponse:
        answer = completion(json.dumps(say(data_of(body))))
        assert isinstance(answer, web.Response)
        large = f"{answer.text}{' ' * 30_000_000}".encode()
        return web.Response(
            body=gzip.compress(large), headers={"Content-Encoding": "gzip"}, content_type="application/json"
        )

    return act


async def flood(_fake: FakeLlm, request: web.Request, _body: Mapping[str, Any]) -> web.StreamResponse:
    """Answer with more than anybody may read."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    with suppress(ConnectionError):
        for _ in range(1_000):
            await response.write(b" " * 65_536)
    return response


async def garbled(_fake: FakeLlm, _request: web.Request, _body: Mapping[str, Any]) -> web.StreamResponse:
    """Answer with what is not packed as it says."""
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    return web.Response(body=b"not packed at all", headers=headers)


async def page(_fake: FakeLlm, _request: web.Request, _body: Mapping[str, Any]) -> web.StreamResponse:
    """Answer as a proxy does that wants somebody to log in."""
    return web.Response(text="<html>Please log in</html>", content_type="text/html")


async def elsewhere(fake: FakeLlm, _request: web.Request, _body: Mapping[str, Any]) -> web.StreamResponse:
    return web.Response(status=307, headers={"Location": f"{fake.url}chat/completions?again"})


def raw(body: str) -> Act:
    async def act(_fake: FakeLlm, _request: web.Request, _body: Mapping[str, Any]) -> web.StreamResponse:
        return web.Response(text=body, content_type="application/json")

    return act


def completion(content: str | None) -> web.StreamResponse:
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": content}}
    return web.json_response(
        {"id": "c", "object": "chat.completion", "created": 0, "model": MODEL, "choices": [choice]}
    )


def listed(*names: str) -> web.StreamResponse:
    rows = [{"id": name, "object": "model", "created": 0, "owned_by": "house"} for name in names]
    return web.json_response({"object": "list", "data": rows})


def _refused(request: web.Request) -> web.StreamResponse | None:
    if request.headers.get("Authorization") == f"Bearer {KEY}":
        return None
    return web.json_response(
        {"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}, status=401
    )
