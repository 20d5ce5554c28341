"""What is written under the open question: replies for all to read, their edits and their deletions."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from adapters.discord.inbound.aside import Aside
from adapters.discord.inbound.heard import Ear, Heard
from adapters.discord.inbound.marks import Marks
from adapters.discord.posts import channel_and_message, ref_of
from adapters.discord.threads import PLATFORM, Reading
from bot.domain.ids import PlaceId, RoundId, place_id
from bot.domain.reply import ReceiptState, Reply, Via
from bot.domain.round import MessageRef, Round
from bot.ports import Desk, StoreUnavailable
from bot.receiving.coming import round_under_way
from bot.views import ReceiptView

log = logging.getLogger(__name__)

Message = Mapping[str, Any]

_FORWARD = 1
_PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds after which a message is tried again that the store did not take."""
_MOST_THREADS = 50_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Messages:
    """``desk`` decides what counts; a member is told aside, and sees the mark."""

    desk: Desk
    round_in: Callable[[PlaceId], Awaitable[Round | None]]
    reading: Reading
    marks: Marks
    ear: Ear
    aside: Aside
    threads: OrderedDict[str, str] = field(default_factory=OrderedDict)
    """The channels of threads: a message in a thread does not say where the thread is."""

    def know(self, threads: Iterable[Message]) -> None:
        """Remember where threads are, if what is written in them is read at all."""
        for thread in threads if self.reading.content else ():
            self.threads[str(thread["id"])] = str(thread.get("parent_id"))
            if len(self.threads) > _MOST_THREADS:
                self.threads.popitem(last=False)

    def may_concern(self, message: Message) -> bool:
        """Tell at a glance whether a message may stand under a post of ours: most do not, and cost nothing."""
        return self._post(message) is not None

    async def said(self, message: Message) -> None:
        """Hand a message, new or edited, to the desk, if it stands under the question that is open in its channel.

        It is tried for a minute. What is not taken by then stands, and is read again before the reveal.
        """
        await _until_done(partial(self._taken, message))

    async def _taken(self, message: Message) -> bool:
        """Return whether all is done that is to be done about a message; False if the store did not answer."""
        post = self._post(message)
        if post is None:
            return True
        channel, id_ = channel_and_message(post)
        guild = str(message["guild_id"])
        try:
            round_ = await round_under_way(self.round_in, place_id(PLATFORM, guild, channel))
        except StoreUnavailable:
            return False
        if round_ is None or round_.post != post:
            return True
        if not (self.reading.is_under(message, id_) and self.reading.can_read(message)):
            await self.aside.cannot_read(message, round_.id)
        elif reply := self.reading.reply_of(message, team=guild, round_=round_.id):
            return await self._submitted(round_, message, reply)
        return True

    async def gone(self, message: str) -> None:
        """Withdraw what was deleted. Of a message that nobody here remembers, the reading back knows at the reveal."""
        if heard := self.ear.of(message):
            await _until_done(partial(self._withdrawn, message, heard))

    async def _withdrawn(self, id_: str, heard: Heard) -> bool:
        receipt = await self.desk.submit(
            Reply(
                round=heard.round,
                member=heard.member,
                text="",
                via=Via.THREAD,
                delivery=f"{heard.channel}:{id_}:deleted",
                version=heard.version + 1,
                part=id_,
                withdrawn=True,
            )
        )
        if receipt.round:
            await self.marks.follow(PlaceId(heard.round.rpartition(":")[0]), receipt)
        return receipt.state is not ReceiptState.NOT_SAVED

    def _post(self, message: Message) -> MessageRef | None:
        """Return the post of ours that a person's message may stand under."""
        author = message.get("author") or {}
        if not message.get("guild_id") or not author or author.get("bot") or message.get("webhook_id"):
            return None
        channel = str(message["channel_id"])
        if parent := self.threads.get(channel):
            return ref_of(parent, channel)
        target, shown = message.get("message_reference") or {}, message.get("referenced_message") or {}
        if not target.get("message_id") or target.get("type") == _FORWARD:
            return None
        if shown and str(shown["author"]["id"]) != self.reading.user:
            return None
        return ref_of(channel, str(target["message_id"]))

    async def _submitted(self, round_: Round, message: Message, reply: Reply) -> bool:
        self._remember(message, reply)
        receipt = await self.desk.submit(reply)
        if receipt.overtaken or receipt.state is ReceiptState.NOT_SAVED:
            return receipt.overtaken
        marked = await self._marked(str(message["channel_id"]), message, receipt)
        await self.marks.follow(round_.place, receipt)
        await self.aside.tell(message, reply, receipt, marked=marked)
        return True

    def recall(self, message: Message, round_: RoundId) -> None:
        """Remember a message that was taken in before this process heard anything: it may be deleted."""
        if reply := self.reading.reply_of(message, team=str(message["guild_id"]), round_=round_):
            self._remember(message, reply)

    def _remember(self, message: Message, reply: Reply) -> None:
        where = str(message["channel_id"])
        heard = Heard(channel=where, member=reply.member, round=reply.round, version=reply.version)
        self.ear.remember(str(message["id"]), heard)

    async def _marked(self, channel: str, message: Message, receipt: ReceiptView) -> bool:
        """Mark a message that counts, unmark an edited one that does not; False if there is no mark on it."""
        if receipt.counts or message.get("edited_timestamp"):
            return await self.marks.put(channel, str(message["id"]), counts=receipt.counts) and receipt.counts
        return False


async def _until_done(attempt: Callable[[], Awaitable[bool]]) -> None:
    """Try what the store has to take part in, for a minute."""
    for pause in _PAUSES:
        if await attempt():
            return
        await asyncio.sleep(pause)
    if not await attempt():
        log.warning("a message could not be taken: the store does not answer")
