"""Who and where: the names under which everything is kept.

Every id is made of parts joined by colons (``slack:T024:C17``), so a part may hold neither a colon nor white space.
"""

import re
from datetime import date
from typing import NewType

TeamId = NewType("TeamId", str)
"""``platform:team``: the installation that owns the place."""
PlaceId = NewType("PlaceId", str)
"""``platform:team:channel``."""
MemberId = NewType("MemberId", str)
"""``platform:team:user``; the team is the place's, also for guests of a shared channel."""
ProgrammeId = NewType("ProgrammeId", str)
"""Opaque; today the place's id, because a place has one programme."""
RoundId = NewType("RoundId", str)
"""``programme:date``, and ``programme:date.2``, ``.3`` … for those asked by hand on top."""

BOT = MemberId("bot")
"""Who did what no member did. It has no platform, so no member is called so."""

_ERASED = "~"
_PART = re.compile(r"[^\s:/|\x00-\x1f\x7f]{1,64}")


def is_part(text: str) -> bool:
    """Tell whether the text may stand as one part of an id (1 to 64 characters, no white space, ``:``, ``/`` or ``|``)."""
    return _PART.fullmatch(text) is not None


def place_id(platform: str, team: str, channel: str) -> PlaceId:
    return PlaceId(_joined(platform, team, channel))


def member_id(platform: str, team: str, user: str) -> MemberId:
    return MemberId(_joined(platform, team, user))


def programme_of(place: PlaceId) -> ProgrammeId:
    """Return the id of the place's programme."""
    return ProgrammeId(place)


def round_id(programme: ProgrammeId, day: date, number: int = 1) -> RoundId:
    """Return the id of the programme's ``number``-th round of a local date; the first is the scheduled one."""
    return RoundId(f"{programme}:{day.isoformat()}" + ("" if number == 1 else f".{number}"))


def programme_and_date(round_: RoundId) -> tuple[ProgrammeId, date, int]:
    """Take a round's id apart into programme, local date and number."""
    programme, _, tail = round_.rpartition(":")
    day, _, number = tail.partition(".")
    return ProgrammeId(programme), date.fromisoformat(day), int(number or 1)


def is_round_id(text: str) -> bool:
    """Tell whether a round may be called so."""
    programme, _, _ = text.rpartition(":")
    try:
        programme_and_date(RoundId(text))
    except ValueError:
        return False
    return bool(programme)


def place_of(round_: RoundId) -> PlaceId:
    """Return the place that a round was asked in."""
    return PlaceId(round_.rpartition(":")[0])


def erased_id(team: TeamId, token: str) -> MemberId:
    """Return the name under which the ledger keeps the points of somebody whose data was erased: no platform has such users."""
    return MemberId(f"{team}:{_ERASED}{token}")


def is_erased(member: MemberId) -> bool:
    """Tell whether the name is one of those: it stands for nobody, and on no board."""
    return last_part(member).startswith(_ERASED)


def platform_of(id_: PlaceId | MemberId | ProgrammeId | RoundId | TeamId) -> str:
    return id_.split(":", 1)[0]


def team_of(id_: PlaceId | MemberId | ProgrammeId | RoundId) -> TeamId:
    return TeamId(":".join(id_.split(":", 2)[:2]))


def last_part(id_: PlaceId | MemberId) -> str:
    """Return the channel of a place or the user of a member, as the platform calls them."""
    return id_.rpartition(":")[2]


def _joined(*parts: str) -> str:
    for part in parts:
        if not is_part(part):
            raise ValueError(f"{part!r} cannot be part of an id: 1 to 64 characters, no white space, ':', '/' or '|'")
    return ":".join(parts)
