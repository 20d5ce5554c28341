"""What is meant to come next, and who changed what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.ids import MemberId, PlaceId, ProgrammeId
from bot.domain.plan import Plan


class Plans(Protocol):
    async def get(self, programme: ProgrammeId) -> Plan | None: ...

    async def keep(self, programme: ProgrammeId, plan: Plan, before: Plan | None) -> bool:
        """Keep a plan in the place of ``before``; False, and nothing is kept, if that is not (any more) what is planned."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``who`` is None for somebody whose data was erased, and BOT for the bot; ``what`` goes on from the name: "paused …".

    ``reason`` is as somebody typed it, and goes with its writer.
    """

    at: datetime
    who: MemberId | None
    what: str
    reason: str = ""


KEPT = timedelta(days=90)
"""How long it is known who changed what."""


class Changes(Protocol):
    """Who changed what in a place."""

    async def add(self, place: PlaceId, change: Change, delivery: str) -> None:
        """Keep a change; the same one of the same delivery is kept once, with its first instant.

        Whoever is being erased, or was in the last ten minutes and may have begun this before, is not named.
        """
        ...

    async def latest(self, place: PlaceId, count: int, since: datetime | None = None) -> Sequence[Change]:
        """Return the last changes, newest first; ``since``: only what is not older."""
        ...
