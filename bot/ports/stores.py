"""Where everything is kept."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.choose import History
from bot.domain.ids import MemberId, PlaceId, ProgrammeId, RoundId
from bot.domain.plan import Plan
from bot.domain.programme import Occurrence, Programme
from bot.domain.question import Question
from bot.domain.reply import Grade, Receipt, Reply, StandingReply, Suggestion
from bot.domain.review import Regraded
from bot.domain.round import MessageRef, Round
from bot.domain.score import Period, Scope, Standing
from bot.ports.agenda import Lease


class AskNow(StrEnum):
    GIVEN = "given"
    IN_THE_WAY = "in the way"
    """Another round of the place is not revealed yet."""
    NOT_ACTIVE = "not active"
    """The programme was paused or removed meanwhile."""


class Skipping(StrEnum):
    SKIPPED = "skipped"
    BEING_ASKED = "being asked"
    """The round has begun: it is opening, or already open."""
    ENOUGH = "enough"
    """As many rounds ahead as may be are skipped already."""
    CHANGED = "changed"
    """The programme, or what it asks next, is not the given one (any more): read it again."""


class ProgrammeStore(Protocol):
    async def get(self, programme: ProgrammeId) -> Programme | None: ...

    async def all(self, platform: str) -> Sequence[Programme]: ...

    async def among(self, places: Sequence[PlaceId]) -> Sequence[Programme]:
        """Return the programmes of these places of one platform that were not removed, in their order.

        A place without one costs next to nothing.
        """
        ...

    async def save(self, programme: Programme, upcoming: Sequence[Occurrence]) -> Programme | None:
        """Keep the programme as a new revision, with its next opening on the agenda instead of any earlier one.

        None, and nothing is kept, if its revision (0 for a new one) is not the present one: it was changed meanwhile. A member
        who is being erased just now is left out of those who look after it.
        ``upcoming`` are the next occurrences, the first of which has not been asked yet is taken; none for a programme
        that is not active. An opening that is being carried out meets the new revision and ends unposted. Nobody who is
        being erased, or was in the last ten minutes, is named in it.
        """
        ...

    async def next_opening(self, programme: ProgrammeId) -> RoundId | None: ...

    async def ensure_opening(self, programme: Programme, upcoming: Sequence[Occurrence]) -> bool:
        """Put the next opening of an active programme on the agenda, if none is there; True if it was missing."""
        ...

    async def ask_now(
        self, programme: Programme, day: date, occurrence: Occurrence | None, reveals_at: datetime, delivery: str
    ) -> tuple[AskNow, RoundId | None]:
        """Put a round by hand on the agenda, due now; return it, or the round that is in the way.

        ``occurrence`` is today's if it is still to come: then its round is asked now, else ``.2``, ``.3`` … One delivery
        gets one number, however often it comes.
        """
        ...

    async def skip_next(
        self, programme: Programme, occurrence: Occurrence, note: str, upcoming: Sequence[Occurrence], delivery: str
    ) -> tuple[Skipping, RoundId]:
        """Leave out the programme's next opening, which is the occurrence's, and put the first of ``upcoming`` in its place.

        Return what came of it, and for which round. One delivery has one outcome, however often it comes.
        """
        ...


class Begin(StrEnum):
    BEGUN = "begun"
    """The round is ``opening`` (or was already further: see its state)."""
    STALE = "stale"
    """The programme has changed since the entry was written, or is not active."""
    BUSY = "busy"
    """Another round of the place is not revealed yet."""
    TAKEN = "taken"
    """The question was taken elsewhere in the team, or another was planned, meanwhile: choose again."""


class RoundStore(Protocol):
    """Rounds. What takes a lease raises Superseded if an older fence asks, and changes round and agenda together."""

    async def get(self, round_: RoundId) -> Round | None: ...

    async def present(self, place: PlaceId) -> Round | None:
        """Return the place's round that is not revealed yet."""
        ...

    async def latest(self, place: PlaceId, count: int) -> Sequence[Round]:
        """Return the place's last rounds, newest first."""
        ...

    async def history(self, place: PlaceId) -> History: ...

    async def taken(self, place: PlaceId) -> Collection[str]:
        """Return the questions of the rounds that are not revealed yet, anywhere in the place's team."""
        ...

    async def begin(
        self, lease: Lease, candidate: Round, *, rested: bool, plan: Plan | None = None
    ) -> tuple[Begin, Round | None]:
        """Create the round as ``opening``, or return what is there.

        ``rested``: refuse a question asked within 30 days. ``plan``: what was planned when the question was chosen.
        """
        ...

    async def opened(self, lease: Lease, post: MessageRef | None, upcoming: Sequence[Occurrence]) -> MessageRef | None:
        """Move to ``open``; return the reference that is kept: the first one given, or None for a round without a post."""
        ...

    async def skip(self, lease: Lease, candidate: Round, note: str, upcoming: Sequence[Occurrence]) -> bool:
        """Move from nothing or ``opening`` to ``skipped``; False, and nothing is changed, if somebody has replied."""
        ...

    async def close(self, lease: Lease) -> Round:
        """Move to ``closing``: from here on every reply is late."""
        ...

    async def revealed(
        self, lease: Lease, post: MessageRef | None, share: float | None, settles_at: datetime, note: str = ""
    ) -> MessageRef | None:
        """Move to ``revealed``; return the reference that is kept: the first one given."""
        ...

    async def reword(self, lease: Lease, question: Question) -> None:
        """Put another revision of its question into a revealed round."""
        ...

    async def end_checks(self, lease: Lease) -> None:
        """Take no more self-checks: what stands now is final."""
        ...

    async def settle(self, lease: Lease, share: float | None) -> None:
        """End the round: its ranking has been shown as final."""
        ...


