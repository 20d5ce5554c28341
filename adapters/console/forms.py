"""What takes a person's next line, and whether it had enough of it."""

from bot import wording
from bot.domain.reply import ReceiptState
from bot.views import (
    ConfirmView,
    FormView,
    NoticeView,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    ReceiptView,
    SetupFormView,
    StatusView,
)

Form = FormView | SetupFormView | PracticeView | ConfirmView

YES_OR_NO = "Say yes or no: nothing was done, and nothing was posted."


def taken_for(form: Form | None) -> str:
    """Return what the next line is taken for, as the prompt says it."""
    match form:
        case None:
            return ""
        case SetupFormView():
            return "setup"
        case ConfirmView():
            return "yes or no"
        case FormView() | PracticeView():
            return "your answer"


def words(command: str) -> list[str]:
    """Return a command as it is compared with another."""
    return command.lower().split()


def is_taken(form: Form, view: PrivateView) -> bool:
    """Tell whether what was written in a form needs no second try."""
    if isinstance(form, ConfirmView):
        return not (isinstance(view, NoticeView) and view.text in {YES_OR_NO, wording.desk.NOT_DONE})
    if isinstance(view, ReceiptView):
        return view.state not in {ReceiptState.EMPTY, ReceiptState.TOO_LONG, ReceiptState.NOT_SAVED}
    if isinstance(view, NoticeView):
        return view.text in wording.practice.CLOSED
    return isinstance(view, StatusView | PracticeGradeView)
