"""The desk: what a person typed or pressed, handed to its use case. Every answer is a value to show."""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import partial
from typing import TypeVar

from bot import wording
from bot.domain.ids import MemberId, PlaceId, RoundId, place_of
from bot.domain.reply import ReceiptState, Reply, Via, ticks_named
from bot.domain.score import PeriodKind
from bot.ports import Caller, Clock, SetupRequest, StoreUnavailable
from bot.service import typed
from bot.service.boards import Boards
from bot.service.by_hand import ByHand
from bot.service.home import Home
from bot.service.members import Members
from bot.service.news import Bulletin
from bot.service.practice import Practice
from bot.service.programmes import Programmes
from bot.service.regrading import Regrading
from bot.service.replies import Replies
from bot.service.review import Review
from bot.service.setup import words
from bot.views import (
    AnswerView,
    BoardView,
    FormView,
    GradeView,
    HelpView,
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

log = logging.getLogger(__name__)

T = TypeVar("T")
Handler = Callable[[Caller, str], Awaitable[PrivateView]]

_UNDOING = "un"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    replies: Replies
    boards: Boards
    programmes: Programmes
    by_hand: ByHand
    practice: Practice
    review: Review
    regrading: Regrading
    bulletin: Bulletin
    members: Members
    at_home: Home
    clock: Clock

    async def command(self, caller: Caller, name: str, text: str) -> PrivateView:
        word, rest = [*text.split(maxsplit=1), "", ""][:2]
        handlers = self._handlers(name)
        if name == "leaderboard":
            word, rest = "leaderboard", text.strip()
        handler = handlers.get(word.lower() or "help")
        if handler is None:
            return NoticeView(text=wording.desk.unknown_command(word, _nearest(name, word.lower(), handlers)))
        asked = partial(handler, caller, rest.strip())
        if name == "quiz-admin" and handler != self._help:
            return await self._as_admin(caller, asked)
        return await self._with_news(caller, await self._answered(asked()))

    async def submit(self, reply: Reply) -> ReceiptView:
        receipt = await self.replies.submit(reply)
        if reply.via is Via.THREAD:
            return receipt  # not every one of them is shown
        return await self.bulletin.with_news(place_of(reply.round), reply.member, receipt)

    async def answer_form(self, caller: Caller, round_: RoundId | None = None) -> FormView | NoticeView:
        return await self._answered(self.replies.answer_form(caller, round_))

    async def hint(self, caller: Caller, round_: RoundId | None, number: int) -> NoticeView:
        return await self._answered(self.replies.hint(caller, round_, number))

    async def grade(self, caller: Caller, round_: RoundId | None = None) -> GradeView | NoticeView:
        return await self._with_news(caller, await self._answered(self.replies.grade(caller, round_)))

    async def check(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str = "", seen: int | None = None
    ) -> GradeView | NoticeView:
        return await self._answered(self.replies.check(caller, round_, ticks, reason, seen))

    async def appeal(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str
    ) -> GradeView | NoticeView:
        return await self._answered(self.review.appeal(caller, round_, ticks, reason))

    async def review_item(self, caller: Caller, item: str) -> ReviewView | NoticeView:
        return await self._as_admin(caller, lambda: self.review.item(caller, item))

    async def decide(
        self, caller: Caller, item: str, *, accept: bool, reason: str = "", learn: tuple[int, str] | None = None
    ) -> ReviewView | NoticeView:
        decide = partial(self.review.decide, caller, item, accept=accept, reason=reason, learn=learn)
        return await self._as_admin(caller, decide)

    async def leaderboard(self, caller: Caller, kind: PeriodKind, *, team: bool = False) -> BoardView | NoticeView:
        return await self._answered(self.boards.leaderboard(caller, kind, team=team))

    async def setup_form(self, caller: Caller, zone: str = "") -> SetupFormView | NoticeView:
        return await self._as_admin(caller, lambda: self.programmes.setup_form(caller, zone))

    async def setup(
        self, caller: Caller, request: SetupRequest, seen: int | None = None
    ) -> StatusView | SetupFaultsView | NoticeView:
        return await self._as_admin(caller, lambda: self.programmes.setup(caller, request, seen=seen))

    async def home(self, member: MemberId, places: Sequence[PlaceId], admin_of: Collection[PlaceId] = ()) -> HomeView:
        view = await self._answered(self.at_home.of(member, places, admin_of))
        return HomeView(note=wording.members.HOME_UNREAD) if isinstance(view, NoticeView) else view

    async def swap(self, caller: Caller, seen: str) -> NextQuestionView | NoticeView:
        return await self._as_admin(caller, lambda: self.by_hand.swap(caller, seen))

    async def practise(self, caller: Caller, wanted: str = "", passing: str = "") -> PracticeView | NoticeView:
        return await self._answered(self.practice.ask(caller, wanted, passing))

    async def practice_form(self, caller: Caller, question: str) -> PracticeView | NoticeView:
        return await self._answered(self.practice.form(caller, question))

    async def practice_answer(self, caller: Caller, question: str, text: str) -> PracticeGradeView | NoticeView:
        return await self._answered(self.practice.answer(caller, question, text))

    async def practice_grade(self, caller: Caller, question: str) -> PracticeGradeView | NoticeView:
        return await self._answered(self.practice.grade(caller, question))

    async def practice_check(
        self, caller: Caller, question: str, ticks: Sequence[bool]
    ) -> PracticeGradeView | NoticeView:
        return await self._answered(self.practice.check(caller, question, ticks))

    async def practice_hint(self, caller: Caller, question: str, number: int) -> NoticeView:
        return await self._answered(self.practice.hint(caller, question, number))

    async def practice_show(self, caller: Caller, question: str, times: int | None = None) -> AnswerView | NoticeView:
        return await self._answered(self.practice.show(caller, question, times))

    async def _as_admin(self, caller: Caller, asked: Callable[[], Awaitable[T]]) -> T | NoticeView:
        """Answer those who look after the place: the platform says so, they set the quiz up, or they were named."""

        async def answer() -> T | NoticeView:
            if caller.admin or await self.programmes.is_looked_after_by(caller):
                return await asked()
            return NoticeView(text=wording.desk.NOT_ADMIN)

        return await self._answered(answer())

    async def _with_news(self, caller: Caller, view: T) -> T:
        return await self.bulletin.with_news(caller.place, caller.member, view)

    async def _answered(self, asked: Awaitable[T]) -> T | NoticeView:
        try:
            return await asked
        except StoreUnavailable as error:
            log.warning("no answer from the store", extra={"why": str(error)})
            return NoticeView(text=wording.desk.NOT_DONE)

    def _handlers(self, name: str) -> Mapping[str, Handler]:
        if name == "quiz-admin":
            return {
                "help": self._help,
                "setup": self._setup,
                "status": lambda caller, text: self.programmes.status.of(
                    caller, every_change=text.lower() == "changes"
                ),
                "ask-now": lambda caller, _: self.by_hand.ask_now(caller),
                "reveal-now": lambda caller, _: self.by_hand.reveal_now(caller),
                "next": self._next,
                "skip": lambda caller, _: self.by_hand.skip(caller),
                "pause": self.programmes.pause,
                "resume": lambda caller, _: self.programmes.resume(caller),
                "remove": lambda caller, _: self.programmes.remove(caller),
                "review": partial(typed.reviewed, self.review),
                "regrade": partial(typed.regrade, self.regrading, self.by_hand.changelog),
                "phrasings": partial(typed.phrasings, self.review.phrasings),
            }
        return {
            "help": self._help,
            "answer": self._answer,
            "ask": self.practice.ask,
            "appeal": partial(typed.appeal, self.replies, self.review),
            "feedback": partial(typed.feedback, self.review.feedbacks),
            "grade": self._grade,
            "leaderboard": self._leaderboard,
            "me": lambda caller, _: self.members.me(caller),
            "hide": lambda caller, _: self.members.hide(caller),
            "unhide": lambda caller, _: self.members.unhide(caller),
            "export": lambda caller, _: self.members.export(caller),
            "forget-me": self.members.forget,
        }

    async def _help(self, _caller: Caller, _text: str) -> PrivateView:
        return HelpView(title=wording.desk.HELP_TITLE, commands=wording.desk.HELP, closing=wording.desk.HELP_CLOSING)

    async def _answer(self, caller: Caller, text: str) -> PrivateView:
        try:
            form = await self.replies.answer_form(caller, None)
        except StoreUnavailable:
            if not text:
                raise
            lost = ReceiptView(round=None, state=ReceiptState.NOT_SAVED, sentence=wording.replies.NOT_SAVED)
            return _given_back(lost, text)
        if not text or isinstance(form, NoticeView):
            return form
        reply = Reply(
            round=form.round,
            member=caller.member,
            text=text,
            via=Via.FORM,
            delivery=caller.delivery,
            version=round(self.clock.now().timestamp() * 1e6),
        )
        receipt = await self.replies.submit(reply)
        return _given_back(receipt, text) if receipt.state is ReceiptState.NOT_SAVED else receipt

    async def _grade(self, caller: Caller, text: str) -> PrivateView:
        """Show the member's grade, of a date if one is named, or, for "1 3 -- a reason", tick exactly those key points."""
        which, text = typed.dated(caller, text)
        grade = await self.replies.grade(caller, which)
        if not text or isinstance(grade, NoticeView):
            return grade
        said, _, reason = f" {text} ".partition(" -- ")
        ticks = ticks_named(said, len(grade.points))
        if ticks is None:
            return NoticeView(text=wording.grades.which_points(len(grade.points)))
        return await self.replies.check(caller, grade.round, ticks, reason)

    async def _leaderboard(self, caller: Caller, text: str) -> PrivateView:
        said = text.lower().split()
        team = "team" in said
        kinds = [word for word in said if word != "team"] or [PeriodKind.WEEK]
        if len(kinds) > 1 or kinds[0] not in set(PeriodKind):
            return NoticeView(text=wording.boards.unknown_period(" ".join(kinds), list(PeriodKind)))
        return await self.boards.leaderboard(caller, PeriodKind(kinds[0]), team=team)

    async def _next(self, caller: Caller, text: str) -> PrivateView:
        """Show the next question or, for "swap", take another one."""
        if text.lower() not in {"", "swap"}:
            return NoticeView(text=wording.programmes.unknown_next_word(text))
        return await (self.by_hand.swap(caller, "") if text else self.by_hand.next(caller))

    async def _setup(self, caller: Caller, text: str) -> PrivateView:
        """Read "at=09:00 reveal=16:00 zone=Europe/Berlin days=mon-fri …"; without a word, give the form."""
        if not text:
            return await self.programmes.setup_form(caller)
        request, wrong = words(text)
        return await self.programmes.setup(caller, request, wrong)


def _given_back(receipt: ReceiptView, text: str) -> ReceiptView:
    """What was typed and not saved is shown to its writer: it stands nowhere else."""
    return replace(receipt, sentence=f"{receipt.sentence} {wording.replies.WHAT_YOU_WROTE}", text=text)


def _nearest(name: str, word: str, handlers: Collection[str]) -> str | None:
    """Return the command that a word stands for elsewhere, or looks like; never one that undoes what was meant."""
    if meant := wording.desk.MEANT.get(name, {}).get(word):
        return meant
    alike = [one for one in handlers if one.startswith(_UNDOING) or not word.startswith(_UNDOING)]
    near = get_close_matches(word[:40], alike, n=1)
    return f"/{name} {near[0]}" if near else None
