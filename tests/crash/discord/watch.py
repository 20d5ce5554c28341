"""What is seen of the bot from Discord's side while a day lasts: all that was ever posted, and who is connected."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from adapters.discord.inbound.shards import LEASE_SECONDS
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.world import Event

_LOOK = 0.02
_KINDS = {"question": "'custom_id': 'answer:", "reveal": "'custom_id': 'grade:"}


@dataclass(slots=True, kw_only=True)
class Watch:
    """``longest`` is for how many seconds two sessions of one shard were connected at once; ``cuts`` how often sockets were cut."""

    discord: FakeDiscord
    posted: Counter[str] = field(default_factory=Counter)
    longest: float = 0.0
    cuts: int = 0

    def hear(self, event: Event) -> None:
        if event.name != "MESSAGE_CREATE":
            return
        message = event.body(True)
        if message["author"]["id"] == self.discord.bot.id:
            said = str(message["components"])
            self.posted.update(kind for kind, button in _KINDS.items() if button in said)

    async def look(self) -> None:
        """Look again and again who is connected."""
        since: float | None = None
        while True:
            shards = Counter(one.session.shard for one in self.discord.gateway.connections if one.session)
            if any(count > 1 for count in shards.values()):
                since = since or time.monotonic()
                self.longest = max(self.longest, time.monotonic() - since)
            else:
                since = None
            await asyncio.sleep(_LOOK)

    def faults(self, kills: int, processes: int) -> list[str]:
        """Return what was posted twice or not at all, and what of the connections is not as it should be."""
        return [*self._posts(), *self.of_connections(kills, processes)]

    def _posts(self) -> list[str]:
        return [f"{kind} was posted {self.posted[kind]} times" for kind in _KINDS if self.posted[kind] != 1]

    def of_connections(self, kills: int, processes: int) -> list[str]:
        found = list[str]()
        if self.longest > LEASE_SECONDS:
            found.append(f"two sessions of one shard were connected for {self.longest:.1f} s")
        starts = self.discord.gateway.identifies
        if starts > processes + kills + self.cuts:
            found.append(f"{starts} IDENTIFYs after {kills} kills and {self.cuts} cuts")
        return found


@asynccontextmanager
async def watching(discord: FakeDiscord) -> AsyncIterator[Watch]:
    watch = Watch(discord=discord)
    discord.world.listeners.append(watch.hear)
    looking = asyncio.create_task(watch.look())
    try:
        yield watch
    finally:
        looking.cancel()
        with suppress(asyncio.CancelledError):
            await looking
