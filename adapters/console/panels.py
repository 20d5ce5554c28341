"""Views laid out for a terminal. Pure: a view and who reads it in, something rich can print out; nothing obeys the text in it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from adapters.console.boards import board_rows
from adapters.console.members import confirm_rows, document_rows, me_rows
from adapters.console.private import (
    form_rows,
    grade_rows,
    help_rows,
    notice_rows,
    receipt_rows,
    setup_rows,
    status_rows,
)
from adapters.console.writing import Reader, bar, harmless, instant, said, scope_name
from bot.domain.programme import Collect
from bot.domain.question import Source
from bot.views import (
    BoardView,
    ConfirmView,
    DocumentView,
    FormView,
    GradeView,
    HelpView,
    MeView,
    NoticeView,
    PointShare,
    PrivateView,
    QuestionView,
    ReceiptView,
    RevealView,
    SetupFormView,
    StatusView,
)

WIDTH = 84
"""Columns at most: longer lines are tiring to read."""

View = QuestionView | RevealView | PrivateView
Rows = list[RenderableType]

# A word in angle brackets would be taken for HTML and not shown. Code, and what is escaped already, is left alone.
_CODE_OR_TAG = re.compile(r"(```.*?```|`[^`]*`|\\.)|<(?=[A-Za-z/!?])", re.DOTALL)


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
    state = " · closed" if view.closed else " · asked late" if view.late else ""
    return f"Question · {view.topic} · {view.level}{state}"


def _question_rows(view: QuestionView, reader: Reader) -> Rows:
    rows: Rows = [Text(), said(view.text, "bold"), Text()]
    if view.closed:
        return rows[:-1]
    answer = "answer openly, under this post" if view.collect is Collect.THREAD else "/quiz answer"
    buttons = [answer, *(f"/hint {number}" for number, _ in enumerate(view.hints, start=1))]
    return [*rows, Text(f"Reveal {instant(view.reveals_at, reader)}"), Text("   ".join(buttons), style="cyan")]


def _reveal_rows(view: RevealView, reader: Reader) -> Rows:
    people = {0: "Nobody replied", 1: "1 reply"}.get(view.repliers, f"{view.repliers} replies")
    ends = f"provisional until {instant(view.settles_at, reader)}"
    return [
        Text(),
        said(view.text, "bold"),
        *_section("Model answer", _markdown(view.model_answer)),
        *_section("Key points", _key_points(view)),
        *(_section("Sources", *(_source(source) for source in view.sources)) if view.sources else ()),
        *(_section("To think about next", said(view.follow_up)) if view.follow_up else ()),
        *_section("Today", *_board_then(view.day, view, reader)),
        *_section("This week", *_board_then(view.week, view, reader)),
        Text(),
        Text(f"{people} · ranking {'final' if view.final else ends}", style="dim"),
        Text("/grade   /leaderboard", style="cyan"),
    ]


def _section(title: str, *rows: RenderableType) -> Rows:
    return [Text(), Text(title, style="bold underline"), *rows]


def _markdown(text: str) -> RenderableType:
    """Lay out what the bank says in Markdown; links are written out, since a terminal's own are escape sequences."""
    shown = _CODE_OR_TAG.sub(lambda found: found[1] or r"\<", harmless(text))
    return Markdown(shown, hyperlinks=False)


def _key_points(view: RevealView) -> RenderableType:
    table = Table.grid(padding=(0, 2), expand=True)
    table.add_column(ratio=1)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True, justify="right")
    for share in view.points:
        table.add_row(*_key_point(share, anybody=view.repliers > 0))
    return table


def _key_point(share: PointShare, *, anybody: bool) -> Rows:
    weight = Text(f"weight {share.point.weight}", style="dim")
    if not anybody:
        return [said(share.point.statement), weight]
    return [said(share.point.statement), weight, bar(share.share), Text(f"{share.share:.0%}")]


def _source(source: Source) -> RenderableType:
    by = said(f"{source.title} — {source.by}, {source.year}")
    return Group(by, Padding(said(source.url, "dim"), (0, 0, 0, 2)))


def _board_then(board: BoardView, reveal: RevealView, reader: Reader) -> Rows:
    """While the whole ranking is provisional the reveal says so once, below its boards."""
    return board_rows(replace(board, provisional=board.provisional and reveal.final), reader)


def _board_page_rows(view: BoardView, reader: Reader) -> Rows:
    return [Text(), *board_rows(view, reader)]


_LAID_OUT: Mapping[type[Any], tuple[Callable[[Any], str], str, Callable[[Any, Reader], Rows]]] = {
    QuestionView: (_question_title, "cyan", _question_rows),
    RevealView: (lambda view: f"Reveal · {view.topic} · {view.level}", "green", _reveal_rows),
    BoardView: (lambda view: f"Leaderboard · {scope_name(view.scope)}", "yellow", _board_page_rows),
    MeView: (lambda view: f"You in {scope_name(view.place)}", "magenta", me_rows),
    ConfirmView: (lambda _: "Are you sure?", "red", confirm_rows),
    DocumentView: (lambda view: view.name, "blue", document_rows),
    GradeView: (lambda _: "My grade", "magenta", grade_rows),
    StatusView: (lambda view: f"Status · {scope_name(view.place)}", "blue", status_rows),
    HelpView: (lambda view: view.title, "blue", help_rows),
    SetupFormView: (lambda _: "Set the quiz up", "blue", setup_rows),
    FormView: (lambda _: "Your answer", "cyan", form_rows),
    ReceiptView: (lambda _: "Quiz", "dim", receipt_rows),
    NoticeView: (lambda _: "Quiz", "dim", notice_rows),
}
