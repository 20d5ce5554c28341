"""Rounds: a hash each, moved by one script per move together with the agenda."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from adapters.redis import codec, keys
from adapters.redis.agenda import held
from adapters.redis.store import Store, answering, candidates, instant, ms
from bot.domain.choose import TEAM_REST, Asked, History
from bot.domain.ids import PlaceId, RoundId, platform_of, programme_and_date, team_of
from bot.domain.plan import Plan
from bot.domain.programme import Collect, Occurrence
from bot.domain.question import Question
from bot.domain.round import MessageRef, Round, RoundState
from bot.ports import Begin, Lease, Superseded

_LATE_POST_MS = 600_000
"""A post that was on its way when its round was skipped stands after so long, and is found."""
_FIELDS = (
    *("state", "data", "asks_at", "reveals_at", "by_hand", "collect", "post", "reveal_post"),
    *("index", "settles_at", "settled", "note", "begun_at", "repliers"),
)
"""What ``round_of`` reads. The scripts keep more in the hash, and each part of an answer takes the client its time."""


@dataclass(frozen=True, slots=True)
class RedisRounds:
    store: Store

    async def get(self, round_: RoundId) -> Round | None:
        async with answering():
            values = await self.store.quick.hmget(keys.round_(round_), _FIELDS)
        row = {name: value for name, value in zip(_FIELDS, values, strict=True) if value is not None}
        return round_of(round_, row) if "state" in row else None

    async def present(self, place: PlaceId) -> Round | None:
        async with answering():
            id_ = await self.store.quick.hget(keys.place(place), "round")
        return await self.get(RoundId(id_)) if id_ else None

    async def latest(self, place: PlaceId, count: int) -> Sequence[Round]:
        async with answering():
            ids = await self.store.quick.zrevrange(keys.rounds(place), 0, count - 1)
            if not ids:
                return []
            async with self.store.quick.pipeline(transaction=False) as asked:
                for id_ in ids:
                    asked.hgetall(keys.round_(RoundId(id_)))
                rows = await asked.execute()
        return [round_of(RoundId(id_), row) for id_, row in zip(ids, rows, strict=True) if "state" in row]

    async def history(self, place: PlaceId) -> History:
        team = team_of(place)
        async with answering(), self.store.quick.pipeline(transaction=False) as asked:
            asked.hgetall(keys.asked(place)).zrange(keys.team_asked(team), 0, -1, withscores=True).hkeys(
                keys.taken(team)
            )
            of_place, of_team, taken = await asked.execute()
        return History(
            asked={question: _asked(text) for question, text in of_place.items()},
            team={question: instant(at).date() for question, at in of_team},
            taken=frozenset(taken),
        )

    async def taken(self, place: PlaceId) -> Collection[str]:
        async with answering():
            return frozenset(await self.store.quick.hkeys(keys.taken(team_of(place))))

    async def begin(
        self, lease: Lease, candidate: Round, *, rested: bool, plan: Plan | None = None
    ) -> tuple[Begin, Round | None]:
        place, team, question = candidate.place, team_of(candidate.place), candidate.asked()
        outcome, in_the_way, *begun = await self.store.run(
            "begin",
            [
                keys.agenda(lease.platform),
                keys.programme(candidate.programme),
                keys.round_(candidate.id),
                keys.place(place),
                keys.taken(team),
                keys.team_asked(team),
                keys.unfinished(lease.platform),
                keys.rounds(place),
                keys.plan(candidate.programme),
            ],
            [
                *held(lease),
                lease.revision,
                candidate.id,
                question.id,
                codec.question_to_json(question),
                ms(candidate.asks_at),
                ms(candidate.reveals_at),
                int(candidate.by_hand),
                ms(_midnight(lease.now - TEAM_REST)) if rested else "",
                self.store.limits.kept_unsettled,
                candidate.collect,
                question.topic,
                question.level,
                codec.weights_to_text(question),
                codec.plan_to_json(plan),
            ],
        )
        if outcome == "superseded":
            raise Superseded
        if begun:
            (flat,) = begun
            return Begin.BEGUN, round_of(candidate.id, dict(zip(flat[::2], flat[1::2], strict=True)))
        return Begin(outcome), await self.get(RoundId(in_the_way) if in_the_way else candidate.id)

    async def opened(self, lease: Lease, post: MessageRef | None, upcoming: Sequence[Occurrence]) -> MessageRef | None:
        programme, day, _ = programme_and_date(lease.round)
        place = _place(lease.round)
        names = [
            keys.agenda(lease.platform),
            keys.programme(programme),
            keys.round_(lease.round),
            keys.team_asked(team_of(place)),
            keys.asked(place),
        ]
        args = [*held(lease), lease.round, post or "", day.isoformat(), ms(lease.now)]
        return _kept(await self.store.run("opened", names, [*args, *candidates(programme, upcoming)]))

    async def skip(self, lease: Lease, candidate: Round, note: str, upcoming: Sequence[Occurrence]) -> bool:
        place, team = candidate.place, team_of(candidate.place)
        names = [
            keys.agenda(lease.platform),
            keys.programme(candidate.programme),
            keys.round_(candidate.id),
            keys.place(place),
            keys.taken(team),
            keys.unfinished(lease.platform),
            keys.rounds(place),
        ]
        data = codec.question_to_json(candidate.question) if candidate.question else ""
        instants = [ms(candidate.asks_at), ms(candidate.reveals_at)]
        args: list[str | int] = [*held(lease), candidate.id, note, *instants, int(candidate.by_hand), data]
        args += [self.store.limits.kept, _LATE_POST_MS]
        outcome = await self.store.run("skip", names, [*args, *candidates(candidate.programme, upcoming)])
        if outcome == "superseded":
            raise Superseded
        return bool(outcome == "skipped")

    async def close(self, lease: Lease) -> Round:
        round_ = await self._known(lease.round)
        place = round_.place
        names = [keys.agenda(lease.platform), keys.round_(round_.id), keys.place(place), keys.closing(team_of(place))]
        if not await self.store.run("close", names, [*held(lease), round_.id]):
            raise Superseded
        return await self._known(lease.round)

    async def revealed(
        self, lease: Lease, post: MessageRef | None, share: float | None, settles_at: datetime, note: str = ""
    ) -> MessageRef | None:
        round_ = await self._known(lease.round)
        place, team = round_.place, team_of(round_.place)
        names = [
            keys.agenda(lease.platform),
            keys.round_(round_.id),
            keys.place(place),
            keys.taken(team),
            keys.closing(team),
            keys.unsettled(team),
            keys.asked(place),
        ]
        args = [*held(lease), round_.id, post or "", ms(settles_at), _share(share), note]
        return _kept(await self.store.run("revealed", names, args))

    async def reword(self, lease: Lease, question: Question) -> None:
        names = [keys.agenda(lease.platform), keys.round_(lease.round)]
        about = [codec.question_to_json(question), question.topic, question.level, codec.weights_to_text(question)]
        if not await self.store.run("reword", names, [*held(lease), *about]):
            raise Superseded

    async def end_checks(self, lease: Lease) -> None:
        names = [keys.agenda(lease.platform), keys.round_(lease.round)]
        if not await self.store.run("end_checks", names, held(lease)):
            raise Superseded

    async def settle(self, lease: Lease, share: float | None) -> None:
        round_ = await self._known(lease.round)
        written = [keys.replies, keys.late_replies, keys.suggestions, keys.grades]
        names = [
            keys.agenda(lease.platform),
            keys.round_(round_.id),
            keys.unsettled(team_of(round_.place)),
            keys.unfinished(platform_of(round_.place)),
            keys.asked(round_.place),
            *(key(round_.id) for key in written),
        ]
        if not await self.store.run("settle", names, [*held(lease), round_.id, _share(share), self.store.limits.kept]):
            raise Superseded

    async def _known(self, id_: RoundId) -> Round:
        round_ = await self.get(id_)
        if round_ is None:
            raise LookupError(f"there is no round {id_}")
        return round_


def round_of(id_: RoundId, row: Mapping[str, str]) -> Round:
    return Round(
        id=id_,
        place=_place(id_),
        question=codec.question_from_json(row["data"]) if row["data"] else None,
        state=RoundState(row["state"]),
        asks_at=instant(row["asks_at"]),
        reveals_at=instant(row["reveals_at"]),
        by_hand=row["by_hand"] == "1",
        collect=Collect(row.get("collect", Collect.BOTH)),
        post=MessageRef(row["post"]) if row.get("post") else None,
        reveal_post=MessageRef(row["reveal_post"]) if row.get("reveal_post") else None,
        index=int(row["index"]),
        settles_at=instant(row["settles_at"]) if row.get("settles_at") else None,
        settled=row.get("settled") == "1",
        note=row.get("note", ""),
        begun_at=instant(row["begun_at"]) if row.get("begun_at") else None,
        repliers=int(row.get("repliers", 0)),
    )


def _place(round_: RoundId) -> PlaceId:
    return PlaceId(round_.rpartition(":")[0])


def _kept(answer: str | None) -> MessageRef | None:
    if answer is None:
        raise Superseded
    return MessageRef(answer) if answer else None


def _asked(text: str) -> Asked:
    times, last, share = text.split("|")
    return Asked(times=int(times), last=date.fromisoformat(last), share=float(share) if share else None)


def _share(share: float | None) -> str:
    return "" if share is None else f"{share:.4f}"


def _midnight(at: datetime) -> datetime:
    """The rest is counted in dates, as ``choose`` does: a question asked on the day 30 days ago still rests."""
    return datetime.combine(at.date(), datetime.min.time(), UTC) - timedelta(milliseconds=1)
