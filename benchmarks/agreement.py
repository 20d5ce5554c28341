"""How far two series of grades agree."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from statistics import StatisticsError, correlation, fmean, linear_regression

FOLDS = 5
LEVELS = 4


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    return _correlation(one, other)


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    return _correlation(_ranks(one), _ranks(other))


def calibrated(scores: Sequence[float], human: Sequence[float], groups: Sequence[str]) -> list[float]:
    """Bring scores to the scale of human grades, by a line fitted on other groups: nothing is fitted on what it is used for."""
    fold = {group: number % FOLDS for number, group in enumerate(dict.fromkeys(groups))}
    at = [fold[group] for group in groups]
    lines = {one: _line([(s, h) for s, h, f in zip(scores, human, at, strict=True) if f != one]) for one in set(at)}
    return [min(max(lines[f][0] * score + lines[f][1], 0.0), 1.0) for score, f in zip(scores, at, strict=True)]


def rmse(one: Sequence[float], other: Sequence[float]) -> float:
    return sqrt(fmean((a - b) ** 2 for a, b in zip(one, other, strict=True)))


def kappa(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the quadratically weighted kappa of grades from 0 to 1 at four levels."""
    left, right = [_level(grade) for grade in one], [_level(grade) for grade in other]
    observed = sum((a - b) ** 2 for a, b in zip(left, right, strict=True))
    by_chance = sum(
        n * m * (a - b) ** 2 / len(left) for a, n in Counter(left).items() for b, m in Counter(right).items()
    )
    return 1 - observed / by_chance if by_chance else 0.0


def _level(grade: float) -> int:
    return min(int(grade * LEVELS), LEVELS - 1)


def _line(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    scores, human = [score for score, _ in pairs], [grade for _, grade in pairs]
    try:
        slope, intercept = linear_regression(scores, human)
    except StatisticsError:  # no other group, or one score for all: there is no line to be had
        return (0.0, fmean(human)) if human else (1.0, 0.0)
    return slope, intercept


def _correlation(one: Sequence[float], other: Sequence[float]) -> float:
    try:
        return correlation(one, other)
    except StatisticsError:  # one of the two never changes: nothing can follow it
        return 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    """Rank from 1; those that tie share their mean rank."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for at in order[start:end]:
            ranks[at] = (start + 1 + end) / 2
        start = end
    return ranks
