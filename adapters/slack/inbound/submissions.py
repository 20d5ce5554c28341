"""Forms that were sent. What was written is never lost: what is not taken stays in the form, with a sentence at its field."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from adapters.slack import forms, names
from adapters.slack.inbound.asked import Asked, with_origin
from adapters.slack.inbound.commands import Commands, kindly
from adapters.slack.inbound.home import Home
from adapters.slack.inbound.marks import Marks
from adapters.slack.inbound.modals import shown
from adapters.slack.inbound.preflight import Preflight
from adapters.slack.inbound.private import Private
from bot import wording
from bot.domain.ids import RoundId
from bot.domain.reply import ReceiptState, Reply, Via
from bot.ports import Clock, Desk
from bot.receiving.work import Doing
from bot.views import NoticeView, PrivateView, ReceiptView, SetupFaultsView, StatusView

log = logging.getLogger(__name__)

T = TypeVar("T")

Said = Mapping[str, Any]
"""What Slack is answered: nothing closes the form, else its errors or what takes its place."""
After = Doing
Handler = Callable[[Asked], Awaitable[tuple[Said, After | None]]]

PATIENCE_SECONDS = 2.4
"""Slack waits three seconds for its answer, the way there and back among them."""

_STAYS = frozenset({ReceiptState.NOT_SAVED, ReceiptState.TOO_LONG, ReceiptState.EMPTY})
_CLOSE: Said = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Submissions:
    desk: Desk
    clock: Clock
    private: Private
    commands: Commands
    preflight: Preflight
    home: Home
    marks: Marks

    async def sent(self, asked: Asked) -> tuple[Said, After | None]:
        """Return what Slack is to be answered within three seconds, and what is to be done after that."""
        handler = self._handlers().get(asked.view.get("callback_id", ""))
        return await handler(asked) if handler else (_CLOSE, None)

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

    async def _answer(self, asked: Asked) -> tuple[Said, After | None]:
        reply = Reply(
            round=RoundId(forms.about(asked.view)["round"]),
            member=asked.member,
            text=forms.answer_text(asked.view),
            via=Via.FORM,
            delivery=asked.delivery,
            version=round(self.clock.now().timestamp() * 1e6),
        )
        receipt = await _in_time(self.desk.submit(reply))
        if receipt is None:
            return _errors({names.TEXT: wording.desk.NOT_DONE}), None
        if receipt.state in _STAYS:
            return _errors({names.TEXT: receipt.sentence}), None

        async def told() -> None:
            await self._told(asked, receipt)
            await self.marks.follow(asked.place, receipt)

        return _CLOSE, told

    async def _grade(self, asked: Asked) -> tuple[Said, After | None]:
        round_ = RoundId(forms.about(asked.view)["round"])
        ticks, reason = forms.ticks(asked.view), forms.reason(asked.view)
        checked = self.desk.check(asked.caller(), round_, ticks, reason, forms.version(asked.view))
        return await self._in_place(asked, checked, "My grade")

    async def _practice(self, asked: Asked) -> tuple[Said, After | None]:
        question, text = forms.about(asked.view)["question"], forms.answer_text(asked.view)
        view = await _in_time(self.desk.practice_answer(asked.caller(), question, text))
        if view is None:
            return _errors({names.TEXT: wording.desk.NOT_DONE}), None
        if isinstance(view, NoticeView) and view.text not in wording.practice.CLOSED:
            return _errors({names.TEXT: view.text}), None
        return _replaced(asked, view, "Practice"), None

    async def _practice_grade(self, asked: Asked) -> tuple[Said, After | None]:
        question = forms.about(asked.view)["question"]
        checked = self.desk.practice_check(asked.caller(), question, forms.ticks(asked.view))
        return await self._in_place(asked, checked, "Practice")

    async def _appeal(self, asked: Asked) -> tuple[Said, After | None]:
        round_ = RoundId(forms.about(asked.view)["round"])
        appealed = self.desk.appeal(asked.caller(), round_, forms.ticks(asked.view), forms.reason(asked.view))
        return await self._or_said_at(names.REASON, asked, appealed, "My grade")

    async def _review(self, asked: Asked) -> tuple[Said, After | None]:
        accept, reason, learn = forms.decision(asked.view)

        async def decided() -> PrivateView:
            caller, standing = await self.commands.as_admin(asked)
            item = forms.about(asked.view)["item"]
            return kindly(await self.desk.decide(caller, item, accept=accept, reason=reason, learn=learn), standing)

        return await self._or_said_at(names.REASON, asked, decided(), "Review")

    async def _or_said_at(
        self, field: str, asked: Asked, content: Awaitable[PrivateView], title: str
    ) -> tuple[Said, After | None]:
        """Show the content in place of the form, or at a field of it the sentence that says why it was not taken."""
        view = await _in_time(content)
        if view is None or isinstance(view, NoticeView):
            return _errors({field: view.text if view else wording.desk.NOT_DONE}), None
        return _replaced(asked, view, title), None

    async def _setup(self, asked: Asked) -> tuple[Said, After | None]:
        request = forms.setup_request(asked.view)

        async def done() -> PrivateView:
            caller, standing = await self.commands.as_admin(asked)
            return kindly(await self.desk.setup(caller, request, forms.revision(asked.view)), standing)

        view = await _in_time(done())
        if isinstance(view, SetupFaultsView):
            return _errors(forms.setup_errors(view.faults)), None
        if not isinstance(view, StatusView):
            sentence = view.text if isinstance(view, NoticeView) else wording.desk.NOT_DONE
            return _errors(forms.setup_errors([("", sentence)])), None
        status: StatusView = view

        async def told() -> None:
            await self._told(asked, status)
            await self.private.say(asked, await self.preflight.of(asked, request.collect))

        return _CLOSE, told

    async def _told(self, asked: Asked, view: ReceiptView | StatusView) -> None:
        await self.private.tell(asked, view)
        if asked.from_home:
            await self.home.drawn_anew(asked.user)

    async def _in_place(self, asked: Asked, content: Awaitable[PrivateView], title: str) -> tuple[Said, After | None]:
        view = await _in_time(content)
        if view is None or view == NoticeView(text=wording.desk.NOT_DONE):
            return kept_open(asked.view, wording.desk.NOT_DONE), None
        return _replaced(asked, view, title), None


def kept_open(view: Mapping[str, Any], sentence: str) -> Said:
    """Say in the form that it was not taken, at its first field: what was ticked and written stays."""
    fields = [block["block_id"] for block in view.get("blocks", []) if block.get("type") == "input"]
    return _errors({fields[0]: sentence}) if fields else _CLOSE


async def _in_time(content: Awaitable[T]) -> T | None:
    """Return the content, or None while it is still being made: what was begun goes on."""
    coming = asyncio.ensure_future(content)
    await asyncio.wait({coming}, timeout=PATIENCE_SECONDS)
    if coming.done():
        return coming.result()
    coming.add_done_callback(_noted)
    return None


def _noted(late: asyncio.Future[T]) -> None:
    if not late.cancelled() and (error := late.exception()):
        log.error("what a form began failed later", exc_info=error)


def _errors(errors: Mapping[str, str]) -> Said:
    return {"response_action": "errors", "errors": dict(errors)}


def _replaced(asked: Asked, view: PrivateView, title: str) -> Said:
    return {"response_action": "update", "view": with_origin(shown(view, asked.place, title), asked)}
