"""What everybody in a place is to see."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import PlaceId, RoundId
from bot.domain.programme import Collect
from bot.domain.question import KeyPoint, Level, Source
from bot.domain.round import MessageRef
from bot.domain.score import Period, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionView:
    """The post that asks. ``closed`` is its state after the reveal time; ``hints`` are behind a button.

    ``collect`` says which ways of answering are to be offered, ``note`` what everybody has to know beforehand; it may be empty.
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
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointShare:
    """A key point and the share (0 to 1) of the repliers whose reply made it; None where it would tell of single people."""

    point: KeyPoint
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """One page of a board. ``tied_others`` more than ``top`` lists have as many points as the last of it. ``own`` and ``around`` are the reader's standing and neighbours, if the reader is on the board.

    ``provisional``: self-checks are still open. ``updating``: awards are being applied this very moment. ``podium`` is who led
    the period before this one, ``before``: three ranks with their ties, of which ``podium_others`` more are not listed;
    ``podium_provisional``: self-checks are open there. ``hidden``: the reader is on no board that others see; ``own`` says
    where the reader would stand. ``empty`` says of a board without anybody what would fill it, and ``coming`` when that is.
    """

    scope: str
    period: Period
    top: tuple[Standing, ...] = ()
    tied_others: int = 0
    members: int = 0
    own: Standing | None = None
    around: tuple[Standing, ...] = ()
    provisional: bool = False
    updating: bool = False
    before: Period | None = None
    podium: tuple[Standing, ...] = ()
    podium_others: int = 0
    podium_provisional: bool = False
    hidden: bool = False
    empty: str = ""
    coming: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealView:
    """The post that closes a round. ``post`` is the question's, under which the reveal stands where a chat has threads.

    ``repliers`` and the shares leave hidden members out. ``final``: the self-check has ended; until then the ranking is
    provisional.
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
