"""The offline rubric grader: which key points a reply seems to make, by the words of their accepted phrasings.

It reads no meaning. What it says is a suggestion that the member checks (design: the grader suggests, the person confirms).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from adapters.grading.clauses import Token
from adapters.grading.frames import orders
from adapters.grading.language import is_english
from adapters.grading.learnt import Learnt
from adapters.grading.passages import Match, Passage, Place, Read, ideas, match, passages, places, read, sums
from adapters.grading.rubric import SEVERAL, Phrasing, Rubric, Worth, compile_rubric
from adapters.grading.thresholds import CONTRADICTED, COVERED, IN_PASSAGE, IN_SENTENCE, MAYBE
from adapters.grading.vocabulary import Spellings
from bot.domain.good_faith import copied_passages, in_good_faith
from bot.domain.question import Question
from bot.domain.reply import MAX_REPLY, PointVerdict, Suggestion, Verdict

NAME = "lexical"
VERSION = "4"

_READY = 16
"""So many questions are kept ready, each some 10 to 60 ms of work: the replies of a round come in chunks and one by one."""

MAX_EVIDENCE = 200
"""Characters of the reply that are kept as evidence for one key point."""


@dataclass(slots=True)
class _Found:
    """The best matches of one key point so far: said, denied, or its contradiction said.

    ``share`` is the largest that any of its phrasings has somewhere, to be set against that of a contradiction. ``least``
    is the least score that is looked at.
    """

    least: float
    said: Match | None = None
    denied: Match | None = None
    against: Match | None = None
    share: float = 0.0

    @property
    def contradicted(self) -> bool:
        return self.against is not None and self.against.score >= self.share

    def could_change(self, phrasing: Phrasing, share: float, more: float) -> bool:
        """Tell whether to note this can make a difference."""
        if phrasing.contradicts:
            return share >= CONTRADICTED and _beats(share, self.against)
        return share > self.share or (share + more >= self.least and _beats(share + more, self.said))

    def note(self, phrasing: Phrasing, passage: Passage, share: float, more: float) -> None:
        """Take in what the passage has of the phrasing: the share of its words, and ``more`` for what else speaks of it."""
        if phrasing.contradicts:
            # What two sentences have between them is no word against anything.
            if passage.sentence is not None and share >= CONTRADICTED and _beats(share, self.against):
                found = match(phrasing, passage, share)
                self.against = self.against if found.denied else found
            return
        self.share = max(self.share, share)
        score = share + more
        if score >= self.least and _beats(score, self.said):  # a lower one, denied or not, changes nothing
            found = match(phrasing, passage, score)
            if not found.denied:
                self.said = found
            elif _beats(score, self.denied):
                self.denied = found


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerKey:
    """A question made ready for its replies: its own rubric, and what was learnt."""

    question: Question
    own: Rubric
    learnt: Learnt
    least: float = MAYBE

    @classmethod
    def of(cls, question: Question, phrasings: Mapping[str, Sequence[str]]) -> "AnswerKey":
        """Takes a few milliseconds. ``phrasings`` are a team's learnt ones by key point id; ids that are unknown do no harm."""
        worth = Worth.of(question)
        own = compile_rubric(question, worth, Spellings())
        return cls(question=question, own=own, learnt=Learnt.of(question, phrasings, own, worth))

    def suggest(self, reply: str) -> Suggestion:
        """Return a verdict per key point. No text makes it raise; of one, the first 3,000 characters are looked at."""
        reply = reply[:MAX_REPLY]
        said = places(self._own(reply))
        words = [token for place in said for token in place.clause]
        points = range(len(self.question.key_points))
        if not is_english([token.word for token in words], self.own.words.stems_of):
            verdicts = [PointVerdict(verdict=Verdict.CANNOT_JUDGE) for _ in points]
        elif not in_good_faith(reply, self.question):
            verdicts = [PointVerdict(verdict=Verdict.NOT_SEEN) for _ in points]
        else:
            verdicts = [_verdict(found, reply, words) for found in self._found(said)]
        return Suggestion(verdicts=tuple(verdicts), grader=NAME, version=VERSION)

    def scores(self, reply: str) -> list[float]:
        """Return what each key point scores: what is at least ``COVERED`` is covered. Less than ``least`` is 0."""
        found = self._found(places(self._own(reply[:MAX_REPLY])))
        return [one.said.score if one.said and not one.contradicted else 0.0 for one in found]

    def _own(self, reply: str) -> str:
        """Blank what says nothing of what its writer knows: what was copied from the question or a hint, orders to a grader."""
        return _blanked(reply, [*copied_passages(reply, self.question), *orders(reply)])

    def _found(self, reply: Sequence[Place]) -> list[_Found]:
        found = [_Found(self.least) for _ in self.question.key_points]
        own = list(passages(reply, read(self.own, reply)))
        told = {number: sums(self.own.told_by, hits) for number, hits in _by_sentence(own).items()}
        _look(self.own, own, told, found)
        most = [max((of.get(point, 0.0) for of in told.values()), default=0.0) for point in range(len(found))]
        for rubric, hits in self.learnt.in_reply(reply):
            if found_there := _that_matter(rubric, hits, most, self.least):
                _look(rubric, passages(reply, found_there), told, found)
        return found


