"""How everything in a store is, for who operates the bot: programmes, rounds, and what the agenda still has to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.choose import matching
from bot.domain.ids import PlaceId, RoundId
from bot.domain.programme import MOST_SKIPPED, Programme
from bot.domain.round import Round
from bot.ports import Agenda, Calendar, Clock, Overview, ProgrammeStore, Questions, RoundStore
from bot.service.status import schedule_text, to_come
from bot.views import BankFacts, Pending, PlatformFacts, ProgrammeFacts, Report, RoundFacts, UnfinishedRound

_LAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    overview: Overview
    agenda: Agenda
    programmes: ProgrammeStore
    rounds: RoundStore
    questions: Questions
    calendar: Calendar
    clock: Clock

    async def report(self) -> Report:
        """Return how things are now; changes nothing, so it may be asked beside any number of running bots."""
        now, bank = self.clock.now(), self.questions.all()
        platforms = [await self._platform(name) for name in await self.overview.platforms()]
        return Report(
            at=now,
            store=await self.overview.facts(),
            platforms=tuple(platforms),
            bots=tuple(await self.overview.bots()),
            bank=BankFacts(
                questions=len(bank), stale=tuple(sorted(one.id for one in bank if one.is_stale(now.date())))
            ),
        )

    async def _platform(self, platform: str) -> PlatformFacts:
        entries, late = await self.agenda.backlog(platform)
        pending = {one.round: one for one in await self.overview.pending(platform)}
        unfinished = await self.agenda.unfinished(platform)
        programmes = await self.programmes.all(platform)
        return PlatformFacts(
            platform=platform,
            entries=entries,
            late_s=late,
            programmes=tuple([await self._programme(one, pending) for one in programmes]),
            unfinished=tuple([await self._unfinished(one, pending.get(one)) for one in unfinished]),
        )

    async def _programme(self, programme: Programme, pending: Mapping[RoundId, Pending]) -> ProgrammeFacts:
        now = self.clock.now()
        latest = await self.rounds.latest(PlaceId(programme.place), MOST_SKIPPED + _LAST)
        ahead = {round_.date for round_ in latest if round_.asks_at > now}
        opening = await self.programmes.next_opening(programme.id)
        faults = self.calendar.faults(programme.schedule)  # such as a zone that this system does not know (any more)
        coming = [] if faults else to_come(self.calendar, programme, opening, ahead, now)
        found = matching(self.questions.all(), programme.topics, programme.levels or None)
        return ProgrammeFacts(
            programme=programme.id,
            state=programme.state,
            pause_reason=programme.pause_reason,
            schedule=schedule_text(programme),
            zone=programme.schedule.zone,
            opening=pending.get(opening) if opening else None,
            next=tuple(coming),
            last=tuple(_last(round_) for round_ in latest[: len(ahead) + _LAST]),
            fault=" ".join(faults.values()),
            only_stale=bool(found) and all(one.is_stale(now.date()) for one in found),
        )

    async def _unfinished(self, id_: RoundId, pending: Pending | None) -> UnfinishedRound:
        round_ = await self.rounds.get(id_)
        return UnfinishedRound(round=id_, state=round_.state if round_ else None, pending=pending)


def _last(round_: Round) -> RoundFacts:
    return RoundFacts(
        round=round_.id,
        state=round_.state,
        asks_at=round_.asks_at,
        reveals_at=round_.reveals_at,
        late_s=_seconds(round_.asks_at, round_.begun_at) if round_.begun_at else None,
        repliers=round_.repliers,
        note=round_.note,
    )


def _seconds(due: datetime, done: datetime) -> float:
    return round(max(0.0, (done - due).total_seconds()), 1)
