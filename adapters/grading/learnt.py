"""What a team has accepted, made ready: each phrasing by itself, and of a whole reply the sentences that make the key point."""

from collections.abc import Iterator, Mapping, Sequence

from adapters.grading.clauses import Clause, sentences
from adapters.grading.passages import sums
from adapters.grading.rubric import Rubric, Worth, learnt_rubric
from bot.domain.question import Question

_FAR_MORE = 1.5


def learnt_rubrics(
    question: Question, phrasings: Mapping[str, Sequence[str]], rubric: Rubric, worth: Worth
) -> list[Rubric]:
    """Return a rubric for each learnt phrasing, by the key points' ids. Texts of unknown key points are left out."""
    return [
        learnt_rubric(index, passage, worth)
        for index, point in enumerate(question.key_points)
        for text in phrasings.get(point.id, ())
        for passage in _passages(text, index, rubric)
    ]


def _passages(text: str, point: int, rubric: Rubric) -> Iterator[str]:
    """Yield the text if it is one sentence; else those of its sentences that speak of this key point far more than of others.

    If there are none, those that speak of no key point: something in the reply must have been what was accepted.
    """
    parts = sentences(text)
    if len(parts) == 1:
        yield text
        return
    told = [_told(part, rubric) for part in parts]
    own = [part for part, of in zip(parts, told, strict=True) if _is_of(point, of)]
    for part in own or [part for part, of in zip(parts, told, strict=True) if not of]:
        yield text[part[0][0].start : part[-1][-1].end]


def _told(part: Sequence[Clause], rubric: Rubric) -> dict[int, float]:
    return sums(rubric.told_by, {root for clause in part for token in clause for root in rubric.words.stems_at(token)})


def _is_of(point: int, told: Mapping[int, float]) -> bool:
    others = max((weight for at, weight in told.items() if at != point), default=0.0)
    return told.get(point, 0.0) >= max(1.0, _FAR_MORE * others)
