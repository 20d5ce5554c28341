"""What the keys of a store are to a backup: when each is read, and which are made anew from others."""

from enum import Enum

from adapters.redis import key_parts, keys
from bot.domain.ids import PlaceId, RoundId, TeamId, programme_of
from bot.domain.round import Step


class Part(Enum):
    """In the order in which they are read; see ``RedisBackup`` for why."""

    NOTED = "deliveries, and what else must not know more than what is read after it"
    PLACE = "a place's own keys, its rounds and its part of the agenda"
    BOARD = "boards and streaks: sums over the ledger"
    OTHER = "what members wrote, and everything else"
    LEDGER = "ledgers"
    FENCE = "the fences of agendas"
    NOTHING = "what follows from the rest, or lives for moments"


_NOTED = {"deliveries", "by-hand", "skipped", "practice-deliveries", "attempt"}
_PLACE = {"programme", "place", "plan", "rounds"}
_BOARDS = {"board", "team-board", "streaks"}
_FOLLOWS = {
    "agenda",
    "programmes",
    "unfinished",
    "taken",
    "closing",
    "unsettled",
    "schema",
    "ledgers",
    "probe",
    "erased",
    "present",
    "review",
}
_LONGEST_OF_PLATFORM = 3  # root, platform, name


def part_of(key: str) -> Part:
    """Return when a key is read. What is not known here is read as OTHER."""
    names = key.split(":")
    if key.endswith(":anew") or names[1] == "lease":
        return Part.NOTHING
    if names[1] == "once":
        return Part.NOTED
    if len(names) <= _LONGEST_OF_PLATFORM:
        if names[-1] == "agenda-fence":
            return Part.FENCE
        return Part.NOTHING if names[-1] in _FOLLOWS else Part.OTHER
    if names[2] == "agenda" and names[3] in set(Step):
        return Part.NOTHING
    return _of_team(names[3], is_of_team=names[4:] == [])


def _of_team(kind: str, *, is_of_team: bool) -> Part:
    if kind == "asked":
        return Part.NOTED if is_of_team else Part.PLACE
    for kinds, part in (
        (_NOTED, Part.NOTED),
        (_PLACE, Part.PLACE),
        (_BOARDS, Part.BOARD),
        (_FOLLOWS, Part.NOTHING),
        ({"ledger"}, Part.LEDGER),
    ):
        if kind in kinds:
            return part
    return Part.OTHER


def of_place(id_: PlaceId) -> tuple[str, ...]:
    """Return the keys of a place that the moves of its rounds change, or that say which question comes next."""
    programme = programme_of(id_)
    return keys.rounds(id_), keys.programme(programme), keys.place(id_), keys.plan(programme), keys.asked(id_)


def kind_of(key: str) -> str:
    """Return what a key of a team holds: the word after its team; empty for any other key."""
    return key_parts.kind(key) if key.count(":") >= _LONGEST_OF_PLATFORM else ""


def scope_of(key: str) -> PlaceId | TeamId:
    """Return the place that a key of a place or round is of, or the team of any other."""
    names = key.split(":")
    if len(names) == _LONGEST_OF_PLATFORM + 1 or names[3] == "team-board":
        return TeamId(":".join(names[1:3]))
    return PlaceId(":".join((*names[1:3], names[4])))


def round_of(key: str) -> RoundId:
    """Return the round that a key of a round is of."""
    _, platform, team, _, rest = key.split(":", 4)
    return RoundId(f"{platform}:{team}:{rest}")


def is_ours(key: str) -> bool:
    return key.startswith(f"{keys.ROOT}:")
