"""Views laid out for a terminal. Pure: a view and who reads it in, something rich can print out; nothing obeys the text in it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from adapters.console.boards import board_rows
from adapters.console.layout import Flow
from adapters.console.members import confirm_rows, document_rows, me_rows
from adapters.console.practice import answer_rows, practice_grade_rows, practice_rows
from adapters.console.private import (
    form_rows,
    grade_rows,
    help_rows,
    notice_rows,
    receipt_rows,
)
from adapters.console.programmes import next_question_rows, setup_rows, status_rows
from adapters.console.review import phrasings_rows, review_rows
from adapters.console.sections import asked, indented, markdown, section, source
from adapters.console.writing import Reader, bar, harmless, instant, said, scope_name
from bot.domain.ids import programme_and_date
from bot.domain.programme import Collect
from bot.views import (
    AnswerView,
    BoardView,
    ConfirmView,
    DocumentView,
    FormView,
    GradeView,
    HelpView,
    MeView,
    NextQuestionView,
    NoticeView,
    PhrasingsView,
    PointShare,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    QuestionView,
    ReceiptView,
    RevealView,
    ReviewView,
    SetupFaultsView,
    SetupFormView,
    StatusView,
)

WIDTH = 84
"""Columns at most: longer lines are tiring to read."""

View = QuestionView | RevealView | PrivateView
Rows = list[RenderableType]


def panel(view: View, reader: Reader) -> Panel:
    """Return the view in its frame, at most ``WIDTH`` columns wide; the frame of a private one says who sees it."""
    title, colour, rows = _LAID_OUT[type(view)]
    return Panel(
        Group(*rows(view, reader)),
        title=Text(harmless(title(view)), style="bold"),
        title_align="left",
        subtitle=Text(_for_whom(reader.alone), style="dim italic") if reader.alone else None,
        subtitle_align="right",
        border_style=colour,
        box=box.ROUNDED,
        padding=(0, 2),
        width=WIDTH,
    )


def _for_whom(alone: str) -> str:
    return f"only {harmless(alone)} {'see' if alone == 'you' else 'sees'} this"


def _question_title(view: QuestionView) -> str:
    return "Question" + (" · closed" if view.closed else " · asked late" if view.late else "")


def _question_rows(view: QuestionView, reader: Reader) -> Rows:
    rows: Rows = [*asked(view.topic, view.level, view.text), Text()]
    if view.note:
        rows = [*rows, said(view.note, "dim"), Text()]
    if view.closed:
        return rows[:-1]
    answer = "answer openly, under this post" if view.collect is Collect.THREAD else "/quiz answer"
    buttons = [answer, *(f"/hint {number}" for number, _ in enumerate(view.hints, start=1))]
    when, how_far = instant(view.reveals_at, reader)
    return [*rows, Flow(f"Reveal {when}", how_far), Flow(*buttons, style="cyan", gap=3)]


def _reveal_rows(view: RevealView, reader: Reader) -> Rows:
    people = {0: "No replies to show", 1: "1 reply"}.get(view.repliers, f"{view.repliers} replies")
    until, how_far = instant(view.settles_at, reader)
    ranking = ["ranking final"] if view.final else ["ranking provisional", f"until {until}", how_far]
    return [
        *asked(view.topic, view.level, view.text),
        *section("Model answer", markdown(view.model_answer)),
        *section("Key points", *(row for share in view.points for row in _key_point(share))),
        *(section("Sources", *(source(one) for one in view.sources)) if view.sources else ()),
        *(section("To think about next", said(view.follow_up)) if view.follow_up else ()),
        *section("Today", *_board_then(view.day, view, reader)),
        *section("This week", *_board_then(view.week, view, reader)),
        Text(),
        Flow(f"{people} ·", *ranking, style="dim"),
        Flow("/grade", "/leaderboard", "/quiz feedback wrong|unclear|outdated|great", style="cyan", gap=3),
    ]


def _key_point(share: PointShare) -> Rows:
    """The statement has the whole width: beside a bar it would be a narrow column of halved words."""
    weight = Text(f"weight {share.point.weight}", style="dim")
    if share.share is not None:
        weight = Text.assemble(weight, "  ", bar(share.share), f" {share.share:>4.0%}", (" of replies", "dim"))
    return [said(share.point.statement), indented(weight)]


def _board_then(board: BoardView, reveal: RevealView, reader: Reader) -> Rows:
    """While the whole ranking is provisional the reveal says so once, below its boards."""
    return board_rows(replace(board, provisional=board.provisional and reveal.final), reader)


_LAID_OUT: Mapping[type[Any], tuple[Callable[[Any], str], str, Callable[[Any, Reader], Rows]]] = {
    QuestionView: (_question_title, "cyan", _question_rows),
    RevealView: (lambda _: "Reveal", "green", _reveal_rows),
    BoardView: (lambda view: f"Leaderboard · {scope_name(view.scope)}", "yellow", board_rows),
    MeView: (lambda view: f"You in {scope_name(view.place)}", "magenta", me_rows),
    ConfirmView: (lambda _: "Are you sure?", "red", confirm_rows),
    DocumentView: (lambda view: view.name, "blue", document_rows),
    GradeView: (lambda view: f"My grade · {programme_and_date(view.round)[1]:%a %d %b}", "magenta", grade_rows),
    StatusView: (lambda view: f"Status · {scope_name(view.place)}", "blue", status_rows),
    NextQuestionView: (lambda _: "Next question", "blue", next_question_rows),
    ReviewView: (lambda view: f"Review · {scope_name(view.place)}", "blue", review_rows),
    PhrasingsView: (lambda view: f"Learnt · {view.question}", "blue", phrasings_rows),
    HelpView: (lambda _: "Help", "blue", help_rows),
    SetupFormView: (lambda _: "Set the quiz up", "blue", setup_rows),
    FormView: (lambda _: "Your answer", "cyan", form_rows),
    PracticeView: (lambda _: "Practice", "cyan", practice_rows),
    PracticeGradeView: (lambda _: "My practice", "magenta", practice_grade_rows),
    AnswerView: (lambda _: "Answer", "green", answer_rows),
    ReceiptView: (lambda _: "Quiz", "dim", receipt_rows),
    NoticeView: (lambda _: "Quiz", "dim", notice_rows),
    SetupFaultsView: (lambda _: "Quiz", "dim", notice_rows),
}
