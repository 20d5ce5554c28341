"""What every benchmark shares: a server, rounds that take turns with their baseline, and a table."""

import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.conftest import Server

Measured = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table. ``ratio`` is set against the baseline that ``against`` states; ``aim`` is what it should be."""

    what: str
    figure: str
    against: str = ""
    ratio: str = ""
    aim: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """What was measured in each round, and its baseline in the same round."""

    ours: Sequence[float]
    baseline: Sequence[float]

    def ratio(self) -> str:
        """Return the median of the rounds' ratios, with the least and the most."""
        return spread([ours / base for ours, base in zip(self.ours, self.baseline, strict=True)], "")


async def in_turns(rounds: int, ours: Measured, baseline: Measured) -> Pair:
    """Measure one after the other, round by round, and each first in every other round: both meet the same machine."""
    found: dict[Measured, list[float]] = {ours: [], baseline: []}
    for number in range(rounds):
        for measured in (baseline, ours) if number % 2 else (ours, baseline):
            found[measured].append(await measured())
    return Pair(ours=found[ours], baseline=found[baseline])


def spread(values: Sequence[float], unit: str) -> str:
    """Return "median unit (least to most)"."""
    least, most = min(values), max(values)
    return f"{_short(median(values))}{unit and ' '}{unit} ({_short(least)} to {_short(most)})"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(rows: Sequence[Row]) -> str:
    """Return the rows as a table in Markdown."""
    lines = [[row.what, row.figure, row.against, row.ratio, row.aim] for row in rows]
    head = ["what", "measured: median (least to most)", "against", "ratio", "aim"]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *lines))


@contextmanager
def running_server() -> Iterator[Server]:
    """Yield a server of the kind that the bot runs for itself: each change is on the disk before it is answered."""
    with tempfile.TemporaryDirectory(prefix="sb", dir="/tmp", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder))
        server.start()
        try:
            yield server
        finally:
            server.kill()
