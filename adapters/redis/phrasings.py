"""Phrasings that teams have learnt: a hash a team and question, by the phrasing's id. A member stands there under a digest."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.redis import codec, keys
from adapters.redis.store import Store, answering, instant, ms
from bot.domain.ids import MemberId, RoundId, TeamId
from bot.domain.phrasing import Learnt


@dataclass(frozen=True, slots=True)
class RedisPhrasings:
    store: Store

    async def of(self, team: TeamId, question: str) -> Sequence[Learnt]:
        async with answering():
            kept = await self.store.quick.hvals(keys.phrasings(team, question))
        return sorted(map(from_json, kept), key=lambda one: (one.point, one.id))

    async def drop(self, team: TeamId, question: str, id_: str) -> bool:
        async with answering():
            return bool(await self.store.quick.hdel(keys.phrasings(team, question), id_))

    async def change(self, team: TeamId, question: str, id_: str, after: Learnt) -> bool:
        args = [id_, after.id, after.text]
        return bool(await self.store.run("rephrase", [keys.phrasings(team, question)], args, quick=True))

    async def all(self) -> Sequence[tuple[TeamId, str, Learnt]]:
        found: list[tuple[TeamId, str, Learnt]] = []
        async with answering():
            names = {key async for key in self.store.steady.scan_iter(match=keys.PHRASINGS, count=1_000)}
        for key in sorted(names):
            team, question = team_and_question(key)
            found += [(team, question, one) for one in await self.of(team, question)]
        return found


def team_and_question(key: str) -> tuple[TeamId, str]:
    """Return whose phrasings a key holds, and of which question."""
    _, platform, team, _, question = key.split(":", 4)
    return TeamId(f"{platform}:{team}"), question


def to_json(learnt: Learnt) -> str:
    """Keep a phrasing; of the member only what finds it again when that member is erased."""
    return codec.dumps(
        {
            "point": learnt.point,
            "text": learnt.text,
            "round": learnt.round,
            "at": ms(learnt.at),
            "from": keys.hashed(learnt.member) if learnt.member else None,
            "by": learnt.by,
        }
    )


def from_json(text: str) -> Learnt:
    row = json.loads(text)
    return Learnt(
        point=row["point"],
        text=row["text"],
        round=RoundId(row["round"]),
        at=instant(row["at"]),
        by=MemberId(row["by"]) if row.get("by") else None,
    )
