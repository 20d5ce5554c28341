"""A reply's passages, and what each has of a rubric's phrasings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adapters.grading.clauses import Clause, sentences
from adapters.grading.frames import denied
from adapters.grading.language import HALF_NEGATIONS
from adapters.grading.rubric import Phrasing, Rubric, denies
from adapters.grading.thresholds import NEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A clause and where it stands: the number of its sentence, and in ``first`` the index of its first word in the reply.

    ``denials`` are the indexes of the negations in its sentence; ``denied``: the sentence denies all that it says.
    """

    clause: Clause
    sentence: int
    first: int
    denials: Sequence[int]
    half_denied: bool
    denied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A clause, or two that stand side by side; ``sentence`` is None if they are of two sentences.

    ``hits`` maps the rubric's stems to where they are: indexes of words.
    """

    hits: Mapping[str, Sequence[int]]
    sentence: int | None
    denials: Sequence[int]
    half_denied: bool
    denied: bool
    first: int
    last: int

    def joined(self, other: "Passage") -> "Passage":
        hits = dict(self.hits)
        for root, places in other.hits.items():
            hits[root] = [*hits.get(root, ()), *places]
        return Passage(
            hits=hits,
            sentence=self.sentence if self.sentence == other.sentence else None,
            denials=[*self.denials, *other.denials],
            half_denied=self.half_denied or other.half_denied,
            denied=self.denied or other.denied,
            first=self.first,
            last=other.last,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A passage that says a phrasing, more or less, or denies it. ``places`` are the indexes of the words that do."""

    score: float
    denied: bool
    passage: Passage
    places: Sequence[int]


def places(text: str) -> list[Place]:
    """Return the clauses of a reply in order."""
    found: list[Place] = []
    first = 0
    cut = sentences(text)
    for number, (sentence, is_denied) in enumerate(zip(cut, denied(cut, text), strict=True)):
        words = [token.word for clause in sentence for token in clause]
        # "We don't watch latency and errors": a negation reaches over the joints of its sentence.
        denials = [first + index for index in range(len(words)) if denies(words, index)]
        for clause in sentence:
            half = any(token.word in HALF_NEGATIONS for token in clause)
            found.append(
                Place(
                    clause=clause,
                    sentence=number,
                    first=first,
                    denials=denials,
                    half_denied=half,
                    denied=is_denied,
                )
            )
            first += len(clause)
    return found


def passages(rubric: Rubric, reply: Sequence[Place]) -> Iterator[Passage]:
    """Yield the passages that have a word of the rubric: each clause, and each two that stand side by side."""
    single = [_passage(rubric, place) for place in reply]
    yield from (passage for passage in single if passage.hits)
    yield from (one.joined(other) for one, other in pairwise(single) if one.hits and other.hits)


def sums(weights: Mapping[str, Sequence[tuple[int, float]]], hits: Iterable[str]) -> dict[int, float]:
    """Add up, for each phrasing or key point, the weights of the stems that were hit."""
    found: dict[int, float] = defaultdict(float)
    for root in hits:
        for index, weight in weights.get(root, ()):
            found[index] += weight
    return found


def counts(having: Mapping[str, Sequence[tuple[int, float]]], hits: Iterable[str]) -> Mapping[int, int]:
    """Count, for each phrasing or key point, the stems that were hit."""
    return Counter(index for root in hits for index, _ in having.get(root, ()))


def match(phrasing: Phrasing, passage: Passage, score: float) -> Match:
    """Tell whether the passage says or denies the phrasing, of which it has some words."""
    at = [index for root in phrasing.roots & passage.hits.keys() for index in passage.hits[root]]
    negated = any(abs(denial - index) <= NEAR for denial in passage.denials for index in at)
    excused = (phrasing.negated and passage.half_denied) or (negated and phrasing.half_negated)
    denied_here = passage.denied or (negated != phrasing.negated and not excused)
    return Match(score=score, denied=denied_here, passage=passage, places=at)


def _passage(rubric: Rubric, place: Place) -> Passage:
    hits: dict[str, list[int]] = {}
    for index, token in enumerate(place.clause, place.first):
        for root in rubric.words.stems_at(token):
            hits.setdefault(root, []).append(index)
    return Passage(
        hits=hits,
        sentence=place.sentence,
        denials=place.denials,
        half_denied=place.half_denied,
        denied=place.denied,
        first=place.first,
        last=place.first + len(place.clause) - 1,
    )
