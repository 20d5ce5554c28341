"""Parts that several views share: a titled section, what the bank says in Markdown, a source."""

import re

from rich.console import Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.text import Text

from adapters.console.writing import harmless, said
from bot.domain.question import Source

# A word in angle brackets would be taken for HTML and not shown. Code, and what is escaped already, is left alone.
_CODE_OR_TAG = re.compile(r"(```.*?```|`[^`]*`|\\.)|<(?=[A-Za-z/!?])", re.DOTALL)


def section(title: str, *rows: RenderableType) -> list[RenderableType]:
    return [Text(), Text(title, style="bold underline"), *rows]


def markdown(text: str) -> RenderableType:
    """Lay out what the bank says in Markdown; links are written out, since a terminal's own are escape sequences."""
    shown = _CODE_OR_TAG.sub(lambda found: found[1] or r"\<", harmless(text))
    return Markdown(shown, hyperlinks=False)


def source(source: Source) -> RenderableType:
    by = said(f"{source.title} — {source.by}, {source.year}")
    return Group(by, Padding(said(source.url, "dim"), (0, 0, 0, 2)))
