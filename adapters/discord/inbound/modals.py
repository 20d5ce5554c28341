"""Forms: a form is the first response or none at all, so that it opens within moments, whatever the store does."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from typing import Any

from adapters.discord import names, views
from adapters.discord.inbound.answers import Answers, Came, Response
from adapters.discord.inbound.asked import Asked
from adapters.discord.inbound.drafts import Drafts
from adapters.discord.inbound.private import FAILED, Private
from bot import wording
from bot.domain.ids import RoundId
from bot.views import (
    FormView,
    GradeView,
    NoticeView,
    PracticeGradeView,
    PracticeView,
    PrivateView,
    ReviewView,
    SetupFormView,
)

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 0.3
"""So long a form that can be filled in without its content waits for it."""
LONGEST_SECONDS = 1.5
"""So long any other: what comes later is shown as a message, with a button that opens the form."""

Modal = dict[str, Any]
Draw = Callable[[PrivateView], Modal | None]

_NOT_DONE, _NOT_OPENED = NoticeView(text=wording.desk.NOT_DONE), NoticeView(text=wording.desk.NOT_OPENED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Modals:
    answers: Answers
    private: Private
    drafts: Drafts

    async def answer(self, asked: Asked, round_: RoundId, content: Awaitable[PrivateView]) -> None:
        """Open the form for an answer: if its content does not come at once, without what only the store knows."""

        async def without() -> None:
            await self._open(asked, self._empty_answer(asked, round_))

        view = await _unless_late(content, without)
        if view == _NOT_DONE:
            await without()
        elif view is not None:
            await self._open_ready(asked, view, self._form(asked, view, page=1))

    async def open(
        self, asked: Asked, content: Awaitable[PrivateView], *, page: int = 1, draw: Draw | None = None
    ) -> None:
        """Open the form that shows the content; a content that is none is shown as a message.

        ``page`` is that of the setup. ``draw`` makes the form, where it is not the one that the content has of its own.
        """
        coming = asyncio.ensure_future(_to_be_opened(content))
        await asyncio.wait({coming}, timeout=LONGEST_SECONDS)
        if coming.done():
            view = _result(coming)
            await self._open_ready(asked, view, draw(view) if draw else self._form(asked, view, page))
        else:
            await self.private.show(asked, lambda: coming)

    async def appeal(self, asked: Asked, content: Awaitable[PrivateView]) -> None:
        """Open the form for an appeal, where there can be one."""

        def drawn(view: PrivateView) -> Modal | None:
            if not isinstance(view, GradeView) or not view.may_appeal:
                return None
            present = self.drafts.over(replace(view, reason=""), asked.member, appeal_form(view.round))
            return views.appeal_modal(present) if isinstance(present, GradeView) else None

        await self.open(asked, content, draw=drawn)

    async def review(self, asked: Asked, content: Awaitable[PrivateView]) -> None:
        """Open the form that decides about what waits for a lead, if there is one thing."""
        draft = self.drafts.of(asked.member, review_form(asked.about))
        written = draft.decided if draft else None

        def drawn(view: PrivateView) -> Modal | None:
            return views.review_modal(view, written) if isinstance(view, ReviewView) else None

        await self.open(asked, content, draw=drawn)

    async def _open_ready(self, asked: Asked, view: PrivateView, modal: Modal | None) -> None:
        if modal is None:
            await self.private.say(asked, view)
        else:
            await self._open(asked, modal)

    async def _open(self, asked: Asked, modal: Modal) -> None:
        if await self.answers.first(asked, Response.FORM, modal) is Came.WRONG:
            await self.private.say(asked, NoticeView(text=FAILED))

    def _empty_answer(self, asked: Asked, round_: RoundId) -> Modal:
        """Return the form for an answer without what only the store knows; what was written and not taken is there."""
        draft = self.drafts.of(asked.member, answer_form(round_))
        return views.empty_answer_modal(round_, wording.replies.PRESENT_UNREAD, draft.text if draft else "")

    def _form(self, asked: Asked, view: PrivateView, page: int) -> Modal | None:
        """Return the form that shows the view, or None for what is only to be read."""

        def draft(form: str) -> Any:
            return self.drafts.over(view, asked.member, form)

        match view:
            case FormView():
                return views.answer_modal(draft(answer_form(view.round)))
            case GradeView() if view.open_until is not None:
                return views.grade_modal(draft(grade_form(view.round)))
            case PracticeView():
                return views.practice_modal(view)
            case PracticeGradeView() if view.open:
                return views.practice_grade_modal(draft(practice_grade_form(view.question)))
            case SetupFormView():
                return views.setup_modal(draft(setup_form(asked, page)), page)
        return None


def answer_form(round_: RoundId) -> str:
    return f"{names.ANSWER_FORM}:{round_}"


def grade_form(round_: RoundId) -> str:
    return f"{names.GRADE_FORM}:{round_}"


def appeal_form(round_: RoundId) -> str:
    return f"{names.APPEAL_FORM}:{round_}"


def review_form(item: str) -> str:
    return f"{names.REVIEW_FORM}:{item}"


def practice_grade_form(question: str) -> str:
    return f"{names.PRACTICE_GRADE_FORM}:{question}"


def setup_form(asked: Asked, page: int) -> str:
    return f"{names.SETUP_FORM}:{asked.place} {page}"


async def _unless_late(
    content: Awaitable[PrivateView], instead: Callable[[], Coroutine[Any, Any, None]]
) -> PrivateView | None:
    """Return what comes at once; else have something done instead, and return None.

    What comes at once needs no task beside this one. What comes late is not called off, for that would cost a connection of
    the store's each time, just when it is slow.
    """
    begun: list[asyncio.Task[None]] = []
    async with asyncio.TaskGroup() as group:
        timer = asyncio.get_running_loop().call_later(
            PATIENCE_SECONDS, lambda: begun.append(group.create_task(instead()))
        )
        try:
            view = await content
        finally:
            timer.cancel()
    return None if begun else view


async def _to_be_opened(content: Awaitable[PrivateView]) -> PrivateView:
    """Nothing was to be done but to open a form: nobody need look whether it was."""
    view = await content
    return _NOT_OPENED if view == _NOT_DONE else view


def _result(coming: "asyncio.Future[PrivateView]") -> PrivateView:
    """Return what has come, or a sentence for what failed, which is logged."""
    if coming.cancelled():
        return NoticeView(text=FAILED)
    if error := coming.exception():
        log.error("a form's content could not be made", exc_info=error)
        return NoticeView(text=FAILED)
    return coming.result()
