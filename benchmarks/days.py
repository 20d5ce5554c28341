"""Days in a chat, played with real processes over and over until so many of them were killed."""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from tests.conftest import Server
from tests.crash.mishaps import one_per_store

ENOUGH = 200
AT_ONCE = 3
KILLS = 20
"""In a day at most."""
_SHOWN = 6_000


class Result(Protocol):
    """What came of a day."""

    @property
    def kills(self) -> int: ...
    @property
    def faults(self) -> list[str]: ...
    @property
    def log(self) -> str: ...


T = TypeVar("T")
Play = Callable[[str, T], Awaitable[Result]]


def main(name: str, about: str | None, argv: Sequence[str], play: Play[T], trouble_of: Callable[[int], T]) -> int:
    """Play the days whose troubles are told by their seed; return 1 if anything was not as it should be."""
    parser = argparse.ArgumentParser(
        prog=f"benchmarks {name}", description=about, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=ENOUGH, help=f"go on until so many were killed ({ENOUGH})")
    parser.add_argument("--seed", type=int, default=1, help="of the first day; each has the next one (1)")
    said = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="sb", dir="/tmp") as folder:
        server = Server(Path(folder))
        server.start()
        try:
            urls = [f"{server.url}?db={number}" for number in range(AT_ONCE)]
            return asyncio.run(_run(urls, said.kills, said.seed, play, trouble_of))
        finally:
            server.kill()


async def _run(urls: Sequence[str], kills: int, seed: int, play: Play[T], trouble_of: Callable[[int], T]) -> int:
    began, results = time.monotonic(), list[Result]()
    while sum(result.kills for result in results) < kills:
        first = seed + len(results)
        days = [trouble_of(number) for number in range(first, first + 2 * len(urls))]
        async for trouble, result in one_per_store(urls, days, play):
            results.append(result)
            print(f"{trouble}: {result.kills} kills", flush=True)
            if result.faults:
                print(f"{'; '.join(result.faults)}\n{result.log[-_SHOWN:]}", flush=True)
    wrong = sum(bool(result.faults) for result in results)
    killed = sum(result.kills for result in results)
    print(f"kills: {killed}; days with any fault {wrong} of {len(results)}; {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0
