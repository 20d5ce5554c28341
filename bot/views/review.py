"""What those who look after a place are to decide about."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PlaceId, RoundId
from bot.domain.reply import PointVerdict
from bot.views.replies import GradedPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherVerdict:
    """What another grader thinks of the key point with this number, counted from 1, and why."""

    number: int
    verdict: PointVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewItem:
    """One reply that waits for a lead. It does not say whose: what was written is judged, not who wrote it.

    ``id`` stands for the item as it is shown: once it is decided or changed nothing is called so any more. ``what`` says why
    it is here, ``points`` have what stands now, and ``in_question`` numbers, from 1, those that accepting would let stand. ``second`` is where another
    grader thinks otherwise.
    """

    id: str
    what: str
    since: datetime
    round: RoundId
    text: str
    reply: str
    points: tuple[GradedPoint, ...]
    in_question: tuple[int, ...]
    reason: str = ""
    second: tuple[OtherVerdict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionReport:
    """What members said of a question that was asked here, as how many said what; ``question`` is its id."""

    round: RoundId
    question: str
    text: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """Some of what waits for those who look after a place, newest first.

    ``notice`` says how much there is, and what came of what was decided just now. ``after`` is how many items to pass over for
    the next page; 0 on the last one. ``reports`` are what members said of the last questions, on the first page alone.
    """

    place: PlaceId
    notice: str
    items: tuple[ReviewItem, ...] = ()
    after: int = 0
    reports: tuple[QuestionReport, ...] = ()
