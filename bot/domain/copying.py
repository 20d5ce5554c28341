"""Copies of what somebody else had written for all to read: nobody is to earn points by having read the thread."""

import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise

from bot.domain.good_faith import FEW_WORDS, VERDICTS, words
from bot.domain.ids import MemberId
from bot.domain.question import Question
from bot.domain.reply import FORM, JOINT, StandingReply

_FEWEST_RUNS = 12
"""Below so many runs of words of one's own, only the very same words are a copy: two people may well say one short thing."""
_ALIKE = 0.6
"""This share of a reply's runs in one member's earlier messages makes it a copy: one word in five or six changed, little added.
Of the bank's sample replies to one question no two have more than 0.38."""
_DENYING = VERDICTS - {"true", "yes"}
_SHORT = 40
"""Up to so many runs, one "not" makes another reply of it; in a longer one it is a word that was changed."""
_NEAR = 0.25
_LOOKED_AT = 3
"""So many members, who were the first to say so great a share of its runs, are compared with a reply."""
_NUMBERS = 16
_Run = int
"""Two words in a row, as a number: many thousands of them are kept at once."""


def digest(text: str) -> str:
    """Return a few numbers of which texts with mostly the same words have most in common. They don't tell the words."""
    numbers = {zlib.crc32(word.encode()) for word in words(text)}
    return " ".join(map(str, nsmallest(_NUMBERS, numbers)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a member said at once: a form, a thread message, or, of several messages that stand, all of them together."""

    member: MemberId
    names: tuple[str, ...]
    text: str
    since: int
    reworded: bool

    @property
    def is_open(self) -> bool:
        """Whether it is there for all to read."""
        return FORM not in self.names


def messages(reply: StandingReply) -> list[Message]:
    """Return all that a member has said and not withdrawn: what counts, and what stands open beside it."""
    known: list[tuple[str, ...]] = [(name,) for name in reply.said]
    if len(reply.parts) > 1:
        known.append(reply.parts)
    return [_message(reply, names) for names in known]


def _message(reply: StandingReply, names: tuple[str, ...]) -> Message:
    parts = [reply.said[name] for name in names]
    return Message(
        member=reply.member,
        names=names,
        text=JOINT.join(part.text for part in parts),
        since=max(part.since for part in parts),
        reworded=any(part.reworded for part in parts),
    )


class Wall:
    """What stood in a round for all to read, by who said it first. Runs of words that the question and its hints have tell nothing."""

    def __init__(self, question: Question) -> None:
        self._given = {run for text in (question.text, *question.hints) for run in _runs(words(text))}
        self._of: dict[MemberId, list[Message]] = defaultdict(list)
        self._same: dict[str, Message] = {}
        self._by_run: dict[_Run, MemberId] = {}

    def add(self, message: Message) -> None:
        """Take in a message that all could read; to be called in the order in which they were first said."""
        said = words(message.text)
        self._of[message.member].append(message)
        self._same.setdefault(" ".join(said), message)
        for run in _runs(said) - self._given:
            self._by_run.setdefault(run, message.member)

    def is_copied_by(self, reply: StandingReply) -> bool:
        """Tell whether a reply nearly repeats what one other member had said openly before its own member first did.

        Whoever mends a slip after having been copied was still the first, and so is who moves to the form; whoever puts a copy
        in the place of other words was not. Of a message that was heard of only as it stands now, it is its place in the
        thread that tells.
        """
        said = words(reply.text) if self._same else []
        if len(said) < FEW_WORDS:
            return False
        runs = _runs(said) - self._given
        same, near = self._same.get(" ".join(said)), self._near(reply.member, runs)
        if same is None and not near:  # nearly always
            return False
        own = [(one, words(one.text)) for one in messages(reply)]
        if same and same.member != reply.member and all(_is_before(same, one) for one, of in own if of == said):
            return True
        own_runs = [(one, _runs(of)) for one, of in own]
        return any(self._is_from(member, said, runs, own_runs) for member in near)

    def _near(self, member: MemberId, runs: set[_Run]) -> list[MemberId]:
        """Return those others who were the first to say so much of it that it is worth a look; common runs are many people's."""
        if len(runs) < _FEWEST_RUNS:
            return []
        first = Counter(self._by_run[run] for run in runs if run in self._by_run)
        return [one for one, count in first.most_common(_LOOKED_AT) if count >= _NEAR * len(runs) and one != member]

    def _is_from(
        self, member: MemberId, said: list[str], runs: set[_Run], own: list[tuple[Message, set[_Run]]]
    ) -> bool:
        """Tell whether most runs are in this member's earlier messages, which do not deny what is said here."""
        taken: set[_Run] = set()
        denials: set[str] = set()
        for shown in self._of[member]:
            there = words(shown.text)
            later = [of for one, of in own if not _is_before(shown, one)]
            if shared := (runs & _runs(there)).difference(*later):
                taken |= shared
                denials |= _DENYING.intersection(there)
        contrary = len(runs) <= _SHORT and denials != _DENYING.intersection(said)
        return len(taken) >= _ALIKE * len(runs) and not contrary


def _runs(said: list[str]) -> set[_Run]:
    return set(map(hash, pairwise(said)))


def _is_before(shown: Message, own: Message) -> bool:
    if shown.since >= own.since:
        return False
    return not own.is_open or own.reworded or _begun(shown) < _begun(own)


def _begun(message: Message) -> tuple[int, str]:
    """Platforms number messages upwards, as decimals: a longer one is a later one."""
    return min((len(name), name) for name in message.names)
