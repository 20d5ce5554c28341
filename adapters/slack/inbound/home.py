"""A member's own page over all channels that the member is in."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.slack.client import SlackClient
from adapters.slack.inbound.asked import Payload
from adapters.slack.inbound.persistence import persistently
from adapters.slack.inbound.standing import Standings
from adapters.slack.posts import Identity
from adapters.slack.threads import PLATFORM
from adapters.slack.views import home_view
from bot.domain.ids import PlaceId, is_part, member_id, place_id
from bot.ports import Desk, Limited, OutcomeUnknown, Refused
from bot.views import HomeView

log = logging.getLogger(__name__)

PLACES_UNKNOWN = "Slack did not say just now which channels you are in. Please open this page again in a moment."
_TYPES = "public_channel,private_channel"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    client: SlackClient
    identity: Identity
    desk: Desk
    standings: Standings

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
            channels = await persistently(lambda: self._channels(user))
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning("Slack did not say which channels a member is in", extra={"why": str(error)})
            return HomeView(note=PLACES_UNKNOWN)
        everywhere = await self.standings.is_workspace_admin(user)
        admin_of = [self._place(channel) for channel in channels if everywhere or channel.get("creator") == user]
        places = [self._place(channel) for channel in channels]
        return await self.desk.home(member_id(PLATFORM, self.identity.team, user), places, admin_of)

    async def _channels(self, user: str) -> Sequence[Payload]:
        pages = self.client.pages("users.conversations", "", "channels", user=user, types=_TYPES, exclude_archived=True)
        return [channel async for channel in pages]

    def _place(self, channel: Payload) -> PlaceId:
        return place_id(PLATFORM, self.identity.team, channel["id"])

    async def _publish(self, user: str, view: HomeView, **known: str) -> None:
        page = home_view(view)
        try:
            await persistently(lambda: self.client.call("views.publish", user_id=user, view=page, **known))
        except (Limited, OutcomeUnknown, Refused) as error:
            log.info("a home page was not drawn", extra={"why": str(error)})
