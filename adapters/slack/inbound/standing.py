"""Who looks after a channel as Slack sees it, and in which zone a member lives; both are remembered for some minutes."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from adapters.slack.client import SlackClient
from adapters.slack.inbound.asked import Asked
from adapters.slack.refusals import UNKNOWN
from bot.ports import Limited, OutcomeUnknown, Refused
from bot.receiving.persistence import persistently

log = logging.getLogger(__name__)

_KEPT_SECONDS = 300.0
_PATIENCE_SECONDS = 2.0
_MOST = 5_000
_ADMIN = ("is_admin", "is_owner", "is_primary_owner")
_DIRECT, _NO_CHANNEL = "D", ("is_im", "is_mpim")
"""How the id of a conversation of two begins, which the bot may not ask about; and what those of a few are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``admin`` is None where Slack did not say. ``zone`` is empty where it did not. ``direct``: this is no channel."""

    admin: bool | None
    zone: str = ""
    direct: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Standings:
    """``team`` is the workspace that the places are of."""

    client: SlackClient
    team: str
    now: Callable[[], float] = time.monotonic
    _kept: dict[str, tuple[float, Mapping[str, Any]]] = field(default_factory=dict)

    async def of(self, asked: Asked) -> Standing:
        """Say whether Slack makes somebody an admin of the place: of the workspace, its owner, or the channel's creator."""
        user, channel = await asyncio.gather(self._user(asked.user), self._channel(asked.channel))
        created = channel.get("creator") == asked.user if channel is not None else None
        admin = self._is_admin(user) if user is not None else None
        known = user or {}
        return Standing(
            admin=True if admin or created else None if None in {admin, created} else False,
            zone=known.get("tz") or "",
            direct=asked.channel.startswith(_DIRECT) or any((channel or {}).get(kind) for kind in _NO_CHANNEL),
        )

    async def is_workspace_admin(self, user: str) -> bool:
        """Tell whether Slack says that somebody is one."""
        return self._is_admin(await self._user(user) or {})

    def _is_admin(self, user: Mapping[str, Any]) -> bool:
        """Tell whether somebody is an admin of our team: strangers in a shared channel may be one of theirs."""
        own, teams = user.get("team_id"), (user.get("enterprise_user") or {}).get("teams") or ()
        ours = not user.get("is_stranger") and (not own or self.team in {own, *teams})
        return ours and any(user.get(right) for right in _ADMIN)

    async def _user(self, user: str) -> Mapping[str, Any] | None:
        return await self._looked_up(user, lambda: self.client.call("users.info", user=user, expected=UNKNOWN), "user")

    async def _channel(self, channel: str) -> Mapping[str, Any] | None:
        return await self._looked_up(
            channel, lambda: self.client.call("conversations.info", channel, expected=UNKNOWN), "channel"
        )

    async def _looked_up(
        self, key: str, call: Callable[[], Awaitable[Mapping[str, Any]]], within: str
    ) -> Mapping[str, Any] | None:
        until, known = self._kept.get(key, (0.0, {}))
        if until > self.now():
            return known
        try:
            known = (await persistently(call, _PATIENCE_SECONDS)).get(within) or {}
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning("Slack did not say who looks after a channel", extra={"why": str(error)})
            return None
        if len(self._kept) >= _MOST:
            self._kept.clear()
        self._kept[key] = (self.now() + _KEPT_SECONDS, known)
        return known
