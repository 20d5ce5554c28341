"""What waits for a lead: a sorted set a place, an index of the grades that say so themselves. Decisions stand in the grades."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.redis import codec, key_parts, keys
from adapters.redis.erasure import awards_of
from adapters.redis.ledger import board_args
from adapters.redis.phrasings import to_json
from adapters.redis.store import Store, answering, instant, ms
from bot.domain.ids import MemberId, PlaceId, RoundId, place_of, platform_of, team_of
from bot.domain.phrasing import Learnt
from bot.domain.reply import Appeal, Decision, Grade
from bot.domain.round import Round, Step
from bot.domain.score import Award, Cause, boards_of, streak_of
from bot.ports import News, Ruling, Waiting

_AGAIN = "again"
_AMENDED_MS = 30_000
"""So long after a decision its final reveal is amended: a lead decides about one after another."""


@dataclass(frozen=True, slots=True)
class RedisReviews:
    store: Store

    async def appeal(
        self, round_: RoundId, member: MemberId, appeal: Appeal, at: datetime
    ) -> tuple[Ruling, Grade | None]:
        names = [
            keys.round_(round_),
            keys.grades(round_),
            keys.erasing(platform_of(round_)),
            keys.review(place_of(round_)),
        ]
        row = codec.dumps({"t": codec.ticks_to_text(appeal.ticks), "r": appeal.reason})
        args: list[str | int] = [member, entry_of(round_, member), row, ms(at), self.store.limits.kept_unsettled]
        return _ruled(*await self.store.run("appeal", names, args, quick=True))

    async def waiting(self, place: PlaceId, first: int, count: int) -> Sequence[Waiting]:
        async with answering():
            found = await self.store.quick.zrevrange(keys.review(place), first, first + count - 1, withscores=True)
        pairs = [(entry.partition("/"), at) for entry, at in found]
        return [Waiting(round=RoundId(id_), member=MemberId(who), since=instant(at)) for (id_, _, who), at in pairs]

    async def count(self, place: PlaceId) -> int:
        async with answering():
            return int(await self.store.quick.zcard(keys.review(place)))

    async def forget(self, place: PlaceId, waiting: Waiting) -> None:
        async with answering():
            await self.store.quick.zrem(keys.review(place), entry_of(waiting.round, waiting.member))

    async def decide(
        self,
        round_: Round,
        member: MemberId,
        before: Grade,
        after: Grade,
        decision: Decision,
        at: datetime,
        learnt: Learnt | None = None,
    ) -> tuple[Ruling, Grade | None]:
        outcome, kept = _AGAIN, ""
        while outcome == _AGAIN:  # a turn is lost only to a reveal that lengthened the streak meanwhile
            outcome, kept = await self._decide(round_, member, before, after, decision, at, learnt)
        return _ruled(outcome, kept)

    async def _decide(
        self,
        round_: Round,
        member: MemberId,
        before: Grade,
        after: Grade,
        decision: Decision,
        at: datetime,
        learnt: Learnt | None = None,
    ) -> tuple[str, str]:
        cause = Cause.APPEAL if before.appeal else Cause.REVIEW
        award = Award(
            round=round_.id,
            member=member,
            points=after.points - before.points,
            cause=cause,
            at=at,
            number=before.version + 1,
            index=round_.index,
        )
        counts_now = after.good_faith and not before.good_faith and round_.index > 0
        streaks = await self._streaks(round_.place, award) if counts_now else ("", "")
        boards = boards_of(round_.id)
        outcome, kept = await self.store.run(
            "decide",
            [
                keys.grades(round_.id),
                keys.ledger(round_.id),
                keys.LEDGERS,
                keys.erasing(platform_of(round_.id)),
                keys.hidden_members(team_of(round_.id)),
                keys.review(round_.place),
                keys.streaks(round_.place),
                keys.news(member),
                keys.phrasings(team_of(round_.id), round_.asked().id),
                keys.agenda(platform_of(round_.id)),
                keys.round_(round_.id),
                *keys.with_twins(keys.board(scope, period) for scope, period in boards),
            ],
            [
                member,
                entry_of(round_.id, member),
                before.version,
                codec.ticks_to_text(after.ticks),
                after.points,
                int(after.good_faith),
                codec.dumps({"a": decision.accepted, "r": decision.reason}),
                cause,
                codec.award_to_json(award),
                *streaks,
                round_.id,
                self.store.limits.kept,
                to_json(learnt) if learnt else "",
                learnt.id if learnt else "",
                keys.entry(Step.AMEND, round_.id),
                _AMENDED_MS,
                *board_args(boards),
            ],
            quick=True,
        )
        return outcome, kept

    async def _streaks(self, place: PlaceId, award: Award) -> tuple[str, str]:
        """Return the member's streak as it is kept, and as it is with the award; kept first, so that it is seen to change."""
        async with answering():
            kept = await self.store.quick.hget(keys.streaks(place), award.member)
            ledgers = await self.store.quick.smembers(keys.LEDGERS)
        awards = [award]
        for key in ledgers:
            if key_parts.place_of_ledger(key) == place:
                found = await awards_of(self.store, key, award.member)
                awards += [codec.award_from_json(id_, text) for id_, text in found.items()]
        return kept or "", codec.streak_to_text(streak_of(awards))

    async def news(
        self, place: PlaceId, member: MemberId, most: int, seen: RoundId | None
    ) -> Sequence[tuple[RoundId, News]]:
        args: list[str | int] = [f"{place}:", most, seen or ""]
        flat = await self.store.run("take_news", [keys.news(member)], args, quick=True)
        return [(RoundId(id_), News(what)) for id_, what in zip(flat[::2], flat[1::2], strict=True)]


def entry_of(round_: RoundId, member: MemberId) -> str:
    """Return the element that stands for a member's grade among what waits."""
    return f"{round_}/{member}"


def _ruled(outcome: str, kept: str) -> tuple[Ruling, Grade | None]:
    return Ruling(outcome), codec.grade_from_json(kept) if kept else None
