"""What a member is to see of a reply and its grade."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import RoundId
from bot.domain.question import KeyPoint
from bot.domain.reply import PointVerdict, ReceiptState


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedPoint:
    """``ticked`` is what stands now; ``verdict`` and its evidence are what the grader suggested."""

    point: KeyPoint
    verdict: PointVerdict
    ticked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeView:
    """A member's own grade. ``for_reply`` of the ``total`` are for having replied, the rest is for key points.

    ``reason`` is what the member said to an earlier check. ``open_until`` is None when the self-check has closed (or, for a late reply, never opens).
    ``may_appeal``: a lead can be asked about it, with a reason.
    """

    round: RoundId
    text: str
    reply: str
    points: tuple[GradedPoint, ...]
    total: int
    of: int
    for_reply: int
    origin: str
    notice: str
    open_until: datetime | None = None
    version: int = 0
    reason: str = ""
    may_appeal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """What a member is told, privately, of a reply. ``sentence`` says it; the rest is for chats that lay it out.

    ``counts``: what was delivered is part of what stands now. ``overtaken``: something newer of it came before.
    ``changed`` are other messages of the member's in the thread, by part, that count from now on (True) or no longer do.
    ``news``: there is something else to tell the member beside it, which is in no sentence yet.
    """

    round: RoundId | None
    state: ReceiptState
    sentence: str
    text: str = ""
    repliers: int = 0
    reveals_at: datetime | None = None
    late_grade: "GradeView | None" = None
    counts: bool = False
    overtaken: bool = False
    changed: tuple[tuple[str, bool], ...] = ()
    news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """The form that takes an answer; ``present`` is the member's present reply, ``note`` a line that explains its absence.

    ``visible``: the present reply stands in the thread, for all to read.
    """

    round: RoundId
    text: str
    reveals_at: datetime
    present: str = ""
    visible: bool = False
    note: str = ""
