"""What a person is to see, as values. Each chat lays them out natively and shortens what its platform would refuse.

Members stand here as ids: a chat shows them as a mention or a name. Text that people wrote stands here as they wrote it:
a chat escapes it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ids import PlaceId, RoundId
from bot.domain.programme import Collect
from bot.domain.question import KeyPoint, Level, Source
from bot.domain.reply import PointVerdict, ReceiptState
from bot.domain.round import MessageRef, RoundState
from bot.domain.score import Period, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """The post that asks. ``closed`` is its state after the reveal time; ``hints`` are behind a button.

    ``collect`` says which ways of answering are to be offered.
    """

    round: RoundId
    place: PlaceId
    topic: str
    level: Level
    text: str
    reveals_at: datetime
    hints: tuple[str, ...] = ()
    collect: Collect = Collect.BOTH
    closed: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """What a member is told, privately, of a reply. ``sentence`` says it; the rest is for chats that lay it out."""

    round: RoundId | None
    state: ReceiptState
    sentence: str
    text: str = ""
    repliers: int = 0
    reveals_at: datetime | None = None
    late_grade: "GradeView | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShare:
    """A key point and the share (0 to 1) of the repliers whose reply made it."""

    point: KeyPoint
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """One page of a board. ``own`` and ``around`` are the reader's standing and neighbours, if the reader is on the board.

    ``provisional``: self-checks are still open. ``updating``: awards are being applied this very moment.
    """

    scope: str
    period: Period
    top: tuple[Standing, ...] = ()
    members: int = 0
    own: Standing | None = None
    around: tuple[Standing, ...] = ()
    provisional: bool = False
    updating: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealView:
    """The post that closes a round. ``post`` is the question's, under which the reveal stands where a chat has threads.

    ``final``: the self-check has ended; until then the ranking is provisional.
    """

    round: RoundId
    place: PlaceId
    post: MessageRef | None
    topic: str
    level: Level
    text: str
    model_answer: str
    points: tuple[PointShare, ...]
    sources: tuple[Source, ...]
    follow_up: str
    repliers: int
    day: BoardView
    week: BoardView
    settles_at: datetime
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedPoint:
    """``ticked`` is what stands now; ``verdict`` and its evidence are what the grader suggested."""

    point: KeyPoint
    verdict: PointVerdict
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeView:
    """A member's own grade. ``open_until`` is None when the self-check has closed (or, for a late reply, never opens)."""

    round: RoundId
    text: str
    reply: str
    points: tuple[GradedPoint, ...]
    total: int
    of: int
    origin: str
    notice: str
    open_until: datetime | None = None
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRound:
    date: date
    asks_at: datetime
    reveals_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRound:
    round: RoundId
    state: RoundState
    question: str
    repliers: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """A programme, what comes next and what came last. ``zone`` names the clock of the local times in ``schedule``."""

    place: PlaceId
    state: str
    schedule: str
    zone: str
    next: tuple[NextRound, ...] = ()
    last: tuple[LastRound, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    title: str
    commands: tuple[tuple[str, str], ...]
    closing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """A sentence or two for one person."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The form that takes an answer; ``present`` is the member's present reply, ``note`` a line that explains its absence."""

    round: RoundId
    text: str
    reveals_at: datetime
    present: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupFormView:
    """The form that sets the quiz up or changes it: each value's name, how it is now, and what may be written."""

    note: str
    values: tuple[tuple[str, str, str], ...]


PrivateView = ReceiptView | BoardView | GradeView | StatusView | HelpView | NoticeView | FormView | SetupFormView
