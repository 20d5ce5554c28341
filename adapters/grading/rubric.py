"""A question's key points made ready for matching: which words each phrasing has, and how much each of them tells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from rapidfuzz.distance import OSA
from snowballstemmer.english_stemmer import EnglishStemmer

from adapters.grading.clauses import Token, tokens
from adapters.grading.language import ABBREVIATIONS, HALF_NEGATIONS, NEGATIONS, NO_NEGATION_BEFORE, STOP_WORDS
from adapters.grading.thresholds import LEAST_WEIGHT
from bot.domain.question import Question

_TYPO_LETTERS = 5
_ANY_SLIP_LETTERS = 7
_ROOT_LETTERS = 5
_OPENING = 2
"""Slips and endings leave so many letters alone at the beginning of a word: only words that have them alike are compared."""
_BEGINNING = 4
"""Words of one stem have so many letters alike, or all of the shorter one."""

_stemmer = EnglishStemmer()
_stemming = Lock()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of an English word in lower case. Any thread may call it."""
    with _stemming:  # the stemmer keeps the word that it works on
        found: str = _stemmer.stemWord(ABBREVIATIONS.get(word, word))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasing:
    """One way of putting a key point, or of contradicting it (``contradicts``). ``point`` is the key point's index.

    ``weight`` is that of all of its ``roots`` together, but at least ``LEAST_WEIGHT`` if there are several.
    """

    point: int
    roots: frozenset[str]
    contradicts: bool
    negated: bool
    half_negated: bool
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """``found_in`` maps a stem to the phrasings that have it and its weight there; ``told_by`` to the key points that have it.

    ``forms`` maps words, as typed, to the stems of this rubric that they stand for.
    """

    phrasings: tuple[Phrasing, ...]
    found_in: Mapping[str, Sequence[tuple[int, float]]]
    told_by: Mapping[str, Sequence[tuple[int, float]]]
    forms: dict[str, tuple[str, ...]]
    _alike: Mapping[str, Sequence[str]]
    _met: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def stems_of(self, word: str) -> tuple[str, ...]:
        """Return the stems of this rubric that a word of a reply stands for, allowing for a slip of the keys."""
        known = self.forms.get(word)
        if known is None:
            known = self._met.get(word)
        if known is None:
            known = self._met[word] = self._read(word)
        return known

    def _read(self, word: str) -> tuple[str, ...]:
        if word in STOP_WORDS:
            return ()
        word = ABBREVIATIONS.get(word, word)
        near = self._alike.get(word[:_OPENING], ())
        kin = [form for form in near if form[:_BEGINNING] == word[: min(len(form), _BEGINNING)]]
        known = self._of_kin(word, kin) if kin else ()  # without kin the stemmer, which is slow, is spared
        return known or next((self.forms[form] for form in near if _is_slip(word, form)), ())

    def _of_kin(self, word: str, kin: Iterable[str]) -> tuple[str, ...]:
        root = stem(word)
        if root in self.found_in:
            return (root,)
        return next((self.forms[form] for form in kin if _is_derived(root, stem(form))), ())


def compile_rubric(question: Question, phrasings: Mapping[str, Sequence[str]]) -> Rubric:
    """Make a question's key points ready, with a team's learnt phrasings by key point id. Takes a few milliseconds."""
    accepted = [
        (index, text)
        for index, point in enumerate(question.key_points)
        for text in (point.statement, *point.accepted, *phrasings.get(point.id, ()))
    ]
    contradicting = [(i, text) for i, point in enumerate(question.key_points) for text in point.contradicted_by]
    told = _told(len(question.key_points), accepted)
    asked = set(_stems(question.text))
    found_in: dict[str, list[tuple[int, float]]] = defaultdict(list)
    ready: list[Phrasing] = []
    for point, text in [*accepted, *contradicting]:
        weights = _weights(_stems(text), told, asked)
        for root, weight in weights.items():
            found_in[root].append((len(ready), weight))
        ready.append(_phrasing(text, point, len(ready) >= len(accepted), weights))
    forms = _forms([text for _, text in [*accepted, *contradicting]], found_in)
    told_by = {r: [(p, w) for p, w in enumerate(ws) if w] for r, ws in told.items() if r not in asked}
    return Rubric(phrasings=tuple(ready), found_in=found_in, told_by=told_by, forms=forms, _alike=_by_opening(forms))


