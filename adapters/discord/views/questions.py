"""Parts that several views share: a question, its key points, its model answer and its sources."""

from collections.abc import Iterable, Sequence

from adapters.discord.views import markdown, rich
from adapters.discord.views.components import Part, text, titled
from adapters.discord.views.rich import Line, Link
from adapters.discord.views.text import in_line
from bot.domain.question import KeyPoint, Source
from bot.wording import labels
from bot.wording.texts import shortened

_LONGEST_TITLE, _LONGEST_BY = 200, 120
_SHOWN_SOURCES, _SHOWN_POINTS = 6, 10


def question(said: str) -> list[Part]:
    return text(rich.lines(said, "**"))


def model_answer(said: str) -> list[Part]:
    return titled(labels.MODEL_ANSWER, [[markdown.flow(said)]] if said.strip() else [])


def key_points(points: Iterable[tuple[KeyPoint, str]]) -> list[Part]:
    """Return the key points, each with what is told of it."""
    lines: list[Line] = [[*rich.words(point.statement), f" ({told})"] for point, told in points]
    return titled(labels.KEY_POINTS, rich.bullets(lines[:_SHOWN_POINTS]))


def sources(sources: Sequence[Source]) -> list[Part]:
    lines: list[Line] = [
        [
            Link(shortened(in_line(source.title), _LONGEST_TITLE), source.url),
            " — ",
            *rich.words(shortened(in_line(source.by), _LONGEST_BY)),
            f", {source.year}",
        ]
        for source in sources[:_SHOWN_SOURCES]
    ]
    return titled(labels.SOURCES, rich.bullets(lines))


def follow_up(said: str) -> list[Part]:
    return titled(labels.FOLLOW_UP, [rich.lines(said)])
