"""Parts that several views share: a titled section, what the bank says in Markdown, a source."""

import re
from collections.abc import Sequence
from datetime import datetime

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from adapters.console.layout import Flow
from adapters.console.writing import Reader, harmless, instant, said
from bot.domain.question import Source

# A word in angle brackets would be taken for HTML and not shown. Code, and what is escaped already, is left alone.
_CODE_OR_TAG = re.compile(r"(```.*?```|`[^`]*`|\\.)|<(?=[A-Za-z/!?])", re.DOTALL)


def section(title: str, *rows: RenderableType) -> list[RenderableType]:
    return [Text(), Text(title, style="bold underline"), *rows]


def markdown(text: str) -> RenderableType:
    """Lay out what the bank says in Markdown; links are written out, since a terminal's own are escape sequences."""
    shown = _CODE_OR_TAG.sub(lambda found: found[1] or r"\<", harmless(text))
    return Markdown(shown, hyperlinks=False)


def indented(row: RenderableType) -> RenderableType:
    return Padding(row, (0, 0, 0, 2))


def asked(topic: str, level: str, text: str) -> list[RenderableType]:
    """Return a question below the line that says what it is about."""
    return [said(f"{topic} · {level}", "dim"), Text(), said(text, "bold")]


def bullets(notes: Sequence[str]) -> RenderableType:
    table = Table.grid(padding=(0, 1))
    for note in notes:
        table.add_row("•", said(note))
    return table


def moment(what: str, at: datetime, reader: Reader) -> RenderableType:
    """Return what happens when, and how far off that is."""
    when, how_far = instant(at, reader)
    return Flow(f"{what} {when}".strip(), how_far, style="dim")


def source(source: Source) -> RenderableType:
    by = said(f"{source.title} — {source.by}, {source.year}")
    return Group(by, indented(said(source.url, "dim")))
