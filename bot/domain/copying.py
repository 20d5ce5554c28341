"""Copies of what somebody else had written for all to read: nobody is to earn points by having read the thread."""

import zlib
from collections import Counter
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
    known = [(name,) for name in reply.said] + [reply.parts] * (len(reply.parts) > 1)
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
        self._messages: list[Message] = []
        self._denials: list[frozenset[str]] = []
        self._same: dict[str, int] = {}
        self._by_run: dict[_Run, int] = {}

    def add(self, message: Message) -> None:
        """Take in a message that all could read; to be called in the order in which they were first said."""
        number, said = len(self._messages), words(message.text)
        self._messages.append(message)
        self._denials.append(_DENYING.intersection(said))
        self._same.setdefault(" ".join(said), number)
        for run in _runs(said) - self._given:
            self._by_run.setdefault(run, number)

    def is_copied_by(self, reply: StandingReply) -> bool:
        """Tell whether a reply nearly repeats what one other member had said openly before its own member first did.

        Whoever mends a slip after having been copied was still the first, and so is who moves to the form; whoever puts a copy
        in the place of other words was not. Of a message that was heard of only as it stands now, it is its place in the
        thread that tells.
        """
        said = words(reply.text) if self._messages else []
        if len(said) < FEW_WORDS:
            return False
        own = [(one, words(one.text)) for one in messages(reply)]
        same = self._same.get(" ".join(said))
        if same is not None and self._is_before(same, [one for one, of in own if of == said]):
            return True
        return self._alike(said, [(one, _runs(of)) for one, of in own])

    def _alike(self, said: list[str], own: list[tuple[Message, set[_Run]]]) -> bool:
        """Tell whether most runs are one other member's, who does not deny what is said here."""
        runs = _runs(said) - self._given
        if len(runs) < _FEWEST_RUNS:
            return False
        found = [(run, self._by_run[run]) for run in runs if run in self._by_run]
        taken = [at for run, at in found if self._is_before(at, [one for one, of in own if run in of])]
        shared = Counter(self._messages[at].member for at in taken)
        (whose, count), *_ = [*shared.most_common(1), (None, 0)]
        denials = {word for at in set(taken) if self._messages[at].member == whose for word in self._denials[at]}
        contrary = len(runs) <= _SHORT and denials != _DENYING.intersection(said)
        return count >= _ALIKE * len(runs) and not contrary

    def _is_before(self, at: int, own: list[Message]) -> bool:
        shown = self._messages[at]
        return all(shown.member != one.member and _is_before(shown, one) for one in own)


def _runs(said: list[str]) -> set[_Run]:
    return set(map(hash, pairwise(said)))


def _is_before(shown: Message, own: Message) -> bool:
    if shown.since >= own.since:
        return False
    return not own.is_open or own.reworded or _begun(shown) < _begun(own)


def _begun(message: Message) -> tuple[int, str]:
    """Platforms number messages upwards, as decimals: a longer one is a later one."""
    return min((len(name), name) for name in message.names)
