"""Who changed what, written down beside the change: what cannot be written down stays done."""

import logging
from dataclasses import dataclass

from bot import wording
from bot.domain.ids import PlaceId
from bot.ports import Caller, Change, Changes, Clock, StoreUnavailable
from bot.views import ChangeLine

log = logging.getLogger(__name__)

_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLog:
    changes: Changes
    clock: Clock

    async def note(self, caller: Caller, what: str, reason: str = "") -> None:
        """Write down what the caller has changed, once per delivery. Raises nothing: the change itself has been made."""
        try:
            change = Change(at=self.clock.now(), who=caller.member, what=what, reason=reason)
            await self.changes.add(caller.place, change, caller.delivery)
        except StoreUnavailable as error:
            log.warning("a change was not written down", extra={"place": caller.place, "why": str(error)})

    async def lines(self, place: PlaceId) -> tuple[ChangeLine, ...]:
        """Return the last changes, newest first."""
        latest = await self.changes.latest(place, _SHOWN)
        return tuple(
            ChangeLine(at=one.at, who=one.who, what=wording.changes.with_reason(one.what, one.reason)) for one in latest
        )
