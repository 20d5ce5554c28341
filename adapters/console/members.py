"""What a member is shown of oneself: statistics, a question before something is done for good, a copy of everything."""

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from adapters.console.writing import Reader, said
from bot import wording
from bot.views import ConfirmView, DocumentView, MeView, ShareOf

Rows = list[RenderableType]


def me_rows(view: MeView, _reader: Reader) -> Rows:
    rows: Rows = [_figures(view)]
    if view.note:
        rows += [Text(), said(view.note)]
    if view.topics:
        rows += [Text(), _shares((*_headed("Topics", view.topics), *_headed("Levels", view.levels)))]
    if view.hidden:
        rows += [Text(), said(wording.members.HIDDEN_NOTE, "dim")]
    if view.weakest:
        rows += [Text(), said(wording.members.weakest(view.weakest)), _command(wording.members.practise(view.weakest))]
    return rows


def confirm_rows(view: ConfirmView, _reader: Reader) -> Rows:
    keys = said("Or say yes or no in your next line.", "cyan")
    return [said(view.text), Text(), said(f"{view.label}:", "dim"), _command(view.command), keys]


def document_rows(view: DocumentView, _reader: Reader) -> Rows:
    """Return what the document is; its text stands below the frame, where it can be copied."""
    return [said(view.note)]


def _figures(view: MeView) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    table.add_row("Points", f"{view.points}")
    if view.rank:
        table.add_row("Rank", wording.members.ranked(view.rank, view.ranked))
    table.add_row("Rounds", f"{view.rounds} in the last {wording.dates.days(view.days)}")
    table.add_row("Streak", f"{view.streak} in a row, {view.best_streak} at best")
    table.add_row("Reviews", wording.members.reviews(view.due))
    return table


Row = tuple[RenderableType, ...]


def _headed(title: str, shares: Sequence[ShareOf]) -> tuple[Row, ...]:
    """Return a line for the title, and one for each share."""
    lines = [(said(f"  {one.name}"), Text(f"{one.share:.0%}"), _of(one.rounds)) for one in shares]
    return ((Text(title, style="bold underline"),), *lines)


def _of(rounds: int) -> Text:
    return Text("1 round" if rounds == 1 else f"{rounds} rounds", style="dim")


def _shares(rows: Sequence[Row]) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True)
    for row in rows:
        table.add_row(*row)
    return table


def _command(text: str) -> RenderableType:
    return said(text, "cyan")
