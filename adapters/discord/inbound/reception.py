"""Everything that comes in from Discord, received: taken once, and handed to who knows what to do."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.discord.inbound.asked import Kind, Payload, read
from adapters.discord.inbound.buttons import Buttons
from adapters.discord.inbound.commands import Commands
from adapters.discord.inbound.messages import Messages
from adapters.discord.inbound.private import FAILED, Private
from adapters.discord.inbound.submissions import Submissions
from adapters.discord.inbound.whereabouts import Whereabouts
from bot.receiving.deliveries import Deliveries
from bot.receiving.work import Work
from bot.views import NoticeView

log = logging.getLogger(__name__)

NOT_HERE = "The quiz lives in the channels of a server: type that there."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    commands: Commands
    buttons: Buttons
    submissions: Submissions
    messages: Messages
    private: Private
    whereabouts: Whereabouts
    work: Work = field(default_factory=Work)
    deliveries: Deliveries = field(default_factory=Deliveries)

    def handlers(self) -> Mapping[str, Callable[[Any], None]]:
        """Return what takes the gateway's events, by their names. None of it waits, and none of it raises."""
        return {name: _guarded(name, take) for name, take in self._takers().items()}

    def _takers(self) -> Mapping[str, Callable[[Payload], None]]:
        return {
            "INTERACTION_CREATE": self._interaction,
            "MESSAGE_CREATE": self._said,
            "MESSAGE_UPDATE": self._changed,
            "MESSAGE_DELETE": lambda event: self._begin(self.messages.gone([str(event["id"])])),
            "MESSAGE_DELETE_BULK": lambda event: self._begin(self.messages.gone([str(id_) for id_ in event["ids"]])),
            "GUILD_CREATE": lambda event: self.messages.know(event.get("threads") or ()),
            "GUILD_DELETE": _server_lost,
            "THREAD_CREATE": lambda event: self.messages.know([event]),
            "THREAD_UPDATE": lambda event: self.messages.know([event]),
            "THREAD_LIST_SYNC": lambda event: self.messages.know(event.get("threads") or ()),
        }

    def _interaction(self, event: Payload) -> None:
        if self.deliveries.first(str(event["id"])):
            self._begin(self._answered(event))

    def _said(self, event: Payload) -> None:
        if self.messages.may_concern(event):
            self._begin(self.messages.said(event))

    def _changed(self, event: Payload) -> None:
        """Discord changes messages too: it shows what a link leads to. What nobody has edited is as it was."""
        if event.get("edited_timestamp"):
            self._said(event)

    def _begin(self, doing: Coroutine[Any, Any, None]) -> None:
        self.work.begin(lambda: _logged(doing))

    async def _answered(self, event: Payload) -> None:
        asked = read(await self.whereabouts.complete(event))
        if not asked.in_server:
            if asked.kind is not Kind.TYPING:
                await self.private.say(asked, NoticeView(text=NOT_HERE))
            return
        try:
            match asked.kind:
                case Kind.COMMAND:
                    await self.commands.typed(asked)
                case Kind.PRESSED:
                    await self.buttons.pressed(asked)
                case Kind.TYPING:
                    await self.commands.completed(asked)
                case Kind.SENT:
                    await self.submissions.sent(asked)
        except Exception:
            log.exception("what was asked could not be done", extra={"type": asked.kind.name, "form": asked.name[:40]})
            await self.private.say(asked, NoticeView(text=FAILED))


def _guarded(name: str, take: Callable[[Payload], None]) -> Callable[[Any], None]:
    """A payload that is not as it should be must not end the connection that brought it."""

    def guarded(event: Any) -> None:
        try:
            take(event)
        except Exception:
            log.exception("a payload could not be taken", extra={"type": name})

    return guarded


async def _logged(doing: Coroutine[Any, Any, None]) -> None:
    try:
        await doing
    except Exception:
        log.exception("an event could not be taken")


def _server_lost(event: Payload) -> None:
    """What was collected there stays. The next post is refused: that pauses the quiz, and tells who looks after it."""
    if event.get("unavailable"):
        log.info("a server is away for a while", extra={"team": str(event["id"])})
    else:
        log.warning("the bot was taken out of a server", extra={"team": str(event["id"])})
