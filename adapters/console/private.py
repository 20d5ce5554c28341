"""What one person alone is shown, as rows: receipts, one's own grade, status, help, notices and the answer form."""

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
    LastRound,
    NextRound,
    NoticeView,
    PracticeGradeView,
    ReceiptView,
    SetupFormView,
    StatusView,
)

Rows = list[RenderableType]

_VERDICT_STYLES = {Verdict.COVERED: "green", Verdict.MAYBE: "yellow"}
_FORM_KEYS = "Your next line is your answer; /cancel leaves everything as it is."
_SETUP_KEYS = "Your next line sets it up; /cancel leaves everything as it is."


def receipt_rows(view: ReceiptView, reader: Reader) -> Rows:
    rows: Rows = [said(view.sentence)]
    if view.text:
        rows.append(quoted(said(view.text)))
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
        quoted(with_evidence(view)),
        Text(),
        graded_points(view.points),
        Text(),
        Text.assemble((f"{view.total} of {view.of} points", "bold"), f" · {harmless(view.origin)}"),
        said(view.notice, "dim"),
    ]
    if view.open_until is None:
        return rows
    until = Text(f"Open until {instant(view.open_until, reader)}", style="dim")
    return [*rows, until, Text(f"{tick_words('/grade', view.points)}   -- and your reason", style="cyan")]


def setup_rows(view: SetupFormView, _reader: Reader) -> Rows:
    grid = Table.grid(padding=(0, 2))
    for name, value, meaning in view.values:
        grid.add_row(Text(name, style="cyan"), said(value), Text(meaning, style="dim"))
    return [said(view.note), Text(), grid, Text(), Text(_SETUP_KEYS, style="dim")]


def status_rows(view: StatusView, reader: Reader) -> Rows:
    rows: Rows = [_pairs([("State", view.state), ("Schedule", view.schedule), ("Zone", view.zone)])]
    if view.next:
        rows += [Text(), Text("Next", style="bold underline")]
        rows += [_pairs([(f"{one.date:%a %d %b}", _next(one, reader)) for one in view.next])]
    if view.last:
        rows += [Text(), Text("Last", style="bold underline"), *(_last(one) for one in view.last)]
    if view.notes:
        rows += [Text(), *(said(f"• {note}") for note in view.notes)]
    return rows


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
        rows += [Text("Your present reply, which the next one replaces:", style="dim"), quoted(said(view.present))]
    if view.note:
        rows.append(said(view.note, "yellow"))
    return [*rows, Text(f"Reveal {instant(view.reveals_at, reader)}", style="dim"), Text(_FORM_KEYS, style="cyan")]


def quoted(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 3))


def with_evidence(view: GradeView | PracticeGradeView) -> Text:
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
    verdict, evidence = graded.verdict.verdict, graded.verdict.evidence
    words = f"{verdict}: “{harmless(evidence)}”" if evidence else str(verdict)
    weight = Text(f" (weight {graded.point.weight})", style="dim")
    return [said(graded.point.statement) + weight, said(words, _VERDICT_STYLES.get(verdict, "dim"))]


def tick_words(word: str, points: Sequence[GradedPoint]) -> str:
    ticked = [str(number) for number, graded in enumerate(points, start=1) if graded.ticked]
    return f"{word} {' '.join(ticked) or '1'} keeps exactly these   {word} none keeps none"


def _pairs(pairs: Sequence[tuple[str, str]]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    for label, value in pairs:
        table.add_row(Text(label), said(value))
    return table


def _next(one: NextRound, reader: Reader) -> str:
    return f"asks {instant(one.asks_at, reader)}\nreveals {instant(one.reveals_at, reader)}"


def _last(one: LastRound) -> RenderableType:
    replies = "1 reply" if one.repliers == 1 else f"{one.repliers} replies"
    note = f" · {one.note}" if one.note else ""
    head = said(f"{one.round.rpartition(':')[2]} · {one.state} · {replies}{note}")
    return Group(head, Padding(said(one.question, "dim"), (0, 0, 0, 2)))
