"""What the pictures show: a Wednesday of six people, as the core gives it to the views, drawn by name of the picture."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.slack.manifest import manifest
from adapters.slack.views import answer_modal, private_message, question_message, reveal_message
from bot.domain.ids import last_part, member_id, place_id, programme_of, round_id
from bot.domain.score import Period, Standing
from bot.views import BoardView, FormView, PointShare, QuestionView, RevealView
from content.bank import Bank
from tests.adapters.slack.pictures.canvas import Canvas
from tests.adapters.slack.pictures.drawing import Blocks

ROOT = Path(__file__).parents[4]
FOLDER = ROOT / "docs" / "pictures"

_BOT = str(manifest()["features"]["bot_user"]["display_name"])
_PLACE = place_id("slack", "T024", "C17")
_ROUND = round_id(programme_of(_PLACE), date(2026, 11, 25))
_ASKS, _REVEALS, _SETTLES = (datetime(2026, 11, day, hour, tzinfo=UTC) for day, hour in ((25, 8), (25, 15), (27, 15)))
_ZONE = ZoneInfo("Europe/Berlin")
_PEOPLE = ("Ana", "Ben", "Chris", "Dana", "Emil", "Fay")
_MEMBERS = {name: member_id("slack", "T024", f"U{number}") for number, name in enumerate(_PEOPLE, start=1)}
_NAMES = {last_part(_PLACE): "mlops-quiz", **{last_part(member): name for name, member in _MEMBERS.items()}}

_ASKED = Bank.load([ROOT / "docs" / "everyday-pack"]).questions["training-serving-skew"]
_REPLY = (
    "Someone changes one of the two and forgets the other, so the values no longer match those it was trained on. "
    "I would use the same code in both places."
)


def _standings(**points: int) -> tuple[Standing, ...]:
    """Return members by their points, which are given from the most to the fewest; ties share a rank."""
    given = list(points.values())
    return tuple(
        Standing(rank=given.index(sum_) + 1, member=_MEMBERS[name], points=sum_) for name, sum_ in points.items()
    )


_DAY = BoardView(
    scope=_PLACE,
    period=Period("day:2026-11-25"),
    top=_standings(Ana=10, Ben=10, Chris=7, Dana=7, Emil=5, Fay=2),
    members=6,
    provisional=True,
)
_WEEK = BoardView(
    scope=_PLACE,
    period=Period("week:2026-W48"),
    top=_standings(Dana=27, Ana=25, Ben=22, Chris=22, Emil=15, Fay=6),
    members=6,
    provisional=True,
)


def _question() -> str:
    view = QuestionView(
        round=_ROUND,
        place=_PLACE,
        topic=_ASKED.topic,
        level=_ASKED.level,
        text=_ASKED.text,
        reveals_at=_REVEALS,
        hints=_ASKED.hints,
    )
    canvas = Canvas()
    _at(canvas, _ASKS).message(question_message(view).blocks, _BOT)
    return canvas.svg("The question, as everybody in the channel sees it")


def _form() -> str:
    view = FormView(round=_ROUND, text=_ASKED.text, reveals_at=_REVEALS, present=_REPLY)
    canvas = Canvas()
    _at(canvas, _ASKS).modal(answer_modal(view))
    return canvas.svg("The form that Answer opens, with the reply in it that was sent before")


def _reveal() -> str:
    shares = (5 / 6, 4 / 6, 2 / 6)
    view = RevealView(
        round=_ROUND,
        place=_PLACE,
        post=None,
        topic=_ASKED.topic,
        level=_ASKED.level,
        text=_ASKED.text,
        model_answer=_ASKED.model_answer,
        points=tuple(
            PointShare(point=point, share=share) for point, share in zip(_ASKED.key_points, shares, strict=True)
        ),
        sources=_ASKED.sources,
        follow_up=_ASKED.follow_up,
        repliers=len(_PEOPLE),
        day=_DAY,
        week=_WEEK,
        settles_at=_SETTLES,
    )
    canvas = Canvas()
    _at(canvas, _REVEALS).message(
        reveal_message(view, {member: name for name, member in _MEMBERS.items()}).blocks,
        _BOT,
        "In the thread of the question",
    )
    return canvas.svg("The reveal: model answer, key points, sources and ranking")


def _board() -> str:
    (ben,) = (one for one in _WEEK.top if one.member == _MEMBERS["Ben"])
    podium = _standings(Ana=41, Chris=38, Dana=35)
    (message,) = private_message(replace(_WEEK, own=ben, before=Period("week:2026-W47"), podium=podium))
    canvas = Canvas()
    _at(canvas, _REVEALS).message(message.blocks, _BOT, "Only you see this")
    return canvas.svg("The leaderboard of the week, as Ben sees it")


def _at(canvas: Canvas, now: datetime) -> Blocks:
    return Blocks(canvas, now, _ZONE, _NAMES)


PICTURES: Mapping[str, Callable[[], str]] = {
    "question": _question,
    "form": _form,
    "reveal": _reveal,
    "board": _board,
}
"""By name of the file."""
