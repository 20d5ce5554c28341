"""The bot as a whole: what it opens in which order, and what listens."""

import asyncio
import gc
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from adapters.console.chat import ConsoleChat
from adapters.console.room import Room
from adapters.redis.store import Store
from bot.app import open_bot, open_core
from bot.app.core import Core
from bot.domain.reply import Reply, Via
from bot.ports import Caller, Doors, HttpAnswer, HttpRequest, Listening, Route, StartError
from bot.settings import Settings, load
from scheduler.clock import SystemClock
from tests.cli.command import ROOT, environment
from tests.fakes.llm import KEY, MODEL, fake_llm, status
from tests.world import ANA, PLACE

_COUNT_WHAT_IS_LOOKED_THROUGH = """
import asyncio, gc
from bot.app import once_of, open_bot, open_chats, open_store
from bot.settings import load

async def main():
    settings = load(env_file=None)
    async with (
        open_store(settings, exclusive=True) as store,
        open_chats(settings, once_of(store)) as chats,
        open_bot(settings, store, chats),
    ):
        print(len(gc.get_objects()))

asyncio.run(main())
"""


def test_a_garbage_collection_does_not_stop_everything_to_look_through_what_always_stays(tmp_path: Path) -> None:
    settings = {"STUDYBOT_DATA_DIR": str(tmp_path / "d"), "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl")}

    done = subprocess.run(
        [sys.executable, "-c", _COUNT_WHAT_IS_LOOKED_THROUGH],
        cwd=ROOT,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(done.stdout) < 1_000  # of some 75,000


class ListeningChat(ConsoleChat):
    """A chat that listens by itself. ``doors`` is what it was handed, while it does."""

    def __init__(self, room: Room) -> None:
        super().__init__(room)
        self.reached = False
        self.doors: Doors | None = None
        self.at_the_end: Any = None

    @asynccontextmanager
    async def listening(self, doors: Doors) -> AsyncIterator[Listening]:
        self.doors = doors
        routes = [Route(path="/chat/events", take=self._take)]
        yield Listening(ready=lambda: (self.reached, {"socket": "open"}), routes=routes)
        if self.at_the_end:
            self.at_the_end = await self.at_the_end()
        self.doors = None

    async def _take(self, request: HttpRequest) -> HttpAnswer:
        assert self.doors
        view = await self.doors.desk.command(_ana(), "quiz", request.body.decode())
        return HttpAnswer(body=type(view).__name__.encode())


def _ana() -> Caller:
    return Caller(place=PLACE, member=ANA, delivery="d", admin=True)


@pytest.fixture
def chat() -> Iterator[ListeningChat]:
    room = Room(None, SystemClock())
    yield ListeningChat(room)
    room.close()
    gc.unfreeze()


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_of(port: int, **others: str) -> Settings:
    return load({"STUDYBOT_HTTP_PORT": str(port), **{f"STUDYBOT_{n}": t for n, t in others.items()}}, env_file=None)


async def test_a_gateway_listens_and_readiness_says_whether_it_is_reached(
    store: Store, chat: ListeningChat, port: int
) -> None:
    async with (
        open_bot(settings_of(port, ROLES="gateway"), store, {"console": chat}) as core,
        ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        assert chat.doors == core.doors
        async with session.get("/readyz") as answer:
            assert answer.status == 503
            assert (await answer.json())["gateways"] == {"console": {"ready": False, "socket": "open"}}
        chat.reached = True
        async with session.get("/readyz") as answer:
            assert answer.status == 200
        async with session.get("/metrics") as answer:
            assert 'studybot_gateway_ready{platform="console"} 1.0' in await answer.text()


async def test_what_is_delivered_over_http_reaches_the_gateway(store: Store, chat: ListeningChat, port: int) -> None:
    async with (
        open_bot(settings_of(port, ROLES="gateway"), store, {"console": chat}),
        ClientSession(f"http://127.0.0.1:{port}") as session,
        session.post("/chat/events", data=b"help") as answer,
    ):
        assert (answer.status, await answer.text()) == (200, "HelpView")


async def test_a_process_that_is_no_gateway_does_not_listen_and_posts_all_the_same(
    store: Store, chat: ListeningChat, port: int
) -> None:
    async with (
        open_bot(settings_of(port, ROLES="scheduler"), store, {"console": chat}) as core,
        ClientSession(f"http://127.0.0.1:{port}") as session,
    ):
        await core.desk.command(_ana(), "quiz-admin", "setup days=daily")
        await core.desk.command(_ana(), "quiz-admin", "ask-now")
        async with asyncio.timeout(10):
            while await chat.open_question(PLACE) is None:
                await asyncio.sleep(0.05)

        assert chat.doors is None
        async with session.get("/readyz") as answer:
            assert (answer.status, "gateways" in await answer.json()) == (200, False)


async def test_a_start_that_is_refused_has_posted_nothing(store: Store, chat: ListeningChat, port: int) -> None:
    async with open_bot(settings_of(0, ROLES="gateway"), store, {"console": chat}) as core:
        await core.desk.command(_ana(), "quiz-admin", "setup days=daily")
        await core.desk.command(_ana(), "quiz-admin", "ask-now")

    with socket.create_server(("127.0.0.1", port)), pytest.raises(StartError, match="HTTP cannot listen"):
        async with open_bot(settings_of(port), store, {"console": chat}):
            pass

    assert await chat.open_question(PLACE) is None


async def test_at_the_end_nothing_comes_in_any_more_while_the_core_still_stands(
    store: Store, chat: ListeningChat, port: int
) -> None:
    async def look() -> tuple[bool, bool]:
        assert chat.doors
        heard = False
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            heard = True
        return heard, await chat.doors.once.first("console:the end", 1)

    chat.at_the_end = look
    async with open_bot(settings_of(port), store, {"console": chat}):
        pass

    assert chat.at_the_end == (False, True)
    assert chat.doors is None


async def carried_out(core: Core) -> None:
    while leases := await core.agenda.claim("console", 1):
        await core.rounds.carry_out(leases[0])


@pytest.mark.parametrize("has_model", [True, False])
async def test_a_model_is_asked_at_a_reveal_where_the_settings_name_one(
    store: Store, chat: ListeningChat, has_model: bool
) -> None:
    async def admin(text: str) -> None:
        await core.desk.command(replace(_ana(), delivery=text), "quiz-admin", text)
        await carried_out(core)

    async with fake_llm() as fake:
        fake.will(status(404))
        named = {"STUDYBOT_LLM_URL": fake.url, "STUDYBOT_LLM_KEY": KEY, "STUDYBOT_LLM_MODEL": MODEL}
        async with open_core(load(named if has_model else {}, env_file=None), store, {"console": chat}) as core:
            await admin("setup zone=UTC at=00:00 reveal=23:59 days=daily")
            await admin("ask-now")
            round_ = await core.round_in(PLACE)
            assert round_
            said = Reply(
                round=round_.id,
                member=ANA,
                text="I would look at the data first.",
                via=Via.FORM,
                delivery="r",
                version=1,
            )
            await core.desk.submit(said)
            await admin("reveal-now")

            assert await core.round_in(PLACE) is None
            assert len(fake.asked) == has_model


def test_without_a_model_the_run_loads_nothing_of_it() -> None:
    probe = "import sys, bot.app, bot.app.doctor, bot.app.outside; print([m for m in ('openai', 'httpx2') if m in sys.modules])"

    found = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
