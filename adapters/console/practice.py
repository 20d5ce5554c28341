"""Practice as rows: the question, what a reply makes of it, and the model answer."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from adapters.console.private import Rows, graded_points, quoted, tick_words, with_evidence
from adapters.console.sections import markdown, section, source
from adapters.console.writing import Reader, instant, said
from bot.views import AnswerView, PracticeGradeView, PracticeView

_FORM_KEYS = "Your next line is your answer, for you alone; /cancel leaves it."


def practice_rows(view: PracticeView, _reader: Reader) -> Rows:
    rows: Rows = [said(view.text, "bold"), Text()]
    if view.note:
        rows.append(said(view.note, "yellow"))
    hints = [f"/hint {number}" for number, _ in enumerate(view.hints, start=1)]
    words = Text("   ".join([*hints, "/show", "/another"]), style="cyan")
    return [*rows, Text(_FORM_KEYS, style="cyan"), words]


def practice_grade_rows(view: PracticeGradeView, reader: Reader) -> Rows:
    """Return the reply with its key points numbered, as ``/tick 1 3`` names them."""
    rows: Rows = [
        said(view.text, "bold"),
        Text(),
        quoted(with_evidence(view)),
        Text(),
        graded_points(view.points),
        Text(),
        Text(f"Comes back {instant(view.returns_at, reader)}", style="bold"),
        said(view.notice, "dim"),
    ]
    if view.open:
        rows.append(Text(tick_words("/tick", view.points), style="cyan"))
    return [*rows, Text("/show   /another", style="cyan")]


def answer_rows(view: AnswerView, reader: Reader) -> Rows:
    rows: Rows = [
        said(view.text, "bold"),
        *section("Model answer", markdown(view.model_answer)),
        *section("Key points", _key_points(view)),
        *(section("Sources", *map(source, view.sources)) if view.sources else ()),
        *(section("To think about next", said(view.follow_up)) if view.follow_up else ()),
        Text(),
    ]
    if view.returns_at:
        rows.append(Text(f"Comes back {instant(view.returns_at, reader)}", style="dim"))
    return [*rows, Text("/another", style="cyan")]


def _key_points(view: AnswerView) -> RenderableType:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True)
    for point in view.points:
        table.add_row(said(point.statement), Text(f"weight {point.weight}", style="dim"))
    return table
