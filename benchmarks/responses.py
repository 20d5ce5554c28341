"""How soon what people do in a chat is answered, by the bot and by an app that only acknowledges, in turns.

A command, a button and a form come in turn, so many a second in all, whatever has been answered by then. What the bot does after
it has answered is part of the load.
"""

import asyncio
import gc
import itertools
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median

from benchmarks.measure import Pair, Row, spread

KINDS = ("command", "button", "form")
MEMBERS = 300
REST = 0.5
"""Seconds between two loads, in which what is left of the first is done."""

RATE = 200.0
RATES = (300.0, 400.0, 600.0, 800.0)
"""At which is looked who keeps up: the slowest answer but for one in a hundred takes less than ``_KEEPS_UP``."""
_KEEPS_UP = 0.1

One = Callable[[str], Awaitable[float]]
"""Does one thing of a kind, and returns how long its answer took: infinite if it did not come."""
_TURNS = 3
"""So many of each rate are taken in turns; the middle one counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """How long each thing took to be answered, by kind, and how much later than planned it happened, in seconds."""

    seconds: Mapping[str, Sequence[float]]
    late: Sequence[float]

    @property
    def p99(self) -> float:
        return p99([one for kind in KINDS for one in self.seconds[kind]])


async def compared(what: str, bare: str, ours: One, theirs: One, rounds: int, seconds: float) -> list[Row]:
    """Let one take its load after the other, each first in every other round; return a row for each kind, and one for the load."""
    found: dict[One, list[Taken]] = {ours: [], theirs: []}
    for number in range(rounds):
        for one in (theirs, ours) if number % 2 else (ours, theirs):
            found[one].append(await put(one, RATE, seconds))
    pairs = {
        kind: Pair(
            ours=[1000 * p99(took.seconds[kind]) for took in found[ours]],
            baseline=[1000 * p99(took.seconds[kind]) for took in found[theirs]],
        )
        for kind in KINDS
    }
    late = {one: 1000 * p99([late for took in found[one] for late in took.late]) for one in found}
    generator = Row(
        what=f"{what}: how late the load itself came, p99",
        figure=f"{late[ours]:.3g} ms",
        against=f"with {bare} {late[theirs]:.3g} ms",
    )
    return [*(_row(f"{what}: a {kind}", bare, pair) for kind, pair in pairs.items()), generator]


async def keeping_up(how: str, bare: str, ours: One, theirs: One, rates: Sequence[float], seconds: float) -> Row:
    """Let both take ever more, in turns, each until it no longer keeps up in most of its turns."""
    most, going = {"ours": 0.0, "theirs": 0.0}, {"theirs": theirs, "ours": ours}
    for rate in (RATE, *rates):
        found: dict[str, list[float]] = {name: [] for name in going}
        for _ in range(_TURNS):
            for name, act in going.items():
                found[name].append((await put(act, rate, seconds)).p99)
        kept = {name for name, slowest in found.items() if median(slowest) < _KEEPS_UP}
        most.update(dict.fromkeys(kept, rate))
        going = {name: act for name, act in going.items() if name in kept}
    return Row(
        what=f"keeping up {how}, with all that follows: p99 under {1000 * _KEEPS_UP:.0f} ms",
        figure=f"to {most['ours']:.0f} a second",
        against=f"{bare}, to {most['theirs']:.0f} a second of at most {max(RATE, *rates):.0f}",
        ratio=f"{most['ours'] / most['theirs']:.2g}" if most["theirs"] else "",
        aim="1",
    )


async def put(one: One, rate: float, seconds: float) -> Taken:
    """Let as many things happen a second, at even distances."""
    asked, late = list[tuple[str, asyncio.Future[float]]](), list[float]()
    with _uncollected():
        began = time.perf_counter()
        for number, kind in zip(range(round(rate * seconds)), itertools.cycle(KINDS), strict=False):
            await asyncio.sleep(began + number / rate - time.perf_counter())
            late.append(time.perf_counter() - began - number / rate)
            asked.append((kind, asyncio.ensure_future(one(kind))))
        took: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for kind, needed in asked:
            took[kind].append(await needed)
        await asyncio.sleep(REST)
    return Taken(seconds=took, late=late)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let this process collect no garbage: it stands for the platform, and would hold answers up by 100 ms."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(0.99 * len(seconds))]


def _row(what: str, bare: str, pair: Pair) -> Row:
    return Row(
        what=f"{what}, {RATE:.0f} a second of all kinds, p99",
        figure=spread(pair.ours, "ms"),
        against=f"{bare}, {spread(pair.baseline, 'ms')}",
        ratio=pair.ratio(),
        aim="≤ 1.3",
    )
