"""A picture in SVG, drawn from top to bottom on a card of its own. It is readable on light and on dark pages, and needs no font of its own."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from tests.adapters.pictures.letters import Run, Style, lines

WIDTH = 640
MARGIN = 12
"""Around the card."""
_LEADING = 1.45
LIGHT = {
    "card": "#ffffff",
    "edge": "#d0d7de",
    "ink": "#1f2328",
    "soft": "#59636e",
    "link": "#0b57b0",
    "fill": "#1d3557",
    "on-fill": "#ffffff",
}
DARK = {
    "card": "#1b1f24",
    "edge": "#444c56",
    "ink": "#e6edf3",
    "soft": "#9aa4af",
    "link": "#78b4f5",
    "fill": "#a8c7e8",
    "on-fill": "#10233a",
}


class Canvas:
    """``y`` is where the next thing is drawn; what is drawn moves it down."""

    def __init__(self) -> None:
        self.y: float = MARGIN
        self.left: float = MARGIN
        self.right: float = WIDTH - MARGIN
        self._drawn: list[str] = []

    def write(self, runs: Sequence[Run], *, indent: float = 0) -> None:
        """Write a paragraph between the edges."""
        for line in lines(runs, self.right - self.left - indent):
            self.line(line, self.left + indent, self.y + _size(line))
            self.y += _size(line) * _LEADING

    def height(self, runs: Sequence[Run], width: float) -> float:
        """Return how high a paragraph of this width is."""
        return sum(_size(line) * _LEADING for line in lines(runs, width))

    def line(self, runs: Sequence[Run], x: float, baseline: float) -> None:
        for style, alike in groupby(runs, key=lambda run: run.style):
            run = Run("".join(one.text for one in alike), style)
            start = Run(run.text[: len(run.text) - len(run.text.lstrip())], style).width
            shown = Run(run.text.strip(), style)
            if shown.text:
                self._drawn.append(_text(shown, x + start, baseline))
            x += run.width

    def box(self, x: float, y: float, width: float, height: float, look: str, radius: float = 6) -> None:
        self._drawn.append(_rect(x, y, width, height, look, radius))

    def rule(self) -> None:
        self._drawn.append(_rect(MARGIN, self.y, WIDTH - 2 * MARGIN, 1, "rule", 0))
        self.y += 1

    def svg(self, title: str) -> str:
        height = round(self.y + MARGIN)
        card = _rect(MARGIN / 2, MARGIN / 2, WIDTH - MARGIN, height - MARGIN, "card", 10)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" '
            f'viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title">'
        )
        title, style = f'<title id="title">{escape(title)}</title>', "\n".join(["<style>", *_css(), "</style>"])
        return "\n".join([head, title, style, card, *self._drawn, "</svg>\n"])


def _size(line: Sequence[Run]) -> float:
    return max((run.style.size for run in line), default=Style().size)


def _text(run: Run, x: float, baseline: float) -> str:
    """Return the text with its width: a font that is wider or narrower is fitted to it."""
    looks = " ".join([run.style.tone, *(["bold"] if run.style.bold else []), *(["italic"] if run.style.italic else [])])
    return (
        f'<text class="{looks}" x="{x:.1f}" y="{baseline:.1f}" font-size="{run.style.size:g}" '
        f'textLength="{run.width:.1f}" lengthAdjust="spacingAndGlyphs">{escape(run.text, quote=False)}</text>'
    )


def _rect(x: float, y: float, width: float, height: float, look: str, radius: float) -> str:
    return f'<rect class="{look}" x="{x:g}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:g}"/>'


def _css() -> Iterator[str]:
    yield "text { font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; }"
    yield ".bold { font-weight: bold; } .italic { font-style: italic; }"
    yield from _colours(LIGHT)
    yield f"@media (prefers-color-scheme: dark) {{\n{chr(10).join(_colours(DARK))}\n}}"


def _colours(of: dict[str, str]) -> Iterator[str]:
    for tone in ("ink", "soft", "link", "on-fill"):
        yield f"text.{tone} {{ fill: {of[tone]}; }}"
    yield f".card {{ fill: {of['card']}; stroke: {of['edge']}; }}"
    yield f".outline {{ fill: {of['card']}; stroke: {of['soft']}; }}"
    yield f".filled {{ fill: {of['fill']}; }} .rule {{ fill: {of['edge']}; }}"
