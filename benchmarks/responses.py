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
Seconds = Mapping[str, Sequence[float]]


async def compared(what: str, bare: str, ours: One, theirs: One, rounds: int, seconds: float) -> list[Row]:
    """Let one take its load after the other, each first in every other round; return a row for each kind."""
    found: dict[One, list[Seconds]] = {ours: [], theirs: []}
    for number in range(rounds):
        for one in (theirs, ours) if number % 2 else (ours, theirs):
            found[one].append(await put(one, RATE, seconds))
    pairs = {
        kind: Pair(
            ours=[1000 * p99(took[kind]) for took in found[ours]],
            baseline=[1000 * p99(took[kind]) for took in found[theirs]],
        )
        for kind in KINDS
    }
    return [_row(f"{what}: a {kind}", bare, pair) for kind, pair in pairs.items()]


async def keeping_up(how: str, bare: str, ours: One, theirs: One, rates: Sequence[float], seconds: float) -> Row:
    """Let both take ever more, each until it no longer keeps up."""
    most = {"ours": 0.0, "theirs": 0.0}
    for name, act in (("theirs", theirs), ("ours", ours)):
        for rate in (RATE, *rates):
            took = await put(act, rate, seconds)
            if p99([one for kind in KINDS for one in took[kind]]) >= _KEEPS_UP:
                break
            most[name] = rate
    return Row(
        what=f"keeping up {how}, with all that follows: p99 under {1000 * _KEEPS_UP:.0f} ms",
        figure=f"to {most['ours']:.0f} a second",
        against=f"{bare}, to {most['theirs']:.0f} a second of at most {max(RATE, *rates):.0f}",
        ratio=f"{most['ours'] / most['theirs']:.2g}" if most["theirs"] else "",
        aim="1",
    )


async def put(one: One, rate: float, seconds: float) -> Seconds:
    """Let as many things happen a second, at even distances, and return how long each took to be answered, by kind."""
    asked = list[tuple[str, asyncio.Future[float]]]()
    with _uncollected():
        began = time.perf_counter()
        for number, kind in zip(range(round(rate * seconds)), itertools.cycle(KINDS), strict=False):
            await asyncio.sleep(began + number / rate - time.perf_counter())
            asked.append((kind, asyncio.ensure_future(one(kind))))
        took: dict[str, list[float]] = {kind: [] for kind in KINDS}
        for kind, needed in asked:
            took[kind].append(await needed)
        await asyncio.sleep(REST)
    return took


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
