"""Every key, built here alone. Keys of a team share the prefix ``studybot:<platform>:<team>``.

Which of them never run out is said in ``lifetimes``.
"""

import hashlib
from collections.abc import Iterable

from bot.domain.ids import MemberId, PlaceId, ProgrammeId, RoundId, TeamId, last_part, programme_and_date, team_of
from bot.domain.round import Step
from bot.domain.score import Period, Scope

ROOT = "studybot"
SCHEMA = f"{ROOT}:schema"
SCHEMA_VERSION = 1
RESTORING = "restoring"
"""What stands in the place of the schema's number until a restore has ended begins with this."""
PRESENT = f"{ROOT}:present"
"""The bots that run on the store, each with the instant in ms until which it counts."""
LEDGERS = f"{ROOT}:ledgers"
"""The set of all ledger keys."""

PROBE = f"{ROOT}:probe"
"""What the doctor writes to see whether it can."""

OF_MEMBERS = ("memories", "attempt", "practice-deliveries", "news")
"""Kinds of keys that are one member's alone: the user is the part after the kind."""

TWIN = ":hidden"
"""What the key of a board's twin, for hidden members, ends with."""


def restoring(token: str) -> str:
    """Return what stands in the schema's place during one restore."""
    return f"{RESTORING}:{token}"


def is_restoring(schema: str | None) -> bool:
    return bool(schema and schema.startswith(RESTORING))


def agenda(platform: str) -> str:
    return f"{ROOT}:{platform}:agenda"


AGENDAS = f"{ROOT}:*:agenda-fence"
"""The pattern of a key that every platform's agenda has, also an empty one."""


def entry(step: Step, round_: RoundId) -> str:
    """Return the member of the agenda."""
    return f"{step}:{round_}"


def record(platform: str, entry_: str) -> str:
    """The record of an entry, which says when it was to happen, and who holds it."""
    return f"{agenda(platform)}:{entry_}"


def programmes(platform: str) -> str:
    return f"{ROOT}:{platform}:programmes"


def unfinished(platform: str) -> str:
    return f"{ROOT}:{platform}:unfinished"


def erasing(platform: str) -> str:
    """The members who are being erased, each with the token under which the ledger keeps the points."""
    return f"{ROOT}:{platform}:erasing"


def moving(platform: str) -> str:
    """The members who were hidden or shown and whose points are on their way, each with the number of that change."""
    return f"{ROOT}:{platform}:moving"


def erased(id_: MemberId) -> str:
    """When a member's erasure ended, under a name that does not say whose: what was begun before is not kept after it."""
    return f"{ROOT}:{team_of(id_)}:erased:{hashed(id_)}"


def hidden_members(team: TeamId) -> str:
    return f"{ROOT}:{team}:hidden-members"


def rights(team: TeamId) -> str:
    """Counts the changes of who is hidden or erased, so that boards are not made anew from what was before."""
    return f"{ROOT}:{team}:rights"


def programme(id_: ProgrammeId) -> str:
    return _of_place(PlaceId(id_), "programme")


def place(id_: PlaceId) -> str:
    """The place's present round, its count of scheduled rounds and of rounds by hand."""
    return _of_place(id_, "place")


def plan(id_: ProgrammeId) -> str:
    return _of_place(PlaceId(id_), "plan")


def changes(id_: PlaceId) -> str:
    return _of_place(id_, "changes")


def rounds(id_: PlaceId) -> str:
    return _of_place(id_, "rounds")


def asked(id_: PlaceId) -> str:
    return _of_place(id_, "asked")


def streaks(id_: PlaceId) -> str:
    return _of_place(id_, "streaks")


def review(id_: PlaceId) -> str:
    """What waits for those who look after a place: "<round>/<member>", by the instant since which it does."""
    return _of_place(id_, "review")


def news(id_: MemberId) -> str:
    """What has happened to the member's grades and was not told yet, by round."""
    return _of_place(id_, "news")


def feedback(id_: PlaceId, question: str) -> str:
    return _of_place(id_, "feedback") + f":{question}"


PHRASINGS = f"{ROOT}:*:*:phrasings:*"
"""The pattern of every ``phrasings`` key."""


def phrasings(team: TeamId, question: str) -> str:
    return f"{ROOT}:{team}:phrasings:{question}"


