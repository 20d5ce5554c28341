"""What the offline grader makes of the bank's own replies: where what is right would not count."""

from collections.abc import Iterator

from adapters.grading.lexical import suggest_all
from bot.domain.question import KeyPoint, Label, Question
from bot.domain.reply import PointVerdict, Suggestion, Verdict
from content.bank import Bank
from content.lines import Lines
from content.nodes import shown
from content.page import Fault

_NOT_COUNTED = {Verdict.NOT_SEEN, Verdict.CANNOT_JUDGE}


def graded(bank: Bank) -> tuple[Fault, ...]:
    """Return the faults that show when the model answers and sample replies are graded."""
    faults: list[Fault] = []
    for question in bank.all():
        found = list(_found(question))
        if found:
            lines = Lines.of(bank.files[question.id])
            faults += [lines.fault(text, message) for text, message in found]
    return tuple(sorted(faults))


def _found(question: Question) -> Iterator[tuple[str, str]]:
    """Find what is right by the bank's own word and would not count: each text, and a sentence."""
    phrasings = [text for point in question.key_points for text in (point.statement, *point.accepted)]
    samples = [one.text for one in question.samples]
    answer, *rest = suggest_all(question, {}, [question.model_answer, *samples, *phrasings])
    replies, alone = rest[: len(samples)], rest[len(samples) :]
    for at, point in enumerate(question.key_points):
        if _is_contradicted(answer.verdicts[at]):
            yield point.statement, _contrary(point, answer, at, "the model answer")
        elif answer.verdicts[at].verdict is Verdict.NOT_SEEN:
            yield (
                point.statement,
                f"the model answer does not make the key point {shown(point.id)}: say it there, or accept how it is said",
            )
        for sample, reply in zip(question.samples, replies, strict=True):
            if sample.labels[point.id] is Label.MADE and _is_contradicted(reply.verdicts[at]):
                yield sample.text, _contrary(point, reply, at, "a reply that makes it")
        for phrasing, reply in zip(phrasings, alone, strict=True):
            if _is_contradicted(reply.verdicts[at]):
                yield phrasing, _contrary(point, reply, at, "this phrasing, which is right,")
            elif phrasing in point.accepted and reply.verdicts[at].verdict in _NOT_COUNTED:
                yield phrasing, f"accepted phrasing {shown(phrasing)} does not count even alone: say more of the idea"


def _contrary(point: KeyPoint, suggestion: Suggestion, at: int, what: str) -> str:
    said = shown(suggestion.verdicts[at].evidence)
    return (
        f"{what} counts as the contrary of the key point {shown(point.id)}, for it says {said}: reword contradicted_by"
    )


def _is_contradicted(verdict: PointVerdict) -> bool:
    """Tell whether a contradicting phrasing was found: only then a key point that is not seen has evidence."""
    return verdict.verdict is Verdict.NOT_SEEN and verdict.evidence != ""
