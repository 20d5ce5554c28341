"""Fits the grader's threshold to the bank's sample replies: ``python -m benchmarks.fit_grading``.

Authors have polished the accepted phrasings with the sample replies in view, so these fare better than others will. To see
what others meet, each question is graded again with every second of its phrasings taken away, the odd and the even ones.
The threshold is the one with the best balanced accuracy on the mean of the two; it is judged on questions that it was not
chosen by, in five parts. Nothing is written: put the figures into ``adapters/grading/thresholds.py``.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from adapters.grading.lexical import AnswerKey
from adapters.grading.thresholds import COVERED
from bot.domain.question import Label, Question
from content.bank import Bank, default_packs

_PARTS = 5
_LEAST = 0.1
_TRIED = [step / 100 for step in range(20, 81, 2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a key point scores in a sample reply, whether it was made, and of which of the bank's questions it is."""

    question: int
    score: float
    made: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    made: float
    not_made: float

    @property
    def balanced(self) -> float:
        return (self.made + self.not_made) / 2

    def __str__(self) -> str:
        return f"made {self.made:.3f}, not made {self.not_made:.3f}, balanced {self.balanced:.3f}"


def main(argv: Sequence[str]) -> int:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(argv)
    bank = Bank.load(default_packs()).all()
    whole = _scored(bank, lambda _: True)
    halved = [*_scored(bank, lambda at: at % 2 == 0), *_scored(bank, lambda at: at % 2 == 1)]
    best = fitted(whole, halved)
    print(f"{len(bank)} questions, {len(whole)} labels")
    print(f"COVERED = {best:.2f} (in use: {COVERED:.2f})")
    for name, scored in (("all phrasings", whole), ("half of them", halved)):
        print(f"{name}, as used: {rates(scored, COVERED)}")
        print(f"{name}, fitted on other questions: {_judged(scored, whole, halved)}")
    return 0


def fitted(whole: Sequence[Scored], halved: Sequence[Scored]) -> float:
    """Return the threshold that tells best apart, on the mean of both."""
    return max(_TRIED, key=lambda at: rates(whole, at).balanced + rates(halved, at).balanced)


def rates(scored: Sequence[Scored], threshold: float) -> Rates:
    """Return the shares of key points that are rightly covered, and rightly not."""
    return Rates(
        made=fmean(one.score >= threshold for one in scored if one.made),
        not_made=fmean(one.score < threshold for one in scored if not one.made),
    )


def _judged(scored: Sequence[Scored], whole: Sequence[Scored], halved: Sequence[Scored]) -> Rates:
    judged: list[Scored] = []
    for part in range(_PARTS):
        at = fitted(*([one for one in kind if one.question % _PARTS != part] for kind in (whole, halved)))
        judged += [replace(one, score=float(one.score >= at)) for one in scored if one.question % _PARTS == part]
    return rates(judged, 1.0)


def _scored(bank: Sequence[Question], keep: Callable[[int], bool]) -> list[Scored]:
    return [one for number, question in enumerate(bank) for one in _of(number, _kept(question, keep))]


def _kept(question: Question, keep: Callable[[int], bool]) -> Question:
    points = [
        replace(point, accepted=tuple(text for at, text in enumerate(point.accepted) if keep(at)))
        for point in question.key_points
    ]
    return replace(question, key_points=tuple(points))


def _of(number: int, question: Question) -> Iterator[Scored]:
    key = replace(AnswerKey.of(question, {}), least=_LEAST)
    for sample in question.samples:
        for point, score in zip(question.key_points, key.scores(sample.text), strict=True):
            if sample.labels[point.id] is not Label.HALF_MADE:
                yield Scored(question=number, score=score, made=sample.labels[point.id] is Label.MADE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
