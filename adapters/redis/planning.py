"""What is meant to come next in a place, and who changed what there."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.redis import codec, keys
from adapters.redis.store import Store, answering, instant, ms
from bot.domain.ids import BOT, MemberId, PlaceId, ProgrammeId, platform_of
from bot.domain.plan import Plan
from bot.ports import Change
from bot.ports.planning import KEPT

_PLAN_SECONDS = 60 * 86_400
"""Longer than any programme waits for its next round: what has run out is planned anew."""


@dataclass(frozen=True, slots=True)
class RedisPlans:
    store: Store

    async def get(self, programme: ProgrammeId) -> Plan | None:
        async with answering():
            text = await self.store.quick.get(keys.plan(programme))
        return codec.plan_from_json(text) if text else None

    async def keep(self, programme: ProgrammeId, plan: Plan, before: Plan | None) -> bool:
        texts = [codec.plan_to_json(before), codec.plan_to_json(plan)]
        return bool(await self.store.run("keep_plan", [keys.plan(programme)], [*texts, _PLAN_SECONDS], quick=True))


@dataclass(frozen=True, slots=True)
class RedisChanges:
    """One sorted set a place, by instant; what is older than 90 days goes with the next change, or with the key."""

    store: Store

    async def add(self, place: PlaceId, change: Change, delivery: str) -> None:
        who = change.who or BOT
        row = {"delivery": keys.hashed(delivery), "who": change.who, "what": change.what, "reason": change.reason}
        await self.store.run(
            "note_change",
            [keys.changes(place), keys.erasing(platform_of(place)), keys.erased(who)],
            [
                who,
                ms(change.at),
                codec.dumps(row),
                codec.dumps({**row, "who": None, "reason": ""}),
                round(KEPT.total_seconds()),
            ],
            quick=True,
        )

    async def latest(self, place: PlaceId, count: int, since: datetime | None = None) -> Sequence[Change]:
        oldest = ms(since) if since else "-inf"
        async with answering():
            found = await self.store.quick.zrevrangebyscore(
                keys.changes(place), "+inf", oldest, start=0, num=count, withscores=True
            )
        return [_change(text, at) for text, at in found]


def _change(text: str, at: float) -> Change:
    row = json.loads(text)
    who = MemberId(row["who"]) if row["who"] else None
    return Change(at=instant(at), who=who, what=row["what"], reason=row["reason"])
