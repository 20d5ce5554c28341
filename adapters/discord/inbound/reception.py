"""Everything that comes in from Discord, received: taken once, and handed to who knows what to do."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from adapters.discord.inbound.asked import Kind, Payload, read
from adapters.discord.inbound.buttons import Buttons
from adapters.discord.inbound.commands import Commands
from adapters.discord.inbound.marks import is_on
from adapters.discord.inbound.messages import Messages
from adapters.discord.inbound.private import FAILED, Private
from adapters.discord.inbound.submissions import Submissions
from adapters.discord.inbound.whereabouts import Whereabouts
from bot.domain.ids import last_part
from bot.domain.round import Round
from bot.receiving.deliveries import Deliveries
from bot.receiving.work import Doing, Work
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

    def missed(self, message: Payload, round_: Round) -> None:
        """Take in a message that stands under a round's post, and may have been written or edited while nobody listened."""
        if str(message["channel_id"]) != last_part(round_.place):
            self.messages.know([{"id": message["channel_id"], "parent_id": last_part(round_.place)}])
        if is_on(message) and not message.get("edited_timestamp"):
            self.messages.recall(message, round_.id)
        else:
            self._said(message)

    def in_line(self, line: str, doing: Doing) -> None:
        """Have it done after all else of its line. What becomes of a message is a line: its deletion says no more than its id."""
        self.work.add(partial(_logged, doing), line=line)

    def _takers(self) -> Mapping[str, Callable[[Payload], None]]:
        return {
            "INTERACTION_CREATE": self._interaction,
            "MESSAGE_CREATE": self._said,
            "MESSAGE_UPDATE": self._changed,
            "MESSAGE_DELETE": lambda event: self._gone([str(event["id"])]),
            "MESSAGE_DELETE_BULK": lambda event: self._gone([str(id_) for id_ in event["ids"]]),
            "GUILD_CREATE": lambda event: self.messages.know(event.get("threads") or ()),
            "GUILD_DELETE": _server_lost,
            "THREAD_CREATE": lambda event: self.messages.know([event]),
            "THREAD_UPDATE": lambda event: self.messages.know([event]),
            "THREAD_LIST_SYNC": lambda event: self.messages.know(event.get("threads") or ()),
        }

    def _interaction(self, event: Payload) -> None:
        """Begin at once: the first response goes before everything that has been answered or needs no answer."""
        if self.deliveries.first(str(event["id"])):
            self.work.begin(partial(_logged, partial(self._answered, event, time.monotonic())))

    def _said(self, event: Payload) -> None:
        if self.messages.may_concern(event):
            self.in_line(str(event["id"]), partial(self.messages.said, event))

    def _changed(self, event: Payload) -> None:
        """Discord changes messages too: it shows what a link leads to. What nobody has edited is as it was."""
        if event.get("edited_timestamp"):
            self._said(event)

    def _gone(self, messages: Sequence[str]) -> None:
        for id_ in messages:
            self.in_line(id_, partial(self.messages.gone, id_))

    async def _answered(self, event: Payload, came: float) -> None:
        asked = read(await self.whereabouts.complete(event), came)
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


async def _logged(doing: Doing) -> None:
    try:
        await doing()
    except Exception:
        log.exception("an event could not be taken")


def _server_lost(event: Payload) -> None:
    """What was collected there stays. The next post is refused: that pauses the quiz, and tells who looks after it."""
    if event.get("unavailable"):
        log.info("a server is away for a while", extra={"team": str(event["id"])})
    else:
        log.warning("the bot was taken out of a server", extra={"team": str(event["id"])})