class ReplyStore(Protocol):
    async def submit(self, reply: Reply) -> Receipt:
        """Keep a cleaned reply if its round takes replies; one atomic step, safe to repeat.

        What stands is put together as ``bot.domain.reply.standing`` says: a thread message without room there, or after
        MAX_MESSAGES others, is TOO_LONG. The same delivery, sent again, has the same outcome also after the close.
        While the member is being erased nothing is kept: NOT_SAVED.
        """
        ...

    async def standing(self, round_: RoundId) -> Sequence[StandingReply]:
        """Return the replies in time that stand, one per member."""
        ...

    async def of_member(self, round_: RoundId, member: MemberId) -> StandingReply | None: ...

    async def to_answer(self, round_: RoundId, member: MemberId) -> tuple[Round | None, StandingReply | None]:
        """Return a round and the member's reply in it, in one round trip: somebody waits for a form to open."""
        ...

    async def messages(self, round_: RoundId) -> Sequence[Reply]:
        """Return the thread messages in time that are kept and not withdrawn, also those that do not count."""
        ...

    async def keep_suggestions(self, lease: Lease, suggestions: Mapping[MemberId, Suggestion]) -> None:
        """Keep each member's suggestion, unless one is there already or the member was erased meanwhile."""
        ...

    async def suggestions(self, round_: RoundId) -> Mapping[MemberId, Suggestion]: ...

    async def suggestion(self, round_: RoundId, member: MemberId) -> Suggestion | None: ...


class CheckState(StrEnum):
    KEPT = "kept"
    CLOSED = "closed"
    OVERTAKEN = "overtaken"
    FINAL = "final"
    """A lead has decided: that stands."""
    NOTHING = "nothing"


class Ledger(Protocol):
    """Awards and grades. An award is applied once per id: ledger, boards and streak together."""

    async def award(self, lease: Lease, round_: Round, grades: Mapping[MemberId, Grade], at: datetime) -> None:
        """Apply the first award of each member (at most 500 a call) and keep the grade it stands for.

        Whose reply is gone meanwhile was erased and gets neither.
        """
        ...

    async def check(
        self,
        round_: Round,
        member: MemberId,
        grade: Grade,
        delivery: str,
        at: datetime,
        seen: int | None = None,
        *,
        above: bool = False,
    ) -> tuple[CheckState, Grade | None]:
        """Put a changed grade in the place of the present one, with the difference in the ledger; once per delivery.

        ``seen`` is the version that the member had before: with another one there, nothing is changed. ``above``: something
        is ticked that was not suggested, so a lead is to look at it.
        """
        ...

    async def regrade(self, lease: Lease, round_: Round, grades: Sequence[Regraded], at: datetime) -> int:
        """Put new suggestions and what follows from them in the place of at most 500; the members have news of it.

        Return how many were left, because their grades have changed since they were read.
        """
        ...

    async def grades(self, round_: RoundId) -> Mapping[MemberId, Grade]: ...

    async def grade(self, round_: RoundId, member: MemberId) -> Grade | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """One read of a board, in one round trip. What ``podium`` and the rest mean, ``bot.views.BoardView`` says.

    ``hidden``: the reader is; then ``own`` is where the reader would stand. ``open_checks`` are the rounds of the period that
    are not settled.
    """

    top: tuple[Standing, ...] = ()
    tied_others: int = 0
    members: int = 0
    own: Standing | None = None
    around: tuple[Standing, ...] = ()
    hidden: bool = False
    updating: bool = False
    open_checks: tuple[RoundId, ...] = ()
    podium: tuple[Standing, ...] = ()
    podium_others: int = 0
    podium_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """An entry of a board (points) or of the streaks (length|index|best) that is not what the ledger says; None: not there."""

    board: str
    member: MemberId
    is_: str | None
    should_be: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """``busy`` are places whose points were being applied or moved: their boards were not judged."""

    boards: int
    awards: int
    differences: tuple[Difference, ...] = ()
    busy: tuple[PlaceId, ...] = field(default=())


class Boards(Protocol):
    async def page(
        self, scope: Scope, period: Period, reader: MemberId | None, size: int = 10, before: Period | None = None
    ) -> BoardPage:
        """Read a page, and the podium of the period ``before``. Hidden members are nowhere on it but as its reader."""
        ...

    async def streak(self, place: PlaceId, member: MemberId) -> tuple[int, int]:
        """Return (current, best)."""
        ...

    async def verify(self) -> Verified:
        """Recompute every board and streak from the ledger and compare."""
        ...

    async def rebuild(self) -> Verified:
        """Write every board and streak anew from the ledger; return what was different before."""
        ...
