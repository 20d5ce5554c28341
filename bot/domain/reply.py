"""What a member answered, what a grader thinks of it, and what stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import MemberId, RoundId
from bot.domain.programme import Collect

MAX_REPLY = 3_000
"""Characters; the shorter of the two platforms' form inputs (Slack's plain-text input). A thread's messages have it together."""
MAX_MESSAGES = 50
"""So many thread messages of a member are kept in a round, deleted ones among them; what comes after them does not count."""

JOINT = "\n"
"""What stands between a member's messages."""

FORM = "form"
"""The part under which a form reply is kept; a thread message's part is its message id."""


class Via(StrEnum):
    FORM = "form"
    THREAD = "thread"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One delivery of a form or of a thread message, new, edited or withdrawn.

    ``delivery`` names the delivery, so that a repeated one changes nothing. ``version`` is in microseconds: the instant of
    the message, of its edit, or of the interaction; what is older than what is kept changes nothing. Thread messages of
    one member are joined in the order of their ``part``.
    """

    round: RoundId
    member: MemberId
    text: str
    via: Via
    delivery: str
    version: int
    part: str = FORM
    withdrawn: bool = False


class ReceiptState(StrEnum):
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    LATE = "late"
    EMPTY = "empty"
    TOO_LONG = "too long"
    UNKNOWN_ROUND = "unknown round"
    NOT_COLLECTED = "not collected"
    NOT_SAVED = "not saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """``text`` is what now counts for the member (empty if nothing does), and ``via`` how it was sent.

    ``repliers`` counts members with a reply in time; ``collect`` is how the round collects replies. ``without_room``: some
    of the member's messages do not count, because all together are too long. ``overtaken``: something newer of the same
    message or form came before, so this changed nothing. ``changed`` are the member's other thread messages, by part, that
    count from now on or no longer do. ``news``: something of the member's grades has not been told yet.
    """

    state: ReceiptState
    round: RoundId
    text: str = ""
    via: Via | None = None
    repliers: int = 0
    reveals_at: datetime | None = None
    collect: Collect = Collect.BOTH
    without_room: bool = False
    overtaken: bool = False
    changed: tuple[tuple[str, bool], ...] = ()
    news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The form, or one thread message, as a member has left it: a withdrawn one has no text.

    ``since`` is the version with which it began to say about what it says; ``reworded``: before that it said something else.
    """

    text: str
    version: int
    withdrawn: bool = False
    since: int = 0
    reworded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingReply:
    """The one text of a member that stands in a round. ``visible`` is true if it was written for all to see.

    ``parts`` names what it is made of; ``said`` has, by name, all that was not withdrawn, whether or not it counts.
    """

    member: MemberId
    text: str
    version: int
    visible: bool = False
    parts: tuple[str, ...] = (FORM,)
    said: Mapping[str, Part] = field(default_factory=dict, compare=False)


class Verdict(StrEnum):
    COVERED = "covered"
    MAYBE = "maybe"
    NOT_SEEN = "not seen"
    CANNOT_JUDGE = "cannot judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointVerdict:
    """``evidence`` is literally in the reply, or empty; with NOT_SEEN it is what contradicts the key point.

    ``denied``: a MAYBE since the words stand beside a "not". It is for whoever weighs graders against each other, and is not kept.
    """

    verdict: Verdict
    evidence: str = ""
    denied: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One verdict per key point, in the question's order, with the grader's name and version.

    ``second`` is what another grader suggests, kept where the two differ about a key point: what stands is the first.
    """

    verdicts: tuple[PointVerdict, ...]
    grader: str
    version: str
    second: "Suggestion | None" = None

    @property
    def ticks(self) -> tuple[bool, ...]:
        """What stands if nobody checks: only what is covered counts."""
        return tuple(v.verdict is Verdict.COVERED for v in self.verdicts)


class Origin(StrEnum):
    SUGGESTED = "suggested"
    SELF_CHECKED = "self-checked"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """A member's word that the reply makes these key points, for the lead to decide about."""

    ticks: tuple[bool, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A lead's final word about what was ticked or appealed for. It does not say whose."""

    accepted: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What stands for a member in a round; ``points`` follow from the rest.

    ``version`` counts its changes from 0, and those of its suggestion. ``appeal`` is what the member asked for; until there is a ``decision`` it changes nothing. ``waits_since``: a lead has
    something to decide about it. ``copied``: it earned nothing because it repeats what somebody else had written openly.
    """

    ticks: tuple[bool, ...]
    good_faith: bool
    points: int
    origin: Origin = Origin.SUGGESTED
    reason: str = ""
    version: int = 0
    appeal: Appeal | None = None
    decision: Decision | None = None
    waits_since: datetime | None = None
    copied: bool = False


def standing(member: MemberId, parts: Mapping[str, Part]) -> StandingReply | None:
    """Put together what a member has said in a round, by the names of the parts; None if nothing stands.

    A form beats thread messages. Of those, taken in the order in which they were written, each counts that has room beside
    the ones before it. So what stands never depends on the order in which things were delivered.
    """
    said = {name: part for name, part in parts.items() if not part.withdrawn}
    kept = [FORM] if FORM in said else _with_room(said)
    if not kept:
        return None
    return StandingReply(
        member=member,
        text=JOINT.join(said[name].text for name in kept),
        version=max(said[name].version for name in kept),
        visible=FORM not in said,
        parts=tuple(kept),
        said=said,
    )


def _with_room(said: Mapping[str, Part]) -> list[str]:
    kept: list[str] = []
    room = MAX_REPLY
    # Platforms number messages upwards, as decimals: a longer one is a later one.
    for name in sorted(said, key=lambda name: (len(name), name)):
        if len(said[name].text) <= room:
            kept.append(name)
            room -= len(said[name].text) + len(JOINT)
    return kept


def ticks_named(text: str, count: int) -> Sequence[bool] | None:
    """Return a tick per key point for "1 3" or "1, 3", no tick for "none", and None for what is neither."""
    if text.strip().lower() == "none":
        return [False] * count
    said = text.replace(",", " ").split()
    numbers = [str(number) for number in range(1, count + 1)]
    if not said or not set(said).issubset(numbers):
        return None
    return [number in said for number in numbers]


_UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202d\u202e\u2060\ufeff]")
"""Control characters but line ends and tabs, and what shows nothing or turns the writing round (not joiners: emoji need them)."""
_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Return the text as it may be kept: valid Unicode, no control characters but line ends and tabs, no outer space."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _UNWANTED.sub("", _LINE_END.sub("\n", whole)).strip()
