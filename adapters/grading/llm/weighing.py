"""What stands once the model has answered: its claims as far as the reply's own words back them. Pure.

- A quotation that the reply does not have word for word voids the claim; so does one that was copied from the question, that
  is longer than a passage, or that speaks to the grader. Then the offline suggestion stands for that key point.
- "Covered" stands if the quotation has two words of the key point, one of which is of no other key point. Without them, or
  where the offline grader saw the key point contradicted or denied or could not read the language, it is "maybe": pointed out, and nothing is ticked for it.
- What the offline grader sees by a phrasing that the team has accepted is covered, whatever the model says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.grading.llm.quotations import located, may_order, roots, without_mentions
from adapters.grading.llm.task import Claim
from bot.domain.good_faith import copied_passages, in_good_faith
from bot.domain.question import KeyPoint, Question
from bot.domain.reply import MAX_REPLY, PointVerdict, Suggestion, Verdict

NAME = "llm"
MAX_EVIDENCE = 200
"""Characters of the reply that are kept as evidence for one key point."""
_WORDS = 2
"""Of the bank's sample replies that make a key point, 83 % have so many of its words, one its own, in one sentence; of those
that do not make it, 17 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """One reply with what the offline grader suggests: ``offline`` with the team's phrasings, ``untaught`` without them."""

    question: Question
    phrasings: Mapping[str, Sequence[str]]
    reply: str
    offline: Suggestion
    untaught: Suggestion

    @property
    def shown(self) -> str:
        """What the model may see of the reply."""
        return without_mentions(self.reply[:MAX_REPLY])

    def is_worth_it(self) -> bool:
        """Tell whether the model is to be asked: not about what is no attempt, nor what speaks to the grader."""
        return in_good_faith(self.reply, self.question) and not may_order(self.reply)

    def stands(self, claims: Mapping[str, Claim], version: str) -> tuple[Suggestion, int]:
        """Return the suggestion that stands, and how many of the claims are void."""
        own = _blanked(self.shown, copied_passages(self.reply[:MAX_REPLY], self.question))
        found = [self._verdict(at, point, claims[point.id], own) for at, point in enumerate(self.question.key_points)]
        void = found.count(None)
        if void == len(found):
            return self.offline, void
        verdicts = tuple(one or offline for one, offline in zip(found, self.offline.verdicts, strict=True))
        differs = any(a.verdict is not b.verdict for a, b in zip(verdicts, self.offline.verdicts, strict=True))
        second = self.offline if differs else None
        return Suggestion(verdicts=verdicts, grader=NAME, version=version, second=second), void

    def _verdict(self, at: int, point: KeyPoint, claim: Claim, own: str) -> PointVerdict | None:
        """Return what the model has shown of a key point; None if its claim is void."""
        offline, untaught = self.offline.verdicts[at], self.untaught.verdicts[at]
        if offline.verdict is Verdict.COVERED and untaught.verdict is not Verdict.COVERED:
            return offline
        if claim.verdict is Verdict.NOT_SEEN and not claim.quotation.strip():
            return PointVerdict(verdict=Verdict.NOT_SEEN)
        place = located(own, claim.quotation)
        if place is None or may_order(claim.quotation):
            return None
        verdict = claim.verdict
        if verdict is Verdict.COVERED and (self._doubts(at) or not self._speaks_of(point, claim.quotation)):
            verdict = Verdict.MAYBE
        return PointVerdict(verdict=verdict, evidence=_shortened(self.reply[slice(*place)]))

    def _doubts(self, at: int) -> bool:
        """Tell whether offline the key point was seen contradicted or denied, or cannot be judged."""
        offline = self.offline.verdicts[at]
        contradicted = offline.verdict is Verdict.NOT_SEEN and bool(offline.evidence)
        return contradicted or offline.denied or offline.verdict is Verdict.CANNOT_JUDGE

    def _speaks_of(self, point: KeyPoint, quotation: str) -> bool:
        said, telling = roots(quotation), self._telling(point)
        others = frozenset[str]().union(*(self._telling(one) for one in self.question.key_points if one is not point))
        return len(said & telling) >= _WORDS and not said.isdisjoint(telling - others)

    def _telling(self, point: KeyPoint) -> frozenset[str]:
        """Return the words of a key point that are not the question's."""
        texts = (point.statement, *point.accepted, *self.phrasings.get(point.id, ()))
        return frozenset[str]().union(*map(roots, texts)) - roots(self.question.text)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "\0" * (end - start) + text[end:]
    return text


def _shortened(passage: str) -> str:
    """Return the passage, or as many whole words of its beginning as are kept."""
    if len(passage) <= MAX_EVIDENCE:
        return passage
    return passage[: MAX_EVIDENCE + 1].rsplit(maxsplit=1)[0][:MAX_EVIDENCE]
