"""What stands in a channel and its threads: nothing counts as absent that could not be seen."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from adapters.discord.permissions import EVERYTHING, HISTORY, allowed_in, is_allowed
from adapters.discord.posts import before, microseconds, microseconds_of
from adapters.discord.refusals import GONE, NOWHERE, DiscordRefusal, no_history
from adapters.discord.rest import PAGE, Found, Rest
from bot.domain.ids import PlaceId, last_part, team_of
from bot.ports import OutcomeUnknown

_CANNOT_BE_ASKED = frozenset({NOWHERE, 10007})
"""A server that is not Discord's own has no such call, or no such member: what is not said there forbids nothing."""


@dataclass(frozen=True, slots=True)
class History:
    rest: Rest

    async def channel(self, place: PlaceId, after: int) -> AsyncIterator[Found]:
        """Yield everything in the channel after an id, or its instant. Refuses where nothing could be seen, whatever is there."""
        is_empty = True
        async for message in self.rest.messages(last_part(place), after):
            is_empty = False
            yield message
        if is_empty:
            async for message in self._newest(place, microseconds_of(str(after + 1))):
                yield message

    async def thread(self, post: str) -> AsyncIterator[Found]:
        """Yield what stands in the post's thread; nothing if there is none."""
        try:
            async for message in self.rest.messages(post, 0):
                yield message
        except DiscordRefusal as refusal:
            if refusal.code not in GONE | {NOWHERE}:
                raise

    async def threads(self, place: PlaceId, after: int) -> Sequence[str]:
        """Return the threads of the channel that were opened after an id, also on posts that are gone."""
        channel, guild = last_part(place), guild_of(place)
        try:
            active = await self.rest.call("GET", "/guilds/{guild_id}/threads/active", guild_id=guild)
            shown = [one for one in _listed(active) if str(one.get("parent_id")) == channel]
            shown += await self._archived(channel, after)
        except DiscordRefusal as refusal:
            if refusal.code != NOWHERE:  # a server that is not Discord's own may know no such call
                raise
            return []
        return [str(one["id"]) for one in shown if int(one["id"]) > after]

    async def _archived(self, channel: str, after: int) -> Sequence[Found]:
        """Return the archived threads, the last one first, down to those that were archived before anything we look for."""
        found: list[Found] = []
        older: dict[str, str] = {}
        while True:
            page = await self.rest.call(
                "GET",
                "/channels/{channel_id}/threads/archived/public",
                channel_id=channel,
                params={"limit": str(PAGE), **older},
            )
            threads = _listed(page)
            found += threads
            if not page.get("has_more") or not threads:
                return found
            last = threads[-1]["thread_metadata"]["archive_timestamp"]
            if before(datetime.fromisoformat(last)) < after:
                return found
            older = {"before": last}

    async def _newest(self, place: PlaceId, since: int) -> AsyncIterator[Found]:
        """Yield the messages of an instant and later, the last one first: not every server's ids tell the time.

        The bot may read the history if it is shown anything, else by its permissions.
        """
        older: dict[str, str] = {}
        while True:
            page = await self.rest.many(
                "/channels/{channel_id}/messages", channel_id=last_part(place), params={"limit": str(PAGE), **older}
            )
            if not page and not older and not is_allowed(HISTORY, await permissions_in(self.rest, place)):
                raise no_history()
            recent = [one for one in page if one.get("timestamp") and microseconds(one["timestamp"]) >= since]
            for message in recent:
                yield message
            if len(recent) < PAGE:
                return
            older = {"before": str(min(int(one["id"]) for one in page))}


async def permissions_in(rest: Rest, place: PlaceId) -> int:
    """Return what the bot may do in a place: everything where that cannot be asked for. Raises what ``Rest.call`` does."""
    guild_id, channel_id, user = guild_of(place), last_part(place), rest.user
    try:
        channel = await rest.one("GET", "/channels/{channel_id}", channel_id=channel_id)
        guild = await rest.one("GET", "/guilds/{guild_id}", guild_id=guild_id)
        member = await rest.call("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=guild_id, user_id=user)
        return allowed_in(channel, guild, member, user=user)
    except DiscordRefusal as refusal:
        if refusal.code not in _CANNOT_BE_ASKED:
            raise
        return EVERYTHING
    except (AttributeError, LookupError, TypeError, ValueError):
        raise OutcomeUnknown("permissions were asked for, and not told of as Discord does") from None


def _listed(answer: Any) -> list[Found]:
    threads = answer.get("threads") if isinstance(answer, dict) else None
    if not isinstance(threads, list):
        raise OutcomeUnknown("threads were asked for, and not told of")
    return threads


def guild_of(place: PlaceId) -> str:
    return last_part(PlaceId(team_of(place)))
