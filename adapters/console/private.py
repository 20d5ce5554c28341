"""What one person alone is shown, as rows: receipts, one's own grade, help, notices and the answer form."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adapters.console.writing import Reader, harmless, instant, said
from bot.domain.reply import ReceiptState, Verdict
from bot.views import (
    FormView,
    GradedPoint,
    GradeView,
    HelpView,
    NoticeView,
    ReceiptView,
)

Rows = list[RenderableType]

_VERDICT_STYLES = {Verdict.COVERED: "green", Verdict.MAYBE: "yellow"}
_FORM_KEYS = "Your next line is your answer; /cancel leaves everything as it is."


def receipt_rows(view: ReceiptView, reader: Reader) -> Rows:
    rows: Rows = [said(view.sentence)]
    if view.text:
        rows.append(_quoted(said(view.text)))
    if view.reveals_at and view.state is not ReceiptState.LATE:
        rows.append(Text(f"Reveal {instant(view.reveals_at, reader)}", style="dim"))
    if view.late_grade:
        rows += [Text(), *grade_rows(view.late_grade, reader)]
    return rows


def grade_rows(view: GradeView, reader: Reader) -> Rows:
    """Return the grade with its key points numbered, as ``/grade 1 3`` names them."""
    rows: Rows = [
        said(view.text, "bold"),
        Text(),
        _quoted(_with_evidence(view)),
        Text(),
        _graded_points(view.points),
        Text(),
        Text.assemble((f"{view.total} of {view.of} points", "bold"), f" · {harmless(view.origin)}"),
        said(view.notice, "dim"),
    ]
    if view.open_until is None:
        return rows
    until = Text(f"Open until {instant(view.open_until, reader)}", style="dim")
    return [*rows, until, Text(_tick_words(view.points), style="cyan")]


def help_rows(view: HelpView, _reader: Reader) -> Rows:
    rows: Rows = []
    for command, purpose in view.commands:
        rows += [said(command, "cyan"), Padding(said(purpose), (0, 0, 0, 4))]
    return [*rows, Text(), said(view.closing, "dim")] if view.closing else rows


def notice_rows(view: NoticeView, _reader: Reader) -> Rows:
    return [said(view.text)]


def form_rows(view: FormView, reader: Reader) -> Rows:
    rows: Rows = [said(view.text, "bold"), Text()]
    if view.present:
        rows += [Text("Your present reply, which the next one replaces:", style="dim"), _quoted(said(view.present))]
    if view.note:
        rows.append(said(view.note, "yellow"))
    return [*rows, Text(f"Reveal {instant(view.reveals_at, reader)}", style="dim"), Text(_FORM_KEYS, style="cyan")]


def _quoted(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 3))


def _with_evidence(view: GradeView) -> Text:
    """Mark in the reply what the grader took its suggestions from."""
    reply = said(view.reply)
    for graded in view.points:
        evidence = harmless(graded.verdict.evidence)
        start = reply.plain.find(evidence) if evidence else -1
        if start >= 0:
            style = f"underline {_VERDICT_STYLES.get(graded.verdict.verdict, 'red')}"
            reply.stylize(style, start, start + len(evidence))
    return reply


def _graded_points(points: Sequence[GradedPoint]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column()
    for number, graded in enumerate(points, start=1):
        box = Text("[x]", style="bold green") if graded.ticked else Text("[ ]")
        table.add_row(box, Text(f"{number}."), Group(*_graded_point(graded)))
    return table


def _graded_point(graded: GradedPoint) -> Rows:
    verdict, evidence = graded.verdict.verdict, graded.verdict.evidence
    words = f"{verdict}: “{harmless(evidence)}”" if evidence else str(verdict)
    weight = Text(f" (weight {graded.point.weight})", style="dim")
    return [said(graded.point.statement) + weight, said(words, _VERDICT_STYLES.get(verdict, "dim"))]


def _tick_words(points: Sequence[GradedPoint]) -> str:
    ticked = [str(number) for number, graded in enumerate(points, start=1) if graded.ticked]
    return f"/grade {' '.join(ticked) or '1'} keeps exactly these   /grade none keeps none   -- and your reason"
