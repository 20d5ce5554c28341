"""What an operator is to see of a whole store: programmes, what is to happen next, and the server behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ProgrammeId, RoundId
from bot.domain.programme import Occurrence, ProgrammeState
from bot.domain.round import RoundState, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreFacts:
    """What a server tells of itself; ``version`` and ``persistence`` say so where it does not. Memory is in bytes.

    ``memory_limit`` is 0 for none; what the server does at it is its ``eviction``.
    """

    version: str
    persistence: str
    memory: int = 0
    memory_limit: int = 0
    eviction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An entry of the agenda: when it was to happen, when it may next be claimed, and how often it was."""

    step: Step
    round: RoundId
    due: datetime
    claimable_at: datetime
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is planned on a platform, counted.

    ``late_s``: for so many seconds the most overdue entry that nobody holds could have been claimed. ``overdue_s``: for so
    many the most overdue entry of each step has been due, also one that is held or waits to be tried again.
    """

    platform: str
    entries: int
    late_s: float
    overdue_s: Mapping[Step, float]
    programmes: Mapping[ProgrammeState, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """``late_s``: so many seconds after its time the round was begun; None if it never was."""

    round: RoundId
    state: RoundState
    asks_at: datetime
    reveals_at: datetime
    late_s: float | None
    repliers: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedRound:
    """A round that is neither skipped nor settled.

    ``state`` is None for one that has run out, ``pending`` for one that the agenda lacks until the next sweep.
    """

    round: RoundId
    state: RoundState | None
    pending: Pending | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeFacts:
    """``opening`` is the next one's entry on the agenda, None where that lacks it until the next sweep.

    ``fault`` says why its schedule cannot be read; then nothing of it is asked. ``only_stale``: all that matches has a
    review that is too old, and is asked all the same.
    """

    programme: ProgrammeId
    state: str
    pause_reason: str
    schedule: str
    zone: str
    opening: Pending | None
    next: tuple[Occurrence, ...]
    last: tuple[RoundFacts, ...]
    fault: str = ""
    only_stale: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformFacts:
    """``late_s``: by so many seconds the most overdue entry of the agenda that nobody holds is late."""

    platform: str
    entries: int
    late_s: float
    programmes: tuple[ProgrammeFacts, ...]
    unfinished: tuple[UnfinishedRound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BankFacts:
    """The questions of the packs, counted, and the ids of those whose review is too old to be asked while others are there."""

    questions: int
    stale: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BotFacts:
    """What a running bot asks from, and since when. ``refused`` says why it did not take a newer state of the packs."""

    questions: int
    read_at: datetime
    refused_at: datetime | None = None
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    at: datetime
    store: StoreFacts
    platforms: tuple[PlatformFacts, ...]
    bank: BankFacts
    bots: tuple[BotFacts, ...]
