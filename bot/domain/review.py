"""What a lead is asked to look at in a grade, and what stands when the lead has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.ids import MemberId
from bot.domain.question import Question
from bot.domain.reply import Grade, Origin, Suggestion, Verdict
from bot.domain.score import points

MAX_REASON = 500
"""Characters of a reason: a member's for an appeal, a lead's for a decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Regraded:
    """A member's grade with a new suggestion. ``waits``: if it waited for a lead, it does so still."""

    member: MemberId
    suggestion: Suggestion
    before: Grade
    after: Grade
    waits: bool


def above(suggestion: Suggestion, ticks: Sequence[bool]) -> tuple[bool, ...]:
    """Return which key points are ticked though the grader did not suggest them."""
    return tuple(tick and not suggested for tick, suggested in zip(ticks, suggestion.ticks, strict=True))


def unseen(suggestion: Suggestion, ticks: Sequence[bool]) -> bool:
    """Tell whether a key point is ticked of which the grader saw nothing: then its member is asked why."""
    pairs = zip(suggestion.verdicts, ticks, strict=True)
    return any(tick and one.verdict in {Verdict.NOT_SEEN, Verdict.CANNOT_JUDGE} for one, tick in pairs)


def in_question(suggestion: Suggestion, grade: Grade) -> tuple[bool, ...]:
    """Return which key points a lead is to decide about: those ticked above the suggestion, and those appealed for."""
    wanted = above(suggestion, grade.ticks)
    asked = grade.appeal.ticks if grade.appeal else (False,) * len(wanted)
    return tuple(one or (claimed and not tick) for one, claimed, tick in zip(wanted, asked, grade.ticks, strict=True))


def is_worth_an_appeal(grade: Grade, ticks: Sequence[bool]) -> bool:
    """Tell whether an appeal for these key points would change anything if it were accepted."""
    return not grade.good_faith or any(claimed and not tick for claimed, tick in zip(ticks, grade.ticks, strict=True))


def decided(question: Question, suggestion: Suggestion, grade: Grade, *, accepted: bool) -> Grade:
    """Return the grade that stands after the decision: with all that is in question, or with nothing above the suggestion.

    A reply that is accepted counts as one in good faith. It still lacks the decision itself.
    """
    if accepted:
        ticks = tuple(map(any, zip(grade.ticks, in_question(suggestion, grade), strict=True)))
    else:
        ticks = tuple(map(all, zip(grade.ticks, suggestion.ticks, strict=True)))
    good_faith = grade.good_faith or accepted
    return replace(
        grade,
        ticks=ticks,
        good_faith=good_faith,
        points=points(question, ticks, good_faith=good_faith),
        origin=Origin.REVIEWED,
    )


def regraded(question: Question, suggestion: Suggestion, grade: Grade) -> Grade:
    """Return the grade with a new suggestion, maybe for another revision of the question: what somebody has ticked stays."""
    ticks = suggestion.ticks if grade.origin is Origin.SUGGESTED else grade.ticks
    return replace(grade, ticks=ticks, points=points(question, ticks, good_faith=grade.good_faith))
