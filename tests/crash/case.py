"""A case: a store, a room's file, and a crew of processes of which some die while people go on as if nothing were."""

import asyncio
import signal
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from adapters.console.chat import ConsoleChat
from adapters.console.room import Room
from adapters.grading.pool import grading_pool
from adapters.redis import keys
from adapters.redis.practice import RedisPractice
from adapters.redis.programmes import RedisProgrammes
from adapters.redis.rounds import RedisRounds
from adapters.redis.store import Limits, Store
from bot.app.core import Core, compose
from bot.domain.ids import MemberId, PlaceId, RoundId, member_id, place_id, programme_of, round_id
from bot.domain.round import Round, RoundState
from bot.ports import Calendar, Caller, StoreUnavailable
from bot.wording.desk import NOT_DONE
from content.bank import Bank, default_packs
from scheduler import calendar
from scheduler.clock import SystemClock
from tests.crash.processes import LEASE, SECONDS, Crew

GENERAL, LOST, BEHIND, PAUSED, GONE, SHAKY = (
    place_id("console", "home", name) for name in ("general", "lost", "behind", "paused", "gone", "shaky")
)
ANA, BEN, CHRIS = (member_id("console", "home", name) for name in ("ana", "ben", "chris"))
TO_COME, GONE_BY = "at=12:00 reveal=20:00", "at=01:00 reveal=03:00"
_QUIET = 60_000
_LOOK = 0.02


@cache
def bank() -> Bank:
    return Bank.load(default_packs())


def zone_where_it_is_six() -> tuple[str, int]:
    """Return a zone in which it is between six and seven now, and its hours east: the day's opening is still to come there.

    Cases that are compared with each other share one: an hour later it is another zone, and there it can be another day.
    """
    east = 6 - datetime.now(UTC).hour
    east += 24 if east < -12 else 0
    return f"Etc/GMT{-east:+d}" if east else "UTC", east


