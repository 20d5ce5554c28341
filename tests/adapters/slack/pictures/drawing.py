"""Blocks, drawn: what Slack is sent, in shapes of our own. A kind of block that is not known here is an error."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from adapters.slack.views.text import DATE_FORMAT
from tests.adapters.pictures.canvas import Canvas
from tests.adapters.pictures.letters import Run, Style

Json = Mapping[str, Any]

_TEXT, _SMALL, _HEADER = Style(), Style(size=13, tone="soft"), Style(size=18, bold=True)
_LABEL, _NAME = Style(bold=True), Style(bold=True)
_BUTTON = Style(size=14, bold=True)
_DATE = re.compile(r"<!date\^(\d+)\^([^|>]*)\|[^>]*>|([^<]+)")
_PAD, _GAP, _INSIDE = 20, 10, 12


class Blocks:
    """Draws for a reader who looks at an instant in a zone, and knows the people by their names."""

    def __init__(self, canvas: Canvas, now: datetime, zone: ZoneInfo, names: Mapping[str, str]) -> None:
        self.canvas = canvas
        self._now = now.astimezone(zone)
        self._zone = zone
        self._names = names

    def message(self, blocks: Sequence[Json], author: str, above: str = "") -> None:
        """Draw a post of the bot; ``above`` says what is special about it."""
        canvas = self.canvas
        canvas.left += _PAD
        canvas.right -= _PAD
        canvas.y += _PAD - 4
        if above:
            canvas.write([Run(above, _SMALL)])
            canvas.y += 6
        canvas.box(canvas.left, canvas.y, 38, 38, "filled", 19)
        canvas.line([Run("Q", Style(size=20, bold=True, tone="on-fill"))], canvas.left + 11.2, canvas.y + 26)
        canvas.left += 50
        canvas.write([Run(author, _NAME), Run(f"  {self._now:%H:%M}", _SMALL)])
        canvas.y += 2
        self.all(blocks)
        canvas.y += _PAD - _GAP

    def modal(self, view: Json) -> None:
        """Draw a form with its title and its buttons."""
        canvas = self.canvas
        canvas.left += _PAD
        canvas.right -= _PAD
        canvas.y += 12
        canvas.write([Run(view["title"]["text"], _HEADER)])
        canvas.y += 6
        canvas.rule()
        canvas.y += 14
        self.all(view["blocks"])
        canvas.y += 4
        canvas.rule()
        canvas.y += 12
        widths = [self._button_width(view[one]["text"]) for one in ("close", "submit") if one in view]
        canvas.left = canvas.right - sum(widths) - _GAP * (len(widths) - 1)
        self._buttons([(view[one]["text"], one == "submit") for one in ("close", "submit") if one in view])
        canvas.y += 4

    def all(self, blocks: Sequence[Json]) -> None:
        for block in blocks:
            getattr(self, f"_{block['type']}")(block)
            self.canvas.y += _GAP

    def _header(self, block: Json) -> None:
        self.canvas.write([Run(block["text"]["text"], _HEADER)])

    def _context(self, block: Json) -> None:
        for element in block["elements"]:
            self.canvas.write(list(self._markup(element["text"], _SMALL)))

    def _actions(self, block: Json) -> None:
        self._buttons([(one["text"]["text"], one.get("style") == "primary") for one in block["elements"]])

    def _input(self, block: Json) -> None:
        canvas, element = self.canvas, block["element"]
        if element["type"] != "plain_text_input":
            raise ValueError(element["type"])
        canvas.write([Run(block["label"]["text"], _LABEL)])
        canvas.y += 4
        said, width = [Run(element.get("initial_value", ""), _TEXT)], canvas.right - canvas.left
        height = max(canvas.height(said, width - 2 * _INSIDE) + _INSIDE, 84 if element["multiline"] else 0)
        canvas.box(canvas.left, canvas.y, width, height, "outline")
        after = canvas.y + height + 6
        canvas.y += _INSIDE / 2
        canvas.left, canvas.right = canvas.left + _INSIDE, canvas.right - _INSIDE
        canvas.write(said)
        canvas.left, canvas.right, canvas.y = canvas.left - _INSIDE, canvas.right + _INSIDE, after
        if "hint" in block:
            canvas.write([Run(block["hint"]["text"], _SMALL)])

    def _rich_text(self, block: Json) -> None:
        for part in block["elements"]:
            getattr(self, f"_{part['type']}")(part)

    def _rich_text_section(self, part: Json, indent: float = 0) -> None:
        self.canvas.write([run for element in part["elements"] for run in self._element(element)], indent=indent)

    def _rich_text_list(self, part: Json) -> None:
        mark = Run({"bullet": "•"}[part["style"]], _TEXT)
        for item in part["elements"]:
            self.canvas.line([mark], self.canvas.left + 6, self.canvas.y + _TEXT.size)
            self._rich_text_section(item, indent=20)

    def _element(self, element: Json) -> Iterator[Run]:
        given = element.get("style", {})
        style = Style(bold=given.get("bold", False), italic=given.get("italic", False))
        linked = replace(style, tone="link")
        match element["type"]:
            case "text":
                yield Run(element["text"], style)
            case "link":
                yield Run(element["text"], linked)
            case "user":
                yield Run(f"@{self._names[element['user_id']]}", linked)
            case "channel":
                yield Run(f"#{self._names[element['channel_id']]}", linked)
            case kind:
                raise ValueError(kind)

    def _markup(self, text: str, style: Style) -> Iterator[Run]:
        for seconds, how, plain in _DATE.findall(text):
            yield Run(self._when(int(seconds), how) if seconds else unescape(plain), style)

    def _when(self, seconds: int, how: str) -> str:
        """Return an instant as the reader is shown it; near days have names."""
        if how != DATE_FORMAT:
            raise ValueError(how)
        at = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
        near = {self._now.date() + timedelta(days=days): name for days, name in enumerate(("today", "tomorrow"))}
        day = near.get(at.date(), f"{at:%b} {at.day}, {at.year}")
        return f"{day} at {at:%H:%M}"

    def _buttons(self, made: Sequence[tuple[str, bool]]) -> None:
        canvas, x = self.canvas, self.canvas.left
        for label, primary in made:
            width = self._button_width(label)
            canvas.box(x, canvas.y, width, 34, "filled" if primary else "outline")
            style = replace(_BUTTON, tone="on-fill" if primary else "ink")
            canvas.line([Run(label, style)], x + 14, canvas.y + 22)
            x += width + _GAP
        canvas.y += 34

    @staticmethod
    def _button_width(label: str) -> float:
        return Run(label, _BUTTON).width + 28
