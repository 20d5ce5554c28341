"""Forms that were sent. Discord closes a form that is sent: what is not taken is shown to its writer, with a way to open it again."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from adapters.discord import forms, names, views
from adapters.discord.inbound.asked import Asked
from adapters.discord.inbound.buttons import UNKNOWN
from adapters.discord.inbound.commands import looked
from adapters.discord.inbound.drafts import Draft, Drafts
from adapters.discord.inbound.marks import Marks
from adapters.discord.inbound.modals import (
    answer_form,
    appeal_form,
    grade_form,
    practice_grade_form,
    review_form,
    setup_form,
)
from adapters.discord.inbound.private import Private
from adapters.discord.views import Message, private_message, ways
from adapters.discord.views.components import button, buttons, custom_id
from bot import wording
from bot.domain.ids import RoundId
from bot.domain.reply import ReceiptState, Reply, Via
from bot.ports import Desk
from bot.views import (
    GradeView,
    NoticeView,
    PracticeGradeView,
    PrivateView,
    ReceiptView,
    ReviewView,
    SetupFaultsView,
    StatusView,
)

log = logging.getLogger(__name__)

Handler = Callable[[Asked], Awaitable[None]]

_NOT_TAKEN = frozenset({ReceiptState.NOT_SAVED, ReceiptState.TOO_LONG, ReceiptState.EMPTY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Submissions:
    desk: Desk
    private: Private
    drafts: Drafts
    marks: Marks

    async def sent(self, asked: Asked) -> None:
        handler = None if asked.is_garbled else self._handlers().get(asked.name)
        await (handler(asked) if handler else self.private.say(asked, NoticeView(text=UNKNOWN)))

    def _handlers(self) -> Mapping[str, Handler]:
        return {
            names.ANSWER_FORM: self._answer,
            names.GRADE_FORM: self._grade,
            names.PRACTICE_FORM: self._practice,
            names.PRACTICE_GRADE_FORM: self._practice_grade,
            names.SETUP_FORM: self._setup,
            names.APPEAL_FORM: self._appeal,
            names.REVIEW_FORM: self._review,
        }

    async def _answer(self, asked: Asked) -> None:
        round_, text = RoundId(asked.about), forms.answer_text(asked.data)
        reply = Reply(
            round=round_,
            member=asked.member,
            text=text,
            via=Via.FORM,
            delivery=asked.delivery,
            version=asked.version,
        )

        async def submitted() -> PrivateView:
            receipt = await self.desk.submit(reply)
            is_lost = receipt.state in _NOT_TAKEN and bool(text.strip())
            self._noted(asked, answer_form(round_), Draft(text=text) if is_lost else None)
            return given_back(receipt, text) if is_lost else receipt

        again = custom_id(names.ANSWER, round_)
        receipt = await self.private.show(asked, submitted, drawing=partial(_with_way_back, again))
        if isinstance(receipt, ReceiptView):
            await self.marks.follow(asked.place, receipt)

    async def _grade(self, asked: Asked) -> None:
        said, version, points = [*asked.about.split(), "", ""][:3]
        round_, reason, ticks = RoundId(said), forms.reason(asked.data), forms.ticks(asked.data, _number(points) or 0)

        async def checked() -> PrivateView:
            view = await self.desk.check(asked.caller(), round_, ticks, reason, _number(version))
            taken = isinstance(view, GradeView)
            self._noted(asked, grade_form(round_), None if taken else Draft(text=reason, ticks=tuple(ticks)))
            return view

        await self._checked(asked, checked, custom_id(names.CHECK, round_))

    async def _appeal(self, asked: Asked) -> None:
        said, _, points = asked.about.partition(" ")
        round_, reason, ticks = RoundId(said), forms.reason(asked.data), forms.ticks(asked.data, _number(points) or 0)

        async def appealed() -> PrivateView:
            view = await self.desk.appeal(asked.caller(), round_, ticks, reason)
            taken = isinstance(view, GradeView)
            self._noted(asked, appeal_form(round_), None if taken else Draft(text=reason, ticks=tuple(ticks)))
            return view

        await self._or_offered_again(asked, appealed, custom_id(names.APPEAL, round_))

    async def _review(self, asked: Asked) -> None:
        item, said = asked.about, forms.decided(asked.data)

        async def decided() -> PrivateView:
            view = await self.desk.decide(
                asked.caller(), item, accept=said.accept, reason=said.reason, learn=said.learn
            )
            taken = isinstance(view, ReviewView)
            self._noted(asked, review_form(item), None if taken else Draft(decided=said))
            return view

        await self._or_offered_again(asked, decided, custom_id(names.REVIEW, item))

    async def _practice(self, asked: Asked) -> None:
        question, text = asked.about, forms.answer_text(asked.data)

        async def answered() -> PrivateView:
            view = await self.desk.practice_answer(asked.caller(), question, text)
            if isinstance(view, NoticeView) and view.text not in wording.practice.CLOSED:
                lost = ReceiptView(round=None, state=ReceiptState.NOT_SAVED, sentence=view.text)
                return given_back(lost, text)
            return view

        again = custom_id(names.PRACTICE_ANSWER, question)
        await self.private.show(asked, answered, drawing=partial(_with_way_back, again))

    async def _practice_grade(self, asked: Asked) -> None:
        question = asked.about

        async def checked() -> PrivateView:
            caller = asked.caller()
            grade = await self.desk.practice_grade(caller, question)
            if not isinstance(grade, PracticeGradeView):
                return grade
            ticks = forms.ticks(asked.data, len(grade.points))
            view = await self.desk.practice_check(caller, question, ticks)
            taken = isinstance(view, PracticeGradeView)
            self._noted(asked, practice_grade_form(question), None if taken else Draft(ticks=tuple(ticks)))
            return view

        await self._checked(asked, checked, custom_id(names.PRACTICE_CHECK, question))

    async def _setup(self, asked: Asked) -> None:
        said, _, revision = asked.about.partition(" ")
        page = 2 if said == "2" else 1
        request = forms.setup_request(asked.data)

        async def done() -> PrivateView:
            view = await self.desk.setup(asked.caller(), request, _number(revision))
            taken = isinstance(view, StatusView)
            self._noted(asked, setup_form(asked, page), None if taken else Draft(setup=request))
            return view

        def drawn(view: PrivateView) -> Sequence[Message]:
            if isinstance(view, NoticeView):
                view = SetupFaultsView(text=view.text, faults=())
            if isinstance(view, SetupFaultsView):
                return [views.faults_message(view, request, page)]
            return [*private_message(view), *looked(asked, view, request.collect)]

        await self.private.show(asked, done, drawing=drawn)

    async def _checked(self, asked: Asked, content: Callable[[], Awaitable[PrivateView]], again: str) -> None:
        """The grade that was looked at is replaced by what it is now; a fault is told beside it."""
        drawing = partial(_with_way_back, again)
        await self.private.show(asked, content, in_place=asked.private, drawing=drawing)

    async def _or_offered_again(self, asked: Asked, content: Callable[[], Awaitable[PrivateView]], again: str) -> None:
        """What was acted on is replaced by what stands now; where nothing was taken, a sentence beside it opens the form again."""

        def drawn(view: PrivateView) -> Sequence[Message]:
            messages = private_message(view)
            return _opening(again, messages) if isinstance(view, NoticeView) else messages

        await self.private.show(asked, content, in_place=asked.private, drawing=drawn)

    def _noted(self, asked: Asked, form: str, draft: Draft | None) -> None:
        if draft is None:
            self.drafts.drop(asked.member, form)
        else:
            self.drafts.keep(asked.member, form, draft)


def given_back(receipt: ReceiptView, text: str) -> ReceiptView:
    """Show what was not taken to its writer: it stands nowhere else."""
    return replace(receipt, sentence=f"{receipt.sentence} {wording.replies.WHAT_YOU_WROTE}", text=text)


def _with_way_back(again: str, view: PrivateView) -> Sequence[Message]:
    """Draw the view; where it says that something was not taken, with the button that opens its form again."""
    messages = private_message(view)
    is_lost = view == NoticeView(text=wording.desk.NOT_DONE)
    if is_lost or (isinstance(view, ReceiptView) and view.state in _NOT_TAKEN):
        return _opening(again, messages)
    return messages


def _opening(again: str, messages: Sequence[Message]) -> Sequence[Message]:
    """Return the messages with the button below them that opens the form again."""
    *others, last = messages
    return [*others, Message([*last.components, buttons(button(ways.TRY_AGAIN, again))], last.files)]


def _number(said: str) -> int | None:
    return int(said) if said.isdigit() else None
