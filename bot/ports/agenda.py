"""What is to happen next, and the leases under which it is carried out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.ids import RoundId
from bot.domain.round import Step

LONGEST_WAIT = 900.0
"""Seconds after which whatever waits to be tried again is due again, however long the chat asked to wait."""


class StartError(Exception):
    """A start that cannot go on: one sentence for the person who started it, and the exit code."""

    def __init__(self, sentence: str, code: int = 78) -> None:
        super().__init__(sentence)
        self.code = code


class StoreUnavailable(Exception):  # noqa: N818 - a state of the world that callers plan for, not a fault
    """The store did not answer in time. Whatever was asked may have happened: every change is safe to ask again."""


class Superseded(Exception):  # noqa: N818 - the same
    """Somebody else holds the entry now; whoever gets this stops at once and changes nothing in the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A claimed agenda entry. ``now`` is the store's clock at the claim; ``fence`` is above that of every earlier holder.

    ``revision`` is the programme's when the entry was written; 0 means that any will do (rounds by hand). ``reveals_at`` is
    set for a round by hand alone.
    """

    platform: str
    step: Step
    round: RoundId
    due: datetime
    now: datetime
    attempt: int
    fence: int
    revision: int
    reveals_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A use case's word that its entry is to come again: after so many seconds."""

    seconds: float


class Agenda(Protocol):
    """What is to happen next on one platform: the only place that knows when."""

    async def claim(self, platform: str, limit: int) -> Sequence[Lease]:
        """Take up to ``limit`` due entries, oldest first, for the length of the lease."""
        ...

    async def confirm(self, lease: Lease) -> None:
        """Renew, and raise Superseded if it is no longer ours. Called every third of a lease and right before every send."""
        ...

    async def put_back(self, lease: Lease, seconds: float) -> None:
        """Let the entry fall due again after so many seconds, for anyone."""
        ...

    async def drop(self, lease: Lease) -> None:
        """Acknowledge an entry that needs no move of a round."""
        ...

    async def hasten(self, step: Step, round_: RoundId) -> bool:
        """Make an entry due now; False if there is none."""
        ...

    async def again(self, round_: RoundId) -> bool:
        """Let a reveal that was refused be posted now; False if it stands, or if the round's self-check has ended."""
        ...

    async def regrade(self, round_: RoundId) -> bool:
        """Let a revealed round be graded anew now; False if it is not revealed."""
        ...

    async def amend(self, round_: RoundId) -> bool:
        """Let the reveal of a round be shown as the round now stands; False if it is not revealed."""
        ...

    async def unfinished(self, platform: str) -> Sequence[RoundId]:
        """Return the rounds that are neither skipped nor settled."""
        ...

    async def restore(self, round_: RoundId) -> bool:
        """Put the entry that an unfinished round needs on the agenda, if it is not there; True if it was missing."""
        ...

    async def backlog(self, platform: str) -> tuple[int, float]:
        """Return how many entries there are, and by how many seconds the most overdue one that nobody holds is late."""
        ...
