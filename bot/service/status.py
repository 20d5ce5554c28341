"""What a place's programme is, what comes next in it and what came last, for those who look after it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from bot import wording
from bot.domain.choose import in_rotation, matching
from bot.domain.ids import RoundId, programme_and_date, programme_of
from bot.domain.programme import MOST_SKIPPED, Occurrence, Programme, ProgrammeState
from bot.domain.round import Round, RoundState
from bot.domain.timetable import days_text
from bot.ports import Calendar, Caller, Clock, ProgrammeStore, Questions, ReviewStore, RoundStore
from bot.service.changelog import ChangeLog
from bot.views import LastRound, NextRound, NoticeView, StatusView

_NEXT = 3
_LAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    programmes: ProgrammeStore
    rounds: RoundStore
    questions: Questions
    calendar: Calendar
    clock: Clock
    changelog: ChangeLog
    reviews: ReviewStore

    async def of(self, caller: Caller, *, every_change: bool = False) -> StatusView | NoticeView:
        """Return how things are in the caller's place: rounds that are skipped ahead come before the last ones."""
        programme = await self.programmes.get(programme_of(caller.place))
        if programme is None:
            return NoticeView(text=wording.programmes.NO_PROGRAMME)
        return await self.shown(programme, every_change=every_change)

    async def shown(self, programme: Programme, *, every_change: bool = False) -> StatusView:
        """Return how things are with a programme: rounds that are skipped ahead come before the last ones."""
        now = self.clock.now()
        latest = await self.rounds.latest(programme.place, MOST_SKIPPED + _LAST)
        ahead = {round_.date for round_ in latest if round_.asks_at > now}
        changes, older = await self.changelog.lines(programme.place, every=every_change)
        opening = await self.programmes.next_opening(programme.id)
        return StatusView(
            place=programme.place,
            state=programme.state,
            schedule=schedule_text(programme),
            zone=programme.schedule.zone,
            admins=programme.looked_after_by(),
            next=tuple(
                NextRound(date=one.date, asks_at=one.asks_at, reveals_at=one.reveals_at)
                for one in to_come(self.calendar, programme, opening, ahead, now)
            ),
            last=tuple(_last(round_) for round_ in latest[: len(ahead) + _LAST]),
            notes=(*self._open_as_it_was(programme, latest), *self._notes(programme), *await self._waiting(programme)),
            changes=changes,
            older_changes=older,
        )

    def _open_as_it_was(self, programme: Programme, latest: Sequence[Round]) -> tuple[str, ...]:
        """Return a sentence where a changed reveal time does not count yet, since what is open keeps its own."""
        open_ = [one for one in latest if one.state is RoundState.OPEN and not one.by_hand]
        times = [self.calendar.occurrence(programme.schedule, one.date) for one in open_]
        moved = any(one and one.reveals_at != round_.reveals_at for one, round_ in zip(times, open_, strict=True))
        return (wording.programmes.OPEN_AS_IT_WAS,) if moved else ()

    async def _waiting(self, programme: Programme) -> tuple[str, ...]:
        """Return the one line that tells leads of what waits for them: nobody is called for it."""
        count = await self.reviews.count(programme.place)
        return (wording.review.waiting(count),) if count else ()

    def _notes(self, programme: Programme) -> tuple[str, ...]:
        schedule = programme.schedule
        found = matching(self.questions.all(), programme.topics, programme.levels or None)
        today = self.calendar.local_date(schedule.zone, self.clock.now())
        coming = in_rotation(found, today)
        days = round(len(coming) * 7 * schedule.every / len(schedule.weekdays))
        wanted = wording.programmes.wanted(programme.topics, programme.levels, programme.collect)
        paused = [wording.programmes.paused(programme.pause_reason)] if programme.state is ProgrammeState.PAUSED else []
        stale = sum(one.is_stale(today) for one in found)
        notes = [wording.programmes.stale(stale, only=len(coming) == stale)] if stale else []
        return *paused, *wanted, wording.programmes.questions_match(len(coming), days), *notes


def to_come(
    calendar: Calendar, programme: Programme, opening: RoundId | None, skipped: Collection[date], now: datetime
) -> list[Occurrence]:
    """Return the next occurrences, from the one on the agenda on: a day that was asked by hand already is not among them."""
    if programme.state is not ProgrammeState.ACTIVE or opening is None:
        return []
    _, first, _ = programme_and_date(opening)
    coming = calendar.following(programme.schedule, now)
    return list(islice((one for one in coming if one.date >= first and one.date not in skipped), _NEXT))


def schedule_text(programme: Programme) -> str:
    """Return a programme's schedule in words."""
    schedule = programme.schedule
    every = "" if schedule.every == 1 else f", every {schedule.every} weeks"
    later = "" if not schedule.reveal_days else f" {schedule.reveal_days} days later"
    holidays = f", not on holidays in {schedule.holidays}" if schedule.holidays else ""
    return f"asks {schedule.at:%H:%M}, reveals {schedule.reveal_at:%H:%M}{later}, {days_text(schedule.weekdays)}{every}{holidays}"


def _last(round_: Round) -> LastRound:
    return LastRound(
        round=round_.id,
        state=round_.state,
        # What will be asked, or is being asked, is no secret from admins once it is posted; before, it is.
        question=round_.question.text if round_.question and round_.state is not RoundState.OPENING else "",
        repliers=round_.repliers,
        note=round_.note,
    )
