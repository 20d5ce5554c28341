"""Processes that play one case: real ones, on one store and one room's file, killed and stopped by what a case arms."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.cli.command import ROOT, environment
from tests.crash.worker import PREFIX

LEASE = 1.0
SECONDS = 30.0


@dataclass(slots=True)
class Worker:
    """One process; ``stopped`` while it stands still."""

    process: Process
    stopped: bool = False

    @property
    def alive(self) -> bool:
        return self.process.returncode is None

    async def say(self, said: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return the view that answers, as (its kind, its text); None if the process died first."""
        assert self.process.stdin
        assert self.process.stdout
        with suppress(ConnectionError):
            self.process.stdin.write(json.dumps(said).encode() + b"\n")
            await self.process.stdin.drain()
            if line := await self.process.stdout.readline():
                kind, text = json.loads(line)
                return kind, text
        await self.process.wait()
        return None

    def signal(self, which: signal.Signals) -> None:
        if self.alive:
            self.process.send_signal(which)


@dataclass(slots=True, kw_only=True)
class Crew:
    """The processes of a case. One that dies is replaced when none is left.

    ``settings`` are some of the processes' own; ``arms`` are the ``STUDYBOT_TEST_`` variables without their prefix.
    ``calls`` is the file they write their calls into.
    """

    folder: Path
    url: str
    arms: Mapping[str, str]
    size: int = 1
    settings: Mapping[str, str] = field(default_factory=dict)
    members: list[Worker] = field(default_factory=list)

    @property
    def calls(self) -> Path:
        return self.folder / "calls"

    @property
    def room(self) -> Path:
        return self.folder / "room.jsonl"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def made(self) -> list[str]:
        """Return the calls in their order; what befell a process stands between them, after an exclamation mark."""
        return self.calls.read_text().splitlines() if self.calls.exists() else []

    def befell(self) -> int:
        """Return how often something befell a process, as the case armed it."""
        return sum(line.startswith("! ") and "lost in" not in line for line in self.made())

    async def start(self) -> Worker:
        settings = {
            "STUDYBOT_REDIS_URL": self.url,
            "STUDYBOT_CONSOLE_FILE": str(self.room),
            "STUDYBOT_LEASE_SECONDS": f"{LEASE:g}",
            **self.settings,
            f"{PREFIX}CALLS": str(self.calls),
            **{PREFIX + name: text for name, text in self.arms.items()},
        }
        with self.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.crash.worker", cwd=ROOT, env=environment(settings),
                stdin=PIPE, stdout=PIPE, stderr=log, start_new_session=True,
            )  # fmt: skip
        worker = Worker(process)
        self.members.append(worker)
        assert process.stdout
        if not await process.stdout.readline():  # else it is ready, and at work
            await process.wait()
        return worker

    async def somebody(self) -> Worker:
        """Return a process that is at work, started if there is none."""
        while not (working := [one for one in self.members if one.alive and not one.stopped]):
            await asyncio.gather(*(self.start() for _ in range(1 if self.members else self.size)))
        return working[0]

    async def end(self) -> None:
        """Kill what is left, and see to it that nothing remains of anyone: neither processes nor pipes."""
        for one in self.members:
            one.signal(signal.SIGKILL)
            await one.process.wait()
            assert one.process.stdin
            one.process.stdin.close()
            with suppress(ConnectionError):
                await one.process.stdin.wait_closed()
        async with asyncio.timeout(5):
            while any(_has_members(one.process.pid) for one in self.members):
                await asyncio.sleep(0.05)


def _has_members(session: int) -> bool:
    """Tell whether a process of the worker's own group is left, such as a grading process."""
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    return True
