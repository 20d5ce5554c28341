"""The offline rubric grader: which key points a reply seems to make, by the words of their accepted phrasings.

It reads no meaning. What it says is a suggestion that the member checks (design: the grader suggests, the person confirms).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from adapters.grading.clauses import Clause, Token, sentences
from adapters.grading.frames import denied
from adapters.grading.language import HALF_NEGATIONS, is_english, is_word_list
from adapters.grading.rubric import Phrasing, Rubric, compile_rubric, denies
from adapters.grading.thresholds import CONTRADICTED, COVERED, MAYBE, NEAR, OTHER_WORDS
from bot.domain.good_faith import copied_passages, in_good_faith
from bot.domain.question import Question
from bot.domain.reply import MAX_REPLY, PointVerdict, Suggestion, Verdict

NAME = "lexical"
VERSION = "1"

MAX_EVIDENCE = 200
"""Characters of the reply that are kept as evidence for one key point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passage:
    """A clause, or two that stand side by side. ``hits`` maps the rubric's stems to where they are: indexes of words.

    ``denials`` are those of the negations in its sentence; ``denied``: the sentence denies all that it says.
    """

    hits: Mapping[str, Sequence[int]]
    denials: Sequence[int]
    half_denied: bool
    denied: bool
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
            denied=self.denied or other.denied,
            first=self.first,
            last=other.last,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    """A passage that says a phrasing, more or less, or denies it. ``places`` are the indexes of the words that do."""

    score: float
    denied: bool
    passage: _Passage
    places: Sequence[int]


@dataclass(slots=True)
class _Found:
    """The best matches of one key point so far: said, denied, or its contradiction said.

    ``share`` is the largest that any of its phrasings has somewhere, to be set against that of a contradiction.
    """

    said: _Match | None = None
    denied: _Match | None = None
    against: _Match | None = None
    share: float = 0.0

    def note(self, phrasing: Phrasing, passage: _Passage, share: float, others: float) -> None:
        """Take in what the passage has of the phrasing: the share of its words and the weight of other words."""
        if phrasing.contradicts:
            if share >= CONTRADICTED and _beats(share, self.against):
                match = _match(phrasing, passage, share)
                self.against = self.against if match.denied else match
            return
        self.share = max(self.share, share)
        score = share + others / OTHER_WORDS
        if score >= MAYBE and _beats(score, self.said):  # a lower one, denied or not, changes nothing
            match = _match(phrasing, passage, score)
            if not match.denied:
                self.said = match
            elif _beats(score, self.denied):
                self.denied = match


def suggest_all(question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]) -> list[Suggestion]:
    """Return one suggestion per reply, in order: the synchronous form of ``Grader.suggest``.

    Pure and deterministic. No text makes it raise; what lies beyond the first 3,000 characters is not looked at.
    """
    rubric = compile_rubric(question, phrasings)
    return [_suggest(question, rubric, reply[:MAX_REPLY]) for reply in replies]


def _suggest(question: Question, rubric: Rubric, reply: str) -> Suggestion:
    # What was copied from the question or a hint says nothing of what its writer knows.
    found = sentences(_blanked(reply, copied_passages(reply, question)))
    words = [token for sentence in found for clause in sentence for token in clause]
    points = range(len(question.key_points))
    if not is_english([token.word for token in words], rubric.stems_of):
        verdicts = [PointVerdict(verdict=Verdict.CANNOT_JUDGE) for _ in points]
    elif not in_good_faith(reply, question):
        verdicts = [PointVerdict(verdict=Verdict.NOT_SEEN) for _ in points]
    else:
        matches = _found(rubric, _passages(rubric, found, denied(found, reply)))
        verdicts = [_verdict(matches[point], reply, words) for point in points]
        if is_word_list([token.word for token in words]):
            verdicts = [_doubted(verdict) for verdict in verdicts]
    return Suggestion(verdicts=tuple(verdicts), grader=NAME, version=VERSION)


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with spaces in these places: everything else keeps its own."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _passages(rubric: Rubric, found: Sequence[Sequence[Clause]], framed: Sequence[bool]) -> list[_Passage]:
    single: list[_Passage] = []
    first = 0
    for sentence, is_denied in zip(found, framed, strict=True):
        words = [token.word for clause in sentence for token in clause]
        # "We don't watch latency and errors": a negation reaches over the joints of its sentence.
        denials = [first + index for index in range(len(words)) if denies(words, index)]
        for clause in sentence:
            single.append(_passage(rubric, clause, first, denials, is_denied))
            first += len(clause)
    return single + [one.joined(next_) for one, next_ in pairwise(single)]


