"""Read what a lead typed into the setup: every wrong value gets a sentence, all at once."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import time
from difflib import get_close_matches
from typing import TypeVar

from bot import wording
from bot.domain.ids import MemberId, is_part, last_part, member_id, programme_of, team_of
from bot.domain.programme import DAY_NAMES, DEFAULT_MIX, MOST_ADMINS, NOTHING, Collect, Programme, Schedule
from bot.domain.question import Level
from bot.domain.timetable import days_text, parse_days, parse_time
from bot.ports import Caller, SetupRequest
from bot.views import SetupChoice, SetupFaultsView

T = TypeVar("T")

DEFAULT_AT, DEFAULT_REVEAL_AT, DEFAULT_ZONE = time(9), time(16), "UTC"
_ALL = frozenset({"all", "any", "*"})
_LARGEST_SHARE = 100
_MOST_FAULTS = 5
"""Unknown words that are named: more of them are no setup, but a sentence."""
_WORDS = {field.name: field.name for field in fields(SetupRequest)} | {"reveal": "reveal_at", "reveal-at": "reveal_at"}


Fault = tuple[str, str]
"""A value's name and what is wrong with it."""


@dataclass(slots=True)
class _Reader:
    """Reads one value after the other and collects what is wrong."""

    faults: list[Fault] = field(default_factory=list)

    def read(self, name: str, text: str, parse: Callable[[str], T], otherwise: T) -> T:
        """Return the value, or ``otherwise`` if there is no text or it is wrong."""
        if not text.strip():
            return otherwise
        try:
            return parse(text.strip())
        except ValueError as wrong:
            self.faults.append((name, str(wrong)))
            return otherwise


def words(text: str) -> tuple[SetupRequest, list[str]]:
    """Return what "at=09:00 zone=Europe/Berlin …" asks for, and a sentence per word that is not known or is there twice."""
    values: dict[str, str] = {}
    faults: list[str] = []
    for part in text.split():
        name, sign, value = part.partition("=")
        known = _WORDS.get(name.lower())
        if not sign or known is None:
            near = get_close_matches(name.lower()[:40], _WORDS, n=1)
            faults.append(wording.programmes.unknown_setup_word(part, near[0] if near else None))
        elif known in values:
            faults.append(wording.programmes.doubled_setup_word(name))
        else:
            values[known] = value
    return SetupRequest(**values), faults[:_MOST_FAULTS]


def read(
    request: SetupRequest, caller: Caller, before: Programme | None, topics: Collection[str]
) -> tuple[Programme, list[Fault]]:
    """Return the programme that is asked for and what is wrong, value by value; empty values stay as they were."""
    reader = _Reader()
    old = before.schedule if before else Schedule(at=DEFAULT_AT, reveal_at=DEFAULT_REVEAL_AT, zone=DEFAULT_ZONE)
    at = reader.read("at", request.at, parse_time, old.at)
    reveal_at = reader.read("reveal_at", request.reveal_at, parse_time, old.reveal_at)
    if reader.faults:  # beside one that is wrong nothing can be said of the other
        at, reveal_at = old.at, old.reveal_at
    schedule = Schedule(
        at=at,
        reveal_at=reveal_at,
        zone=request.zone.strip() or old.zone,
        weekdays=reader.read("days", request.days, parse_days, old.weekdays),
        reveal_days=old.reveal_days,
        every=reader.read("every", request.every, _weeks, old.every),
        anchor=old.anchor,
        holidays=None if request.holidays.strip().lower() in NOTHING else request.holidays.strip() or old.holidays,
    )
    wanted = Programme(
        id=programme_of(caller.place),
        place=caller.place,
        schedule=schedule,
        topics=reader.read(
            "topics", request.topics, lambda text: _topics(text, topics), before.topics if before else frozenset()
        ),
        levels=reader.read("levels", request.levels, _levels, before.levels if before else dict(DEFAULT_MIX)),
        collect=reader.read("collect", request.collect, _collect, before.collect if before else Collect.BOTH),
        revision=before.revision if before else 0,
        set_up_by=before.set_up_by if before else caller.member,
        admins=reader.read(
            "admins", request.admins, lambda text: _admins(text, caller), before.admins if before else frozenset()
        ),
    )
    return wanted, reader.faults


def present(before: Programme | None, caller: Caller) -> dict[str, str]:
    """Return each value of the setup as it is now, or as it would be, in the words that ``read`` understands."""
    programme, _ = read(SetupRequest(), caller, before, ())
    schedule = programme.schedule
    return {
        "at": f"{schedule.at:%H:%M}",
        "reveal_at": f"{schedule.reveal_at:%H:%M}",
        "zone": schedule.zone,
        "days": days_text(schedule.weekdays).replace(" ", ""),
        "every": str(schedule.every),
        "topics": ",".join(sorted(programme.topics)) or "all",
        "levels": ",".join(f"{level}:{share}" for level, share in programme.levels.items()),
        "collect": programme.collect,
        "holidays": schedule.holidays or "none",
        "admins": ",".join(sorted(last_part(member) for member in programme.admins)) or "none",
    }


