"""The mark on messages that count."""

import logging
from dataclasses import dataclass

from adapters.slack.client import SlackClient
from adapters.slack.refusals import SlackRefusal
from bot.domain.ids import PlaceId, last_part
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.receiving.persistence import persistently
from bot.views import ReceiptView

log = logging.getLogger(__name__)

MARK = "memo"
"""The reaction on a message that counts: it is noted, which says nothing of whether it is right."""

_MARKED_ALREADY = frozenset({"already_reacted", "no_reaction", "message_not_found"})


@dataclass(frozen=True, slots=True)
class Marks:
    client: SlackClient

    async def put(self, place: PlaceId, ts: str, *, counts: bool) -> bool:
        """Mark a message, or take its mark away; False if Slack does not let the bot."""
        method = "reactions.add" if counts else "reactions.remove"
        try:
            await persistently(lambda: self.client.call(method, last_part(place), name=MARK, timestamp=ts))
        except (Limited, OutcomeUnknown, Refused) as error:
            if isinstance(error, SlackRefusal) and error.error in _MARKED_ALREADY:
                return True
            log.warning("a reply could not be marked", extra={"why": str(error)})
            return False
        return True

    async def follow(self, place: PlaceId, receipt: ReceiptView) -> None:
        """Let the marks of a member's other messages say what counts since a reply came, changed or went."""
        for ts, counts in receipt.changed:
            await self.put(place, ts, counts=counts)
