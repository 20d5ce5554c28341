"""What is kept of a member over all rounds of a team, and the member's rights to it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from adapters.redis import codec, key_parts, keys
from adapters.redis.erasure import Erasure, by_kind
from adapters.redis.export import Export
from adapters.redis.store import Store, answering
from bot.domain.ids import MemberId, PlaceId, RoundId, TeamId, platform_of, team_of
from bot.domain.question import Level
from bot.domain.round import RoundState
from bot.ports import Result

_PORTION = 50
"""Boards whose points one script moves."""


@dataclass(frozen=True, slots=True)
class RedisMembers:
    store: Store

    async def hide(self, member: MemberId, *, hidden: bool) -> None:
        platform, team = platform_of(member), team_of(member)
        names = [keys.hidden_members(team), keys.moving(platform), keys.rights(team), keys.erasing(platform)]
        number = await self.store.run("hide", names, [member, int(hidden)])
        if number:
            await self._move(member, str(number))

    async def hidden(self, team: TeamId) -> Collection[MemberId]:
        async with answering():
            return frozenset(await self.store.quick.smembers(keys.hidden_members(team)))

    async def results(self, place: PlaceId, member: MemberId) -> Sequence[Result]:
        async with answering():
            ids = [RoundId(id_) for id_ in await self.store.quick.zrevrange(keys.rounds(place), 0, -1)]
        async with answering(), self.store.quick.pipeline(transaction=False) as asked:
            for id_ in ids:
                asked.hget(keys.grades(id_), member)
                asked.hmget(keys.round_(id_), "state", "topic", "level", "weights")
            answers = await asked.execute()
        graded = [
            (id_, grade, about)
            for id_, grade, (state, *about) in zip(ids, answers[::2], answers[1::2], strict=True)
            if grade and state == RoundState.REVEALED
        ]
        return [await self._result(id_, grade, about) for id_, grade, about in graded]

    async def export(self, member: MemberId) -> Mapping[str, object]:
        return await Export(self.store, member).made()

    async def erase(self, member: MemberId) -> None:
        erasure = await Erasure.begin(self.store, member)
        await erasure.carry_out()

    async def resume(self, platform: str) -> int:
        async with answering():
            erasing = await self.store.steady.hkeys(keys.erasing(platform))
            moving = await self.store.steady.hgetall(keys.moving(platform))
        for member in erasing:
            await self.erase(MemberId(member))
        for member, number in moving.items():
            await self._move(MemberId(member), number)
        return len(erasing) + len(moving)

    async def _move(self, member: MemberId, number: str) -> None:
        """Put the member's points on every board of the team where they belong by now."""
        hidden = keys.hidden_members(team_of(member))
        async for found in by_kind(self.store, team_of(member)):
            names = {key_parts.shown_board(key) for kind in ("board", "team-board") for key in found.get(kind, ())}
            boards = sorted(names)
            for first in range(0, len(boards), _PORTION):
                pairs = [key for board in boards[first : first + _PORTION] for key in (board, keys.hidden_board(board))]
                await self.store.run("move_points", [hidden, *pairs], [member])
        await self.store.run("moved", [keys.moving(platform_of(member))], [member, number])

    async def _result(self, id_: RoundId, grade: str, about: Sequence[str | None]) -> Result:
        topic, level, weights = about
        if topic is None or level is None or weights is None:  # the round was begun before these were kept
            async with answering():
                question = codec.question_from_json(await self.store.quick.hget(keys.round_(id_), "data"))
            topic, level, weights = question.topic, question.level, codec.weights_to_text(question)
        kept = codec.grade_from_json(grade)
        each = [int(weight) for weight in weights.split(",")]
        made = sum(weight for weight, tick in zip(each, kept.ticks, strict=True) if tick) if kept.good_faith else 0
        return Result(round=id_, topic=topic, level=Level(level), share=made / sum(each), grade=kept)
