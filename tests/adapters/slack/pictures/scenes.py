"""What the pictures show, drawn by name of the picture."""

from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.slack.manifest import manifest
from adapters.slack.views import answer_modal, private_message, question_message, reveal_message
from bot.domain.ids import member_id, place_id
from tests.adapters.pictures.canvas import Canvas
from tests.adapters.pictures.day import ASKS, PEOPLE, REVEALS, ZONE, Day
from tests.adapters.slack.pictures.drawing import Blocks

_BOT = str(manifest()["features"]["bot_user"]["display_name"])
_DAY = Day(
    place=place_id("slack", "T024", "C17"),
    members={name: member_id("slack", "T024", f"U{number}") for number, name in enumerate(PEOPLE, start=1)},
)


def _question() -> str:
    canvas = Canvas()
    _at(canvas, ASKS).message(question_message(_DAY.question()).blocks, _BOT)
    return canvas.svg("The question, as everybody in the channel sees it")


def _form() -> str:
    canvas = Canvas()
    _at(canvas, ASKS).modal(answer_modal(_DAY.form()))
    return canvas.svg("The form that Answer opens, with the reply in it that was sent before")


def _reveal() -> str:
    names = {member: name for name, member in _DAY.members.items()}
    canvas = Canvas()
    _at(canvas, REVEALS).message(reveal_message(_DAY.reveal(), names).blocks, _BOT, "In the thread of the question")
    return canvas.svg("The reveal: model answer, key points, sources and ranking")


def _board() -> str:
    (message,) = private_message(_DAY.board())
    canvas = Canvas()
    _at(canvas, REVEALS).message(message.blocks, _BOT, "Only you see this")
    return canvas.svg("The leaderboard of the week, as Ben sees it")


def _at(canvas: Canvas, now: datetime) -> Blocks:
    return Blocks(canvas, now, ZONE, _DAY.names)


PICTURES: Mapping[str, Callable[[], str]] = {
    "question": _question,
    "form": _form,
    "reveal": _reveal,
    "board": _board,
}
"""By name of the file."""
