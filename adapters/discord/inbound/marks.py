"""The mark on messages that count."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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

_FORBIDDEN = 50013
_LET_BE_SECONDS = 300.0
"""So long no mark is put in a channel in which Discord does not let the bot: a rush of refusals would shut the gate for all channels."""

_PATH = "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"


def is_on(message: Mapping[str, Any]) -> bool:
    """Tell whether a message has our mark, as far as Discord says so."""
    return any(one.get("me") and (one.get("emoji") or {}).get("name") == MARK for one in message.get("reactions") or ())


@dataclass(frozen=True, slots=True)
class Marks:
    rest: Rest
    ear: Ear
    _let_be: dict[str, float] = field(default_factory=dict)
    """Until when, by channel and by the monotonic clock."""

    async def follow(self, place: PlaceId, receipt: ReceiptView) -> None:
        """Let the marks of a member's other messages say what counts since a reply came, changed or went."""
        for message, counts in receipt.changed:
            heard = self.ear.of(message)
            await self.put(heard.channel if heard else last_part(place), message, counts=counts)

    async def put(self, channel: str, message: str, *, counts: bool) -> bool:
        """Mark a message, or take its mark away; False if Discord does not let the bot. One that is gone needs no mark."""
        if counts and self._let_be.get(channel, 0.0) > time.monotonic():
            return False
        method = "PUT" if counts else "DELETE"
        try:
            await persistently(
                lambda: self.rest.call(method, _PATH, channel_id=channel, message_id=message, emoji=MARK)
            )
        except (Limited, OutcomeUnknown, Refused) as error:
            code = error.code if isinstance(error, DiscordRefusal) else None
            if code in GONE:
                return True
            if code == _FORBIDDEN:
                self._let_alone(channel)
            log.warning("a reply could not be marked", extra={"why": str(error)})
            return False
        return True

    def _let_alone(self, channel: str) -> None:
        now = time.monotonic()
        for over in [one for one, until in self._let_be.items() if until <= now]:
            del self._let_be[over]
        self._let_be[channel] = now + _LET_BE_SECONDS
