"""Awards and grades. The ledger is one hash a place and month: an award's id is its field, so none is applied twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from adapters.redis import codec, keys
from adapters.redis.agenda import held
from adapters.redis.lifetimes import board_seconds
from adapters.redis.store import DELIVERY_SECONDS, Store, answering, ms
from bot.domain.ids import MemberId, RoundId, platform_of, team_of
from bot.domain.reply import Grade
from bot.domain.review import Regraded
from bot.domain.round import Round
from bot.domain.score import Award, Cause, Period, Scope, boards_of
from bot.ports import CheckState, Lease, Superseded


@dataclass(frozen=True, slots=True)
class RedisLedger:
    store: Store

    async def award(self, lease: Lease, round_: Round, grades: Mapping[MemberId, Grade], at: datetime) -> None:
        boards = boards_of(round_.id)
        names = [
            keys.agenda(lease.platform),
            keys.round_(round_.id),
            keys.grades(round_.id),
            keys.ledger(round_.id),
            keys.LEDGERS,
            keys.streaks(round_.place),
            keys.replies(round_.id),
            keys.erasing(lease.platform),
            keys.hidden_members(team_of(round_.id)),
            *keys.with_twins(keys.board(scope, period) for scope, period in boards),
        ]
        args = [*held(lease), self.store.limits.kept_unsettled, round_.index, *board_args(boards)]
        for member, grade in grades.items():
            award = Award(
                round=round_.id, member=member, points=grade.points, cause=Cause.REPLY, at=at, index=round_.index
            )
            args += [member, award.id, codec.award_to_json(award), award.points, codec.grade_to_json(grade)]
        if not await self.store.run("award", names, args):
            raise Superseded

    async def check(
        self,
        round_: Round,
        member: MemberId,
        grade: Grade,
        delivery: str,
        at: datetime,
        seen: int | None = None,
        *,
        above: bool = False,
    ) -> tuple[CheckState, Grade | None]:
        boards = boards_of(round_.id)
        award = {"at": ms(at), "index": round_.index}
        outcome, kept = await self.store.run(
            "check",
            [
                keys.round_(round_.id),
                keys.grades(round_.id),
                keys.ledger(round_.id),
                keys.LEDGERS,
                keys.deliveries(round_.id),
                keys.erasing(platform_of(round_.id)),
                keys.hidden_members(team_of(round_.id)),
                keys.review(round_.place),
                *keys.with_twins(keys.board(scope, period) for scope, period in boards),
            ],
            [
                member,
                delivery,
                codec.ticks_to_text(grade.ticks),
                grade.points,
                grade.origin,
                grade.reason,
                round_.id,
                codec.dumps(award),
                Cause.SELF_CHECK,
                self.store.limits.kept_unsettled,
                DELIVERY_SECONDS,
                "" if seen is None else seen,
                int(above),
                ms(at),
                *board_args(boards),
            ],
            quick=True,
        )
        return CheckState(outcome), codec.grade_from_json(kept) if kept else None

    async def regrade(self, lease: Lease, round_: Round, grades: Sequence[Regraded], at: datetime) -> int:
        boards = boards_of(round_.id)
        names = [
            keys.agenda(lease.platform),
            keys.suggestions(round_.id),
            keys.grades(round_.id),
            keys.ledger(round_.id),
            keys.LEDGERS,
            keys.erasing(lease.platform),
            keys.hidden_members(team_of(round_.id)),
            keys.review(round_.place),
            *keys.with_twins(keys.board(scope, period) for scope, period in boards),
            *(keys.news(one.member) for one in grades),
        ]
        award = codec.dumps({"at": ms(at), "index": round_.index})
        args = [*held(lease), round_.id, Cause.REGRADE, award, self.store.limits.kept, *board_args(boards)]
        for one in grades:
            args += [one.member, one.before.version, codec.suggestion_to_json(one.suggestion)]
            args += [codec.ticks_to_text(one.after.ticks), one.after.points, int(one.waits)]
        left = int(await self.store.run("regrade", names, args))
        if left < 0:
            raise Superseded
        return left

    async def grades(self, round_: RoundId) -> Mapping[MemberId, Grade]:
        read = await self.store.in_portions(keys.grades(round_), lambda _, text: codec.grade_from_json(text))
        return {MemberId(member): grade for member, grade in read.items()}

    async def grade(self, round_: RoundId, member: MemberId) -> Grade | None:
        async with answering():
            text = await self.store.quick.hget(keys.grades(round_), member)
        return codec.grade_from_json(text) if text else None


def board_args(boards: Sequence[tuple[Scope, Period]]) -> list[str | int]:
    """Return the script arguments that say how many boards there are, and how long each stays."""
    return [len(boards), *(board_seconds(period) for _, period in boards)]
