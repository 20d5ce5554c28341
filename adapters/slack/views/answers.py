"""The form that takes an answer."""

from adapters.slack import names
from adapters.slack.views import questions
from adapters.slack.views.blocks import (
    Message,
    button,
    buttons,
    context,
    field,
    header,
    message,
    modal,
    prose,
    text_input,
)
from adapters.slack.views.rich import Json
from adapters.slack.views.text import moment
from bot import wording
from bot.domain.ids import PlaceId, RoundId, programme_and_date
from bot.domain.reply import MAX_REPLY
from bot.views import FormView
from bot.wording import labels


def answer_modal(view: FormView) -> Json:
    """Return the form with the member's present reply in it."""
    place = PlaceId(programme_and_date(view.round)[0])
    return _form(view.round, place, [*_question(view), *prose(view.note)], view.present, visible=view.visible)


def empty_answer_modal(round_: RoundId, place: PlaceId, note: str) -> Json:
    """Return the form of a question that could not be read in time; ``note`` says so."""
    return _form(round_, place, prose(note))


def form_message(view: FormView) -> Message:
    """Return a message whose button opens the form."""
    return message(
        [
            header(labels.YOUR_ANSWER),
            *_question(view),
            *prose(view.note),
            buttons(button(labels.ANSWER, names.ANSWER, view.round, style="primary")),
        ]
    )


def reply_field(hint: str, present: str = "") -> Json:
    return field(names.TEXT, labels.YOUR_REPLY, text_input(present, multiline=True, at_most=MAX_REPLY), hint=hint)


def _question(view: FormView) -> list[Json]:
    return [*questions.question(view.text), context(f"{labels.ANSWER_UNTIL} {moment(view.reveals_at)}.")]


def _form(round_: RoundId, place: PlaceId, above: list[Json], present: str = "", *, visible: bool = False) -> Json:
    hint = wording.replies.VISIBLE_HINT if visible else wording.replies.FORM_HINT
    blocks = [*above, reply_field(hint, present)]
    return modal(labels.YOUR_ANSWER, blocks, form=names.ANSWER_FORM, submit=labels.SEND, place=place, round=round_)
