"""A member's own page over all channels that the member is in."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from adapters.slack.client import SlackClient
from adapters.slack.inbound.asked import Payload
from adapters.slack.inbound.standing import Standings
from adapters.slack.posts import Identity
from adapters.slack.refusals import UNKNOWN
from adapters.slack.threads import PLATFORM
from adapters.slack.views import home_view
from bot import wording
from bot.domain.ids import PlaceId, is_part, last_part, member_id, place_id, team_of
from bot.ports import Desk, Limited, OutcomeUnknown, Refused, StoreUnavailable
from bot.receiving.persistence import persistently
from bot.views import HomeView

log = logging.getLogger(__name__)

PLACES_UNKNOWN = "Slack did not say just now which channels you are in. Please open this page again in a moment."
_TYPES = "public_channel,private_channel"
_MOST_LOOKS = 20
"""Channels whose members are asked for: a page has room for no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    client: SlackClient
    identity: Identity
    desk: Desk
    standings: Standings
    places: Callable[[str], Awaitable[Sequence[PlaceId]]]
    """The places of a platform that have a programme."""

    async def opened(self, event: Payload) -> None:
        """Draw the page for who opens it. If it was drawn anew meanwhile, that is as good."""
        user = str(event.get("user") or "")
        if event.get("tab", "home") != "home" or not is_part(user):
            return
        known = (event.get("view") or {}).get("hash")
        await self._publish(user, await self._content(user), **({"hash": known} if known else {}))

    async def drawn_anew(self, user: str) -> None:
        """Draw the page after something on it has changed."""
        await self._publish(user, await self._content(user))

    async def _content(self, user: str) -> HomeView:
        try:
            channels = await self._channels(user)
        except StoreUnavailable:
            return HomeView(note=wording.members.HOME_UNREAD)
        if channels is None:
            return HomeView(note=PLACES_UNKNOWN)
        everywhere = await self.standings.is_workspace_admin(user)
        admin_of = [self._place(channel) for channel in channels if everywhere or channel.get("creator") == user]
        places = [self._place(channel) for channel in channels]
        return await self.desk.home(member_id(PLATFORM, self.identity.team, user), places, admin_of)

    async def _channels(self, user: str) -> Sequence[Payload] | None:
        """Return the channels that a member is in or, if Slack does not say them, those of them that have a programme."""
        try:
            return await persistently(lambda: self._every_channel(user))
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning("Slack did not say which channels a member is in", extra={"why": str(error)})
        ours = f"{PLATFORM}:{self.identity.team}"
        places = [place for place in await self.places(PLATFORM) if team_of(place) == ours]
        looks = await asyncio.gather(*(self._is_in(user, last_part(place)) for place in places[:_MOST_LOOKS]))
        if not any(look is not None for look in looks):
            return None
        return [{"id": last_part(place)} for place, is_in in zip(places, looks, strict=False) if is_in]

    async def _every_channel(self, user: str) -> Sequence[Payload]:
        asked = {"user": user, "types": _TYPES, "exclude_archived": True, "expected": UNKNOWN}
        return [channel async for channel in self.client.pages("users.conversations", "", "channels", **asked)]

    async def _is_in(self, user: str, channel: str) -> bool | None:
        """Tell whether a member is in a channel; None if Slack does not say."""
        try:
            return user in [one async for one in self.client.pages("conversations.members", channel, "members")]
        except (Limited, OutcomeUnknown, Refused):
            return None

    def _place(self, channel: Payload) -> PlaceId:
        return place_id(PLATFORM, self.identity.team, channel["id"])

    async def _publish(self, user: str, view: HomeView, **known: str) -> None:
        page = home_view(view)
        try:
            await persistently(lambda: self.client.call("views.publish", user_id=user, view=page, **known))
        except (Limited, OutcomeUnknown, Refused) as error:
            log.info("a home page was not drawn", extra={"why": str(error)})
