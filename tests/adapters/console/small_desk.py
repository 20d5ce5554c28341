"""A small desk that really keeps replies, so that the terminal can be tested without a store."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.ids import MemberId, PlaceId, RoundId
from bot.domain.reply import MAX_REPLY, ReceiptState, Reply, clean
from bot.domain.score import PeriodKind
from bot.ports import Caller, SetupRequest
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
    SetupFormView,
    StatusView,
)
from tests.adapters.console.samples import (
    ANSWER,
    CONFIRM,
    DAY,
    FORM,
    GRADE,
    HELP,
    NEXT_QUESTION,
    PRACTICE,
    PRACTISED,
    REVIEW,
    ROUND,
    SETUP_FORM,
    STATUS,
)

_FORMS: Mapping[tuple[str, str], PrivateView] = {
    ("quiz", "answer"): FORM,
    ("quiz", "ask"): PRACTICE,
    ("quiz", "forget-me"): CONFIRM,
    ("quiz-admin", "setup"): SETUP_FORM,
}


@dataclass(slots=True)
class SmallDesk:
    """``graded`` is the round whose grade everyone has; ``replies`` are by member and part; ``refuses`` is what befalls each.

    ``practised`` is what was asked of it for practice; ``refuses_practice`` is the sentence that befalls each reply there.
    """

    replies: dict[tuple[MemberId, str], Reply] = field(default_factory=dict)
    deliveries: list[str] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    checked: list[tuple[Sequence[bool], str]] = field(default_factory=list)
    graded: RoundId = ROUND
    refuses: ReceiptState | None = None
    practised: list[tuple[object, ...]] = field(default_factory=list)
    refuses_practice: str = ""

    def texts(self, member: MemberId) -> list[str]:
        return [reply.text for (who, _), reply in self.replies.items() if who == member and not reply.withdrawn]

    async def command(self, caller: Caller, name: str, text: str) -> PrivateView:
        self.deliveries.append(caller.delivery)
        self.asked.append((name, text))
        if (name, text) in _FORMS:
            return _FORMS[name, text]
        match name, text:
            case "quiz-admin", words if "banana" in words:
                return NoticeView(text="Nothing was changed.")
            case "quiz-admin", _:
                return STATUS
            case "leaderboard", _:
                return DAY
        return HELP

    async def submit(self, reply: Reply) -> ReceiptView:
        self.deliveries.append(reply.delivery)
        text = clean(reply.text)
        if self.refuses:
            return ReceiptView(round=reply.round, state=self.refuses, sentence="Nothing was saved.")
        if len(text) > MAX_REPLY:
            return ReceiptView(round=reply.round, state=ReceiptState.TOO_LONG, sentence="Nothing was saved: too long.")
        self.replies[reply.member, reply.part] = replace(reply, text=text)
        if reply.withdrawn:
            return ReceiptView(round=reply.round, state=ReceiptState.WITHDRAWN, sentence="Your reply is withdrawn.")
        return ReceiptView(round=reply.round, state=ReceiptState.ACCEPTED, sentence="Your reply is saved.", text=text)

    async def answer_form(self, caller: Caller, round_: RoundId | None = None) -> FormView | NoticeView:
        return replace(FORM, round=round_ or FORM.round)

    async def hint(self, caller: Caller, round_: RoundId | None, number: int) -> NoticeView:
        return NoticeView(text=f"This is hint {number}.")

    async def grade(self, caller: Caller, round_: RoundId | None = None) -> GradeView | NoticeView:
        return replace(GRADE, round=round_ or self.graded)

    async def check(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str = "", seen: int | None = None
    ) -> GradeView | NoticeView:
        self.checked.append((list(ticks), reason))
        points = tuple(replace(one, ticked=tick) for one, tick in zip(GRADE.points, ticks, strict=True))
        return replace(GRADE, round=round_, points=points, origin="self-checked")

    async def appeal(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str
    ) -> GradeView | NoticeView:
        return replace(GRADE, round=round_)

    async def review_item(self, caller: Caller, item: str) -> ReviewView | NoticeView:
        return REVIEW

    async def decide(
        self, caller: Caller, item: str, *, accept: bool, reason: str = "", learn: tuple[int, str] | None = None
    ) -> ReviewView | NoticeView:
        return REVIEW

    async def leaderboard(self, caller: Caller, kind: PeriodKind, *, team: bool = False) -> BoardView | NoticeView:
        return DAY

    async def setup_form(self, caller: Caller, zone: str = "") -> SetupFormView | NoticeView:
        return SETUP_FORM

    async def setup(self, caller: Caller, request: SetupRequest, seen: int | None = None) -> StatusView | NoticeView:
        return STATUS

    async def home(self, member: MemberId, places: Sequence[PlaceId], admin_of: Collection[PlaceId] = ()) -> HomeView:
        return HomeView()

    async def swap(self, caller: Caller, seen: str) -> NextQuestionView | NoticeView:
        return replace(NEXT_QUESTION, id=f"not {seen}")

    async def practise(self, caller: Caller, wanted: str = "", passing: str = "") -> PracticeView | NoticeView:
        self.practised.append(("another", wanted.strip(), passing))
        return replace(PRACTICE, question="drift-2")

    async def practice_form(self, caller: Caller, question: str) -> PracticeView | NoticeView:
        return PRACTICE

    async def practice_answer(self, caller: Caller, question: str, text: str) -> PracticeGradeView | NoticeView:
        self.practised.append(("answer", question, text))
        return NoticeView(text=self.refuses_practice) if self.refuses_practice else PRACTISED

    async def practice_grade(self, caller: Caller, question: str) -> PracticeGradeView | NoticeView:
        return PRACTISED

    async def practice_check(
        self, caller: Caller, question: str, ticks: Sequence[bool]
    ) -> PracticeGradeView | NoticeView:
        self.practised.append(("check", question, *ticks))
        return PRACTISED

    async def practice_hint(self, caller: Caller, question: str, number: int) -> NoticeView:
        return NoticeView(text=f"This is practice hint {number}.")

    async def practice_show(self, caller: Caller, question: str, times: int | None = None) -> AnswerView | NoticeView:
        self.practised.append(("show", question, times))
        return ANSWER