def _passage(rubric: Rubric, clause: Clause, first: int, denials: Sequence[int], is_denied: bool) -> _Passage:  # noqa: FBT001 - private
    hits: dict[str, list[int]] = {}
    for index, token in enumerate(clause, first):
        for root in (*rubric.stems_of(token.word), *rubric.forms.get(token.joined, ())):
            hits.setdefault(root, []).append(index)
    return _Passage(
        hits=hits,
        denials=denials,
        half_denied=any(token.word in HALF_NEGATIONS for token in clause),
        denied=is_denied,
        first=first,
        last=first + len(clause) - 1,
    )


def _found(rubric: Rubric, passages: Sequence[_Passage]) -> dict[int, _Found]:
    found: dict[int, _Found] = defaultdict(_Found)
    for passage in passages:
        told = _sums(rubric.told_by, passage.hits)
        for index, weight in _sums(rubric.found_in, passage.hits).items():
            phrasing = rubric.phrasings[index]
            others = max(told[phrasing.point] - weight, 0.0)
            found[phrasing.point].note(phrasing, passage, weight / phrasing.weight, others)
    return found


def _sums(weights: Mapping[str, Sequence[tuple[int, float]]], hits: Iterable[str]) -> dict[int, float]:
    sums: dict[int, float] = defaultdict(float)
    for root in hits:
        for index, weight in weights.get(root, ()):
            sums[index] += weight
    return sums


def _beats(score: float, match: _Match | None) -> bool:
    return match is None or score > match.score


def _match(phrasing: Phrasing, passage: _Passage, score: float) -> _Match:
    places = [at for root in phrasing.roots & passage.hits.keys() for at in passage.hits[root]]
    negated = any(abs(at - place) <= NEAR for at in passage.denials for place in places)
    excused = (phrasing.negated and passage.half_denied) or (negated and phrasing.half_negated)
    denied_here = passage.denied or (negated != phrasing.negated and not excused)
    return _Match(score=score, denied=denied_here, passage=passage, places=places)


def _verdict(found: _Found, reply: str, words: Sequence[Token]) -> PointVerdict:
    most = max((match for match in (found.said, found.denied) if match), key=lambda match: match.score, default=None)
    if found.against and found.against.score >= found.share:
        return PointVerdict(verdict=Verdict.NOT_SEEN, evidence=_evidence(found.against, reply, words))
    if found.said and found.said.score >= COVERED:
        return PointVerdict(verdict=Verdict.COVERED, evidence=_evidence(found.said, reply, words))
    if most:
        return PointVerdict(verdict=Verdict.MAYBE, evidence=_evidence(most, reply, words))
    return PointVerdict(verdict=Verdict.NOT_SEEN)


def _doubted(verdict: PointVerdict) -> PointVerdict:
    """Words without a sentence say nothing for sure: they are pointed out, and nothing is ticked for them."""
    return replace(verdict, verdict=Verdict.MAYBE) if verdict.verdict is Verdict.COVERED else verdict


def _evidence(match: _Match, reply: str, words: Sequence[Token]) -> str:
    """Return the passage as written; of one that is too long, the part from its first matched word on."""
    first, last = match.passage.first, match.passage.last
    start, limit = words[first].start, words[first].start + MAX_EVIDENCE
    if words[last].end > limit:
        start = words[min(match.places)].start
        limit = start + MAX_EVIDENCE
    ends = [word.end for word in words[first : last + 1] if start < word.end <= limit]
    return reply[start : max(ends, default=limit)]
