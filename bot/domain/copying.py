"""Copies of what somebody else had written for all to read: nobody is to earn points by having read the thread."""

from collections import Counter, defaultdict

from bot.domain.good_faith import FEW_WORDS, VERDICTS, words
from bot.domain.question import Question
from bot.domain.reply import StandingReply

_RUN = 3
_FEWEST_RUNS = 8
"""Below so many runs of words of one's own, only the very same words are a copy: two people may well say one short thing."""
_ALIKE = 0.7
"""This share of a reply's runs in one earlier reply makes it a copy: about one word in ten changed, nothing much added."""
_MOST = 20
"""Of so many replies with the same run the first are looked at."""

_Run = tuple[str, ...]


class Wall:
    """What stood in a round for all to read. Runs of words that the question and its hints have tell nothing."""

    def __init__(self, question: Question) -> None:
        self._given = {run for text in (question.text, *question.hints) for run in _runs(words(text))}
        self._visible: list[StandingReply] = []
        self._said: list[list[str]] = []
        self._same: dict[_Run, list[int]] = defaultdict(list)
        self._by_run: dict[_Run, list[int]] = defaultdict(list)

    def add(self, reply: StandingReply) -> None:
        """Take in a reply that all could read; to be called in the order of their versions."""
        number, said = len(self._visible), words(reply.text)
        self._visible.append(reply)
        self._said.append(said)
        self._same[tuple(said)].append(number)
        for run in self._own(said):
            self._by_run[run].append(number)

    def is_copied_by(self, reply: StandingReply) -> bool:
        """Tell whether a reply nearly repeats an earlier one of somebody else.

        Earlier is what was both begun and last changed before it: whoever mends a slip after having been copied is no copyist.
        """
        said = words(reply.text) if self._visible else []
        if len(said) < FEW_WORDS:
            return False
        same = self._same.get(tuple(said), ())
        return any(_is_before(self._visible[one], reply) for one in (*same[:_MOST], *self._alike(said)))

    def _alike(self, said: list[str]) -> list[int]:
        runs = self._own(said)
        if len(runs) < _FEWEST_RUNS:
            return []
        shared = Counter(number for run in runs for number in self._by_run.get(run, ())[:_MOST])
        return [
            number
            for number, count in shared.items()
            if count >= _ALIKE * len(runs) and VERDICTS.intersection(said) == VERDICTS.intersection(self._said[number])
        ]

    def _own(self, said: list[str]) -> set[_Run]:
        return _runs(said) - self._given


def _runs(said: list[str]) -> set[_Run]:
    return {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}


def _is_before(shown: StandingReply, reply: StandingReply) -> bool:
    if shown.member == reply.member or shown.version >= reply.version:
        return False
    return not reply.visible or _begun(shown) < _begun(reply)


def _begun(reply: StandingReply) -> tuple[int, str]:
    """Platforms number messages upwards, as decimals: a longer one is a later one."""
    return min((len(part), part) for part in reply.parts)
