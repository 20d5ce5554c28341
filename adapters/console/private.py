"""What one person alone is shown, as rows: receipts, one's own grade, help, notices and the answer form."""

import re
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adapters.console.layout import Flow
from adapters.console.sections import bullets, moment
from adapters.console.writing import Reader, harmless, said
from bot import wording
from bot.domain.reply import ReceiptState, Verdict
from bot.views import (
    FormView,
    GradedPoint,
    GradeView,
    HelpView,
    NoticeView,
    PracticeGradeView,
    ReceiptView,
    ReviewItem,
    SetupFaultsView,
)

Rows = list[RenderableType]

_VERDICT_STYLES = {Verdict.COVERED: "green", Verdict.MAYBE: "yellow"}
_APPEAL_KEYS = "/quiz appeal [1 3] -- REASON asks for what does not count"
_FORM_KEYS = "Your next line is your answer; /cancel leaves everything as it is."


def receipt_rows(view: ReceiptView, reader: Reader) -> Rows:
    rows: Rows = [said(view.sentence)]
    if view.text:
        rows.append(quoted(said(view.text)))
    if view.reveals_at and view.state is not ReceiptState.LATE:
        rows.append(moment("Reveal", view.reveals_at, reader))
    if view.late_grade:
        rows += [Text(), *grade_rows(view.late_grade, reader)]
    return rows


def grade_rows(view: GradeView, reader: Reader) -> Rows:
    """Return the grade with its key points numbered, as ``/grade 1 3`` names them."""
    rows: Rows = [
        said(view.text, "bold"),
        Text(),
        quoted(with_evidence(view)),
        Text(),
        graded_points(view.points),
        Text(),
        Flow(Text(f"{view.total} of {view.of} points", style="bold"), *_sum(view), f"· {harmless(view.origin)}"),
        said(view.notice, "dim"),
    ]
    if view.open_until is None:
        return [*rows, said(_APPEAL_KEYS, "cyan")] if view.may_appeal else rows
    keys = Flow(*tick_words("/grade", view.points), "-- REASON may follow", style="cyan", gap=3)
    return [*rows, moment("Open until", view.open_until, reader), keys]


def _sum(view: GradeView) -> list[str]:
    if not view.total:
        return []
    return [
        f"({view.for_reply} for replying,",
        f"{view.total - view.for_reply} of {view.of - view.for_reply} for key points)",
    ]


def help_rows(view: HelpView, _reader: Reader) -> Rows:
    rows: Rows = [said(view.title, "bold"), Text()]
    for command, purpose in view.commands:
        rows += [said(command, "cyan"), Padding(said(purpose), (0, 0, 0, 4))]
    return [*rows, Text(), said(view.closing, "dim")] if view.closing else rows


def notice_rows(view: NoticeView | SetupFaultsView, _reader: Reader) -> Rows:
    """Return the text, its lines that begin with a bullet as a list."""
    text, *points = re.split(r"\n• ", view.text)
    return [said(text), *([bullets(points)] if points else [])]


def form_rows(view: FormView, reader: Reader) -> Rows:
    rows: Rows = [said(view.text, "bold"), Text()]
    if view.present:
        rows += [Text("Your present reply, which the next one replaces:", style="dim"), quoted(said(view.present))]
    if view.visible:
        rows.append(said(wording.replies.VISIBLE_HINT, "yellow"))
    if view.note:
        rows.append(said(view.note, "yellow"))
    return [*rows, moment("Reveal", view.reveals_at, reader), Text(_FORM_KEYS, style="cyan")]


def quoted(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 3))


def with_evidence(view: GradeView | PracticeGradeView | ReviewItem) -> Text:
    """Mark in the reply what the grader took its suggestions from."""
    reply = said(view.reply)
    for graded in view.points:
        evidence = harmless(graded.verdict.evidence)
        start = reply.plain.find(evidence) if evidence else -1
        if start >= 0:
            style = f"underline {_VERDICT_STYLES.get(graded.verdict.verdict, 'red')}"
            reply.stylize(style, start, start + len(evidence))
    return reply


def graded_points(points: Sequence[GradedPoint]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column()
    for number, graded in enumerate(points, start=1):
        box = Text("[x]", style="bold green") if graded.ticked else Text("[ ]")
        table.add_row(box, Text(f"{number}."), Group(*_graded_point(graded)))
    return table


def _graded_point(graded: GradedPoint) -> Rows:
    style = _VERDICT_STYLES.get(graded.verdict.verdict, "dim")
    weight = Text(f"weight {graded.point.weight} · ", style="dim")
    return [said(graded.point.statement), Text.assemble(weight, said(_suggestion(graded), style), overflow="fold")]


def _suggestion(graded: GradedPoint) -> str:
    """Say what the grader saw, and that it is no more than that where somebody has ticked otherwise."""
    verdict, evidence = graded.verdict.verdict, graded.verdict.evidence
    words = str(verdict)
    if evidence:
        words += (", because of" if verdict is Verdict.NOT_SEEN else ":") + f" “{evidence}”"
    return words if graded.ticked is (verdict is Verdict.COVERED) else f"suggested as {words}"


def tick_words(word: str, points: Sequence[GradedPoint]) -> tuple[str, str]:
    """Return what to type to keep what is ticked, or nothing, behind the word that ticks."""
    ticked = [str(number) for number, graded in enumerate(points, start=1) if graded.ticked]
    kept = "these" if len(ticked) > 1 else "that one"
    return f"{word} {' '.join(ticked) or 1} keeps exactly {kept}", f"{word} none keeps none"
