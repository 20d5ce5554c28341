"""Practice as rows: the question, what a reply makes of it, and the model answer."""

from rich.text import Text

from adapters.console.layout import Flow
from adapters.console.private import Rows, graded_points, quoted, tick_words, with_evidence
from adapters.console.sections import asked, indented, markdown, moment, section, source
from adapters.console.writing import Reader, said
from bot.views import AnswerView, PracticeGradeView, PracticeView

_FORM_KEYS = "Your next line is your answer, for you alone; /cancel leaves it."


def practice_rows(view: PracticeView, _reader: Reader) -> Rows:
    rows: Rows = [*asked(view.topic, view.level, view.text), Text()]
    if view.note:
        rows.append(said(view.note, "yellow"))
    hints = [f"/hint {number}" for number, _ in enumerate(view.hints, start=1)]
    return [*rows, said(_FORM_KEYS, "cyan"), Flow(*hints, "/show", "/another", style="cyan", gap=3)]


def practice_grade_rows(view: PracticeGradeView, reader: Reader) -> Rows:
    """Return the reply with its key points numbered, as ``/tick 1 3`` names them."""
    rows: Rows = [
        said(view.text, "bold"),
        Text(),
        quoted(with_evidence(view)),
        Text(),
        graded_points(view.points),
        Text(),
        moment("Comes back", view.returns_at, reader),
        said(view.notice, "dim"),
    ]
    if view.open:
        rows.append(Flow(*tick_words("/tick", view.points), style="cyan", gap=3))
    return [*rows, Flow("/show", "/another", style="cyan", gap=3)]


def answer_rows(view: AnswerView, reader: Reader) -> Rows:
    points = [row for point in view.points for row in (said(point.statement), indented(_weight(point.weight)))]
    rows: Rows = [
        *asked(view.topic, view.level, view.text),
        *section("Model answer", markdown(view.model_answer)),
        *section("Key points", *points),
        *(section("Sources", *map(source, view.sources)) if view.sources else ()),
        *(section("To think about next", said(view.follow_up)) if view.follow_up else ()),
        Text(),
    ]
    if view.returns_at:
        rows.append(moment("Comes back", view.returns_at, reader))
    return [*rows, Text("/another", style="cyan")]


def _weight(weight: int) -> Text:
    return Text(f"weight {weight}", style="dim")