def choices(before: Programme | None, caller: Caller, topics: Collection[str]) -> Mapping[str, SetupChoice]:
    """Return what may be chosen of the setup's values; a level comes with the share that it has, or would have."""
    programme, _ = read(SetupRequest(), caller, before, ())
    shares = {level: f"{level}:{programme.levels.get(level, DEFAULT_MIX[level])}" for level in Level}
    return {
        "days": SetupChoice(
            options=DAY_NAMES, chosen=tuple(DAY_NAMES[day] for day in sorted(programme.schedule.weekdays))
        ),
        "topics": SetupChoice(
            options=tuple(sorted({*topics, *programme.topics})), chosen=tuple(sorted(programme.topics)), none="all"
        ),
        "levels": SetupChoice(
            options=tuple(shares.values()), chosen=tuple(shares[level] for level in Level if level in programme.levels)
        ),
        "collect": SetupChoice(options=tuple(Collect), chosen=(programme.collect,), several=False),
    }


def faults_view(wrong: Sequence[str], values: Sequence[Fault], schedule: Mapping[str, str]) -> SetupFaultsView | None:
    """Return everything that is wrong, if anything is: words, values, and fields of the schedule that they make.

    Those of its fields that ``read`` lets be wrong are called as the values are.
    """
    said = [wording.programmes.wrong_setup_value(name, fault) for name, fault in values]
    lines = [*wrong, *said, *schedule.values()]
    if not lines:
        return None
    faults = (*(("", one) for one in wrong), *values, *schedule.items())
    return SetupFaultsView(text=wording.programmes.setup_faults(lines), faults=faults)


def _weeks(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 3:  # noqa: PLR2004 - no calendar needs more weeks
        raise ValueError(f"{text[:20]!r} is not a number of weeks; 1 means every week")
    return int(text)


def _topics(text: str, known: Collection[str]) -> frozenset[str]:
    wanted = [part.strip().lower() for part in text.split(",") if part.strip()]
    if _ALL.intersection(wanted):
        return frozenset()
    wrong = [one for one in wanted if one not in known]
    if wrong:
        near = [name for one in wrong for name in get_close_matches(one[:40], known, n=1)]
        hint = (
            f"did you mean {', '.join(near)}?" if len(near) == len(wrong) else f"there are {', '.join(sorted(known))}"
        )
        raise ValueError(f"{_none_of(wrong, 'a topic', 'topics')} of the bank; {hint}")
    return frozenset(wanted)


def _levels(text: str) -> dict[Level, int]:
    """Read "foundation:3,expert:1"; a level without a number has a share of 1."""
    parts = [part.strip().partition(":") for part in text.split(",")]
    wrong = [name for name, _, _ in parts if name.strip().lower() not in set(Level)]
    if wrong:
        hint = f"there are {', '.join(Level)}, each with a share such as expert:2"
        raise ValueError(f"{_none_of(wrong, 'a level', 'levels')}; {hint}")
    return {Level(name.strip().lower()): _share(number.strip()) for name, _, number in parts}


def _none_of(said: Sequence[str], one: str, several: str) -> str:
    names = ", ".join(repr(name[:40]) for name in said[:_MOST_FAULTS]) + (" …" if len(said) > _MOST_FAULTS else "")
    return f"{names} is not {one}" if len(said) == 1 else f"{names} are not {several}"


def _share(text: str) -> int:
    if not text:
        return 1
    if not text.isascii() or not text.isdigit() or len(text) > 3 or not 1 <= int(text) <= _LARGEST_SHARE:  # noqa: PLR2004 - three digits
        raise ValueError(f"{text[:20]!r} is not a share; write a whole number from 1 to {_LARGEST_SHARE}")
    return int(text)


def _admins(text: str, caller: Caller) -> frozenset[MemberId]:
    """Read members of the caller's team, by their ids or by what the platform calls them."""
    said = text.replace(",", " ").split()
    if len(said) == 1 and said[0].lower() in NOTHING:
        return frozenset()
    named = frozenset(_member(one, caller) for one in said)
    if len(named) > MOST_ADMINS:
        raise ValueError(f"{len(named)} are too many; at most {MOST_ADMINS} can be named")
    return named


def _member(said: str, caller: Caller) -> MemberId:
    platform, team = team_of(caller.place).split(":")
    user = said.removeprefix(f"{platform}:{team}:").removeprefix("@")
    if not is_part(user):
        raise ValueError(f"{said[:40]!r} is no member of this team; write names with commas between, or none")
    return member_id(platform, team, user)


def _collect(text: str) -> Collect:
    if text.lower() not in set(Collect):
        raise ValueError(f"{text[:20]!r} is not a way to collect replies; there are {', '.join(Collect)}")
    return Collect(text.lower())
