"""The agenda: entries in a sorted set by due instant, each with a record."""

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.redis import keys
from adapters.redis.store import Store, answering, instant
from bot.domain.ids import PlaceId, RoundId, platform_of, team_of
from bot.domain.round import Step
from bot.ports import Lease, Superseded


def held(lease: Lease) -> list[str | int]:
    """Return the script arguments that say which entry one holds, and by which fence."""
    return [keys.entry(lease.step, lease.round), lease.fence]


@dataclass(frozen=True, slots=True)
class RedisAgenda:
    store: Store

    async def claim(self, platform: str, limit: int) -> Sequence[Lease]:
        now, *entries = await self.store.run("claim", [keys.agenda(platform)], [limit, self.store.limits.lease_ms])
        return [_lease(platform, now, entry) for entry in entries]

    async def confirm(self, lease: Lease) -> None:
        agenda = keys.agenda(lease.platform)
        if not await self.store.run("renew", [agenda], [*held(lease), self.store.limits.lease_ms]):
            raise Superseded

    async def put_back(self, lease: Lease, seconds: float) -> None:
        delay = max(0, round(seconds * 1000))
        await self.store.run("put_back", [keys.agenda(lease.platform)], [*held(lease), delay])

    async def drop(self, lease: Lease) -> None:
        await self.store.run("drop", [keys.agenda(lease.platform)], held(lease))

    async def hasten(self, step: Step, round_: RoundId) -> bool:
        agenda = keys.agenda(platform_of(round_))
        return bool(await self.store.run("hasten", [agenda], [keys.entry(step, round_)], quick=True))

    async def again(self, round_: RoundId) -> bool:
        names = [keys.agenda(platform_of(round_)), keys.round_(round_)]
        return bool(await self.store.run("again", names, [keys.entry(Step.REVEAL, round_)], quick=True))

    async def regrade(self, round_: RoundId) -> bool:
        return await self._ask(Step.REGRADE, round_)

    async def amend(self, round_: RoundId) -> bool:
        return await self._ask(Step.AMEND, round_)

    async def _ask(self, step: Step, round_: RoundId) -> bool:
        names = [keys.agenda(platform_of(round_)), keys.round_(round_)]
        return bool(await self.store.run("ask_step", names, [keys.entry(step, round_)], quick=True))

    async def unfinished(self, platform: str) -> Sequence[RoundId]:
        async with answering():
            return sorted(RoundId(id_) for id_ in await self.store.steady.smembers(keys.unfinished(platform)))

    async def restore(self, round_: RoundId) -> bool:
        platform = platform_of(round_)
        place = PlaceId(round_.rpartition(":")[0])
        team = team_of(place)
        names = [
            keys.agenda(platform),
            keys.round_(round_),
            keys.unfinished(platform),
            keys.place(place),
            keys.taken(team),
            keys.closing(team),
            keys.unsettled(team),
        ]
        return bool(await self.store.run("restore", names, [round_]))

    async def backlog(self, platform: str) -> tuple[int, float]:
        agenda = keys.agenda(platform)
        async with answering(), self.store.quick.pipeline(transaction=False) as asked:
            asked.zcard(agenda).zrange(agenda, 0, 0, withscores=True).time()
            count, first, (seconds, micro) = await asked.execute()
        late = seconds + micro / 1e6 - first[0][1] / 1000 if first else 0.0
        return count, max(0.0, late)


def _lease(platform: str, now: int, entry: list[str]) -> Lease:
    name, due, attempt, fence, revision, reveals_at = entry
    step, _, round_ = name.partition(":")
    return Lease(
        platform=platform,
        step=Step(step),
        round=RoundId(round_),
        due=instant(due),
        now=instant(now),
        attempt=int(attempt),
        fence=int(fence),
        revision=int(revision),
        reveals_at=instant(reveals_at) if reveals_at else None,
    )
