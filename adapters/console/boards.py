"""A board as rows: rank, name, points and a bar, ties as they are given, the reader's own place marked."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from adapters.console.layout import Flow
from adapters.console.writing import Reader, bar, instant, name, said
from bot import wording
from bot.domain.score import Standing
from bot.views import BoardView

_UNLIMITED = 1_000


def board_rows(view: BoardView, reader: Reader) -> list[RenderableType]:
    """Return the board below a line that says its period; an empty one says what would fill it."""
    members = f" · {view.members} {'member' if view.members == 1 else 'members'}" if view.members else ""
    rows: list[RenderableType] = [Text(wording.dates.period_name(view.period) + members, style="dim")]
    rows += _nobody(view, reader) if not view.top else []
    rows += [_Standings(view)] if view.top or view.own else []
    if view.hidden:
        rows.append(said(wording.boards.HIDDEN, "dim"))
    if view.provisional:
        rows.append(said(wording.boards.BOARD_PROVISIONAL, "dim"))
    if view.updating:
        rows.append(said(wording.boards.BOARD_UPDATING, "dim"))
    return [*rows, *_podium(view)]


def _nobody(view: BoardView, reader: Reader) -> list[RenderableType]:
    rows: list[RenderableType] = [said(view.empty or wording.boards.NOBODY_YET)]
    if view.coming:
        rows.append(Flow(*instant(view.coming, reader), style="dim"))
    return rows


def _podium(view: BoardView) -> list[RenderableType]:
    """Return who led the period before, with the bars left out: it is a memory, not a ranking."""
    if not view.before or not view.podium:
        return []
    title = wording.boards.podium(wording.dates.period_name(view.before), provisional=view.podium_provisional)
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    for standing in view.podium:
        table.add_row(Text(f"{standing.rank}."), said(name(standing.member)), Text(str(standing.points)))
    rows: list[RenderableType] = [Text(), said(title, "dim"), table]
    if view.podium_others:
        rows.append(said(wording.boards.others_on_podium(view.podium_others), "dim"))
    return rows


class _Standings:
    """The ranking with a bar for each, or without where the bars would take the room of the names."""

    def __init__(self, view: BoardView) -> None:
        self._view = view

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = _table(self._view, bars=True)
        fits = Measurement.get(console, options.update(max_width=_UNLIMITED), table).maximum <= options.max_width
        yield table if fits else _table(self._view, bars=False)


def _table(view: BoardView, *, bars: bool) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(justify="right", no_wrap=True)
    best = max(standing.points for standing in (*view.top, *([view.own] if view.own else ())))
    rows = [_row(standing, view.own, best) for standing in view.top]
    below = _below(view)
    if view.tied_others:
        rows.append([Text("…", style="dim"), said(wording.boards.others_on_podium(view.tied_others), "dim")])
    elif below and view.top:
        rows.append([Text("…", style="dim")])
    rows += [_row(standing, view.own, best) for standing in below]
    for row in rows:
        table.add_row(*row[: 4 if bars else 3])
    return table


def _below(view: BoardView) -> Sequence[Standing]:
    """Return the reader's standing and neighbours as far as the page above does not show them."""
    shown = {standing.member for standing in view.top}
    if view.own is None or view.own.member in shown:
        return ()
    return [standing for standing in view.around or (view.own,) if standing.member not in shown]


def _row(standing: Standing, own: Standing | None, best: int) -> list[Text]:
    mine = own is not None and own.member == standing.member
    style = "bold" if mine else ""
    return [
        Text(f"{standing.rank}.", style=style),
        said(_name(standing, mine=mine), style),
        Text(str(standing.points), style=style),
        bar(standing.points / best if best > 0 else 0.0),
    ]


def _name(standing: Standing, *, mine: bool) -> str:
    """Mark the reader's own name, unless it says so itself: who sits down at a terminal is called "you"."""
    shown = name(standing.member)
    return f"{shown} (you)" if mine and shown != "you" else shown
