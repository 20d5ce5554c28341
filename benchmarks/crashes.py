"""How the bot bears being killed: ``python -m benchmarks crashes [--at POINT]``.

Plays a quiz day in six places over and over, each time killing a real process with SIGKILL at another point: before and
after every call of a script of the store and of the chat, as a process alone and as one of two. Then the same while a member is
erased or hidden, with the round open and revealed, and while replies are reviewed and graded anew. Prints what was lost, doubled or left, and returns 1 if anything was, or if
fewer than 200 processes were killed.
"""

import argparse
import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.conftest import Server
from tests.crash import reviews, rights
from tests.crash.case import zone_where_it_is_six
from tests.crash.mishaps import Mishap, Result, all_carried_out, all_points, calls_of_a_day, one_per_store

ENOUGH = 200
AT_ONCE = 4
_SHOWN = 4_000
_KINDS = ("question", "reveal", "award")


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks crashes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--at", metavar="POINT", help="only here, such as after:script:opened#1")
    at = parser.parse_args(argv).at
    with tempfile.TemporaryDirectory(prefix="sb", dir="/tmp") as folder:
        server = Server(Path(folder))
        server.start()
        try:
            return asyncio.run(_run([f"{server.url}?db={number}" for number in range(AT_ONCE)], at))
        finally:
            server.kill()


async def _run(urls: Sequence[str], at: str | None) -> int:
    began = time.monotonic()
    points = [at] if at else all_points(await calls_of_a_day(urls[0]))
    results: list[Result] = []
    async for result in all_carried_out(urls, [Mishap(point=point, size=size) for point in points for size in (1, 2)]):
        results.append(result)
        if result.faults:
            print(f"{result.mishap}: {'; '.join(result.faults)}\n{result.log[-_SHOWN:]}", flush=True)
    wrong = sum(bool(result.faults) for result in results)
    wrong += 0 if at else await _of_rights(urls) + await _of_reviews(urls)
    killed = sum(result.befell for result in results)
    print(f"{summary(results)}; {len(points)} points, {time.monotonic() - began:.0f} s")
    return 1 if wrong or (killed < ENOUGH and not at) else 0


async def _of_rights(urls: Sequence[str]) -> int:
    """Kill a process in each step of an erasure and of hiding; return how many days then had a fault."""
    wrong = 0
    async for death, faults in one_per_store(urls, rights.ALL, rights.faults_after):
        wrong += bool(faults)
        if faults:
            print(f"{death}: {'; '.join(faults)}", flush=True)
    print(f"erased or hidden: kills {len(rights.ALL)}; days with any fault {wrong} of {len(rights.ALL)}")
    return wrong


async def _of_reviews(urls: Sequence[str]) -> int:
    """Kill a process in each step of a review and of grading anew; return how many then did not end as undisturbed."""
    zone = zone_where_it_is_six()
    undisturbed, wrong = await reviews.played(urls[0], "", zone), 0
    async for point, result in one_per_store(urls, reviews.ALL, partial(reviews.played, zone=zone)):
        wrong += result != undisturbed
        if result != undisturbed:
            print(f"{point}: {result}", flush=True)
    print(f"reviewed and graded anew: kills {len(reviews.ALL)}; days with any fault {wrong} of {len(reviews.ALL)}")
    return wrong


def summary(results: Sequence[Result]) -> str:
    """Return one line: how many died, what was lost and doubled, and how many days did not end as they should."""
    found = Counter(" ".join(fault.split(":")[0].split()[:2]) for result in results for fault in result.faults)
    told = ", ".join(f"{kind}s lost {found[f'{kind} lost']}, doubled {found[f'{kind} doubled']}" for kind in _KINDS)
    wrong = sum(bool(result.faults) for result in results)
    return f"kills: {sum(result.befell for result in results)}, {told}; days with any fault {wrong} of {len(results)}"
