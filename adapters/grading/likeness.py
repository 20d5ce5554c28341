"""How much of a model answer a reply has, as one figure from 0 to 1: finer than ticks, and for measuring alone.

Nobody is shown it and nothing is ticked by it: it follows people's marks better than a count of ticks does.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import TypeAlias

from adapters.grading.clauses import Token, sentences, tokens
from adapters.grading.language import STOP_WORDS
from adapters.grading.thresholds import ASKED, DAMPED, NEIGHBOURS, OFF_TOPIC
from adapters.grading.vocabulary import Vocabulary, stems
from bot.domain.reply import MAX_REPLY

_LEAST_TOPICAL = 2
_PART_HIT = 3
"""A sentence is about the matter if so many of its words are the answer's or the question's, or one in so many the answer's."""

Pairs: TypeAlias = "Counter[tuple[str, str]]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reference:
    """A text that answers the question in full: the weight of each of its stems, and its letters two by two."""

    weights: dict[str, float]
    pairs: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """Its words, and for each of them that says something, by index, the stems that it stands for."""

    words: Sequence[str]
    read: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """What a reply has of one reference: how much, and which stems."""

    much: float
    stems: frozenset[str]


class Standard:
    """A question with its model answer and perhaps other answers that were given full marks."""

    def __init__(self, question: str, model_answer: str, accepted: Sequence[str] = ()) -> None:
        texts = [model_answer, *accepted]
        self._asked = frozenset(stems(question))
        self._references = [self._reference(text) for text in texts]
        self._having = Counter(root for one in self._references for root in one.weights)
        self._words = Vocabulary.of([*texts, question], self._asked | self._having.keys())
        self._usual = fmean(self._common(one.weights) for one in self._references)

    def likeness(self, reply: str) -> float:
        """Return how much of the best of the answers the reply has, and of what is common to them if there are several.

        Nothing beyond the first 3,000 characters is looked at. Sentences that are not about the matter add nothing and cost
        a little.
        """
        said = list(self._read(reply[:MAX_REPLY]))
        met = [self._met(said, reference) for reference in self._references]
        best = max(one.much for one in met)
        if len(met) == 1 or not self._usual:
            return best
        common = self._common(frozenset[str]().union(*(one.stems for one in met))) / self._usual
        return (best + min(common, 1.0)) / 2

    def _reference(self, text: str) -> _Reference:
        weights = {root: ASKED if root in self._asked else 1.0 for root in stems(text)}
        return _Reference(weights=weights, pairs=_pairs([token.word for token in tokens(text)]))

    def _common(self, roots: frozenset[str] | dict[str, float]) -> float:
        """Weigh stems by how many of the answers have them."""
        return sum(self._having[root] * (ASKED if root in self._asked else 1.0) for root in sorted(roots))

    def _read(self, reply: str) -> Iterator[_Sentence]:
        for sentence in sentences(reply):
            words: list[Token] = [token for clause in sentence for token in clause]
            read = {i: self._words.stems_at(token) for i, token in enumerate(words) if token.word not in STOP_WORDS}
            yield _Sentence(words=[token.word for token in words], read=read)

    def _met(self, said: Sequence[_Sentence], reference: _Reference) -> _Met:
        found: set[str] = set()
        pairs: Pairs = Counter()
        telling = topical = 0
        for sentence in said:
            hits = {i for i, roots in sentence.read.items() if not reference.weights.keys().isdisjoint(roots)}
            about = hits | {i for i, roots in sentence.read.items() if not self._asked.isdisjoint(roots)}
            telling += len(sentence.read)
            if len({sentence.words[i] for i in about}) >= _LEAST_TOPICAL or len(hits) * _PART_HIT >= len(sentence.read):
                topical += len(about)
                found.update(root for i in hits for root in sentence.read[i] if root in reference.weights)
                pairs += _pairs(_around(sentence.words, hits))
        whole = sum(reference.weights.values()) or 1.0
        words = sum(reference.weights[root] for root in sorted(found)) / whole
        letters = (pairs & reference.pairs).total() / (reference.pairs.total() or 1)
        much = (words**DAMPED + letters) / 2 * ((topical + 1) / (telling + 1)) ** OFF_TOPIC
        return _Met(much=much, stems=frozenset(found))


def _around(words: Sequence[str], hits: set[int]) -> list[str]:
    near = {at for hit in hits for at in range(hit - NEIGHBOURS, hit + NEIGHBOURS + 1)}
    return [word for at, word in enumerate(words) if at in near]


def _pairs(words: Sequence[str]) -> Pairs:
    text = " ".join(words)
    return Counter(pairwise(text))
