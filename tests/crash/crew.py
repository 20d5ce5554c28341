"""Processes of ``python -m bot run`` on one store and one chat of ours, of which any may be killed: another takes its seat."""

import asyncio
import os
import random
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.cli.command import ROOT, environment

Settings = Callable[[int], Mapping[str, str]]
"""What a process is told besides, by its port."""

LEASE = 3.0
_START_SECONDS, _END_SECONDS = 30.0, 10.0
_LOOK = 0.05
_BETWEEN = (0.2, 2.0)
"""Seconds between two kills: the least and the most."""
_AT_WORK = 0.75
"""Of so many kills all are ready first: who is always killed at the start gets nothing done."""


@dataclass(slots=True)
class Seat:
    """A port of its own, and the process that holds it just now."""

    port: int
    process: Process | None = None

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.returncode is None


@dataclass(slots=True, kw_only=True)
class Crew:
    """``log`` is what all of them wrote to stderr; ``kills`` how many were killed."""

    url: str
    settings: Settings
    log: Path
    seats: Sequence[Seat]
    lease: float = LEASE
    kills: int = 0
    faults: list[str] = field(default_factory=list)
    """What was wrong with how one of them ended."""
    _groups: list[int] = field(default_factory=list)

    async def start(self, seat: Seat) -> None:
        settings = {
            "STUDYBOT_REDIS_URL": self.url,
            "STUDYBOT_LEASE_SECONDS": f"{self.lease:g}",
            "STUDYBOT_HTTP_PORT": str(seat.port),
            **self.settings(seat.port),
        }
        with self.log.open("ab") as log:
            seat.process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=environment(settings),
                stdin=DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._groups.append(seat.process.pid)

    async def join(self) -> None:
        """Let one more process begin."""
        (port,) = free_ports(1)
        seat = Seat(port)
        self.seats = [*self.seats, seat]
        await self.start(seat)

    async def ready(self) -> None:
        """Wait until each of them says that it is ready; start whoever is missing."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(_START_SECONDS):
            for seat in self.seats:
                while not await _is_ready(session, seat):
                    if not seat.alive:
                        await self._replace(seat)
                    await asyncio.sleep(_LOOK)

    async def killing(self, dice: random.Random, times: int) -> None:
        """Kill one of them at random moments, so many times: now one that has just begun, mostly one that is at work."""
        for _ in range(times):
            if dice.random() < _AT_WORK:
                await self.ready()
            await asyncio.sleep(dice.uniform(*_BETWEEN))
            await self.kill(dice.choice(list(self.seats)))

    async def kill(self, seat: Seat) -> None:
        """Kill who has this seat, and let another take it."""
        if seat.process and seat.alive:
            seat.process.kill()
            await seat.process.wait()
            self.kills += 1
        await self._replace(seat)

    async def _replace(self, seat: Seat) -> None:
        if seat.process and seat.process.returncode not in {None, -signal.SIGKILL}:
            self.faults.append(f"a process ended by itself with {seat.process.returncode}")
        await self.start(seat)

    async def end(self) -> None:
        """Ask each of them to end."""
        running = [seat.process for seat in self.seats if seat.process and seat.alive]
        for process in running:
            process.send_signal(signal.SIGTERM)
        with suppress(TimeoutError):
            async with asyncio.timeout(_END_SECONDS):
                await asyncio.gather(*(process.wait() for process in running))
        codes = [process.returncode for process in running]
        self.faults += [f"a process that was asked to end is at {code}" for code in codes if code != 0]

    async def leave_nothing(self) -> None:
        """Kill what is left, and see to it that no process of theirs remains, such as a grading process."""
        for seat in self.seats:
            if seat.process and seat.alive:
                seat.process.kill()
                await seat.process.wait()
        async with asyncio.timeout(5):
            while any(_has_members(group) for group in self._groups):
                await asyncio.sleep(_LOOK)


@asynccontextmanager
async def open_crew(
    url: str, settings: Settings, log: Path, ports: Sequence[int], lease: float = LEASE
) -> AsyncIterator[Crew]:
    """Start a process on each port and wait until they are ready."""
    crew = Crew(url=url, settings=settings, log=log, seats=[Seat(port) for port in ports], lease=lease)
    try:
        await asyncio.gather(*(crew.start(seat) for seat in crew.seats))
        await crew.ready()
        yield crew
    finally:
        await crew.leave_nothing()


async def _is_ready(session: aiohttp.ClientSession, seat: Seat) -> bool:
    try:
        async with session.get(f"http://127.0.0.1:{seat.port}/readyz") as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


def free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def _has_members(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
