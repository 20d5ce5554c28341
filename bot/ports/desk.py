"""What the core offers to chats."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.reply import Reply
from bot.domain.score import PeriodKind
from bot.views import (
    AnswerView,
    BoardView,
    FormView,
    GradeView,
    HomeView,
    NextQuestionView,
    NoticeView,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    ReceiptView,
    ReviewView,
    SetupFaultsView,
    SetupFormView,
    StatusView,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who asks, where. ``delivery`` names the interaction, so that a repeated one changes nothing.

    ``admin``: the platform itself makes the member an admin of the place. Who looks after its programme is the core's to know.
    """

    place: PlaceId
    member: MemberId
    delivery: str
    admin: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SetupRequest:
    """What a lead typed into the setup, word for word; empty means the default or, on a change, as it was."""

    at: str = ""
    reveal_at: str = ""
    zone: str = ""
    days: str = ""
    topics: str = ""
    levels: str = ""
    collect: str = ""
    holidays: str = ""
    every: str = ""
    admins: str = ""


class Desk(Protocol):
    """Everything a person may ask of the bot. Every answer is private and a value to show.

    None of these raises for something that a person can cause, nor when the store does not answer: that is a sentence too.
    """

    async def command(self, caller: Caller, name: str, text: str) -> PrivateView:
        """Carry out a typed command: its name without slash ("quiz", "quiz-admin", "leaderboard") and the rest of the line.

        ``quiz answer`` without a text gives a FormView: the chat shows the form and hands its text to ``submit``.
        """
        ...

    async def submit(self, reply: Reply) -> ReceiptView: ...

    async def answer_form(self, caller: Caller, round_: RoundId | None = None) -> FormView | NoticeView:
        """Return the form for a round, or for the one that is open in the place."""
        ...

    async def hint(self, caller: Caller, round_: RoundId | None, number: int) -> NoticeView:
        """Return the hint with this number, counted from 1."""
        ...

    async def grade(self, caller: Caller, round_: RoundId | None = None) -> GradeView | NoticeView:
        """Return the member's own grade in a round, or in the last one that was revealed in the place."""
        ...

    async def check(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str = "", seen: int | None = None
    ) -> GradeView | NoticeView:
        """Keep the key points that the member says the reply made.

        ``seen`` is the version of the GradeView that was changed: if another stands, that one is shown and nothing is kept.
        """
        ...

    async def appeal(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str
    ) -> GradeView | NoticeView:
        """Ask a lead for the ticked key points, with a reason; of a reply that earned nothing, that it counts at all.

        A NoticeView says why nothing was kept: what was written stays in the form.
        """
        ...

    async def review_item(self, caller: Caller, item: str) -> ReviewView | NoticeView:
        """Return the item of a ReviewView that is called so, for a form; if nothing is any more, what waits now."""
        ...

    async def decide(
        self, caller: Caller, item: str, *, accept: bool, reason: str = "", learn: tuple[int, str] | None = None
    ) -> ReviewView | NoticeView:
        """Accept or overrule what waits; the first decision stands. A NoticeView says why the form is to stay open.

        ``learn``: the number, from 1, of an accepted key point and the passage that says it, to be learnt.
        """
        ...

    async def leaderboard(self, caller: Caller, kind: PeriodKind, *, team: bool = False) -> BoardView | NoticeView: ...

    async def setup_form(self, caller: Caller, zone: str = "") -> SetupFormView | NoticeView:
        """Return the setup as it is now. ``zone`` is the caller's own: it is proposed where nothing is set up yet."""
        ...

    async def setup(
        self, caller: Caller, request: SetupRequest, seen: int | None = None
    ) -> StatusView | SetupFaultsView | NoticeView:
        """Set the quiz up, or change it. With a SetupFaultsView nothing is kept: the form stays open for another try.

        ``seen`` is the revision of the form that was filled in: what somebody else has changed since is not undone.
        """
        ...

    async def home(self, member: MemberId, places: Sequence[PlaceId], admin_of: Collection[PlaceId] = ()) -> HomeView:
        """Return the member's own page over the places of the team that the member is in, of which most may have no quiz.

        Of those in ``admin_of`` the platform itself makes the member an admin.
        """
        ...

    async def swap(self, caller: Caller, seen: str) -> NextQuestionView | NoticeView:
        """Put another question in the place of the next one, whose id the caller has ``seen``; once, however often it comes."""
        ...

    async def practise(self, caller: Caller, wanted: str = "", passing: str = "") -> PracticeView | NoticeView:
        """Return a question to practise alone. ``wanted`` is a topic, a level, both as typed, or neither.

        ``passing`` is the question instead of which, or after which, another one is wished.
        """
        ...

    async def practice_form(self, caller: Caller, question: str) -> PracticeView | NoticeView:
        """Return a question that was given before, by its id, for a chat that opens a form behind a button."""
        ...

    async def practice_answer(self, caller: Caller, question: str, text: str) -> PracticeGradeView | NoticeView:
        """Return what a reply makes, at once. A sentence of ``wording.practice.CLOSED`` means that no reply is any use."""
        ...

    async def practice_grade(self, caller: Caller, question: str) -> PracticeGradeView | NoticeView:
        """Return the member's last practice reply to a question with what is ticked now."""
        ...

    async def practice_check(
        self, caller: Caller, question: str, ticks: Sequence[bool]
    ) -> PracticeGradeView | NoticeView:
        """Keep the key points that the member says the last practice reply made."""
        ...

    async def practice_hint(self, caller: Caller, question: str, number: int) -> NoticeView:
        """Return the hint with this number, counted from 1."""
        ...

    async def practice_show(self, caller: Caller, question: str, times: int | None = None) -> AnswerView | NoticeView:
        """Return the model answer. ``times`` is the PracticeView's: who gives up on it has missed it, once.

        None from a PracticeGradeView, whose member has replied.
        """
        ...
