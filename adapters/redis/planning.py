"""What is meant to come next in a place, and who changed what there."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.redis import codec, keys
from adapters.redis.store import Store, answering, instant, ms
from bot.domain.ids import MemberId, PlaceId, ProgrammeId, RoundId
from bot.domain.plan import Plan
from bot.ports import Change

_PLAN_SECONDS = 60 * 86_400
"""Longer than any programme waits for its next round: what has run out is planned anew."""
CHANGE_DAYS = 90


@dataclass(frozen=True, slots=True)
class RedisPlans:
    store: Store

    async def get(self, programme: ProgrammeId) -> Plan | None:
        async with answering():
            text = await self.store.quick.get(keys.plan(programme))
        if not text:
            return None
        row = json.loads(text)
        return Plan(round=RoundId(row["round"]), question=row["question"], passed=tuple(row["passed"]))

    async def keep(self, programme: ProgrammeId, plan: Plan) -> None:
        text = codec.dumps({"round": plan.round, "question": plan.question, "passed": plan.passed})
        async with answering():
            await self.store.quick.set(keys.plan(programme), text, ex=_PLAN_SECONDS)


@dataclass(frozen=True, slots=True)
class RedisChanges:
    """One sorted set a place, by instant; what is older than 90 days goes with the next change, or with the key."""

    store: Store

    async def add(self, place: PlaceId, change: Change) -> None:
        key, at = keys.changes(place), ms(change.at)
        member = codec.dumps({"at": at, "who": change.who, "what": change.what})
        seconds = CHANGE_DAYS * 86_400
        async with answering(), self.store.quick.pipeline() as write:
            write.zadd(key, {member: at}).zremrangebyscore(key, "-inf", at - seconds * 1000).expire(key, seconds)
            await write.execute()

    async def latest(self, place: PlaceId, count: int) -> Sequence[Change]:
        async with answering():
            found = await self.store.quick.zrevrange(keys.changes(place), 0, count - 1)
        return [_change(text) for text in found]


def _change(text: str) -> Change:
    row = json.loads(text)
    return Change(at=instant(row["at"]), who=MemberId(row["who"]) if row["who"] else None, what=row["what"])
