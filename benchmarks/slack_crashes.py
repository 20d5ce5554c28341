"""How the bot in Slack bears being killed: ``python -m benchmarks slack-crashes [--kills N] [--seed N]``.

Plays a quiz day in Slack over and over with real processes, by socket and by requests, one and two of them, while all is
delivered twice, one call in ten fails or its answer is lost, the socket is cut every five seconds, and a process is killed
with SIGKILL every one or two seconds. Prints each day's seed and what was lost, doubled or said where it must not be, and
returns 1 if anything was.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from adapters.slack.access import Mode
from tests.conftest import Server
from tests.crash.mishaps import one_per_store
from tests.crash.slack.case import Result, Trouble, carried_out

ENOUGH = 200
AT_ONCE = 3
KILLS = 20
"""In a day at most."""
_SHOWN = 6_000


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks slack-crashes", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=ENOUGH, help=f"go on until so many were killed ({ENOUGH})")
    parser.add_argument("--seed", type=int, default=1, help="of the first day; each has the next one (1)")
    said = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="sb", dir="/tmp") as folder:
        server = Server(Path(folder))
        server.start()
        try:
            return asyncio.run(_run([f"{server.url}?db={number}" for number in range(AT_ONCE)], said.kills, said.seed))
        finally:
            server.kill()


async def _run(urls: Sequence[str], kills: int, seed: int) -> int:
    began, results = time.monotonic(), list[Result]()
    while sum(result.kills for result in results) < kills:
        first = seed + len(results)
        days = [trouble_of(number) for number in range(first, first + 2 * len(urls))]
        async for trouble, result in one_per_store(urls, days, carried_out):
            results.append(result)
            print(f"{trouble.mode}, {trouble.size}, seed {trouble.seed}: {result.kills} kills", flush=True)
            if result.faults:
                print(f"{'; '.join(result.faults)}\n{result.log[-_SHOWN:]}", flush=True)
    wrong = sum(bool(result.faults) for result in results)
    killed = sum(result.kills for result in results)
    print(f"kills: {killed}; days with any fault {wrong} of {len(results)}; {time.monotonic() - began:.0f} s")
    return 1 if wrong else 0


def trouble_of(seed: int) -> Trouble:
    """Return the troubles of a day: each way and each number of processes in turn."""
    mode = Mode.HTTP if seed % 2 else Mode.SOCKET
    return Trouble(mode=mode, size=1 + seed // 2 % 2, seed=seed, rough=True, kills=KILLS)
