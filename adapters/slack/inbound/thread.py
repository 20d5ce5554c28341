"""What is written in the thread of an open question: replies for all to read, their edits and their deletions."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from adapters.slack.inbound.asked import Asked
from adapters.slack.inbound.marks import Marks
from adapters.slack.inbound.private import Private
from adapters.slack.posts import Identity, microseconds, ref_of
from adapters.slack.threads import PLATFORM, reply_of
from bot import wording
from bot.domain.ids import PlaceId, RoundId, member_id, place_id
from bot.domain.reply import ReceiptState, Reply
from bot.domain.round import Round
from bot.ports import Desk, Once, StoreUnavailable
from bot.receiving.coming import round_under_way
from bot.views import NoticeView, ReceiptView

log = logging.getLogger(__name__)

Event = Mapping[str, Any]

_DAYS = 400
"""So long a member is remembered to have been told that threads are for all to read."""
_DAYS_OF_ROUND = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    marks: Marks
    identity: Identity
    desk: Desk
    round_in: Callable[[PlaceId], Awaitable[Round | None]]
    once: Once
    private: Private

    async def heard(self, event: Event) -> None:
        """Hand a message event to the desk, if it is about a reply to the question that is open in its channel."""
        message = _message(event)
        if not message.get("thread_ts") or message.get("bot_id"):
            return
        channel = str(event.get("channel") or "")
        place = place_id(PLATFORM, self.identity.team, channel)
        try:
            round_ = await round_under_way(self.round_in, place)
        except StoreUnavailable:
            deleted = event.get("subtype") == "message_deleted"
            await self._not_heard(place, message, deleted=deleted)
            return
        if round_ is None or round_.post != ref_of(channel, message["thread_ts"]):
            return
        if reply := self._reply(event, message, channel, round_.id):
            await self._submit(place, message, reply)

    def _reply(self, event: Event, message: Event, channel: str, round_: RoundId) -> Reply | None:
        """Return what the event makes of the message: a deletion has its own delivery and its own instant."""
        reply = reply_of(message, channel=channel, team=self.identity.team, round_=round_)
        if reply is None or event.get("subtype") != "message_deleted":
            return reply
        at = str(event.get("event_ts") or event.get("ts"))
        version = max(reply.version + 1, microseconds(at))
        return replace(reply, text="", withdrawn=True, delivery=f"{reply.delivery}:deleted", version=version)

    async def _submit(self, place: PlaceId, message: Event, reply: Reply) -> None:
        receipt = await self.desk.submit(reply)
        if receipt.overtaken:
            return
        marked = await self._marked(place, message, counts=receipt.counts)
        await self.marks.follow(place, receipt)
        if await self._to_be_told(reply, receipt, marked=receipt.counts and marked):
            await self.private.tell(_asker(place, message, reply), receipt)

    async def _marked(self, place: PlaceId, message: Event, *, counts: bool) -> bool:
        """Mark a message that counts, unmark an edited one that does not; False if Slack does not let the bot."""
        if not counts and not message.get("edited"):
            return True
        return await self.marks.put(place, message["ts"], counts=counts)

    async def _to_be_told(self, reply: Reply, receipt: ReceiptView, *, marked: bool) -> bool:
        """What counts shows by its mark: of that a member hears once, of anything else, and of a lost mark, once a round."""
        if receipt.state is ReceiptState.NOT_SAVED:
            return True
        if marked and any(not counts for _, counts in receipt.changed):
            return await self._first(f"room:{reply.round}:{reply.member}", _DAYS_OF_ROUND)
        if marked:
            return await self._first(f"visible:{reply.member}", _DAYS)
        return await self._first(f"told:{reply.round}:{reply.member}:{receipt.state}:{reply.withdrawn}", _DAYS_OF_ROUND)

    async def _first(self, key: str, days: int) -> bool:
        try:
            return await self.once.first(f"{PLATFORM}:{key}", days)
        except StoreUnavailable:
            return True

    async def _not_heard(self, place: PlaceId, message: Event, *, deleted: bool) -> None:
        """The store is down, so nobody knows whether a question is open: who replies under a post of ours is told."""
        user = str(message.get("user") or "")
        if user and message.get("parent_user_id") == self.identity.user:
            member = member_id(PLATFORM, self.identity.team, user)
            asked = Asked(place=place, member=member, delivery="", thread=message["thread_ts"], view={})
            sentence = wording.replies.DELETION_NOT_HEARD if deleted else wording.replies.NOT_HEARD
            await self.private.tell(asked, NoticeView(text=sentence))


def _message(event: Event) -> Event:
    """Return the message that an event is about: as it is now, or, once deleted, as it was."""
    match event.get("subtype"):
        case "message_changed":
            return {} if _unchanged(event) else event.get("message") or {}
        case "message_deleted":
            return event.get("previous_message") or {}
        case _:
            return event


def _unchanged(event: Event) -> bool:
    """Slack changes messages too: it shows what a link leads to, and counts replies."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    return now.get("text") == before.get("text") and (now.get("edited") or {}) == (before.get("edited") or {})


def _asker(place: PlaceId, message: Event, reply: Reply) -> Asked:
    return Asked(place=place, member=reply.member, delivery=reply.delivery, thread=message["thread_ts"], view={})
