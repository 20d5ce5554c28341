"""When requests may go out: never so many, nor so many that are refused, that Discord shuts the bot out."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from adapters.discord.gate import A_SECOND, REFUSED, Gate
from bot.ports import Limited
from tests.adapters.console.samples import StillClock

Answer = tuple[int, dict[str, str]] | tuple[int, dict[str, str], object]
FORBIDDEN: Answer = (403, {})
BUCKET: Answer = (429, {"Retry-After": "1", "Via": "1.1 google", "X-RateLimit-Scope": "user"})
SHARED: Answer = (429, {"Retry-After": "1", "Via": "1.1 google", "X-RateLimit-Scope": "shared"})
GLOBAL: Answer = (
    429,
    {"Retry-After": "7", "Via": "1.1 google", "X-RateLimit-Scope": "global", "X-RateLimit-Global": "true"},
)
BANNED: Answer = (429, {"Retry-After": "3600"})
SOMEBODY_S: Answer = (429, {"Retry-After": "1"}, {"message": "slow", "retry_after": 0.6, "global": False})
SOMEBODY_S_ALL: Answer = (429, {}, {"message": "slow", "retry_after": 7, "global": True})


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def gate(clock: StillClock) -> Gate:
    return Gate(lambda: clock.now().timestamp())


@asynccontextmanager
async def answering(gate: Gate, answer: Answer) -> AsyncIterator[tuple[ClientSession, str]]:
    async def answered(_request: web.Request) -> web.Response:
        status, headers, *body = answer
        return web.Response(status=status, headers=headers, text=json.dumps(body[0]) if body else "")

    app = web.Application()
    app.router.add_get("/", answered)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with ClientSession(trace_configs=[gate.watching()]) as session:
        yield session, f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def asked(gate: Gate, answer: Answer, times: int = 1) -> None:
    async with answering(gate, answer) as (session, url):
        for _ in range(times):
            async with session.get(url):
                pass


@pytest.mark.parametrize("answer", [FORBIDDEN, BUCKET, (401, {})])
async def test_too_many_refusals_in_a_minute_shut_the_gate_for_a_minute(
    gate: Gate, clock: StillClock, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(gate, answer, REFUSED - 1)
    await gate.turn()

    await asked(gate, answer)

    with pytest.raises(Limited) as limited:
        await gate.turn()
    assert limited.value.retry_after == 60
    assert "nothing is asked of Discord for a while" in caplog.messages
    clock.go(seconds=61)
    await gate.turn()


async def test_what_is_refused_after_the_gate_was_shut_was_on_its_way_and_shuts_it_no_longer(
    gate: Gate, clock: StillClock, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(gate, FORBIDDEN, REFUSED)
    clock.go(seconds=1)

    await asked(gate, FORBIDDEN, 5)

    assert gate.shut_for() == 59
    assert len(caplog.messages) == 1


async def test_refusals_that_are_far_apart_shut_nothing(gate: Gate, clock: StillClock) -> None:
    await asked(gate, FORBIDDEN, REFUSED - 1)
    clock.go(minutes=2)

    await asked(gate, FORBIDDEN)

    await gate.turn()


async def test_what_discord_does_not_count_does_not_count_here(gate: Gate) -> None:
    await asked(gate, SHARED, REFUSED)
    await asked(gate, (404, {}), REFUSED)

    assert gate.shut_for() == 0


@pytest.mark.parametrize(("answer", "seconds"), [(GLOBAL, 7), (BANNED, 3600), (SOMEBODY_S_ALL, 7)])
async def test_a_limit_on_everything_is_kept_for_everything(
    gate: Gate, clock: StillClock, answer: Answer, seconds: float
) -> None:
    await asked(gate, answer)

    assert gate.shut_for() == seconds
    clock.go(hours=-1)
    assert gate.shut_for() == 0, "a clock that is put back makes no wait longer"


async def test_a_server_that_is_not_discord_s_own_limits_what_it_says_and_no_more(
    gate: Gate, caplog: pytest.LogCaptureFixture
) -> None:
    await asked(gate, SOMEBODY_S, 3)

    assert gate.shut_for() == 0
    assert not caplog.messages


async def test_requests_go_out_no_faster_than_discord_takes_them(gate: Gate) -> None:
    loop = asyncio.get_running_loop()
    begun = loop.time()

    await asyncio.gather(*(gate.turn() for _ in range(A_SECOND // 2)))

    assert loop.time() - begun > 0.4


async def test_nobody_waits_long_for_a_turn(gate: Gate) -> None:
    waiting = [asyncio.create_task(gate.turn()) for _ in range(A_SECOND * 6)]
    await asyncio.sleep(0)

    with pytest.raises(Limited) as limited:
        await gate.turn()

    assert 5 < limited.value.retry_after < 6
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
