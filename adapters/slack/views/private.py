"""What one person alone is shown, as messages: receipts, notices, hints, help, and what other modules lay out."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.slack.views import rich
from adapters.slack.views.answers import form_message
from adapters.slack.views.blocks import Message, button, buttons, context, header, message, modal, prose
from adapters.slack.views.boards import board_message
from adapters.slack.views.grades import grade_message
from adapters.slack.views.members import confirm_message, document_messages, me_message
from adapters.slack.views.practice import answer_message, practice_grade_message, practice_message
from adapters.slack.views.programmes import next_question_message, status_message
from adapters.slack.views.review import phrasings_message, review_message
from adapters.slack.views.rich import Json
from adapters.slack.views.setup import setup_message
from adapters.slack.views.text import moment
from bot.domain.ids import PlaceId
from bot.domain.reply import ReceiptState
from bot.views import (
    AnswerView,
    BoardView,
    ConfirmView,
    DocumentView,
    FormView,
    GradeView,
    HelpView,
    MeView,
    NextQuestionView,
    NoticeView,
    PhrasingsView,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    ReceiptView,
    ReviewView,
    SetupFaultsView,
    SetupFormView,
    StatusView,
)
from bot.wording import labels

_NUMBERED = re.compile(r"(\S+) ([0-9]{1,3}) ([0-9]{1,3})")
"""What a hint is of, which it is, and of how many."""


def private_message(view: PrivateView) -> list[Message]:
    """Return the view as messages to be sent one after the other, mostly one; a form as one with a button that opens it."""
    many = _IN_MANY.get(type(view))
    return list(many(view)) if many else [_IN_ONE[type(view)](view)]


def hint_message(view: NoticeView, action: str, value: str) -> Message:
    """Return a hint, with a button for the next one. ``action`` and ``value`` are those of the button that asked for it."""
    numbered = _NUMBERED.fullmatch(value)
    return message([*prose(view.text), *(_next_hint(action, *numbered.groups()) if numbered else [])])


def _next_hint(action: str, about: str, number: str, of: str) -> list[Json]:
    following = int(number) + 1
    return [buttons(button(labels.NEXT_HINT, action, f"{about} {following} {of}"))] if following <= int(of) else []


def message_modal(title: str, view: PrivateView, place: PlaceId) -> Json:
    """Return a view as a modal, in place of a form."""
    return modal(title, [block for one in private_message(view) for block in one.blocks], place=place)


def loading_modal(title: str) -> Json:
    return modal(title, [context(labels.LOADING)])


def _receipts(view: ReceiptView) -> Sequence[Message]:
    return [_receipt(view), *([grade_message(view.late_grade)] if view.late_grade else [])]


def _receipt(view: ReceiptView) -> Message:
    reply = rich.block(rich.quote(*rich.said(view.text)))
    reveal = (
        [context(f"{labels.REVEAL}: {moment(view.reveals_at)}.")]
        if view.reveals_at and view.state is not ReceiptState.LATE
        else []
    )
    return message([*prose(view.sentence), *reply, *reveal])


def _notice(view: NoticeView | SetupFaultsView) -> Message:
    return message(prose(view.text))


def _help(view: HelpView) -> Message:
    lines = [
        [*rich.said(command, code=True), rich.text(": "), *rich.said(purpose)] for command, purpose in view.commands
    ]
    return message([header(view.title), *rich.block(rich.bullets(lines)), *prose(view.closing)])


_IN_MANY: Mapping[type[Any], Callable[[Any], Sequence[Message]]] = {
    DocumentView: document_messages,
    ReceiptView: _receipts,
}
_IN_ONE: Mapping[type[Any], Callable[[Any], Message]] = {
    AnswerView: answer_message,
    BoardView: board_message,
    ConfirmView: confirm_message,
    FormView: form_message,
    GradeView: grade_message,
    HelpView: _help,
    MeView: me_message,
    NextQuestionView: next_question_message,
    NoticeView: _notice,
    PracticeGradeView: practice_grade_message,
    PracticeView: practice_message,
    ReviewView: review_message,
    PhrasingsView: phrasings_message,
    SetupFaultsView: _notice,
    SetupFormView: lambda _: setup_message(),
    StatusView: status_message,
}
