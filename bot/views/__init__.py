"""What a person is to see, as values. Each chat lays them out natively and shortens what its platform would refuse.

Members stand here as ids: a chat shows them as a mention or a name. Text that people wrote stands here as they wrote it:
a chat escapes it.
"""

from bot.views.members import ConfirmView, DocumentView, HomeView, MeView, OpenRound, ShareOf
from bot.views.notices import HelpView, NoticeView
from bot.views.operation import (
    BankFacts,
    BotFacts,
    Load,
    Pending,
    PlatformFacts,
    ProgrammeFacts,
    Report,
    RoundFacts,
    StoreFacts,
    UnfinishedRound,
)
from bot.views.phrasings import PhrasingLine, PhrasingsView
from bot.views.posts import BoardView, PointShare, QuestionView, RevealView
from bot.views.practice import AnswerView, PracticeGradeView, PracticeView
from bot.views.programmes import (
    ChangeLine,
    LastRound,
    NextQuestionView,
    NextRound,
    SetupChoice,
    SetupFaultsView,
    SetupFormView,
    StatusView,
)
from bot.views.replies import FormView, GradedPoint, GradeView, ReceiptView
from bot.views.review import OtherVerdict, QuestionReport, ReviewItem, ReviewView

PrivateView = (
    ReceiptView
    | BoardView
    | GradeView
    | StatusView
    | HelpView
    | NoticeView
    | FormView
    | SetupFormView
    | SetupFaultsView
    | PracticeView
    | PracticeGradeView
    | AnswerView
    | MeView
    | ConfirmView
    | DocumentView
    | NextQuestionView
    | ReviewView
    | PhrasingsView
)
"""What one person alone is shown."""

__all__ = [
    "AnswerView",
    "BankFacts",
    "BoardView",
    "BotFacts",
    "ChangeLine",
    "ConfirmView",
    "DocumentView",
    "FormView",
    "GradeView",
    "GradedPoint",
    "HelpView",
    "HomeView",
    "LastRound",
    "Load",
    "MeView",
    "NextQuestionView",
    "NextRound",
    "NoticeView",
    "OpenRound",
    "OtherVerdict",
    "Pending",
    "PhrasingLine",
    "PhrasingsView",
    "PlatformFacts",
    "PointShare",
    "PracticeGradeView",
    "PracticeView",
    "PrivateView",
    "ProgrammeFacts",
    "QuestionReport",
    "QuestionView",
    "ReceiptView",
    "Report",
    "RevealView",
    "ReviewItem",
    "ReviewView",
    "RoundFacts",
    "SetupChoice",
    "SetupFaultsView",
    "SetupFormView",
    "ShareOf",
    "StatusView",
    "StoreFacts",
    "UnfinishedRound",
]