def team_asked(team: TeamId) -> str:
    return f"{ROOT}:{team}:asked"


def taken(team: TeamId) -> str:
    return f"{ROOT}:{team}:taken"


def closing(team: TeamId) -> str:
    return f"{ROOT}:{team}:closing"


def unsettled(team: TeamId) -> str:
    return f"{ROOT}:{team}:unsettled"


def by_hand(place_: PlaceId, delivery: str) -> str:
    """The round that a delivery of "ask now" was given."""
    return _of_place(place_, "by-hand") + ":" + hashed(delivery)


def skipped(place_: PlaceId, delivery: str) -> str:
    """What came of a delivery of "skip"."""
    return _of_place(place_, "skipped") + ":" + hashed(delivery)


def hashed(delivery: str) -> str:
    """Return a delivery, or whatever else is a platform's text, as something that may stand in a key."""
    return hashlib.sha256(delivery.encode()).hexdigest()[:32]


def once(key: str) -> str:
    """What was done once, whoever it was done for: no name stands in it."""
    return f"{ROOT}:once:{hashed(key)}"


def lease(name: str) -> str:
    """What one process at a time holds, or all have agreed on; for moments after the last of them."""
    return f"{ROOT}:lease:{hashed(name)}"


def allowance(name: str) -> str:
    """How much was had of something that may be had so often a day."""
    return f"{ROOT}:allowance:{name}"


def round_(id_: RoundId) -> str:
    return _of_round(id_, "round")


def replies(id_: RoundId) -> str:
    return _of_round(id_, "replies")


def late_replies(id_: RoundId) -> str:
    return _of_round(id_, "late")


def deliveries(id_: RoundId) -> str:
    return _of_round(id_, "deliveries")


def suggestions(id_: RoundId) -> str:
    return _of_round(id_, "suggestions")


def grades(id_: RoundId) -> str:
    return _of_round(id_, "grades")


def ledger(id_: RoundId) -> str:
    """One ledger a place and month of the round's local date."""
    programme_, day, _ = programme_and_date(id_)
    return f"{_of_place(PlaceId(programme_), 'ledger')}:{day:%Y-%m}"


def memories(id_: MemberId) -> str:
    """What a member remembers, by question id; every question that the member has an attempt of is among them."""
    return _of_place(id_, "memories")


def attempt(id_: MemberId, question: str) -> str:
    """The member's last practice reply to a question: a key of its own, so that each text runs out in its time."""
    return f"{_of_place(id_, 'attempt')}:{question}"


def practice_deliveries(id_: MemberId) -> str:
    return _of_place(id_, "practice-deliveries")


def board(scope: Scope, period: Period) -> str:
    if scope.count(":") == 1:
        return f"{ROOT}:{scope}:team-board:{period}"
    return f"{_of_place(PlaceId(scope), 'board')}:{period}"


def hidden_board(board_: str) -> str:
    """Return the board's twin, where the points of hidden members are."""
    return board_ + TWIN


def with_twins(boards: Iterable[str]) -> list[str]:
    """Return the boards, and their twins after all of them."""
    known = list(boards)
    return [*known, *map(hidden_board, known)]


def board_pattern(scope: Scope) -> str:
    """Return the pattern that a scan finds the scope's boards with."""
    prefix = f"{ROOT}:{scope}:team-board" if scope.count(":") == 1 else _of_place(PlaceId(scope), "board")
    return literal(prefix) + ":*"


def team_pattern(team: TeamId) -> str:
    """Return the pattern that a scan finds the team's keys with."""
    return literal(f"{ROOT}:{team}") + ":*"


def rounds_prefix(id_: PlaceId) -> str:
    """Return what the keys of a place's rounds begin with, where their ids begin with the place's."""
    return _of_place(id_, "round")


def _of_place(id_: PlaceId | MemberId, what: str) -> str:
    return f"{ROOT}:{team_of(id_)}:{what}:{last_part(id_)}"


def _of_round(id_: RoundId, what: str) -> str:
    team = team_of(id_)
    return f"{ROOT}:{team}:{what}:{id_[len(team) + 1 :]}"


def literal(text: str) -> str:
    """Escape what a scan would take as a pattern."""
    return "".join(f"\\{c}" if c in "*?[]^-\\" else c for c in text)
