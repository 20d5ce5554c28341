"""What a member answered, what a grader thinks of it, and what stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from bot.domain.ids import MemberId, RoundId
from bot.domain.programme import Collect
from bot.domain.question import Question

MAX_REPLY = 3_000
"""Characters; the shorter of the two platforms' form inputs (Slack's plain-text input). A thread's messages have it together."""
MAX_MESSAGES = 50
"""So many thread messages of a member are kept in a round, deleted ones among them."""

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

    ``repliers`` counts members with a reply in time; ``collect`` is how the round collects replies.
    """

    state: ReceiptState
    round: RoundId
    text: str = ""
    via: Via | None = None
    repliers: int = 0
    reveals_at: datetime | None = None
    collect: Collect = Collect.BOTH


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingReply:
    """The one text of a member that stands in a round. ``visible`` is true if it was written for all to see."""

    member: MemberId
    text: str
    version: int
    visible: bool = False


class Verdict(StrEnum):
    COVERED = "covered"
    MAYBE = "maybe"
    NOT_SEEN = "not seen"
    CANNOT_JUDGE = "cannot judge"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointVerdict:
    """``evidence`` is literally in the reply, or empty; with NOT_SEEN it is what contradicts the key point."""

    verdict: Verdict
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One verdict per key point, in the question's order, with the grader's name and version."""

    verdicts: tuple[PointVerdict, ...]
    grader: str
    version: str

    @property
    def ticks(self) -> tuple[bool, ...]:
        """What stands if nobody checks: only what is covered counts."""
        return tuple(v.verdict is Verdict.COVERED for v in self.verdicts)


class Origin(StrEnum):
    SUGGESTED = "suggested"
    SELF_CHECKED = "self-checked"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """What stands for a member in a round. ``version`` counts its changes from 0, ``points`` follow from the rest."""

    ticks: tuple[bool, ...]
    good_faith: bool
    points: int
    origin: Origin = Origin.SUGGESTED
    reason: str = ""
    version: int = 0


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


_NO_ANSWER = frozenset(
    [
        "beats me",
        "cant answer",
        "cant say",
        "do not know",
        "dont know",
        "dunno",
        "i cannot answer",
        "i cannot say",
        "i cant answer",
        "i cant say",
        "i do not know",
        "i dont know",
        "i dont remember",
        "i dunno",
        "i forgot",
        "i give up",
        "i have no answer",
        "i have no clue",
        "i have no idea",
        "i pass",
        "i skip",
        "idk",
        "ill pass",
        "ill skip",
        "im not sure",
        "n a",
        "na",
        "no answer",
        "no clue",
        "no idea",
        "none",
        "not a clue",
        "not sure",
        "nothing",
        "pass",
        "skip",
        "tbd",
        "test",
        "todo",
    ]
)
_PADDING = frozenset(
    [
        "actually",
        "answer",
        "frankly",
        "haha",
        "hm",
        "hmm",
        "honestly",
        "lol",
        "one",
        "really",
        "sadly",
        "sorry",
        "tbh",
        "that",
        "the",
        "this",
        "to",
        "today",
        "uh",
        "um",
        "well",
        "yet",
    ]
)
"""What people put around "I don't know"."""
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['\u2018\u2019\u02bc]")
"""Straight, and as phones type it."""

_FEW_WORDS = 5
"""Below this many words a likeness says nothing: "blue-green" may be the answer to a question that has the word."""
_PASSAGE = 8
"""So many words in a row are a copy of what was there to read, and fewer only if there was no more to read."""
_VERDICTS = frozenset(["always", "cannot", "cant", "dont", "false", "never", "no", "not", "true", "yes"])
"""One such word beside a copied sentence makes it an answer."""


def in_good_faith(text: str, question: Question, earlier_visible: Iterable[str] = ()) -> bool:
    """Tell whether a reply is an attempt of one's own: not empty, no "I don't know", no copy of what was there to read.

    A copy of the question or of a hint may have a word changed or added; one of an earlier reply has the very same words.
    """
    said = words(text)
    if not said or _is_no_answer(said):
        return False
    if any(_copied(said, words(shown)) for shown in (question.text, *question.hints)):
        return False
    return len(said) < _FEW_WORDS or all(words(other) != said for other in earlier_visible)


def words(text: str) -> list[str]:
    """Return the text's words, lower case, without punctuation."""
    return _WORD.findall(_APOSTROPHE.sub("", text.lower()))


def _is_no_answer(said: list[str]) -> bool:
    return " ".join(said) in _NO_ANSWER or " ".join(word for word in said if word not in _PADDING) in _NO_ANSWER


def _copied(said: list[str], shown: list[str]) -> bool:
    """Tell whether the words are a passage of what was shown, or all of it again and again, with one word off at most."""
    size = len(shown)
    again = 0
    while size and len(said) - again > size and said[again : again + size] == shown:
        again += size
    said = said[again:]
    if said == shown or (again and len(said) == 1):
        return said[0] not in _VERDICTS
    if not max(_FEW_WORDS, min(_PASSAGE, size)) <= len(said) <= size + 1:
        return False
    return any(_stands_at_start(said, shown[at:]) for at in range(size))


def _stands_at_start(said: list[str], shown: list[str]) -> bool:
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(said, shown, strict=False))))
    if same == len(said):
        return True
    own, theirs = said[same], shown[same : same + 1]
    if not _VERDICTS.isdisjoint([own, *theirs]):
        return False
    rests = ((said[same + 1 :], shown[same:]), (said[same + 1 :], shown[same + 1 :]), (said[same:], shown[same + 1 :]))
    return any(left == right[: len(left)] for left, right in rests)
