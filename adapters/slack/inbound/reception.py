"""Everything that comes in from Slack, received: acknowledged at once, said once, and handed to who knows what to do."""

import logging
from dataclasses import dataclass, field
from functools import partial

from adapters.slack.inbound.asked import Asked, Payload, pressed, sent, typed
from adapters.slack.inbound.buttons import Buttons
from adapters.slack.inbound.commands import Commands
from adapters.slack.inbound.home import Home
from adapters.slack.inbound.private import Private
from adapters.slack.inbound.submissions import Said, Submissions, kept_open
from adapters.slack.inbound.thread import Thread
from bot.receiving.deliveries import Deliveries
from bot.receiving.work import Doing, Work
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

    async def take(self, body: Payload) -> Said:
        """Return what Slack is to be answered: of a form what became of it, of all else at once that it came.

        Slack sends commands and clicks once, so nothing is lost by doing after the answer what they are for. What is not for
        us is acknowledged too. It may raise anything for a payload that lacks what belongs to its kind.
        """
        match body:
            case {"command": str()}:
                asked = typed(self.team, body)
                # What a member types in a place follows on what they typed there before; a form, with its deadline, waits for nothing.
                urgent = self.commands.opens_form(body)
                line = "" if urgent else f"{asked.place} {asked.member}"
                self._do(asked, partial(self.commands.typed, asked, body), urgent=urgent, line=line)
            case {"type": "block_actions"}:
                asked = pressed(self.team, body)
                self._do(asked, partial(self.buttons.pressed, asked, body), urgent=True)
            case {"type": "view_submission"}:
                return await self._sent(sent(self.team, body))
            case {"event": {"type": str()} as event}:
                delivery = str(body.get("event_id") or "")
                if not delivery or self.deliveries.first(delivery):
                    self.work.add(partial(self._listened, event))
        return {}

    async def _sent(self, asked: Asked) -> Said:
        """Take a form: sent twice it comes to the same, and is told once."""
        with self.work.going_on():
            try:
                said, after = await self.submissions.sent(asked)
            except Exception:
                log.exception("a form could not be taken", extra={"form": str(asked.view.get("callback_id"))[:40]})
                said, after = kept_open(asked.view, FAILED), None
        if after:
            self._do(asked, after)
        return said

    async def _listened(self, event: Payload) -> None:
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

    def _do(self, asked: Asked, doing: Doing, *, urgent: bool = False, line: str = "") -> None:
        if self.deliveries.first(asked.delivery):
            self.work.add(partial(self._done, asked, doing), urgent=urgent, line=line)

    async def _done(self, asked: Asked, doing: Doing) -> None:
        try:
            await doing()
        except Exception:
            log.exception("what was asked could not be done")
            await self.private.tell(asked, NoticeView(text=FAILED))
