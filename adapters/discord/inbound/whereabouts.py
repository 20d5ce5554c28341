"""Where an interaction comes from, if it does not say which channel its thread belongs to: Discord says so, other servers may not."""

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from adapters.discord.inbound.asked import THREADS, Kind, Payload
from adapters.discord.posts import custom_ids
from adapters.discord.rest import Rest
from adapters.discord.threads import PLATFORM
from bot.ports import Limited, OutcomeUnknown, Refused

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 0.5
"""So long the first response waits for a channel that is looked up; the next one finds it here."""
_MOST = 20_000
_THREAD = 11


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A memory of this process alone: what a channel belongs to is learnt from its posts' buttons, or looked up once."""

    rest: Rest
    _parents: OrderedDict[str, str] = field(default_factory=OrderedDict)
    """The channels of threads, empty for what is no thread."""
    _looking: dict[str, asyncio.Task[None]] = field(default_factory=dict)

    async def complete(self, interaction: Payload) -> Payload:
        """Return the interaction with the channel that its thread belongs to, as far as that can be found out."""
        channel = interaction.get("channel") or {}
        id_ = str(channel.get("id") or interaction.get("channel_id") or "")
        if not _is_to_be_found(interaction, channel, id_):
            return interaction
        if named := next(_named(interaction), ""):
            self._remember(id_, "" if named == id_ else named)
        elif id_ not in self._parents:
            await self._look(id_)
        if parent := self._parents.get(id_):
            return {**interaction, "channel": {**channel, "id": id_, "type": _THREAD, "parent_id": parent}}
        return interaction

    async def _look(self, channel: str) -> None:
        if channel not in self._looking:
            looking = self._looking[channel] = asyncio.create_task(self._looked_up(channel))
            looking.add_done_callback(lambda _: self._looking.pop(channel, None))
        await asyncio.wait({self._looking[channel]}, timeout=_PATIENCE_SECONDS)

    async def _looked_up(self, channel: str) -> None:
        try:
            found = await self.rest.one("GET", "/channels/{channel_id}", channel_id=channel)
        except (Limited, OutcomeUnknown) as error:
            log.warning("a channel could not be looked up", extra={"why": str(error)})
        except Refused:
            self._remember(channel, "")
        else:
            self._remember(channel, str(found.get("parent_id") or "") if found.get("type") in THREADS else "")

    def _remember(self, channel: str, parent: str) -> None:
        self._parents[channel] = parent
        if len(self._parents) > _MOST:
            self._parents.popitem(last=False)


def _is_to_be_found(interaction: Payload, channel: Payload, id_: str) -> bool:
    if not id_ or not interaction.get("guild_id") or interaction.get("type") == Kind.TYPING:
        return False
    return channel.get("type") in THREADS and not channel.get("parent_id") if channel else True


def _named(interaction: Payload) -> Iterator[str]:
    """Yield the channels of the rounds that what was acted on is about: its custom ids are the bot's own."""
    round_ = re.compile(rf"\b{PLATFORM}:{interaction['guild_id']}:([^:\s]+):")
    shown: Any = (interaction.get("message") or {}).get("components")
    for id_ in [str((interaction.get("data") or {}).get("custom_id") or ""), *custom_ids(shown)]:
        if found := round_.search(id_):
            yield found[1]
