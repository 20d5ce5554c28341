"""The offline rubric grader: which key points a reply seems to make, by the words of their accepted phrasings.

It reads no meaning. What it says is a suggestion that the member checks (design: the grader suggests, the person confirms).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from adapters.grading.clauses import Clause, Token, clauses
from adapters.grading.language import HALF_NEGATIONS, is_english
from adapters.grading.rubric import Phrasing, Rubric, compile_rubric, denies
from bot.domain.question import Question
from bot.domain.reply import MAX_REPLY, PointVerdict, Suggestion, Verdict, in_good_faith

NAME = "lexical"
VERSION = "1"

COVERED = 0.3
MAYBE = 0.22
"""Least scores of a passage for a key point to count as covered, or as maybe so: the share of one phrasing's words in it."""
OTHER_WORDS = 6.0
"""What else the passage has of the key point's words adds its weight over this to the score: people mix phrasings."""
CONTRADICTED = 0.4
"""Least share of the words of a contradiction that counts as saying it."""
NEAR = 4
"""So many words, at most, lie between a negation and a word that it touches."""
MAX_EVIDENCE = 200
"""Characters of the reply that are kept as evidence for one key point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A clause, or two that stand side by side. ``hits`` maps the rubric's stems to where they are: indexes of words."""

    hits: Mapping[str, Sequence[int]]
    denials: Sequence[int]
    half_denied: bool
    first: int
    last: int

    def joined(self, other: "_Passage") -> "_Passage":
        hits = dict(self.hits)
        for root, places in other.hits.items():
            hits[root] = [*hits.get(root, ()), *places]
        return _Passage(
            hits=hits,
            denials=[*self.denials, *other.denials],
            half_denied=self.half_denied or other.half_denied,
            first=self.first,
            last=other.last,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A passage that says a phrasing, more or less: ``share`` of its words, ``score`` with the key point's other words."""

    share: float
    score: float
    passage: _Passage
    places: Sequence[int]


_Best = dict[tuple[int, str], _Match]
_SAID, _DENIED, _CONTRADICTED = "said", "denied", "contradicted"


def suggest_all(question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]) -> list[Suggestion]:
    """Return one suggestion per reply, in order: the synchronous form of ``Grader.suggest``.

    Pure and deterministic. No text makes it raise; what lies beyond the first 3,000 characters is not looked at.
    """
    rubric = compile_rubric(question, phrasings)
    return [_suggest(question, rubric, reply[:MAX_REPLY]) for reply in replies]


def _suggest(question: Question, rubric: Rubric, reply: str) -> Suggestion:
    found = clauses(reply)
    words = [token for clause in found for token in clause]
    points = range(len(question.key_points))
    if not is_english([token.word for token in words], rubric.stems_of):
        verdicts = [PointVerdict(verdict=Verdict.CANNOT_JUDGE) for _ in points]
    elif not in_good_faith(reply, question):
        verdicts = [PointVerdict(verdict=Verdict.NOT_SEEN) for _ in points]
    else:
        best = _best_matches(rubric, _passages(rubric, found))
        verdicts = [_verdict(best, point, reply, words) for point in points]
    return Suggestion(verdicts=tuple(verdicts), grader=NAME, version=VERSION)


def _passages(rubric: Rubric, found: Sequence[Clause]) -> list[_Passage]:
    single = []
    first = 0
    for clause in found:
        single.append(_passage(rubric, clause, first))
        first += len(clause)
    return single + [one.joined(next_) for one, next_ in pairwise(single)]


def _passage(rubric: Rubric, clause: Clause, first: int) -> _Passage:
    hits: dict[str, list[int]] = {}
    for index, token in enumerate(clause, first):
        for root in (*rubric.stems_of(token.word), *rubric.forms.get(token.joined, ())):
            hits.setdefault(root, []).append(index)
    words = [token.word for token in clause]
    return _Passage(
        hits=hits,
        denials=[first + index for index in range(len(words)) if denies(words, index)],
        half_denied=not HALF_NEGATIONS.isdisjoint(words),
        first=first,
        last=first + len(clause) - 1,
    )


def _best_matches(rubric: Rubric, passages: Sequence[_Passage]) -> _Best:
    best: _Best = {}
    for passage in passages:
        shares = _sums(rubric.found_in, passage.hits)
        told = _sums(rubric.told_by, passage.hits)
        for index, weight in shares.items():
            phrasing = rubric.phrasings[index]
            share = weight / phrasing.weight
            others = max(told[phrasing.point] - weight, 0.0)
            score = share if phrasing.contradicts else share + others / OTHER_WORDS
            if score >= min(MAYBE, CONTRADICTED):
                places = [at for root in phrasing.roots & passage.hits.keys() for at in passage.hits[root]]
                match = _Match(share=share, score=score, passage=passage, places=places)
                key = (phrasing.point, _kind(phrasing, match))
                if key not in best or score > best[key].score:
                    best[key] = match
    return best


def _sums(weights: Mapping[str, Sequence[tuple[int, float]]], hits: Iterable[str]) -> dict[int, float]:
    sums: dict[int, float] = defaultdict(float)
    for root in hits:
        for index, weight in weights.get(root, ()):
            sums[index] += weight
    return sums


def _kind(phrasing: Phrasing, match: _Match) -> str:
    """Tell what the match shows. A contradiction that is denied shows nothing: it is filed where nobody looks."""
    denied = any(abs(at - place) <= NEAR for at in match.passage.denials for place in match.places)
    excused = (phrasing.negated and match.passage.half_denied) or (denied and phrasing.half_negated)
    if denied == phrasing.negated or excused:
        return _CONTRADICTED if phrasing.contradicts else _SAID
    return "" if phrasing.contradicts else _DENIED


def _verdict(best: _Best, point: int, reply: str, words: Sequence[Token]) -> PointVerdict:
    said, denied, against = (best.get((point, kind)) for kind in (_SAID, _DENIED, _CONTRADICTED))
    most = max((match for match in (said, denied) if match), key=lambda match: match.score, default=None)
    if against and against.share >= CONTRADICTED and (most is None or against.share >= most.share):
        return PointVerdict(verdict=Verdict.NOT_SEEN, evidence=_evidence(against, reply, words))
    if said and said.score >= COVERED:
        return PointVerdict(verdict=Verdict.COVERED, evidence=_evidence(said, reply, words))
    if most and most.score >= MAYBE:
        return PointVerdict(verdict=Verdict.MAYBE, evidence=_evidence(most, reply, words))
    return PointVerdict(verdict=Verdict.NOT_SEEN)


def _evidence(match: _Match, reply: str, words: Sequence[Token]) -> str:
    """Return the passage as written; of one that is too long, the part from its first matched word on."""
    first, last = match.passage.first, match.passage.last
    start, limit = words[first].start, words[first].start + MAX_EVIDENCE
    if words[last].end > limit:
        start = words[min(match.places)].start
        limit = start + MAX_EVIDENCE
    ends = [word.end for word in words[first : last + 1] if start < word.end <= limit]
    return reply[start : max(ends, default=limit)]
