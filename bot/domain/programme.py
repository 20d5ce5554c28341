"""What a place has asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.ids import MemberId, PlaceId, ProgrammeId
from bot.domain.question import Level

GRACE_BEFORE_REVEAL = timedelta(hours=1)
"""A question that could not be asked on time is still asked until this long before its reveal."""

MOST_SKIPPED = 5
"""So many rounds may be skipped ahead: who wants more of a rest pauses."""

MOST_ADMINS = 20
"""So many members may be named to look after a programme, beside whoever set it up."""
NOTHING = frozenset({"none", "no", "-"})
"""What people type for a value that is to be empty: nobody is named, no holidays are kept."""

DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Local times in one zone. ``weekdays`` counts Monday as 0.

    ``every`` is in weeks, as RFC 5545 counts ``FREQ=WEEKLY;INTERVAL=n``: weeks start on Monday and the week of ``anchor``
    is one that counts. ``holidays`` is a country or a country and subdivision of the holidays library ("DE", "DE-BE").
    The reveal is ``reveal_days`` local dates after the asking, at ``reveal_at``.
    """

    at: time
    reveal_at: time
    zone: str
    weekdays: frozenset[int] = frozenset(range(5))
    reveal_days: int = 0
    every: int = 1
    anchor: date = date(2024, 1, 1)
    holidays: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One scheduled date with its two instants, both UTC."""

    date: date
    asks_at: datetime
    reveals_at: datetime


class ProgrammeState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    REMOVED = "removed"


class Collect(StrEnum):
    """How replies are collected."""

    FORM = "form"
    THREAD = "thread"
    BOTH = "both"


DEFAULT_MIX: Mapping[Level, int] = {Level.FOUNDATION: 3, Level.PRACTITIONER: 5, Level.EXPERT: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """``topics`` empty means all of them; ``levels`` maps each wanted level to its share of the mix (any positive integers).

    ``revision`` is given by the store and grows with every change. ``admins`` are those who were named to look after it, beside
    whoever set it up. ``paused_by`` is who gave the ``pause_reason``; None for the bot.
    """

    id: ProgrammeId
    place: PlaceId
    schedule: Schedule
    topics: frozenset[str] = frozenset()
    levels: Mapping[Level, int] = field(default_factory=lambda: dict(DEFAULT_MIX))
    collect: Collect = Collect.BOTH
    language: str = "en"
    state: ProgrammeState = ProgrammeState.ACTIVE
    revision: int = 0
    set_up_by: MemberId | None = None
    admins: frozenset[MemberId] = frozenset()
    pause_reason: str = ""
    paused_by: MemberId | None = None

    def looked_after_by(self) -> tuple[MemberId, ...]:
        """Return who looks after it, whoever set it up first."""
        first = (self.set_up_by,) if self.set_up_by else ()
        return *first, *sorted(self.admins.difference(first))

    def named(self) -> tuple[MemberId, ...]:
        """Return everybody whose name is kept in it."""
        return tuple(dict.fromkeys([*self.looked_after_by(), *([self.paused_by] if self.paused_by else [])]))