def suggest_all(question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]) -> list[Suggestion]:
    """Return one suggestion per reply, in order: the synchronous form of ``Grader.suggest``.

    Pure and deterministic. No text makes it raise; what lies beyond the first 3,000 characters is not looked at.
    """
    key = _ready(replace(question, samples=()), tuple(sorted((id_, tuple(texts)) for id_, texts in phrasings.items())))
    return [key.suggest(reply) for reply in replies]


@lru_cache(_READY)
def _ready(question: Question, phrasings: tuple[tuple[str, tuple[str, ...]], ...]) -> AnswerKey:
    return AnswerKey.of(question, dict(phrasings))


def _blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with spaces in these places: everything else keeps its own."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _by_sentence(through: Iterable[Passage]) -> dict[int, dict[str, object]]:
    """Return the stems that each sentence has, in their order: sums of floats depend on it."""
    found: dict[int, dict[str, object]] = defaultdict(dict)
    for passage in through:
        if passage.sentence is not None:
            found[passage.sentence].update(passage.hits)
    return found


def _that_matter(rubric: Rubric, found: Read, most: Sequence[float], least: float) -> Read:
    """Return the clauses in which the learnt phrasing could score, together with what stands beside them: mostly none.

    A learnt phrasing has no words beside its own, so nothing else of a passage counts.
    """
    (phrasing,) = rubric.phrasings
    enough = (least - most[phrasing.point] / IN_SENTENCE) * phrasing.weight
    worth = {number: _worth(rubric, hits) for number, hits in found.items()}
    pairs = (number for number, own in worth.items() if own + worth.get(number + 1, 0.0) >= enough)
    matter = {number for at in pairs for number in (at, at + 1) if number in found}
    return {number: hits for number, hits in found.items() if number in matter or number - 1 in matter}


def _worth(rubric: Rubric, found: Sequence[tuple[int, Sequence[str]]]) -> float:
    return sum(sums(rubric.found_in, {root for _, roots in found for root in roots}).values())


def _look(
    rubric: Rubric, through: Iterable[Passage], told: Mapping[int, Mapping[int, float]], found: Sequence[_Found]
) -> None:
    """Note what the passages say. ``told`` has, by sentence, the weight of each key point's words in it."""
    for passage in through:
        here = sums(rubric.told_by, passage.hits)
        around = here if passage.sentence is None else told.get(passage.sentence, here)
        said: Mapping[int, float] = {}
        spoken_of: Mapping[int, float] = {}
        for index, weight in sums(rubric.found_in, passage.hits).items():
            phrasing = rubric.phrasings[index]
            point, share = phrasing.point, weight / phrasing.weight
            if phrasing.contradicts and phrasing.roots <= passage.hits.keys():
                share = 1.0  # said whole, it is said, however short it is
            others = max(here.get(point, 0.0) - weight, 0.0)
            more = others / IN_PASSAGE + around.get(point, 0.0) / IN_SENTENCE
            if found[point].could_change(phrasing, share, more):  # mostly not
                if not said:
                    said = ideas(rubric.found_in, passage.hits)
                    spoken_of = ideas(rubric.told_by, passage.hits)
                least = min(SEVERAL, len(phrasing.roots))
                dense = passage.dense and len(phrasing.roots & passage.hits.keys()) >= least
                if dense or max(said[index], spoken_of[point]) >= least:
                    found[point].note(phrasing, passage, share, more)


def _beats(score: float, best: Match | None) -> bool:
    return best is None or score > best.score


def _verdict(found: _Found, reply: str, words: Sequence[Token]) -> PointVerdict:
    most = max((one for one in (found.said, found.denied) if one), key=lambda one: one.score, default=None)
    if found.against and found.contradicted:
        return PointVerdict(verdict=Verdict.NOT_SEEN, evidence=_evidence(found.against, reply, words))
    if found.said and found.said.score >= COVERED:
        return PointVerdict(verdict=Verdict.COVERED, evidence=_evidence(found.said, reply, words))
    if most:
        return PointVerdict(
            verdict=Verdict.MAYBE, evidence=_evidence(most, reply, words), denied=found.denied is not None
        )
    return PointVerdict(verdict=Verdict.NOT_SEEN)


def _evidence(found: Match, reply: str, words: Sequence[Token]) -> str:
    """Return the passage as written; of one that is too long, the part from its first matched word on."""
    first, last = found.passage.first, found.passage.last
    start, limit = words[first].start, words[first].start + MAX_EVIDENCE
    if words[last].end > limit:
        start = words[min(found.places)].start
        limit = start + MAX_EVIDENCE
    ends = [word.end for word in words[first : last + 1] if start < word.end <= limit]
    return reply[start : max(ends, default=limit)]
