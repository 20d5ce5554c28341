"""``python -m benchmarks`` (``make bench``) runs all that needs no data of its own; one name runs that alone.

``submit``, ``boards``, ``agenda``, ``reveal``, ``start``, ``slack`` and ``discord`` print a table of ratios, each against a
baseline of the same run; ``crashes``, ``slack-crashes`` and ``discord-crashes`` say what was lost or doubled.
``grading PATH [--learn K]`` needs a path; ``blind`` judges the ticks by replies that are kept back; ``fit-grading`` fits the
grader's threshold to the bank.
"""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

from benchmarks import (
    agenda,
    blind,
    boards,
    crashes,
    discord,
    discord_crashes,
    fit_grading,
    grading,
    machine,
    reveal,
    slack,
    slack_crashes,
    start,
    submit,
)
from benchmarks.measure import Row, table

MEASURED: Mapping[str, Callable[[], Awaitable[list[Row]]]] = {
    "submit": submit.run,
    "boards": boards.run,
    "agenda": agenda.run,
    "reveal": reveal.run,
    "start": start.run,
    "slack": slack.run,
    "discord": discord.run,
}


KILLING = ("crashes", "slack-crashes", "discord-crashes")

OTHERS: Mapping[str, Callable[[list[str]], int]] = {
    "crashes": crashes.main,
    "slack-crashes": slack_crashes.main,
    "discord-crashes": discord_crashes.main,
    "grading": grading.main,
    "blind": blind.main,
    "fit-grading": fit_grading.main,
}


def main(argv: list[str]) -> int:
    match argv:
        case []:
            asyncio.run(_measure(*MEASURED))
            return max(OTHERS[name]([]) for name in KILLING)
        case [name] if name in MEASURED:
            asyncio.run(_measure(name))
            return 0
        case [name, *rest] if name in OTHERS:
            return OTHERS[name](rest)
    print(
        f"Say one of: {', '.join([*MEASURED, *OTHERS])}. Some take more: grading PATH, crashes --at POINT.",
        file=sys.stderr,
    )
    return 2


async def _measure(*names: str) -> None:
    print(f"{machine.described()}, {datetime.now(UTC):%Y-%m-%d}\n", flush=True)
    rows: list[Row] = []
    for name in names:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += await MEASURED[name]()
    print(table(rows), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
