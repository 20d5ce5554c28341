"""Copies of what somebody else had written for all to read: nobody is to earn points by having read the thread."""

import zlib
from collections import Counter
from heapq import nsmallest

from bot.domain.good_faith import FEW_WORDS, VERDICTS, words
from bot.domain.question import Question
from bot.domain.reply import StandingReply

_FEWEST_RUNS = 8
"""Below so many runs of words of one's own, only the very same words are a copy: two people may well say one short thing."""
_ALIKE = 0.7
"""This share of a reply's runs in one earlier reply makes it a copy: about one word in ten changed, nothing much added."""
_NUMBERS = 16
_Run = int
"""Three words in a row, as a number: many thousands of them are kept at once."""


def digest(text: str) -> str:
    """Return a few numbers of which texts with mostly the same words have most in common. They don't tell the words."""
    numbers = {zlib.crc32(word.encode()) for word in words(text)}
    return " ".join(map(str, nsmallest(_NUMBERS, numbers)))


class Wall:
    """What stood in a round for all to read, by who said it first. Runs of words that the question and its hints have tell nothing."""

    def __init__(self, question: Question) -> None:
        self._given = {run for text in (question.text, *question.hints) for run in _runs(words(text))}
        self._visible: list[StandingReply] = []
        self._verdicts: list[frozenset[str]] = []
        self._same: dict[str, int] = {}
        self._by_run: dict[_Run, int] = {}

    def add(self, reply: StandingReply) -> None:
        """Take in a reply that all could read; to be called in the order in which they were first said."""
        number, said = len(self._visible), words(reply.text)
        self._visible.append(reply)
        self._verdicts.append(VERDICTS.intersection(said))
        self._same.setdefault(" ".join(said), number)
        for run in _runs(said) - self._given:
            self._by_run.setdefault(run, number)

    def is_copied_by(self, reply: StandingReply) -> bool:
        """Tell whether a reply nearly repeats one of somebody else that was said before it.

        Whoever mends a slip after having been copied was still the first, and whoever puts a copy in the place of other words
        was not. Of a message that was heard of only as it stands now, it is its place in the thread that tells.
        """
        said = words(reply.text) if self._visible else []
        if len(said) < FEW_WORDS:
            return False
        found = (self._same.get(" ".join(said)), self._alike(said))
        return any(_is_before(self._visible[one], reply) for one in found if one is not None)

    def _alike(self, said: list[str]) -> int | None:
        """Return which of them has most of the words in the same order, and says no to nothing that the other says yes to."""
        runs = _runs(said) - self._given
        if len(runs) < _FEWEST_RUNS:
            return None
        shared = Counter(self._by_run[run] for run in runs if run in self._by_run)
        (most, count), *_ = [*shared.most_common(1), (0, 0)]
        alike = count >= _ALIKE * len(runs) and self._verdicts[most] == VERDICTS.intersection(said)
        return most if alike else None


def _runs(said: list[str]) -> set[_Run]:
    return set(map(hash, zip(said, said[1:], said[2:], strict=False)))


def _is_before(shown: StandingReply, reply: StandingReply) -> bool:
    if shown.member == reply.member or shown.since >= reply.since:
        return False
    return not reply.visible or reply.reworded or _begun(shown) < _begun(reply)


def _begun(reply: StandingReply) -> tuple[int, str]:
    """Platforms number messages upwards, as decimals: a longer one is a later one."""
    return min((len(part), part) for part in reply.parts)
