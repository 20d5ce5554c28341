"""What the quiz should come to, in plain Python: no store, no leases, no crashes, and none of the bot's own rules.

The questions of ``tests.world`` have three key points, "alpha" (half of the weight), "beta" and "gamma", and its grader
looks for these words; so points are 2 for a reply and 4, 2 and 2 on top.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.programme import Schedule
from bot.domain.reply import MAX_REPLY, Reply, Via
from scheduler import calendar

NO_ANSWER = "I don't know"
WORDS = {"alpha": 4, "beta": 2, "gamma": 2}
FEW = 5
"""A copy of fewer words says nothing."""

Ticks = tuple[bool, ...]


@dataclass(slots=True)
class Standing:
    text: str
    version: int
    open_to_all: bool


@dataclass(slots=True)
class Paper:
    """What one member has written for one round: a form and messages by id, of each the newest text (None: taken back)."""

    form: tuple[int, str | None] = (-1, None)
    messages: dict[int, tuple[int, str | None]] = field(default_factory=dict)

    def take(self, reply: Reply) -> None:
        said = (reply.version, None if reply.withdrawn else reply.text)
        if reply.via is Via.FORM:
            self.form = max(self.form, said, key=lambda one: one[0])
        else:
            known = self.messages.get(int(reply.part), (-1, None))
            self.messages[int(reply.part)] = max(known, said, key=lambda one: one[0])

    @property
    def standing(self) -> Standing | None:
        version, text = self.form
        if text is not None:
            return Standing(text, version, open_to_all=False)
        counted: list[str] = []
        versions = [-1]
        for version, said in (self.messages[id_] for id_ in sorted(self.messages)):
            if said is not None and len("\n".join([*counted, said])) <= MAX_REPLY:
                counted.append(said)
                versions.append(version)
        return Standing("\n".join(counted), max(versions), open_to_all=True) if counted else None


@dataclass(slots=True)
class Model:
    """``since``: from when on a place has had its present times (None: it asks nothing); every date from then on counts."""

    papers: dict[RoundId, dict[MemberId, Paper]] = field(default_factory=lambda: defaultdict(dict))
    deliveries: set[tuple[RoundId, str]] = field(default_factory=set)
    ticks: dict[tuple[RoundId, MemberId], Ticks] = field(default_factory=dict)
    changes: dict[tuple[RoundId, MemberId], int] = field(default_factory=lambda: defaultdict(int))
    checks: set[tuple[RoundId, str]] = field(default_factory=set)
    since: dict[PlaceId, datetime | None] = field(default_factory=dict)
    schedules: dict[PlaceId, Schedule] = field(default_factory=dict)

    # --- programmes ---

    def set_up(self, place: PlaceId, schedule: Schedule, now: datetime) -> None:
        before = self.schedules.get(place)
        times = (schedule.at, schedule.zone, schedule.weekdays)
        if self.since.get(place) is None or before is None or times != (before.at, before.zone, before.weekdays):
            self.since[place] = now
        self.schedules[place] = schedule

    def resume(self, place: PlaceId, now: datetime) -> None:
        self.since[place] = self.since.get(place) or now

    def stop(self, place: PlaceId) -> None:
        self.since[place] = None

    def due_dates(self, place: PlaceId, now: datetime) -> list[date]:
        """Return the dates that were to be asked since the times are as they are."""
        since = self.since.get(place)
        if since is None:
            return []
        found: list[date] = []
        for one in calendar.following(self.schedules[place], since):
            if one.asks_at > now:
                break
            found.append(one.date)
        return found

    # --- replies ---

    def take(self, reply: Reply) -> None:
        """A reply came in time."""
        self.papers[reply.round].setdefault(reply.member, Paper()).take(reply)

    def standing(self, round_: RoundId) -> dict[MemberId, Standing]:
        found = {member: paper.standing for member, paper in self.papers[round_].items()}
        return {member: one for member, one in found.items() if one}

    # --- points ---

    def honest(self, round_: RoundId, member: MemberId) -> bool:
        """Tell whether a standing reply is an attempt of one's own."""
        standing = self.standing(round_)
        own = standing[member]
        if own.text == NO_ANSWER:
            return False
        shown = [(one.version, who) for who, one in standing.items() if one.open_to_all and _same(one.text, own.text)]
        first, author = min(shown, default=(own.version, member))
        return author == member or first >= own.version or len(own.text.split()) < FEW

    def check(self, round_: RoundId, member: MemberId, ticks: Ticks) -> None:
        self.ticks[round_, member] = ticks
        self.changes[round_, member] += 1

    def points(self, round_: RoundId) -> dict[MemberId, int]:
        """Return what each member has in a revealed round."""
        return {member: self._points(round_, member, one.text) for member, one in self.standing(round_).items()}

    def _points(self, round_: RoundId, member: MemberId, text: str) -> int:
        if not self.honest(round_, member):
            return 0
        seen = tuple(word in text and f"{word}?" not in text for word in WORDS)
        ticks = self.ticks.get((round_, member), seen)
        return 2 + sum(points for points, tick in zip(WORDS.values(), ticks, strict=True) if tick)

    def totals(self, rounds: Iterable[RoundId]) -> dict[MemberId, int]:
        """Return a board: the sum over rounds, without those who have nothing."""
        sums: dict[MemberId, int] = defaultdict(int)
        for round_ in rounds:
            for member, points in self.points(round_).items():
                sums[member] += points
        return {member: points for member, points in sums.items() if points}

    def streak(self, member: MemberId, rounds: Iterable[RoundId]) -> tuple[int, int]:
        """Return the present and the best streak over scheduled, revealed rounds in their order."""
        present = best = 0
        for round_ in rounds:
            counted = member in self.standing(round_) and self.honest(round_, member)
            present = present + 1 if counted else 0
            best = max(best, present)
        return present, best


def _same(one: str, other: str) -> bool:
    return one.replace("?", "").split() == other.replace("?", "").split()
