"""What those who look after the quiz in a place are to see."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.question import KeyPoint, Level, Source
from bot.domain.round import RoundState


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRound:
    date: date
    asks_at: datetime
    reveals_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRound:
    round: RoundId
    state: RoundState
    question: str
    repliers: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """``who`` is None for somebody whose data was erased, and BOT for the bot; ``what`` goes on from the name."""

    at: datetime
    who: MemberId | None
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """A programme, what comes next and what came last. ``zone`` names the clock of the local times in ``schedule``.

    ``admins`` are those who look after it, whoever set it up first. ``changes`` says who changed what lately, newest first;
    there are ``older_changes`` more.
    """

    place: PlaceId
    state: str
    schedule: str
    zone: str
    admins: tuple[MemberId, ...] = ()
    next: tuple[NextRound, ...] = ()
    last: tuple[LastRound, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[ChangeLine, ...] = ()
    older_changes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupChoice:
    """What may be chosen for a value, and what is now, in the order of the options.

    ``several``: any number of them, with commas between; what none of them means is ``none``, empty where one has to be chosen.
    """

    options: tuple[str, ...]
    chosen: tuple[str, ...]
    several: bool = True
    none: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupFormView:
    """The form that sets the quiz up or changes it: each value's name, how it is now, and what may be written.

    Names are those of SetupRequest; a value that is sent back as it is changes nothing. ``choices`` has those values that a
    chat may let people choose rather than write. ``revision`` says how often the programme was changed before.
    """

    note: str
    values: tuple[tuple[str, str, str], ...]
    choices: Mapping[str, SetupChoice] = field(default_factory=dict)
    revision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupFaultsView:
    """What is wrong in a setup, of which nothing was kept.

    ``text`` says all of it. ``faults`` are pairs of a value's name, as in SetupFormView, and a sentence; the name is empty for
    what is no single value's.
    """

    text: str
    faults: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextQuestionView:
    """The question that comes next in a place, for those who look after it. ``note`` says what can be done about it.

    ``id`` is the question's: who swaps it says by it which one was seen. ``swappable``: a button may offer that.
    """

    round: RoundId
    id: str
    asks_at: datetime
    topic: str
    level: Level
    text: str
    points: tuple[KeyPoint, ...]
    model_answer: str
    sources: tuple[Source, ...]
    note: str
    swappable: bool = True
