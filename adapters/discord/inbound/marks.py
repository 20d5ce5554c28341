"""The mark on messages that count."""

import logging
from dataclasses import dataclass

from adapters.discord.inbound.heard import Ear
from adapters.discord.refusals import GONE, DiscordRefusal
from adapters.discord.rest import Rest
from bot.domain.ids import PlaceId, last_part
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.receiving.persistence import persistently
from bot.views import ReceiptView

log = logging.getLogger(__name__)

MARK = "📝"
"""The reaction on a message that counts: it is noted, which says nothing of whether it is right."""

_PATH = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"


@dataclass(frozen=True, slots=True)
class Marks:
    rest: Rest
    ear: Ear

    async def follow(self, place: PlaceId, receipt: ReceiptView) -> None:
        """Let the marks of a member's other messages say what counts since a reply came, changed or went."""
        for message, counts in receipt.changed:
            heard = self.ear.of(message)
            await self.put(heard.channel if heard else last_part(place), message, counts=counts)

    async def put(self, channel: str, message: str, *, counts: bool) -> bool:
        """Mark a message, or take its mark away; False if Discord does not let the bot. One that is gone needs no mark."""
        method = "PUT" if counts else "DELETE"
        try:
            await persistently(
                lambda: self.rest.call(method, _PATH, channel_id=channel, message_id=message, emoji=MARK)
            )
        except (Limited, OutcomeUnknown, Refused) as error:
            if isinstance(error, DiscordRefusal) and error.code in GONE:
                return True
            log.warning("a reply could not be marked", extra={"why": str(error)})
            return False
        return True