@dataclass(slots=True, kw_only=True)
class Case:
    """What one case is played with. ``programmes``, ``rounds``, ``practice``, ``core`` and ``chat`` are this process's own, which never dies."""

    crew: Crew
    client: Redis
    core: Core
    programmes: RedisProgrammes
    rounds: RedisRounds
    practice: RedisPractice
    room: Room
    calendar: Calendar
    chat: ConsoleChat
    zone: str
    day: date
    spare: int = 0
    """Posts of a kind that may be sent once too often, if they are taken away again: by who went on after standing still."""
    _deliveries: Iterator[int] = field(default_factory=lambda: count(1))
    _went_on: bool = False

    # --- what people do ---

    async def tell(self, **said: Any) -> str:
        """Say it until it is answered, with the same delivery every time, as platforms do; return the kind of the answer."""
        kind, _ = await self.answer_to(**said)
        return kind

    async def answer_to(self, **said: Any) -> tuple[str, str]:
        """Return the kind of the answer, and all of it as text."""
        said = {"place": GENERAL, "member": ANA, "admin": True, "delivery": f"d{next(self._deliveries)}", **said}
        async with asyncio.timeout(SECONDS):
            while True:
                answer = await (await self.crew.somebody()).say(said)
                if answer and NOT_DONE not in answer[1] and "not saved" not in answer[1]:
                    return answer

    async def admin(self, text: str) -> str:
        return await self.tell(command="quiz-admin", text=text)

    async def reply(self, member: MemberId, text: str, **said: Any) -> None:
        kind = await self.tell(member=member, round=self.today, text=text, version=time.time_ns() // 1000, **said)
        assert kind == "ReceiptView"

    def here(self, place: PlaceId) -> Caller:
        return Caller(place=place, member=ANA, delivery=f"p{next(self._deliveries)}", admin=True)

    async def beforehand(self, place: PlaceId, *texts: str) -> None:
        """Carry out commands in this process, which never dies."""
        for text in texts:
            await self.core.desk.command(self.here(place), "quiz-admin", text)

    # --- what there is ---

    async def get(self, round_: RoundId | None = None) -> Round | None:
        return await self.rounds.get(round_ or self.today)

    async def asked(self) -> Round:
        found = await self.get()
        assert found
        return found

    @property
    def today(self) -> RoundId:
        return self.in_(GENERAL)

    def in_(self, place: PlaceId, days: int = 0) -> RoundId:
        """Return the round of a place today, or so many days later."""
        return round_id(programme_of(place), self.day + timedelta(days=days))

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> None:
        """Wait, and see to it that somebody is at work and that who stands still goes on in time."""
        async with asyncio.timeout(SECONDS):
            while True:
                with suppress(StoreUnavailable):
                    if await holds():
                        return
                await self._attend()
                await asyncio.sleep(_LOOK)

    async def until_state(self, *states: RoundState) -> None:
        async def holds() -> bool:
            found = await self.get()
            return found is not None and found.state in states

        await self.until(holds)

    async def is_quiet(self) -> bool:
        """Nothing is due, held or to be tried again."""
        try:
            return not await self.client.zcount(keys.agenda("console"), "-inf", time.time() * 1000 + _QUIET)
        except RedisConnectionError:  # a case may kill the store at this very moment
            return False

    async def until_befell(self) -> None:
        """Wait until the first process stands still, or whatever else the case armed has happened to it."""
        async with asyncio.timeout(SECONDS):
            while not self.crew.befell():
                await asyncio.sleep(_LOOK)

    async def stand_in(self) -> None:
        """Let another process go to work while the first one stands still."""
        self.crew.members[0].stopped = True
        await self.crew.start()

    def go_on(self) -> None:
        """Let who stood still go on."""
        stopped = self.crew.members[0]
        stopped.stopped = False
        stopped.signal(signal.SIGCONT)
        self._went_on = True

    async def _attend(self) -> None:
        if "STOP_AT" in self.crew.arms and not self._went_on and self.crew.befell():
            await self.stand_in()
            await asyncio.sleep(LEASE + 1.5)
            self.go_on()
            await asyncio.sleep(LEASE)  # time to do harm
        await self.crew.somebody()


@asynccontextmanager
async def open_case(
    url: str,
    size: int = 1,
    arms: Mapping[str, str] | None = None,
    settings: Mapping[str, str] | None = None,
    zone: tuple[str, int] | None = None,
) -> AsyncIterator[Case]:
    """Open a case on the emptied store at the URL; at the end nothing is left of its processes."""
    name_of_zone, east = zone or zone_where_it_is_six()
    with tempfile.TemporaryDirectory(prefix="crash") as name:
        crew = Crew(folder=Path(name), url=url, arms=arms or {}, size=size, settings=settings or {})
        client = Redis.from_url(url, decode_responses=True)
        room = Room(crew.room, SystemClock())
        try:
            await client.flushdb()
            async with grading_pool() as grader:
                store = Store(steady=client, quick=client, limits=Limits(lease=LEASE))
                chat = ConsoleChat(room)
                yield Case(
                    crew=crew,
                    client=client,
                    core=compose(store, bank(), grader, {chat.platform: chat}),
                    programmes=RedisProgrammes(store),
                    rounds=RedisRounds(store),
                    practice=RedisPractice(store),
                    room=room,
                    calendar=calendar,
                    chat=chat,
                    zone=name_of_zone,
                    day=(datetime.now(UTC) + timedelta(hours=east)).date(),
                )
        finally:
            await crew.end()
            room.close()
            await client.aclose()


def where(error: BaseException, file: str) -> str:
    """Return the lines of a file through which an error came."""
    lines, at = [], error.__traceback__
    while at:
        if at.tb_frame.f_code.co_filename.endswith(file):
            lines.append(f"{at.tb_frame.f_code.co_name}:{at.tb_lineno}")
        at = at.tb_next
    return " > ".join(lines)
