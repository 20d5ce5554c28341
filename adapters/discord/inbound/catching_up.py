"""What was written while nobody listened: read when a session begins, so that it has its mark then and not first at the reveal."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from adapters.discord.chat import DiscordChat
from adapters.discord.history import guild_of
from adapters.discord.inbound.reception import Reception
from adapters.discord.threads import PLATFORM
from bot.domain.ids import PlaceId
from bot.domain.programme import Collect
from bot.domain.round import Round, RoundState
from bot.ports import Limited, OutcomeUnknown, Refused, StoreUnavailable

log = logging.getLogger(__name__)

_SHARD_BITS = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class CatchingUp:
    """Reads one place after the other; what cannot be read is left to the reveal, before which all is read again."""

    chat: DiscordChat
    places: Callable[[str], Awaitable[Sequence[PlaceId]]]
    round_in: Callable[[PlaceId], Awaitable[Round | None]]
    reception: Reception
    _waiting: set[int] = field(default_factory=set)

    def begin(self, shard: int, count: int) -> None:
        """Read what belongs to a shard, soon. Sessions that begin before that has begun need it but once."""
        if shard not in self._waiting:
            self._waiting.add(shard)
            self.reception.in_line(f"shard {shard}", partial(self._shard, shard, count))

    async def _shard(self, shard: int, count: int) -> None:
        self._waiting.discard(shard)
        try:
            for place in await self.places(PLATFORM):
                if count == 1 or (int(guild_of(place)) >> _SHARD_BITS) % count == shard:
                    await self._place(place)
        except StoreUnavailable:
            log.warning("what was written meanwhile is not looked at yet: the store does not answer")

    async def _place(self, place: PlaceId) -> None:
        round_ = await self.round_in(place)
        if round_ is None or round_.state is not RoundState.OPEN or round_.collect is Collect.FORM:
            return
        try:
            for message in await self.chat.under(round_):
                self.reception.missed({**message, "guild_id": guild_of(place)}, round_)
        except (Limited, OutcomeUnknown, Refused) as error:
            log.warning(
                "what was written meanwhile is not looked at yet", extra={"round": round_.id, "why": str(error)}
            )
