"""What one person alone is shown, as messages: receipts, notices, hints, help, and what other modules lay out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from adapters.discord.commands import offered
from adapters.discord.views import rich
from adapters.discord.views.answers import form_message
from adapters.discord.views.boards import board_message
from adapters.discord.views.components import Message, button, buttons, heading, message, text
from adapters.discord.views.grades import grade_message
from adapters.discord.views.members import confirm_message, document_message, me_message
from adapters.discord.views.practice import answer_message, practice_grade_message, practice_message
from adapters.discord.views.programmes import next_question_message, status_message
from adapters.discord.views.review import phrasings_message, review_messages
from adapters.discord.views.rich import Code, Flow, Line, Said
from adapters.discord.views.setup import faults_message, setup_message
from adapters.discord.views.text import moment
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
from bot.wording.texts import tidy


def private_message(view: PrivateView) -> list[Message]:
    """Return the view as messages to be sent one after the other, mostly one; a form as one with a button that opens it."""
    if isinstance(view, ReceiptView):
        return [_receipt(view), *([grade_message(view.late_grade)] if view.late_grade else [])]
    if isinstance(view, ReviewView):
        return review_messages(view)
    return [_IN_ONE[type(view)](view)]


def notice_message(said: str) -> Message:
    return message(text(rich.prose(said)))


def hint_message(view: NoticeView, id_: str) -> Message:
    """Return a hint, with a button for the next one. ``id_`` is the custom id of the button that asked for it."""
    about, number, of = id_.rsplit(" ", 2)
    following = int(number) + 1
    way_on = [buttons(button(labels.NEXT_HINT, f"{about} {following} {of}"))] if following <= int(of) else []
    return message([*text(rich.prose(view.text)), *way_on])


def _receipt(view: ReceiptView) -> Message:
    reply = tidy(view.text)
    reveal = (
        [f"{labels.REVEAL}: {moment(view.reveals_at)}."]
        if view.reveals_at and view.state is not ReceiptState.LATE
        else []
    )
    return message(
        [*text(rich.prose(view.sentence)), *text([Flow((Said(reply),), before="> ")] if reply else []), *text(reveal)]
    )


def _notice(view: NoticeView) -> Message:
    return notice_message(view.text)


def _help(view: HelpView) -> Message:
    lines: Sequence[Line] = [[Code(offered(command)), ": ", *rich.words(purpose)] for command, purpose in view.commands]
    return message([heading(view.title), *text(rich.joined(rich.bullets(lines))), *text(rich.prose(view.closing))])


_IN_ONE: Mapping[type[Any], Callable[[Any], Message]] = {
    AnswerView: answer_message,
    BoardView: board_message,
    ConfirmView: confirm_message,
    DocumentView: document_message,
    FormView: form_message,
    GradeView: grade_message,
    HelpView: _help,
    MeView: me_message,
    NextQuestionView: next_question_message,
    NoticeView: _notice,
    PhrasingsView: phrasings_message,
    PracticeGradeView: practice_grade_message,
    PracticeView: practice_message,
    SetupFaultsView: faults_message,
    SetupFormView: setup_message,
    StatusView: status_message,
}
