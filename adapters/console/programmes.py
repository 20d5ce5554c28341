"""What those who look after the quiz in a place are shown, as rows: its setup, its status and its next question."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adapters.console.sections import markdown, section, source
from adapters.console.writing import Reader, instant, name, said
from bot.domain.round import RoundState
from bot.views import ChangeLine, LastRound, NextQuestionView, NextRound, SetupFormView, StatusView

Rows = list[RenderableType]

_SETUP_KEYS = "Your next line sets it up; /cancel leaves everything as it is."


def setup_rows(view: SetupFormView, _reader: Reader) -> Rows:
    grid = Table.grid(padding=(0, 2))
    for label, value, meaning in view.values:
        grid.add_row(Text(label, style="cyan"), said(value), Text(meaning, style="dim"))
    return [said(view.note), Text(), grid, Text(), Text(_SETUP_KEYS, style="dim")]


def status_rows(view: StatusView, reader: Reader) -> Rows:
    rows: Rows = [_pairs([("State", view.state), ("Schedule", view.schedule), ("Zone", view.zone)])]
    if view.next:
        rows += section("Next", _pairs([(f"{one.date:%a %d %b}", _next(one, reader)) for one in view.next]))
    if view.last:
        rows += section("Last", *(_last(one) for one in view.last))
    if view.notes:
        rows += [Text(), *(said(f"• {note}") for note in view.notes)]
    if view.changes:
        rows += section("Changes", *(_change(one, reader) for one in view.changes))
    return rows


def next_question_rows(view: NextQuestionView, reader: Reader) -> Rows:
    return [
        Text(f"Asks {instant(view.asks_at, reader)}", style="dim"),
        Text(),
        said(view.text, "bold"),
        *section("Key points", *(said(f"• {point.statement} (weight {point.weight})") for point in view.points)),
        *section("Model answer", markdown(view.model_answer)),
        *section("Sources", *(source(one) for one in view.sources)),
        Text(),
        said(view.note, "cyan" if view.swappable else "yellow"),
    ]


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
    asked = [] if one.state is RoundState.SKIPPED else [replies]
    head = said(" · ".join([one.round.rpartition(":")[2], one.state, *asked, *([one.note] if one.note else [])]))
    return Group(head, Padding(said(one.question, "dim"), (0, 0, 0, 2))) if one.question else head


def _change(one: ChangeLine, reader: Reader) -> RenderableType:
    who = name(one.who) if one.who else "somebody who is no longer here"
    return Group(said(f"{who} {one.what}"), Padding(Text(instant(one.at, reader), style="dim"), (0, 0, 0, 2)))
