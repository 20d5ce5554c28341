"""How the bot in Discord bears being killed: ``python -m benchmarks discord-crashes [--kills N] [--seed N]``.

Plays a quiz day in Discord over and over with real processes, one and two of them, while all is delivered twice, one call in ten
fails or its answer is lost, the gateway's socket is cut every five seconds, with and without its session, and a process is
killed with SIGKILL every one or two seconds; in every third day all of them just after Discord has done what was asked, and
before its answer is noted. Prints each day's troubles and what was lost, doubled or said where it must not be, and returns 1 if
anything was.
"""

from collections.abc import Sequence

from benchmarks import days
from tests.crash.discord.case import Point, Trouble, carried_out

_KILLS = 5
"""In a day at most: whoever dies holds the shard for ten seconds more, in which nobody is heard."""


def main(argv: Sequence[str]) -> int:
    return days.main("discord-crashes", __doc__, argv, carried_out, trouble_of)


def trouble_of(seed: int) -> Trouble:
    """Return the troubles of a day: each number of processes in turn, at random moments and at chosen points."""
    size = 1 + seed // 3 % 2
    if seed % 3 == 0:
        return Trouble(size=size, seed=seed, at=tuple(Point))
    return Trouble(size=size, seed=seed, rough=True, kills=_KILLS)
