"""A reply's passages, and what each has of a rubric's phrasings."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from adapters.grading.clauses import Clause, sentences
from adapters.grading.everyday import everyday
from adapters.grading.frames import denied, is_aside
from adapters.grading.language import HALF_NEGATIONS, STOP_WORDS, is_word_list
from adapters.grading.rubric import Phrasing, Rubric, denies
from adapters.grading.thresholds import DENSE, NEAR

Read: TypeAlias = "dict[int, list[tuple[int, tuple[str, ...]]]]"
"""By the number of a clause the words in it that are a rubric's: where each stands in the reply, and its stems."""


class Place(NamedTuple):
    """A clause and where it stands: the number of its sentence, and in ``first`` the index of its first word in the reply.

    ``denials`` are the indexes of the negations in its sentence; ``void``: the sentence denies all that it says,
    or is a list of words that says nothing. ``telling`` words of it say something.
    """

    clause: Clause
    sentence: int
    first: int
    denials: Sequence[int]
    half_denied: bool
    void: bool
    telling: int


class Passage(NamedTuple):
    """A clause, or two that stand side by side; ``sentence`` is None if they are of two sentences.

    ``hits`` maps the rubric's stems to where they are: indexes of words. Of ``telling`` words, which say something,
    ``met`` are the rubric's.
    """

    hits: Mapping[str, Sequence[int]]
    sentence: int | None
    denials: Sequence[int]
    half_denied: bool
    void: bool
    first: int
    last: int
    telling: int
    met: int

    @property
    def dense(self) -> bool:
        """Whether it has hardly a word of anything else."""
        return self.met >= DENSE * self.telling

    def joined(self, other: "Passage") -> "Passage":
        hits = dict(self.hits)
        for root, places in other.hits.items():
            hits[root] = [*hits.get(root, ()), *places]
        return Passage(
            hits=hits,
            sentence=self.sentence if self.sentence == other.sentence else None,
            denials=[*self.denials, *other.denials],
            half_denied=self.half_denied or other.half_denied,
            void=self.void or other.void,
            first=self.first,
            last=other.last,
            telling=self.telling + other.telling,
            met=self.met + other.met,
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
        said = [token for clause in sentence for token in clause]
        words = [token.word for token in said]
        # "We don't watch latency and errors": a negation reaches over the joints of its sentence.
        negations = (index for index in range(len(words)) if denies(words, index))
        denials = [first + index for index in negations if not is_aside(said, index, text)]
        void = is_denied or is_word_list(words)
        for clause in sentence:
            own = [token.word for token in clause]
            found.append(
                Place(
                    clause=clause,
                    sentence=number,
                    first=first,
                    denials=denials,
                    half_denied=not HALF_NEGATIONS.isdisjoint(own),
                    void=void,
                    telling=len(own) - sum(map(STOP_WORDS.__contains__, own)),
                )
            )
            first += len(clause)
    return found


def read(rubric: Rubric, reply: Sequence[Place]) -> Read:
    """Return what the reply has of the rubric."""
    found: Read = {}
    for number, place in enumerate(reply):
        at = enumerate(map(rubric.words.stems_at, place.clause), place.first)
        if hits := [(index, roots) for index, roots in at if roots]:
            found[number] = hits
    return found


def passages(reply: Sequence[Place], found: Read) -> Iterator[Passage]:
    """Yield the passages that have something of what was found: each clause, and each two that stand side by side.

    Of two sentences each has more than a word of everyday talk. So what a passage is worth depends on no other passage.
    """
    single = {number: _passage(reply[number], hits) for number, hits in found.items()}
    yield from single.values()
    for number, one in single.items():
        other = single.get(number + 1)
        if other and _belong(one, other):
            yield one.joined(other)


def sums(weights: Mapping[str, Sequence[tuple[int, float]]], hits: Iterable[str]) -> dict[int, float]:
    """Add up, for each phrasing or key point, the weights of the stems that were hit."""
    found: dict[int, float] = {}
    for root in hits:
        for index, weight in weights.get(root, ()):
            found[index] = found.get(index, 0.0) + weight
    return found


def ideas(having: Mapping[str, Sequence[tuple[int, float]]], hits: Iterable[str]) -> dict[int, float]:
    """Count, for each phrasing or key point, the stems that were hit. Those of everyday talk count half."""
    found: dict[int, float] = defaultdict(float)
    for root in hits:
        for index, _ in having.get(root, ()):
            found[index] += weight_of(root)
    return found


def weight_of(root: str) -> float:
    return 0.5 if root in everyday() else 1.0


def match(phrasing: Phrasing, passage: Passage, score: float) -> Match:
    """Tell whether the passage says or denies the phrasing, of which it has some words."""
    at = [index for root in phrasing.roots & passage.hits.keys() for index in passage.hits[root]]
    negated = any(abs(denial - index) <= NEAR for denial in passage.denials for index in at)
    # Words such as "fail" and "instead" may stand for a negation that is missing; one that is there they do not take away.
    excused = phrasing.negated and passage.half_denied
    denied_here = passage.void or (negated != phrasing.negated and not excused)
    return Match(score=score, denied=denied_here, passage=passage, places=at)


def _belong(one: Passage, other: Passage) -> bool:
    return one.sentence == other.sentence or not any(part.hits.keys() <= everyday() for part in (one, other))


def _passage(place: Place, found: Sequence[tuple[int, Sequence[str]]]) -> Passage:
    hits: dict[str, list[int]] = {}
    for index, roots in found:
        for root in roots:
            hits.setdefault(root, []).append(index)
    return Passage(
        hits=hits,
        sentence=place.sentence,
        denials=place.denials,
        half_denied=place.half_denied,
        void=place.void,
        first=place.first,
        last=place.first + len(place.clause) - 1,
        telling=place.telling,
        met=len(found),
    )
