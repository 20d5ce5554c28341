"""What the pictures show, drawn by name of the picture."""

from collections.abc import Callable, Mapping
from datetime import datetime

from adapters.discord.views import answer_modal, grade_modal, private_message, question_message, reveal_message
from bot.domain.ids import member_id, place_id
from tests.adapters.discord.pictures.drawing import Components
from tests.adapters.pictures.canvas import Canvas
from tests.adapters.pictures.day import ASKS, PEOPLE, REVEALS, ZONE, Day

_BOT = "MLOps Quiz"
_DAY = Day(
    place=place_id("discord", "1100000000000000011", "1200000000000000022"),
    members={
        name: member_id("discord", "1100000000000000011", str(3 * 10**17 + number))
        for number, name in enumerate(PEOPLE, start=1)
    },
)


def _question() -> str:
    canvas = Canvas()
    _at(canvas, ASKS).message(question_message(_DAY.question()).components, _BOT)
    return canvas.svg("The question in Discord, as everybody in the channel sees it")


def _form() -> str:
    canvas = Canvas()
    _at(canvas, ASKS).modal(answer_modal(_DAY.form()))
    return canvas.svg("The form that Answer opens, with the reply in it that was sent before")


def _reveal() -> str:
    canvas = Canvas()
    reveal = reveal_message(_DAY.reveal()).components
    _at(canvas, REVEALS).message(reveal, _BOT, "In the thread of the question")
    return canvas.svg("The reveal in Discord: model answer, key points, sources and ranking")


def _check() -> str:
    canvas = Canvas()
    _at(canvas, REVEALS).modal(grade_modal(_DAY.grade()))
    return canvas.svg("The form of the self-check: the reply with its evidence in bold, and a box for each key point")


def _review() -> str:
    (message,) = private_message(_DAY.review())
    canvas = Canvas()
    _at(canvas, REVEALS).message(message.components, _BOT, "Only you can see this")
    return canvas.svg("What waits for the lead in Discord: the reply, its key points, what is in question and why")


def _board() -> str:
    (message,) = private_message(_DAY.board())
    canvas = Canvas()
    _at(canvas, REVEALS).message(message.components, _BOT, "Only you can see this")
    return canvas.svg("The leaderboard of the week in Discord, as Ben sees it")


def _at(canvas: Canvas, now: datetime) -> Components:
    return Components(canvas, now, ZONE, _DAY.names)


PICTURES: Mapping[str, Callable[[], str]] = {
    "discord-question": _question,
    "discord-form": _form,
    "discord-reveal": _reveal,
    "discord-check": _check,
    "discord-review": _review,
    "discord-board": _board,
}
"""By name of the file."""