def denies(words: Sequence[str], index: int) -> bool:
    """Tell whether the word at this index is a negation ("not", but not the one of "not only")."""
    return words[index] in NEGATIONS and (index + 1 == len(words) or words[index + 1] not in NO_NEGATION_BEFORE)


def _phrasing(text: str, point: int, contradicts: bool, weights: Mapping[str, float]) -> Phrasing:  # noqa: FBT001 - private
    words = _words(text)
    return Phrasing(
        point=point,
        roots=frozenset(weights),
        contradicts=contradicts,
        negated=any(denies(words, index) for index in range(len(words))),
        half_negated=not HALF_NEGATIONS.isdisjoint(words),
        weight=max(sum(weights.values()), LEAST_WEIGHT if len(weights) > 1 else 0.0),
    )


def _told(points: int, accepted: Iterable[tuple[int, str]]) -> dict[str, list[float]]:
    """Return what each stem tells of each key point: 1 if no other has it, ever less the more have it, 0 if it has not."""
    having: dict[str, set[int]] = defaultdict(set)
    for point, text in accepted:
        for root in _stems(text):
            having[root].add(point)
    return {
        root: [1 - (len(at) - 1) / points if point in at else 0.0 for point in range(points)]
        for root, at in having.items()
    }


def _weights(roots: Iterable[str], told: Mapping[str, Sequence[float]], asked: set[str]) -> dict[str, float]:
    """Weigh a phrasing's stems. What stands in the question counts only where a phrasing has nothing else."""
    weights = {root: max(told.get(root, (1.0,))) for root in roots}  # in a fixed order: sums of floats depend on it
    return {root: weight for root, weight in weights.items() if root not in asked} or weights


def _words(text: str) -> list[str]:
    return [token.word for token in tokens(text)]


def _stems(text: str) -> Iterator[str]:
    return (stem(word) for word in _words(text) if word not in STOP_WORDS)


def _forms(texts: Iterable[str], known: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return the words of all phrasings with their stems; "rollback" with those of "roll back" too, where both are used."""
    forms: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for before, token in _with_the_one_before(texts):
        if token.word not in STOP_WORDS:
            forms[token.word] += _known([token.word], known)
        if token.joined and len(both := _known([before, token.word], known)) > 1:
            forms[token.joined] += both
    return {form: tuple(dict.fromkeys(roots)) for form, roots in forms.items() if roots}


def _with_the_one_before(texts: Iterable[str]) -> Iterator[tuple[str, Token]]:
    for text in texts:
        before = ""
        for token in tokens(text):
            yield before, token
            before = token.word


def _known(words: Iterable[str], known: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(root for root in map(stem, words) if root in known)


def _by_opening(forms: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for form in sorted(forms):
        found[form[:_OPENING]].append(form)
    return dict(found)


def _is_slip(word: str, form: str) -> bool:
    """One letter too many, too few or swapped; in long words also a wrong one ("score" is not "store")."""
    if len(word) < _TYPO_LETTERS or OSA.distance(word, form, score_cutoff=1) > 1:
        return False
    return len(word) != len(form) or len(word) >= _ANY_SLIP_LETTERS or sorted(word) == sorted(form)


def _is_derived(root: str, other: str) -> bool:
    """One stem begins with the other, as "accur" and "accuraci" or "config" and "configur" do."""
    shorter, longer = sorted((root, other), key=len)
    return len(shorter) >= _ROOT_LETTERS and longer.startswith(shorter)
