"""What a member who practises alone is to see."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.question import KeyPoint, Level, Source
from bot.views.replies import GradedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeView:
    """A question to practise alone, and the form for its answer. ``question`` is its id, by which buttons name it.

    ``review``: the member has met it before and it has come due. ``times`` is how often the member has answered it, for
    whoever gives up and looks at the answer. ``topic_wanted`` and ``level_wanted`` are what was asked for, for another one;
    empty if nothing was.
    """

    question: str
    topic: str
    level: Level
    text: str
    hints: tuple[str, ...] = ()
    review: bool = False
    times: int = 0
    topic_wanted: str = ""
    level_wanted: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeGradeView:
    """What a practice reply makes, for its writer alone: no points. ``returns_at`` is when the question is worth another try.

    ``open``: key points may be ticked or unticked.
    """

    question: str
    text: str
    reply: str
    points: tuple[GradedPoint, ...]
    returns_at: datetime
    notice: str
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The model answer of a practice question, with its sources."""

    question: str
    topic: str
    level: Level
    text: str
    model_answer: str
    points: tuple[KeyPoint, ...]
    sources: tuple[Source, ...]
    follow_up: str
    returns_at: datetime | None = None
