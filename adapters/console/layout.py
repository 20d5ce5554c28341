"""Rows that suit their width: a terminal of 40 columns is read on a phone, one of 120 on a desk."""

from collections.abc import Sequence

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adapters.console.writing import said

_READABLE = 28
"""Columns that a sentence needs beside its label: below that it is a tower of single words."""
_GAP = 2


class Flow:
    """Pieces one after the other, each whole, as many on a line as fit; only what is longer than a line is broken."""

    def __init__(self, *pieces: str | Text, style: str = "", gap: int = 1) -> None:
        self._pieces = [said(piece) if isinstance(piece, str) else piece for piece in pieces]
        self._style = style
        self._gap = " " * gap

    @property
    def cell_len(self) -> int:
        """Columns on one line."""
        return sum(piece.cell_len for piece in self._pieces) + len(self._gap) * (len(self._pieces) - 1)

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        line = Text(style=self._style, overflow="fold")
        for piece in self._pieces:
            if line and line.cell_len + len(self._gap) + piece.cell_len > options.max_width:
                yield line
                line = Text(style=self._style, overflow="fold")
            line = Text.assemble(line, self._gap if line else "", piece, style=self._style, overflow="fold")
        yield line


class Pairs:
    """Labels with what they stand for beside them or, with little room, below."""

    def __init__(self, pairs: Sequence[tuple[Text | Flow, RenderableType]]) -> None:
        self._pairs = pairs

    def __rich_console__(self, _console: Console, options: ConsoleOptions) -> RenderResult:
        widest = max(label.cell_len for label, _ in self._pairs)
        if widest + _GAP + _READABLE > options.max_width:
            for label, value in self._pairs:
                yield label
                yield Padding(value, (0, 0, 0, _GAP))
            return
        table = Table.grid(padding=(0, _GAP))
        table.add_column(width=widest)
        for label, value in self._pairs:
            table.add_row(label, value)
        yield table
