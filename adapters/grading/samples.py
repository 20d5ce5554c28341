"""How often the offline grader is right about the bank's own sample replies, whose authors say which key points they make."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from adapters.grading.lexical import suggest_all
from bot.domain.question import Label, Question


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldApart:
    """Key points that were made, and of them those ticked; that were not made, and of them those not ticked."""

    made: int = 0
    ticked: int = 0
    not_made: int = 0
    not_ticked: int = 0

    def __add__(self, other: "ToldApart") -> "ToldApart":
        return ToldApart(
            made=self.made + other.made,
            ticked=self.ticked + other.ticked,
            not_made=self.not_made + other.not_made,
            not_ticked=self.not_ticked + other.not_ticked,
        )

    @property
    def right_of_made(self) -> float | None:
        """The share of what was made that was ticked; None if nothing was."""
        return self.ticked / self.made if self.made else None

    @property
    def right_of_not_made(self) -> float | None:
        return self.not_ticked / self.not_made if self.not_made else None

    @property
    def balanced(self) -> float | None:
        """The balanced accuracy of the ticks; None if there is nothing of one kind to tell from the other."""
        made, not_made = self.right_of_made, self.right_of_not_made
        return None if made is None or not_made is None else (made + not_made) / 2


def counted(question: Question, labels: Mapping[str, Label], ticks: Sequence[bool]) -> ToldApart:
    """Compare a reply's ticks, in the order of the key points, with its labels. What is half-made counts for neither."""
    total = ToldApart()
    for point, tick in zip(question.key_points, ticks, strict=True):
        label = labels[point.id]
        if label is Label.MADE:
            total += ToldApart(made=1, ticked=tick)
        elif label is Label.NOT_MADE:
            total += ToldApart(not_made=1, not_ticked=not tick)
    return total


def told_apart(question: Question) -> ToldApart:
    """Grade the question's samples."""
    suggestions = suggest_all(question, {}, [sample.text for sample in question.samples])
    pairs = zip(question.samples, suggestions, strict=True)
    return sum((counted(question, sample.labels, one.ticks) for sample, one in pairs), start=ToldApart())


def told_apart_by_topic(questions: Iterable[Question]) -> dict[str, ToldApart]:
    """Add the questions up by topic, in the order in which topics come."""
    found: dict[str, ToldApart] = defaultdict(ToldApart)
    for question in questions:
        found[question.topic] += told_apart(question)
    return dict(found)
