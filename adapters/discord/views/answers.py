"""The form that takes an answer."""

from adapters.discord import names
from adapters.discord.views import rich
from adapters.discord.views.components import (
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
)
from adapters.discord.views.text import moment
from bot.domain.ids import RoundId
from bot.domain.reply import MAX_REPLY
from bot.views import FormView
from bot.wording import labels


def answer_modal(view: FormView) -> Json:
    """Return the form with the member's present reply in it."""
    return _form(view.round, text([*_asked(view)]), view.present)


def empty_answer_modal(round_: RoundId, note: str, present: str = "") -> Json:
    """Return the form of a question that could not be read in time; ``note`` says so."""
    return _form(round_, text(rich.prose(note)), present)


def form_message(view: FormView) -> Message:
    """Return a message whose button opens the form."""
    answer = button(labels.ANSWER, custom_id(names.ANSWER, view.round), PRIMARY)
    return message([heading(labels.YOUR_ANSWER), *text(_asked(view)), buttons(answer)])


def reply_field(hint: str, present: str = "") -> Json:
    return field(labels.YOUR_REPLY, text_input(names.TEXT, present, lines=True, at_most=MAX_REPLY), hint)


def _asked(view: FormView) -> list[rich.Piece]:
    until = f"{labels.ANSWER_UNTIL} {moment(view.reveals_at)}."
    return rich.joined([*filter(None, (rich.lines(view.text, "**"), rich.prose(view.note))), [until]])


def _form(round_: RoundId, above: list[Part], present: str = "") -> Json:
    id_ = custom_id(names.ANSWER_FORM, round_)
    return modal(labels.YOUR_ANSWER, id_, [*above, reply_field(labels.REPLY_HINT, present)])
