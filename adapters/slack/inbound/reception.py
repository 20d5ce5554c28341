"""Everything that comes in from Slack, received: acknowledged at once, said once, and handed to who knows what to do."""

import logging
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from slack_bolt.async_app import AsyncAck

from adapters.slack.inbound.asked import Asked, Payload, pressed, sent, typed
from adapters.slack.inbound.buttons import Buttons
from adapters.slack.inbound.commands import Commands
from adapters.slack.inbound.home import Home
from adapters.slack.inbound.private import Private
from adapters.slack.inbound.submissions import Submissions, kept_open
from adapters.slack.inbound.thread import Thread
from bot.receiving.deliveries import Deliveries
from bot.receiving.work import Work
from bot.views import NoticeView

log = logging.getLogger(__name__)

FAILED = "Something went wrong on our side, and it is noted. Please try again."

_LOST = {
    "app_uninstalled": "the app was removed from the workspace: install it again, or end the bot",
    "tokens_revoked": "a token of the app was revoked: install the app again and set the new one",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    team: str
    commands: Commands
    buttons: Buttons
    submissions: Submissions
    thread: Thread
    home: Home
    private: Private
    work: Work = field(default_factory=Work)
    deliveries: Deliveries = field(default_factory=Deliveries)

    async def command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        asked = typed(self.team, body)
        if self.deliveries.first(asked.delivery):
            await self._done(asked, self.commands.typed(asked, body))

    async def action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        asked = pressed(self.team, body)
        if self.deliveries.first(asked.delivery):
            await self._done(asked, self.buttons.pressed(asked, body))

    async def view(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """Acknowledge a form with what became of it: sent twice it comes to the same, and is told once."""
        asked = sent(self.team, body)
        with self.work.going_on():
            try:
                said, after = await self.submissions.sent(asked)
            except Exception:
                log.exception("a form could not be taken", extra={"form": str(asked.view.get("callback_id"))[:40]})
                said, after = kept_open(asked.view, FAILED), None
            await ack(**said)
        if after and self.deliveries.first(asked.delivery):
            await self._done(asked, after())

    async def event(self, body: dict[str, Any]) -> None:
        """Bolt has acknowledged it before it comes here."""
        if not self.deliveries.first(str(body.get("event_id"))):
            return
        event = body["event"]
        with self.work.going_on():
            try:
                await self._heard(event)
            except Exception:
                log.exception("an event could not be taken", extra={"type": str(event.get("type"))[:40]})

    async def _heard(self, event: Payload) -> None:
        match event.get("type"):
            case "message":
                await self.thread.heard(event)
            case "app_home_opened":
                await self.home.opened(event)
            case str(type_) if type_ in _LOST:
                log.error("Slack does not let the bot in any more", extra={"why": _LOST[type_]})

    async def _done(self, asked: Asked, doing: Awaitable[None]) -> None:
        with self.work.going_on():
            try:
                await doing
            except Exception:
                log.exception("what was asked could not be done")
                await self.private.tell(asked, NoticeView(text=FAILED))
