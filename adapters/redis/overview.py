"""A look into the whole store, and what its server tells of itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from redis.exceptions import ResponseError

from adapters.redis import key_parts, keys
from adapters.redis.codec import bot_from_text
from adapters.redis.store import Client, Store, answering, instant
from bot.domain.ids import ProgrammeId, RoundId
from bot.domain.programme import ProgrammeState
from bot.domain.round import Step
from bot.ports import LONGEST_WAIT
from bot.views import BotFacts, Load, Pending, StoreFacts

NOT_TOLD = "not told"
NOTHING = "nothing is kept on disk"

_SLICE = 500


@dataclass(frozen=True, slots=True)
class RedisOverview:
    store: Store

    async def platforms(self) -> Sequence[str]:
        async with answering():
            found = [key async for key in self.store.steady.scan_iter(match=keys.AGENDAS, count=1000)]
        return sorted({platform for key in found if (platform := key_parts.platform_of_agenda(key))})

    async def pending(self, platform: str) -> Sequence[Pending]:
        agenda = keys.agenda(platform)
        async with answering():
            entries = await self.store.steady.zrange(agenda, 0, -1, withscores=True)
            async with self.store.steady.pipeline(transaction=False) as asked:
                for entry, _ in entries:
                    asked.hmget(keys.record(platform, entry), "due", "attempt")
                records = await asked.execute()
        return [_pending(entry, at, *record) for (entry, at), record in zip(entries, records, strict=True)]

    async def load(self, platform: str) -> Load:
        # What is held, or waits to be tried again, comes within this; looking further would hold up a store with thousands.
        ahead = max(self.store.limits.lease_ms, round(LONGEST_WAIT * 1000))
        entries, lag, *late = await self.store.run("load", [keys.agenda(platform)], [ahead], quick=True)
        late_ms = dict(zip(late[::2], late[1::2], strict=True))
        return Load(
            platform=platform,
            entries=entries,
            late_s=lag / 1000,
            overdue_s={step: late_ms.get(step, 0) / 1000 for step in Step},
            programmes=await self._programmes(platform),
        )

    async def _programmes(self, platform: str) -> Mapping[ProgrammeState, int]:
        """Count in slices: neither the store nor the event loop is held up by thousands at once."""
        counts = {ProgrammeState.ACTIVE: 0, ProgrammeState.PAUSED: 0}
        async with answering():
            ids = list(await self.store.quick.smembers(keys.programmes(platform)))
            for first in range(0, len(ids), _SLICE):
                async with self.store.quick.pipeline(transaction=False) as asked:
                    for id_ in ids[first : first + _SLICE]:
                        asked.hget(keys.programme(ProgrammeId(id_)), "state")
                    states = await asked.execute()
                for state in counts:
                    counts[state] += states.count(state)
        return counts

    async def facts(self) -> StoreFacts:
        async with answering():
            about = await told(self.store.steady)
            persistence = await persistence_of(self.store.steady)
        return StoreFacts(
            version=version_of(about),
            persistence=persistence or NOT_TOLD,
            memory=int(about.get("used_memory", 0)),
            memory_limit=int(about.get("maxmemory", 0)),
            eviction=str(about.get("maxmemory_policy", "")),
        )

    async def bots(self) -> Sequence[BotFacts]:
        async with answering():
            seconds, _ = await self.store.steady.time()
            said = await self.store.steady.zrangebyscore(keys.PRESENT, seconds * 1000, "+inf")
        return [facts for one in said if (facts := bot_from_text(one))]


async def told(client: Client) -> Mapping[str, Any]:
    """Return the server's INFO; empty for one that does not tell, as some managed services."""
    try:
        about: Mapping[str, Any] = await client.info()
    except ResponseError:
        return {}
    return about


def version_of(about: Mapping[str, Any]) -> str:
    if "valkey_version" in about:
        return f"Valkey {about['valkey_version']}"
    return f"Redis {about['redis_version']}" if "redis_version" in about else NOT_TOLD


def evicts(about: Mapping[str, Any]) -> bool:
    """Tell whether the server drops keys when its memory is full."""
    return bool(about.get("maxmemory")) and str(about.get("maxmemory_policy", "noeviction")) != "noeviction"


async def persistence_of(client: Client) -> str:
    """Return in words how the server keeps its data on disk: empty if it does not tell, ``NOTHING`` if it does not keep it."""
    try:
        config = await client.config_get("appendonly", "appendfsync", "save")
    except ResponseError:
        return ""
    if config.get("appendonly") == "yes":
        return f"append-only file, synced {config.get('appendfsync')}"
    return f"snapshots ({config['save']})" if config.get("save") else NOTHING


def _pending(entry: str, at: float, due: str | None, attempt: str | None) -> Pending:
    step, _, round_ = entry.partition(":")
    # An entry that was carried out between the two looks has no record any more.
    due_at = instant(due if due is not None else at)
    return Pending(
        step=Step(step), round=RoundId(round_), due=due_at, claimable_at=instant(at), attempt=int(attempt or 0)
    )
