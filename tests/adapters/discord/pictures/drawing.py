"""Components, drawn: what Discord is sent, in shapes of our own. A component that is not known here is an error."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.adapters.pictures.canvas import Canvas
from tests.adapters.pictures.letters import Run, Style

Json = Mapping[str, Any]

_ROW, _INPUT, _TEXT, _CONTAINER, _LABEL, _BOXES = 1, 4, 10, 17, 18, 22
_PLAIN, _SMALL, _TITLE, _SECTION = (
    Style(),
    Style(size=13, tone="soft"),
    Style(size=19, bold=True),
    Style(size=16, bold=True),
)
_BOLD, _BUTTON = Style(bold=True), Style(size=14, bold=True)
_PAD, _GAP, _INSIDE = 20, 8, 12
_PRIMARY = 1
_LINE = re.compile(r"(## |### |- |> |\d+\\?\. |   )?(.*)")
_PIECE = re.compile(
    r"\\(?P<escaped>.)|(?P<mark>\*\*|\*)|\[(?P<label>[^\]]*)\]\((?P<url>[^)]*)\)|<[@#](?P<id>\d+)>"
    r"|<t:(?P<seconds>\d+):(?P<how>[fR])>|(?P<plain>[^\\*\[<]+|.)"
)


class Components:
    """Draws for a reader who looks at an instant in a zone, and knows the people by their names."""

    def __init__(self, canvas: Canvas, now: datetime, zone: ZoneInfo, names: Mapping[str, str]) -> None:
        self.canvas = canvas
        self._now = now.astimezone(zone)
        self._zone = zone
        self._names = names

    def message(self, components: Sequence[Json], author: str, above: str = "") -> None:
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
        canvas.write([Run(author, _BOLD), Run(f"  {self._now:%H:%M}", _SMALL)])
        canvas.y += 4
        self._all(components)
        canvas.y += _PAD - _GAP

    def modal(self, modal: Json) -> None:
        """Draw a form with its title and its buttons, which are Discord's own."""
        canvas = self.canvas
        canvas.left += _PAD
        canvas.right -= _PAD
        canvas.y += 12
        canvas.write([Run(modal["title"], _TITLE)])
        canvas.y += 10
        self._all(modal["components"])
        canvas.y += 4
        canvas.rule()
        canvas.y += 12
        canvas.left = canvas.right - sum(map(self._button_width, ("Cancel", "Submit"))) - _GAP
        self._buttons([("Cancel", False), ("Submit", True)])
        canvas.y += 4

    def _all(self, components: Sequence[Json]) -> None:
        for one in components:
            _KINDS[one["type"]](self, one)
            self.canvas.y += _GAP

    def _container(self, one: Json) -> None:
        """Draw the bar beside all that is in the container; its colour is the picture's own."""
        canvas, top = self.canvas, self.canvas.y
        canvas.left += _INSIDE
        self._all(one["components"])
        canvas.left -= _INSIDE
        canvas.box(canvas.left, top, 4, canvas.y - top - _GAP, "filled", 2)

    def _row(self, one: Json) -> None:
        self._buttons([(made["label"], made["style"] == _PRIMARY) for made in one["components"]])

    def _text(self, one: Json) -> None:
        canvas = self.canvas
        for line in one["content"].split("\n"):
            mark, said = _LINE.fullmatch(line).groups()  # type: ignore[union-attr]
            match mark:
                case "## " | "### ":
                    canvas.write(list(self._runs(said, _TITLE if mark == "## " else _SECTION)))
                case "> ":
                    top = canvas.y
                    canvas.write(list(self._runs(said, _PLAIN)), indent=14)
                    canvas.box(canvas.left, top, 3, canvas.y - top, "rule", 1)
                case "- " | None | "   ":
                    if mark == "- ":
                        canvas.line([Run("•", _PLAIN)], canvas.left + 6, canvas.y + _PLAIN.size)
                    canvas.write(list(self._runs(said, _PLAIN)), indent=20 if mark else 0)
                case _:
                    canvas.write([Run(mark.replace("\\", ""), _PLAIN), *self._runs(said, _PLAIN)])

    def _label(self, one: Json) -> None:
        canvas, field = self.canvas, one["component"]
        canvas.write([Run(one["label"], _BOLD)])
        if "description" in one:
            canvas.write([Run(one["description"], _SMALL)])
        canvas.y += 4
        {_INPUT: self._input, _BOXES: self._boxes}[field["type"]](field)

    def _input(self, field: Json) -> None:
        canvas = self.canvas
        said, width = [Run(field.get("value", ""), _PLAIN)], canvas.right - canvas.left
        height = max(canvas.height(said, width - 2 * _INSIDE) + _INSIDE, 60)
        canvas.box(canvas.left, canvas.y, width, height, "outline")
        after = canvas.y + height + 4
        canvas.y += _INSIDE / 2
        canvas.left, canvas.right = canvas.left + _INSIDE, canvas.right - _INSIDE
        canvas.write(said)
        canvas.left, canvas.right, canvas.y = canvas.left - _INSIDE, canvas.right + _INSIDE, after

    def _boxes(self, field: Json) -> None:
        canvas = self.canvas
        for option in field["options"]:
            canvas.box(canvas.left, canvas.y + 1, 17, 17, "outline", 3)
            if option["default"]:
                canvas.box(canvas.left + 4, canvas.y + 5, 9, 9, "filled", 2)
            canvas.write([Run(option["label"], _PLAIN)], indent=28)
            canvas.write([Run(option["description"], _SMALL)], indent=28)
            canvas.y += 4

    def _runs(self, said: str, style: Style) -> Iterator[Run]:
        bold, italic = style.bold, style.italic
        for piece in _PIECE.finditer(said):
            found = piece.groupdict()
            if found["mark"]:
                bold, italic = (not bold, italic) if found["mark"] == "**" else (bold, not italic)
                continue
            now = replace(style, bold=bold, italic=italic)
            linked = replace(now, tone="link")
            if found["label"]:
                yield Run(found["label"], linked)
            elif found["id"]:
                yield Run(f"{piece.group()[1]}{self._names[found['id']]}", linked)
            elif found["seconds"]:
                yield Run(self._when(int(found["seconds"]), found["how"]), now)
            else:
                yield Run(found["escaped"] or found["plain"], now)

    def _when(self, seconds: int, how: str) -> str:
        """Return an instant as the reader is shown it, or how far it is from now."""
        at = datetime.fromtimestamp(seconds, UTC).astimezone(self._zone)
        if how == "f":
            return f"{at:%B} {at.day}, {at.year} at {at:%H:%M}"
        hours = round((at - self._now).total_seconds() / 3600)
        return f"in {hours} hours" if hours < 24 else f"in {round(hours / 24)} days"

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


_KINDS = {
    _CONTAINER: Components._container,
    _LABEL: Components._label,
    _ROW: Components._row,
    _TEXT: Components._text,
}
