"""Parts that several views share: a question, its key points, its model answer and its sources."""

from collections.abc import Iterable, Sequence

from adapters.slack.views import markdown, rich
from adapters.slack.views.rich import Json
from bot.domain.question import KeyPoint, Source
from bot.wording import labels
from bot.wording.texts import shortened, tidy

_LONGEST_TITLE, _LONGEST_BY = 200, 120
_SHOWN_SOURCES = 6


def question(text: str) -> list[Json]:
    return rich.block(rich.section(*rich.said(text, bold=True)))


def model_answer(text: str) -> list[Json]:
    return titled(labels.MODEL_ANSWER, markdown.parts(text))


def key_points(points: Iterable[tuple[KeyPoint, str]]) -> list[Json]:
    """Return the key points, each with what is told of it."""
    lines = [[*rich.said(point.statement), rich.text(f" ({told})", italic=True)] for point, told in points]
    return titled(labels.KEY_POINTS, [rich.bullets(lines)])


def sources(sources: Sequence[Source]) -> list[Json]:
    lines = [
        [
            *rich.link(source.url, shortened(tidy(source.title), _LONGEST_TITLE)),
            rich.text(f" — {shortened(tidy(source.by), _LONGEST_BY)}, {source.year}"),
        ]
        for source in sources[:_SHOWN_SOURCES]
    ]
    return titled(labels.SOURCES, [rich.bullets(lines)])


def follow_up(text: str) -> list[Json]:
    return titled(labels.FOLLOW_UP, [rich.section(*rich.said(text))])


def titled(title: str, parts: Sequence[Json], more: str = "") -> list[Json]:
    """Return a block with a title above its parts, or none if these hold nothing."""
    shown = [part for part in parts if part["elements"]]
    head = [rich.text(title, bold=True), *([rich.text(f" {more}", italic=True)] if more else [])]
    return rich.block(rich.section(*head), *shown) if shown else []
