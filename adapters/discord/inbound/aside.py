"""What somebody is told who wrote in the channel: there is no private way to them, for Discord has one only in answer to a command or a button.

So the mark on the message says that it counts, and words are few: a reply to the message that pings and notifies nobody,
without anything that is the member's alone. That everyone can read it a member hears once and for all; why something does
not count, once a round.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.discord.posts import nonce
from adapters.discord.rest import Rest
from adapters.discord.threads import PLATFORM
from adapters.discord.views import notice_message, payload
from bot import wording
from bot.domain.ids import RoundId
from bot.domain.reply import ReceiptState, Reply
from bot.ports import Limited, Once, OutcomeUnknown, Refused, StoreUnavailable
from bot.receiving.persistence import persistently
from bot.views import ReceiptView

log = logging.getLogger(__name__)

CANNOT_READ = (
    "I can only read replies that ping me: reply with the mention on, or press the button under the question. What I cannot "
    "read does not count."
)
_DAYS = 400
"""So long a member is remembered to have been told that the channel is for all to read."""
_DAYS_OF_ROUND = 7
_SILENT = 1 << 12

Message = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    rest: Rest
    once: Once

    async def tell(self, message: Message, reply: Reply, receipt: ReceiptView, *, marked: bool) -> None:
        """Say what came of a reply, if the mark does not say it and it is the first time."""
        if receipt.state is ReceiptState.WITHDRAWN:
            return
        sentence = receipt.sentence.replace(wording.replies.WHAT_COUNTS, "").strip()
        if marked and any(not counts for _, counts in receipt.changed):
            await self.say_once(message, sentence, f"room:{reply.round}:{reply.member}")
        elif marked:
            await self.say_once(message, sentence, f"visible:{reply.member}", days=_DAYS)
        else:
            await self.say_once(message, sentence, f"told:{reply.round}:{reply.member}:{receipt.state}")

    async def cannot_read(self, message: Message, round_: RoundId) -> None:
        author = message["author"]["id"]
        await self.say_once(message, CANNOT_READ, f"unread:{round_}:{author}")

    async def say_once(self, message: Message, sentence: str, key: str, *, days: int = _DAYS_OF_ROUND) -> None:
        """Say something to the writer of a message, if nobody was first under this key."""
        if not await self._first(key, days):
            return
        id_ = str(message["id"])
        body = payload(notice_message(sentence))
        body |= {
            "flags": body["flags"] | _SILENT,
            "message_reference": {"message_id": id_, "fail_if_not_exists": False},
            "allowed_mentions": {"parse": [], "replied_user": False},
            **nonce("aside", id_, key),
        }
        where = str(message["channel_id"])
        try:
            await persistently(
                lambda: self.rest.call("POST", "/channels/{channel_id}/messages", json=body, channel_id=where)
            )
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning("somebody could not be told what came of a reply", extra={"why": str(error)})

    async def _first(self, key: str, days: int) -> bool:
        try:
            return await self.once.first(f"{PLATFORM}:{key}", days)
        except StoreUnavailable:
            return False  # the message stands, and is read again before the reveal: nobody is told that twice for all to read
