"""A question's key points made ready for matching: which words each phrasing has, and how much each of them tells."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adapters.grading.clauses import tokens
from adapters.grading.language import NEGATIONS, NO_NEGATION_BEFORE
from adapters.grading.thresholds import LEAST_WEIGHT
from adapters.grading.vocabulary import Spellings, Vocabulary, stems
from bot.domain.question import Question

SEVERAL = 1.5
"""One word alone is no idea, nor are two of everyday talk, which count half: "group by customer" is not only "group"."""
_OWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """One way of putting a key point, or of contradicting it (``contradicts``). ``point`` is the key point's index.

    ``weight`` is that of all of its ``roots`` together, but at least ``LEAST_WEIGHT``.
    """

    point: int
    roots: frozenset[str]
    contradicts: bool
    negated: bool
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """``found_in`` maps a stem to the phrasings that have it and its weight there; ``told_by`` to the key points that have it."""

    phrasings: tuple[Phrasing, ...]
    found_in: Mapping[str, Sequence[tuple[int, float]]]
    told_by: Mapping[str, Sequence[tuple[int, float]]]
    words: Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a question's own texts say of words.

    ``told`` maps a stem to what it tells of each key point; ``asked`` is what stands in the question.
    """

    told: Mapping[str, Sequence[float]]
    asked: frozenset[str]

    @classmethod
    def of(cls, question: Question) -> "Worth":
        return cls(told=_told(len(question.key_points), _accepted(question)), asked=frozenset(stems(question.text)))

    def weights(self, text: str) -> dict[str, float]:
        """Weigh a phrasing's stems, in a fixed order: sums of floats depend on it."""
        weights = {root: max(self.told.get(root, (1.0,))) for root in stems(text)}
        own = {root: weight for root, weight in weights.items() if root not in self.asked}
        return own if len(own) >= _OWN else weights

    def weights_learnt(self, text: str, point: int) -> dict[str, float]:
        """Weigh the stems of a phrasing from a reply, which has words of other key points, too: these do not count."""
        weights = self.weights(text)
        own = {root: self.told[root][point] if root in self.told else weight for root, weight in weights.items()}
        return {root: weight for root, weight in own.items() if weight} or weights


def compile_rubric(question: Question, worth: Worth, spellings: Spellings) -> Rubric:
    """Make a question's own phrasings ready. Takes a few milliseconds. ``spellings`` takes in their words."""
    accepted = _accepted(question)
    contradicting = [(i, text) for i, point in enumerate(question.key_points) for text in point.contradicted_by]
    said = [(point, text, False, worth.weights(text)) for point, text in accepted]
    return _rubric(said + [(point, text, True, worth.weights(text)) for point, text in contradicting], worth, spellings)


def learnt_rubric(point: int, text: str, worth: Worth, spellings: Spellings) -> Rubric:
    """Make one learnt phrasing ready, with words of its own: so it changes nothing that the others find."""
    return _rubric([(point, text, False, worth.weights_learnt(text, point))], worth, spellings)


def denies(words: Sequence[str], index: int) -> bool:
    """Tell whether the word at this index is a negation ("not", but not the one of "not only")."""
    return words[index] in NEGATIONS and (index + 1 == len(words) or words[index + 1] not in NO_NEGATION_BEFORE)


def _rubric(said: Sequence[tuple[int, str, bool, Mapping[str, float]]], worth: Worth, spellings: Spellings) -> Rubric:
    found_in: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for index, (_, _, _, weights) in enumerate(said):
        for root, weight in weights.items():
            found_in[root].append((index, weight))
    told = {root: worth.told[root] for root in found_in if root in worth.told and root not in worth.asked}
    return Rubric(
        phrasings=tuple(_phrasing(*one) for one in said),
        found_in=found_in,
        told_by={root: [(point, w) for point, w in enumerate(of) if w] for root, of in told.items()},
        words=Vocabulary.of([text for _, text, _, _ in said], found_in, spellings),
    )


def _phrasing(point: int, text: str, contradicts: bool, weights: Mapping[str, float]) -> Phrasing:  # noqa: FBT001 - private
    words = [token.word for token in tokens(text)]
    return Phrasing(
        point=point,
        roots=frozenset(weights),
        contradicts=contradicts,
        negated=any(denies(words, index) for index in range(len(words))),
        weight=max(sum(weights.values()), LEAST_WEIGHT),
    )


def _accepted(question: Question) -> list[tuple[int, str]]:
    return [
        (index, text) for index, point in enumerate(question.key_points) for text in (point.statement, *point.accepted)
    ]


def _told(points: int, accepted: Iterable[tuple[int, str]]) -> dict[str, list[float]]:
    """Return what each stem tells of each key point: 1 if no other has it, ever less the more have it, 0 if it has not."""
    having: dict[str, set[int]] = defaultdict(set)
    for point, text in accepted:
        for root in stems(text):
            having[root].add(point)
    return {
        root: [1 - (len(at) - 1) / points if point in at else 0.0 for point in range(points)]
        for root, at in having.items()
    }
