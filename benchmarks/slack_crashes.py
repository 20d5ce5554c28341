"""How the bot in Slack bears being killed: ``python -m benchmarks slack-crashes [--kills N] [--seed N]``.

Plays a quiz day in Slack over and over with real processes, by socket and by requests, one and two of them, while all is
delivered twice, one call in ten fails or its answer is lost, the socket is cut every five seconds, and a process is killed
with SIGKILL every one or two seconds. Prints each day's seed and what was lost, doubled or said where it must not be, and
returns 1 if anything was.
"""

from collections.abc import Sequence

from adapters.slack.access import Mode
from benchmarks import days
from tests.crash.slack.case import Trouble, carried_out


def main(argv: Sequence[str]) -> int:
    return days.main("slack-crashes", __doc__, argv, carried_out, trouble_of)


def trouble_of(seed: int) -> Trouble:
    """Return the troubles of a day: each way and each number of processes in turn."""
    mode = Mode.HTTP if seed % 2 else Mode.SOCKET
    return Trouble(mode=mode, size=1 + seed // 2 % 2, seed=seed, rough=True, kills=days.KILLS)
