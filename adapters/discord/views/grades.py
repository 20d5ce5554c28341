"""One's own grade: the reply with its evidence marked, and its key points to confirm or to change."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from adapters.discord import names
from adapters.discord.views import questions, rich
from adapters.discord.views.components import (
    MAX_DESCRIPTION,
    MAX_OPTION,
    MOST_POINTS,
    PRIMARY,
    Json,
    Message,
    Part,
    button,
    buttons,
    custom_id,
    field,
    heading,
    message,
    modal,
    text,
    text_input,
    titled,
)
from adapters.discord.views.rich import Flow, Line, Piece, Said
from adapters.discord.views.text import in_line, moment
from bot.domain.ids import programme_and_date
from bot.domain.review import MAX_REASON
from bot.views import GradedPoint, GradeView
from bot.wording import labels
from bot.wording.texts import MORE, shortened, tidy

_CHECKBOXES = 22
_LONGEST_REASON = 500
_REPLY_IN_FORM = 700
"""Characters of the reply above its key points in the form; the whole of it stands in the message behind it."""


def grade_message(view: GradeView) -> Message:
    """Return the grade to be read; while the self-check is open a button opens it."""
    day = programme_and_date(view.round)[1]
    parts: list[Part] = [
        heading(f"{labels.MY_GRADE}: {day:%a %d %b}"),
        *questions.question(view.text),
        *reply_part(view.reply, view.points),
        *text(rich.joined([rich.words(labels.total(view), "**"), rich.prose(view.notice)])),
        *point_lines(view.points),
    ]
    ways = [button(labels.APPEAL, custom_id(names.APPEAL, view.round))] if view.may_appeal else []
    if view.open_until is not None:
        parts += text([f"{labels.OPEN_UNTIL} {moment(view.open_until)}."])
        ways = [button(labels.CHECK, custom_id(names.CHECK, view.round), PRIMARY), *ways]
    return message([*parts, *([buttons(*ways)] if ways else [])])


def grade_modal(view: GradeView) -> Json:
    """Return the self-check, which is to be shown while it is open."""
    reason = text_input(
        names.REASON, view.reason, lines=True, at_most=max(_LONGEST_REASON, len(view.reason)), required=False
    )
    return modal(
        labels.MY_GRADE,
        custom_id(names.GRADE_FORM, f"{view.round} {view.version} {len(view.points)}"),
        [
            *reply_in_form(view.reply, view.points),
            *text(rich.prose(view.notice)),
            points_field(view.points),
            field(labels.REASON, reason, labels.REASON_HINT),
        ],
    )


def appeal_modal(view: GradeView) -> Json:
    """Return the form that asks a lead for key points; what is ticked and said in the view stands in it."""
    why = text_input(names.REASON, view.reason, lines=True, at_most=MAX_REASON)
    return modal(
        labels.APPEAL,
        custom_id(names.APPEAL_FORM, f"{view.round} {len(view.points)}"),
        [
            *reply_in_form(view.reply, view.points),
            *text(rich.prose(view.notice)),
            points_field(view.points),
            field(labels.APPEAL_REASON, why, labels.APPEAL_HINT),
        ],
    )


def reply_part(reply: str, points: Sequence[GradedPoint], title: str = labels.YOUR_REPLY) -> list[Part]:
    """Return the reply with the passages in bold that the suggestions were taken from."""
    return titled(title, [quoted(tidy(reply), (one.verdict.evidence for one in points))])


def reply_in_form(reply: str, points: Sequence[GradedPoint]) -> list[Part]:
    evidence = (one.verdict.evidence for one in points)
    return titled(labels.YOUR_REPLY, [quoted(shortened(tidy(reply), _REPLY_IN_FORM), evidence)])


def point_lines(points: Sequence[GradedPoint]) -> list[Part]:
    """Return what stands for each key point, to be read, with the numbers that they have in the form."""
    lines = [point_line(number, one) for number, one in enumerate(points[:MOST_POINTS], 1)]
    return titled(labels.KEY_POINTS, lines)


def point_line(number: int, one: GradedPoint) -> Line:
    return [f"{number}. ", *rich.words(one.point.statement), "\n   ", *rich.words(labels.standing(one), "*")]


def points_field(points: Sequence[GradedPoint]) -> Json:
    """Return a tick for each key point, as it stands now."""
    element: Json = {
        "type": _CHECKBOXES,
        "custom_id": names.POINTS,
        "options": [_option(number, one) for number, one in enumerate(points[:MOST_POINTS])],
        "min_values": 0,
        "required": False,
    }
    return field(labels.SAYS_THIS, element)


def quoted(reply: str, evidence: Iterable[str]) -> list[Piece]:
    """Return a text as a quote, in bold what is evidence."""
    bold = [False] * len(reply)
    for passage in filter(None, map(tidy, evidence)):
        start = reply.find(passage)
        if start >= 0:
            bold[start : start + len(passage)] = [True] * len(passage)
    runs = groupby(zip(reply, bold, strict=True), key=lambda pair: pair[1])
    said = [Said("".join(one for one, _ in run), "**" if is_bold else "") for is_bold, run in runs]
    return [Flow(tuple(said), before="> ")] if said else []


def _option(number: int, one: GradedPoint) -> Json:
    """Return a key point to tick. What its label has no room for goes on in its description, before what is told of it."""
    head, rest = _in_two(f"{number + 1}. {in_line(one.point.statement)}", MAX_OPTION)
    told = f"{labels.weight(one.point).capitalize()}. {labels.suggestion(one.verdict)}"
    return {
        "label": head,
        "value": str(number),
        "description": shortened(in_line(f"{rest} {told}"), MAX_DESCRIPTION),
        "default": one.ticked,
    }


def _in_two(said: str, room: int) -> tuple[str, str]:
    """Return a text that fits and what is left of it, cut between words if there are any."""
    if len(said) <= room:
        return said, ""
    end = said.rfind(" ", room // 2, room - 1)
    end = end if end > 0 else room - 1
    return f"{said[:end]}{MORE}", f"{MORE}{said[end:].strip().removesuffix('.')}."
