"""What a team has accepted, made ready: each phrasing by itself, and of a whole reply the sentences that make the key point."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from adapters.grading.clauses import Clause, Token, sentences
from adapters.grading.passages import Place, Read, sums
from adapters.grading.rubric import Rubric, Worth, learnt_rubric
from adapters.grading.vocabulary import OPENING, forget_some
from bot.domain.question import Question

_FAR_MORE = 1.5


class Learnt:
    """A rubric for each learnt phrasing, and which words of replies have been met in which of them."""

    def __init__(self, rubrics: Sequence[Rubric]) -> None:
        self._rubrics = rubrics
        self._near: dict[str, set[int]] = defaultdict(set)
        for number, rubric in enumerate(rubrics):
            for form in rubric.words.forms:
                self._near[form[:OPENING]].add(number)
        self._met: dict[tuple[str, str], list[tuple[int, tuple[str, ...]]]] = {}

    @classmethod
    def of(cls, question: Question, phrasings: Mapping[str, Sequence[str]], rubric: Rubric, worth: Worth) -> "Learnt":
        """Take phrasings by the key points' ids. Those of unknown key points are left out."""
        return cls(
            [
                learnt_rubric(index, passage, worth, rubric.words.spellings)
                for index, point in enumerate(question.key_points)
                for text in phrasings.get(point.id, ())
                for passage in _passages(text, index, rubric)
            ]
        )

    def in_reply(self, reply: Sequence[Place]) -> Iterator[tuple[Rubric, Read]]:
        """Yield each rubric of which the reply has a word, with what it has."""
        found: dict[int, Read] = defaultdict(dict)
        for number, place in enumerate(reply):
            for index, token in enumerate(place.clause, place.first):
                for rubric, roots in self._where(token):
                    found[rubric].setdefault(number, []).append((index, roots))
        for rubric, read in found.items():
            yield self._rubrics[rubric], read

    def _where(self, token: Token) -> list[tuple[int, tuple[str, ...]]]:
        met = self._met.get((token.word, token.joined))
        if met is None:
            forget_some(self._met)
            near = sorted({n for word in (token.word, token.joined) for n in self._near.get(word[:OPENING], ())})
            read = ((number, self._rubrics[number].words.stems_at(token)) for number in near)
            met = self._met[token.word, token.joined] = [(number, roots) for number, roots in read if roots]
        return met


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
