"""Many programmes due in one second, against the time that the calls of the chat alone must take.

An opening asks its chat twice, one call after the other: is the question there already, then the post. So the ideal time is
programmes times two times the time of a call, divided by the workers of all processes.
"""

import asyncio
import json
import sys
import time
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from redis.asyncio import Redis

from adapters.redis import keys
from benchmarks.measure import Row, running_server, spread
from benchmarks.opener import Gaps
from benchmarks.stage import PLATFORM, open_stage, set_up_programmes
from tests.cli.command import ROOT, environment

CALLS = 2
"""Of the chat, on the way of an opening."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Load:
    programmes: int
    seconds: float
    workers: int
    lead: float
    """Seconds that are given for setting the programmes up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """``still`` is the longest gap of an event loop that did nothing meanwhile, in this process: the machine's own."""

    took: float
    reports: Sequence[Any]
    still: float


async def run(
    *, programmes: int = 10_000, seconds: float = 0.1, workers: int = 200, rounds: int = 3, lead: float = 20.0
) -> list[Row]:
    load = _Load(programmes=programmes, seconds=seconds, workers=workers, lead=lead)
    found: dict[int, list[_Run]] = {1: [], 2: []}
    for _ in range(rounds):
        for processes, runs in found.items():
            runs.append(await _opened(load, processes))
    return [row for processes, runs in found.items() for row in _rows(load, processes, runs)]


def _rows(load: _Load, processes: int, runs: Sequence[_Run]) -> list[Row]:
    what = f"{load.programmes:,} openings due at once, {processes} process{'es' * (processes > 1)} of {load.workers} workers"
    ideal = load.programmes * CALLS * load.seconds / load.workers / processes
    spent = [1_000 * sum(report["spent"] for report in one.reports) / load.programmes for one in runs]
    longest, busiest = (
        [1_000 * max(report[name] for report in one.reports) for one in runs] for name in ("longest", "busiest")
    )
    return [
        Row(
            what=what,
            figure=f"{spread([one.took for one in runs], 's')}; {spread(spent, 'ms')} of processor each",
            against=f"ideal {ideal:.3g} s",
            ratio=spread([one.took / ideal for one in runs], ""),
            aim="≤ 1.2",
        ),
        Row(
            what=f"longest gap of the event loop in {'them' if processes > 1 else 'it'}",
            figure=f"{spread(longest, 'ms')}; on the processor {spread(busiest, 'ms')}",
            against=f"idle loop beside it {spread([1_000 * one.still for one in runs], 'ms')}",
            aim="≤ 50 ms",
        ),
    ]


async def _opened(load: _Load, processes: int) -> _Run:
    """Let everything fall due in one instant, and return how long it took until the last round was open."""
    with running_server() as server:
        async with open_stage(server.url) as stage, Redis.from_url(server.url) as client:
            crew = [await _opener(server.url, load) for _ in range(processes)]
            at = (datetime.now(UTC) + timedelta(seconds=load.lead)).replace(microsecond=0)
            await set_up_programmes(stage.store, load.programmes, at)
            assert datetime.now(UTC) < at, "setting the programmes up took too long: give it a longer lead"
            gaps = Gaps()
            watch = asyncio.create_task(gaps.watch())
            await asyncio.sleep(at.timestamp() - time.time())
            # An open round has two entries: its reveal, and the programme's next opening.
            while await client.zcard(keys.agenda(PLATFORM)) < 2 * load.programmes:  # noqa: ASYNC110 - seen from outside
                await asyncio.sleep(0.02)
            took = time.time() - at.timestamp()
            watch.cancel()
            reports = [json.loads((await process.communicate(b""))[0]) for process in crew]
    posts = [round_ for report in reports for round_ in report["posts"]]
    assert len(posts) == len(set(posts)) == load.programmes, "each question is posted once"
    assert sum(report["calls"] for report in reports) >= CALLS * load.programmes
    return _Run(took=took, reports=reports, still=gaps.longest)


async def _opener(url: str, load: _Load) -> Process:
    settings = {"STUDYBOT_REDIS_URL": url, "STUDYBOT_WORKERS": str(load.workers), "STUDYBOT_LOG_FORMAT": "json"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "benchmarks.opener", str(load.seconds),
        cwd=ROOT, env=environment(settings), stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
    )  # fmt: skip
    assert process.stdout
    assert await process.stdout.readline() == b"ready\n"
    return process
