"""What members are called: the reveal shows names where a mention would notify everybody in its ranking, every day."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.client import SlackClient
from bot.domain.ids import MemberId, last_part
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.views import RevealView
from bot.wording.texts import is_seen

log = logging.getLogger(__name__)

_KEPT_SECONDS = 3_600.0
_PATIENCE_SECONDS = 5.0
"""Longer than this a reveal does not wait for names."""
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class People:
    client: SlackClient
    _kept: dict[MemberId, tuple[float, str]] = field(default_factory=dict)

    async def names(self, view: RevealView) -> Mapping[MemberId, str]:
        """Return the names of those whom the reveal's rankings show; who is left out is one whose name is not to be had now."""
        shown = {one.member for board in (view.day, view.week) for one in (*board.top, *board.podium)}
        looking = [asyncio.create_task(self._look_up(member)) for member in sorted(shown) if not self._known(member)]
        if looking:
            _, late = await asyncio.wait(looking, timeout=_PATIENCE_SECONDS)
            for task in late:
                task.cancel()
        return {member: name for member in shown if (name := self._known(member))}

    def _known(self, member: MemberId) -> str:
        until, name = self._kept.get(member, (0.0, ""))
        return name if until > self.client.now() else ""

    async def _look_up(self, member: MemberId) -> None:
        try:
            about = await self.client.call("users.info", user=last_part(member))
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning("a name could not be looked up", extra={"why": str(error)})
            return
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[member] = (self.client.now() + _KEPT_SECONDS, _called(about.get("user") or {}))


def _called(user: Mapping[str, Any]) -> str:
    """Return what somebody wants to be called, else is called."""
    profile: Iterable[str] = (
        str((user.get("profile") or {}).get(name) or "") for name in ("display_name", "real_name")
    )
    return next((name for name in (*profile, str(user.get("name") or "")) if is_seen(name)), "")
