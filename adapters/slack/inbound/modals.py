"""Forms: opened within the three seconds that Slack gives, whatever the store does, and changed in place."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.slack import views
from adapters.slack.client import SlackClient
from adapters.slack.inbound.asked import Asked, Surface, with_origin
from adapters.slack.inbound.private import Private
from adapters.slack.refusals import SlackRefusal
from bot.domain.ids import PlaceId
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.receiving.persistence import FORM_SECONDS, SECONDS, persistently
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
"""So long a form waits for its content before it opens without."""
NOT_OPENED = "Slack did not open the form in time. Please press or type it again."
NOT_FILLED = "Slack did not take what belongs into the form. Please close it, then press or type it again."

_HINT_TITLE = "Hint"
_OVER = frozenset({"not_found", "hash_conflict"})
_OPENED_BEFORE = frozenset({"exchanged_trigger_id", "duplicate_external_id"})

Modal = dict[str, Any]
Draw = Callable[[PrivateView, PlaceId], Modal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Modals:
    client: SlackClient
    private: Private

    async def open(
        self,
        asked: Asked,
        content: Awaitable[PrivateView],
        title: str,
        instead: Modal | None = None,
        draw: Draw | None = None,
    ) -> None:
        """Open the form that shows the content; a content that is none is told in private, or on a form of its own.

        ``draw`` makes the form, where it is not the one that the content has of its own.

        What comes late finds a form open that says so, or ``instead``: one that can be filled in as it is and stays, whatever
        comes, for somebody may be writing in it.
        """
        draw = draw or form
        coming = asyncio.ensure_future(content)
        await asyncio.wait({coming}, timeout=PATIENCE_SECONDS)
        if coming.done():
            await self._open_ready(asked, coming.result(), title, draw)
            return
        # By a name of our own it is found again, also if Slack's answer was lost.
        opened = await self._open(asked, {**(instead or views.loading_modal(title)), "external_id": asked.trigger})
        view = await coming
        if opened is None:
            await self._tell_instead(asked, view, NOT_OPENED, draw)
        elif instead is None:
            await self._replace(asked, view, title, draw, **opened)

    async def replace(self, asked: Asked, content: Awaitable[PrivateView], title: str, draw: Draw) -> None:
        """Open a form, in the place of the one that the button stands in, if it stands in one."""
        if asked.surface is Surface.MODAL:
            await self._replace(asked, await content, title, draw, view_id=asked.view["id"])
        else:
            await self.open(asked, content, title, draw=draw)

    async def show(self, asked: Asked, content: Awaitable[PrivateView], title: str) -> PrivateView:
        """Show the content where the button was pressed: in private beside a message, in place of its form, over the home page."""
        coming = asyncio.ensure_future(content)
        if asked.surface is Surface.HOME:
            await self.open(asked, coming, title)
        elif asked.surface is Surface.MESSAGE:
            await self.private.tell(asked, await coming)
        else:
            await self._replace(asked, await coming, title, form, view_id=asked.view["id"])
        return await coming

    async def hint(self, asked: Asked, content: Awaitable[NoticeView], action: str) -> None:
        """Show a hint. Over a form it is laid on top: what is written there stays."""
        message = views.hint_message(await content, action, asked.value)
        if asked.surface is Surface.MESSAGE:
            await self.private.say(asked, message)
            return
        modal = views.blocks.modal(_HINT_TITLE, message.blocks, place=asked.place)
        is_form = bool(asked.view.get("callback_id"))
        if not await (self._push(asked, modal) if is_form else self._update(modal, view_id=asked.view["id"])):
            await self.private.say(asked, message)

    async def _open_ready(self, asked: Asked, view: PrivateView, title: str, draw: Draw) -> None:
        modal = draw(view, asked.place)
        if modal is None and asked.surface is Surface.MESSAGE:
            await self.private.tell(asked, view)
        elif await self._open(asked, modal or shown(view, asked.place, title)) is None:
            await self._tell_instead(asked, view, NOT_OPENED, draw)

    async def _tell_instead(self, asked: Asked, view: PrivateView, sentence: str, draw: Draw) -> None:
        """Tell in private what no form shows, or the sentence for what is to be filled in."""
        await self.private.tell(asked, view if draw(view, asked.place) is None else NoticeView(text=sentence))

    async def _open(self, asked: Asked, modal: Modal) -> Mapping[str, str] | None:
        """Return how Slack knows the form, as it was opened; None if it was not."""
        view = with_origin(modal, asked)
        try:
            opened = await persistently(
                lambda: self.client.call("views.open", trigger_id=asked.trigger, view=view), FORM_SECONDS
            )
        except (Limited, OutcomeUnknown, Refused) as error:
            if isinstance(error, SlackRefusal) and error.error in _OPENED_BEFORE:
                return {"external_id": asked.trigger}  # an answer was lost on its way: the form is there
            log.warning("a form could not be opened", extra={"why": str(error)})
            return None
        shown_now: Mapping[str, str] = opened.get("view") or {}
        if not shown_now.get("id"):
            return {"external_id": asked.trigger}
        # What is told twice is not to take the place of what somebody has sent since.
        seen = {"hash": shown_now["hash"]} if shown_now.get("hash") else {}
        return {"view_id": shown_now["id"], **seen}

    async def _replace(self, asked: Asked, view: PrivateView, title: str, draw: Draw, **which: str) -> None:
        """Show the view on the form that is open there, or in private."""
        if not await self._update(with_origin(shown(view, asked.place, title, draw), asked), **which):
            await self._tell_instead(asked, view, NOT_FILLED, draw)

    async def _push(self, asked: Asked, modal: Modal) -> bool:
        return await self._changed(
            lambda: self.client.call("views.push", trigger_id=asked.trigger, view=modal), FORM_SECONDS
        )

    async def _update(self, modal: Modal, **which: str) -> bool:
        return await self._changed(lambda: self.client.call("views.update", view=modal, **which), SECONDS, **which)

    async def _changed(
        self, call: Callable[[], Awaitable[object]], seconds: float, view_id: str = "", **_: str
    ) -> bool:
        """Tell whether it is shown, or need not be: what was closed is not looked at, what has changed since was shown or sent."""
        try:
            await persistently(call, seconds)
        except (Limited, OutcomeUnknown, Refused) as error:
            log.info("a form could not be changed", extra={"why": str(error)})
            return bool(view_id) and isinstance(error, SlackRefusal) and error.error in _OVER
        return True


def form(view: PrivateView, place: PlaceId) -> Modal | None:
    """Return the form that shows the view, or None for what is only to be read."""
    match view:
        case FormView():
            return views.answer_modal(view)
        case GradeView():
            return views.grade_modal(view, place)
        case PracticeView():
            return views.practice_modal(view, place)
        case PracticeGradeView():
            return views.practice_grade_modal(view, place)
        case SetupFormView():
            return views.setup_modal(view, place)
        case _:
            return None


def appeal(view: PrivateView, place: PlaceId) -> Modal | None:
    """Return the form for an appeal, where there can be one."""
    return views.appeal_modal(view, place) if isinstance(view, GradeView) and view.may_appeal else None


def decision(view: PrivateView, place: PlaceId) -> Modal | None:
    """Return the form that decides about what waits for a lead, if there is one thing."""
    return views.review_modal(view, place) if isinstance(view, ReviewView) else None


def shown(view: PrivateView, place: PlaceId, title: str, draw: Draw = form) -> Modal:
    """Return a form for the view, or its text on one."""
    return draw(view, place) or views.message_modal(title, view, place)
