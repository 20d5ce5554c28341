"""Who changed what, written down beside the change: what cannot be written down stays done."""

import logging
from dataclasses import dataclass

from bot import wording
from bot.domain.ids import PlaceId
from bot.ports import Caller, Change, Changes, Clock, StoreUnavailable
from bot.ports.planning import KEPT
from bot.views import ChangeLine

log = logging.getLogger(__name__)

_SHOWN, _MOST = 5, 200


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

    async def lines(self, place: PlaceId, *, every: bool = False) -> tuple[tuple[ChangeLine, ...], int]:
        """Return the last changes, newest first, and how many older ones there are; ``every``: as many as are read at all."""
        known = await self.changes.latest(place, _MOST, self.clock.now() - KEPT)
        shown = known if every else known[:_SHOWN]
        lines = (
            ChangeLine(at=one.at, who=one.who, what=wording.changes.with_reason(one.what, one.reason)) for one in shown
        )
        return tuple(lines), len(known) - len(shown)
