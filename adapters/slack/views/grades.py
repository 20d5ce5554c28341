"""One's own grade: the reply with its evidence marked, and its key points to confirm or to change."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from adapters.slack import names
from adapters.slack.views import questions, rich
from adapters.slack.views.blocks import (
    Message,
    button,
    buttons,
    context,
    field,
    header,
    message,
    modal,
    paragraph,
    plain,
    prose,
    text_input,
)
from adapters.slack.views.questions import titled
from adapters.slack.views.rich import Json
from adapters.slack.views.text import moment
from bot.domain.ids import PlaceId, programme_and_date
from bot.domain.review import MAX_REASON
from bot.views import GradedPoint, GradeView
from bot.wording import labels
from bot.wording.texts import tidy

_LONGEST_REASON = 500


def grade_modal(view: GradeView, place: PlaceId) -> Json:
    """Return the self-check or, once it has closed, what stands."""
    if view.open_until is None:
        blocks = [*_above(view), *point_lines(view.points), *_appeal(view)]
        return modal(labels.MY_GRADE, blocks, place=place, round=view.round)
    reason = field(
        names.REASON,
        labels.REASON,
        text_input(view.reason, at_most=max(_LONGEST_REASON, len(view.reason))),
        hint=labels.REASON_HINT,
        optional=True,
        version=view.version,
    )
    blocks = [*_above(view), *point_fields(view.points, view.version), reason, context(_until(view))]
    return modal(
        labels.MY_GRADE,
        blocks,
        form=names.GRADE_FORM,
        submit=labels.SAVE,
        place=place,
        round=view.round,
        version=str(view.version),
    )


def grade_message(view: GradeView) -> Message:
    """Return the grade to be read; while the self-check is open a button opens it."""
    day = programme_and_date(view.round)[1]
    blocks = [header(f"{labels.MY_GRADE}: {day:%a %d %b}"), *_above(view), *point_lines(view.points)]
    if view.open_until is None:
        return message([*blocks, *_appeal(view)])
    check = button(labels.CHECK, names.GRADE, view.round, style="primary")
    return message([*blocks, context(_until(view)), buttons(check, *_appeal_button(view))])


def appeal_modal(view: GradeView, place: PlaceId) -> Json:
    """Return the form that asks a lead for key points; those that count already are ticked."""
    reason = field(
        names.REASON, labels.APPEAL_REASON, text_input(multiline=True, at_most=MAX_REASON), hint=labels.APPEAL_HINT
    )
    return modal(
        labels.APPEAL,
        [*_above(view), *point_fields(view.points), reason],
        form=names.APPEAL_FORM,
        submit=labels.SEND,
        place=place,
        round=view.round,
    )


def reply_block(reply: str, points: Sequence[GradedPoint], title: str = labels.YOUR_REPLY) -> list[Json]:
    """Return the reply with the passages in bold that the suggestions were taken from."""
    return titled(title, [rich.quote(*_marked(reply, (one.verdict.evidence for one in points)))])


def point_fields(points: Sequence[GradedPoint], version: int = 0) -> list[Json]:
    """Return a tick for each key point, as it stands now."""
    return [
        field(
            f"{names.POINT}:{number}",
            f"{number + 1}. {tidy(one.point.statement)}",
            _tick(ticked=one.ticked),
            hint=f"{labels.weight(one.point).capitalize()}. {labels.suggestion(one.verdict)}",
            optional=True,
            version=version,
        )
        for number, one in enumerate(points)
    ]


def point_lines(points: Sequence[GradedPoint]) -> list[Json]:
    """Return what stands for each key point, to be read."""
    lines = [[*rich.said(one.point.statement), rich.text(f"\n{labels.standing(one)}", italic=True)] for one in points]
    return titled(labels.KEY_POINTS, [rich.bullets(lines)])


def _appeal(view: GradeView) -> list[Json]:
    made = _appeal_button(view)
    return [buttons(*made)] if made else []


def _appeal_button(view: GradeView) -> list[Json]:
    return [button(labels.APPEAL, names.APPEAL, view.round)] if view.may_appeal else []


def _above(view: GradeView) -> list[Json]:
    return [
        *questions.question(view.text),
        *reply_block(view.reply, view.points),
        *paragraph(labels.total(view), bold=True),
        *prose(view.notice),
    ]


def _until(view: GradeView) -> str:
    return f"{labels.OPEN_UNTIL} {moment(view.open_until)}." if view.open_until else ""


def _tick(*, ticked: bool) -> Json:
    option = {"text": plain(labels.SAYS_THIS, 75), "value": "yes"}
    element: Json = {"type": "checkboxes", "options": [option]}
    return {**element, "initial_options": [option]} if ticked else element


def _marked(reply: str, evidence: Iterable[str]) -> list[Json]:
    shown = tidy(reply)
    bold = [False] * len(shown)
    for passage in filter(None, map(tidy, evidence)):
        start = shown.find(passage)
        if start >= 0:
            bold[start : start + len(passage)] = [True] * len(passage)
    runs = groupby(zip(shown, bold, strict=True), key=lambda pair: pair[1])
    return [
        rich.text("".join(character for character, _ in run), **({"bold": True} if is_bold else {}))
        for is_bold, run in runs
    ]
