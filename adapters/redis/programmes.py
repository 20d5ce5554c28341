"""Programmes, each a hash with its revision and its next opening."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from adapters.redis import codec, keys
from adapters.redis.store import Store, answering, candidates, ms
from bot.domain.ids import PlaceId, ProgrammeId, RoundId, platform_of, programme_of, round_id
from bot.domain.programme import MOST_SKIPPED, Occurrence, Programme
from bot.ports import AskNow, Skipping

_DELIVERY_SECONDS = 86_400
"""How long a delivery of "ask now" or "skip" is remembered: far longer than any platform delivers again."""


@dataclass(frozen=True, slots=True)
class RedisProgrammes:
    store: Store

    async def get(self, programme: ProgrammeId) -> Programme | None:
        async with answering():
            data, state, revision = await self.store.quick.hmget(keys.programme(programme), "data", "state", "revision")
        row = {"data": data, "state": state, "revision": revision}
        return codec.programme_from_row(programme, row) if data else None

    async def all(self, platform: str) -> Sequence[Programme]:
        async with answering():
            ids = sorted(await self.store.steady.smembers(keys.programmes(platform)))
        found = [await self.get(ProgrammeId(id_)) for id_ in ids]
        return [programme for programme in found if programme]

    async def among(self, places: Sequence[PlaceId]) -> Sequence[Programme]:
        if not places:
            return []
        client = self.store.quick
        async with answering():
            known = await client.smismember(
                keys.programmes(platform_of(places[0])), [programme_of(one) for one in places]
            )
        ids = [programme_of(place) for place, is_known in zip(places, known, strict=True) if is_known]
        async with answering(), client.pipeline(transaction=False) as asked:
            for id_ in ids:
                asked.hgetall(keys.programme(id_))
            rows = await asked.execute()
        return [codec.programme_from_row(id_, row) for id_, row in zip(ids, rows, strict=True) if "data" in row]

    async def save(self, programme: Programme, upcoming: Sequence[Occurrence]) -> Programme | None:
        platform, members = platform_of(programme.id), programme.named()
        revision, gone = await self.store.run(
            "save_programme",
            [
                keys.agenda(platform),
                keys.programme(programme.id),
                keys.programmes(platform),
                keys.erasing(platform),
                *map(keys.erased, members),
            ],
            [
                programme.id,
                codec.programme_to_json(programme),
                programme.state,
                programme.revision,
                len(members),
                *members,
                *candidates(programme.id, upcoming),
            ],
            quick=True,
        )
        if gone:
            return await self.save(_without(programme, gone), upcoming)
        return replace(programme, revision=revision) if revision else None

    async def next_opening(self, programme: ProgrammeId) -> RoundId | None:
        async with answering():
            next_ = await self.store.quick.hget(keys.programme(programme), "next")
        return RoundId(next_) if next_ else None

    async def ensure_opening(self, programme: Programme, upcoming: Sequence[Occurrence]) -> bool:
        names = [keys.agenda(platform_of(programme.id)), keys.programme(programme.id)]
        return bool(await self.store.run("ensure_opening", names, candidates(programme.id, upcoming)))

    async def ask_now(
        self, programme: Programme, day: date, occurrence: Occurrence | None, reveals_at: datetime, delivery: str
    ) -> tuple[AskNow, RoundId | None]:
        place = programme.place
        today = round_id(programme.id, occurrence.date) if occurrence else ""
        outcome, id_ = await self.store.run(
            "ask_now",
            [
                keys.agenda(platform_of(place)),
                keys.programme(programme.id),
                keys.place(place),
                keys.by_hand(place, delivery),
            ],
            [
                programme.id,
                day.isoformat(),
                today,
                ms(reveals_at),
                _DELIVERY_SECONDS,
                keys.round_(round_id(programme.id, day)),
            ],
            quick=True,
        )
        return AskNow(outcome), RoundId(id_) if id_ else None

    async def skip_next(
        self, programme: Programme, occurrence: Occurrence, note: str, upcoming: Sequence[Occurrence], delivery: str
    ) -> tuple[Skipping, RoundId]:
        place, round_ = programme.place, round_id(programme.id, occurrence.date)
        outcome, id_ = await self.store.run(
            "skip_next",
            [
                keys.agenda(platform_of(place)),
                keys.programme(programme.id),
                keys.round_(round_),
                keys.rounds(place),
                keys.skipped(place, delivery),
            ],
            [
                round_,
                programme.revision,
                note,
                ms(occurrence.asks_at),
                ms(occurrence.reveals_at),
                self.store.limits.kept,
                _DELIVERY_SECONDS,
                MOST_SKIPPED,
                *candidates(programme.id, upcoming),
            ],
            quick=True,
        )
        return Skipping(outcome), RoundId(id_)


def _without(programme: Programme, gone: Collection[str]) -> Programme:
    """Return the programme as if none of those had ever looked after it, nor said why it is paused."""
    set_up_by = None if programme.set_up_by in gone else programme.set_up_by
    if programme.paused_by in gone:
        programme = replace(programme, paused_by=None, pause_reason="")
    return replace(programme, set_up_by=set_up_by, admins=programme.admins.difference(gone))
