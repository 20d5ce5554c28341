"""What a place has asked for: setting it up, changing it, and the rounds asked by hand."""

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice

from bot import wording
from bot.domain.choose import choose, matching
from bot.domain.ids import RoundId, programme_and_date, programme_of
from bot.domain.programme import Occurrence, Programme, ProgrammeState
from bot.domain.round import Round, RoundState, Step
from bot.domain.timetable import days_text
from bot.ports import (
    Agenda,
    AskNow,
    Calendar,
    Caller,
    Clock,
    ProgrammeStore,
    Questions,
    ReplyStore,
    RoundStore,
    SetupRequest,
)
from bot.service.setup import present, read
from bot.views import LastRound, NextRound, NoticeView, SetupFormView, StatusView

log = logging.getLogger(__name__)

UPCOMING = 3
_LAST = 5
_LENGTH_BY_HAND = timedelta(hours=7)
"""Where the calendar has no next round to take it from."""
_SHORTEST_BY_HAND = timedelta(hours=1)
"""A round by hand that would have less than this before today's reveal gets the programme's usual length instead."""
_MINUTE = timedelta(minutes=1)
"""A round by hand ends so long before the next question; asked later than that, it lasts so long and the next one waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programmes:
    programmes: ProgrammeStore
    rounds: RoundStore
    replies: ReplyStore
    agenda: Agenda
    questions: Questions
    calendar: Calendar
    clock: Clock

    async def setup(self, caller: Caller, request: SetupRequest) -> StatusView | NoticeView:
        """Set the quiz up, or change it; every wrong value is named at once and then nothing is changed."""
        topics = frozenset(question.topic for question in self.questions.all())
        saved = False
        while not saved:  # a turn is lost only to somebody else's change, which is then read
            before = await self.programmes.get(programme_of(caller.place))
            wanted, faults = read(request, caller, before, topics)
            faults = [*faults, *self.calendar.faults(wanted.schedule)]
            if faults:
                return NoticeView(text=wording.setup_faults(faults))
            saved = await self._save(replace(wanted, state=ProgrammeState.ACTIVE, pause_reason=""), before)
        return await self.status(caller)

    async def setup_form(self, caller: Caller) -> SetupFormView:
        before = await self.programmes.get(programme_of(caller.place))
        values = present(before, caller)
        return SetupFormView(
            note=wording.SETUP_NOTE,
            values=tuple((name, value, wording.SETUP_MEANINGS[name]) for name, value in values.items()),
        )

    async def pause(self, caller: Caller, reason: str = "") -> NoticeView:
        return await self._change(caller, ProgrammeState.PAUSED, wording.paused(reason), reason)

    async def resume(self, caller: Caller) -> NoticeView:
        return await self._change(caller, ProgrammeState.ACTIVE, wording.RESUMED)

    async def remove(self, caller: Caller) -> NoticeView:
        """End the quiz in this place; what is open is revealed first, at once."""
        notice = await self._change(caller, ProgrammeState.REMOVED, wording.REMOVED)
        await self._reveal_present(caller)
        return notice

    async def status(self, caller: Caller) -> StatusView | NoticeView:
        programme = await self.programmes.get(programme_of(caller.place))
        if programme is None:
            return NoticeView(text=wording.NO_PROGRAMME)
        last = await self.rounds.latest(caller.place, _LAST)
        return StatusView(
            place=caller.place,
            state=programme.state,
            schedule=_schedule_text(programme),
            zone=programme.schedule.zone,
            next=tuple(
                NextRound(date=one.date, asks_at=one.asks_at, reveals_at=one.reveals_at)
                for one in await self._next(programme)
            ),
            last=tuple([await self._last(round_) for round_ in last]),
            notes=self._notes(programme),
        )

    async def ask_now(self, caller: Caller) -> NoticeView:
        """Ask at once: today's round if it is still to come, else one on top; refused while a round is open."""
        programme = await self.programmes.get(programme_of(caller.place))
        if programme is None:
            return NoticeView(text=wording.NO_PROGRAMME)
        if programme.state is not ProgrammeState.ACTIVE:
            return NoticeView(text=wording.not_active(programme.state))
        now = self.clock.now()
        today = self.calendar.local_date(programme.schedule.zone, now)
        if hindrance := await self._hindrance(programme, today):
            return NoticeView(text=hindrance)
        scheduled = self.calendar.occurrence(programme.schedule, today)
        to_come = scheduled if scheduled and scheduled.asks_at > now else None
        outcome, round_ = await self.programmes.ask_now(
            programme, today, to_come, self._reveal_by_hand(programme, scheduled, now), caller.delivery
        )
        if round_ is None:
            return NoticeView(text=wording.not_active("no longer active"))
        if outcome is AskNow.IN_THE_WAY:
            return NoticeView(text=wording.in_the_way(round_))
        log.info("asked by hand", extra={"round": round_})
        return NoticeView(text=wording.asked_now(repeat=await self._repeats(programme, round_, now)))

    async def _hindrance(self, programme: Programme, today: date) -> str | None:
        """Return why nothing can be asked now, if so: no question matches, or an earlier day has not been seen to."""
        if not matching(self.questions.all(), programme.topics, programme.levels or None):
            return wording.questions_match(0, 0)
        next_ = await self.programmes.next_opening(programme.id)
        return wording.CATCHING_UP if next_ and programme_and_date(next_)[1] < today else None

    async def reveal_now(self, caller: Caller) -> NoticeView:
        round_ = await self._reveal_present(caller)
        return NoticeView(text=wording.REVEALING if round_ else wording.NO_ROUND)

    async def _reveal_present(self, caller: Caller) -> RoundId | None:
        present = await self.rounds.present(caller.place)
        if present is None or not await self.agenda.hasten(Step.REVEAL, present.id):
            return None
        return present.id

    async def _change(self, caller: Caller, state: ProgrammeState, done: str, reason: str = "") -> NoticeView:
        saved = False
        while not saved:  # as in setup
            programme = await self.programmes.get(programme_of(caller.place))
            if programme is None:
                return NoticeView(text=wording.NO_PROGRAMME)
            if state is ProgrammeState.PAUSED and programme.state is ProgrammeState.REMOVED:
                return NoticeView(text=wording.NOTHING_TO_PAUSE)
            saved = await self._save(replace(programme, state=state, pause_reason=reason), programme)
        return NoticeView(text=done)

    async def _save(self, programme: Programme, before: Programme | None) -> bool:
        """Keep a changed programme; False if somebody else has changed it since it was read."""
        upcoming: list[Occurrence] = []
        if programme.state is ProgrammeState.ACTIVE:
            now = self.clock.now()
            following = islice(self.calendar.following(programme.schedule, now), UPCOMING)
            upcoming = [*await self._due(programme, before, now), *following]
        saved = await self.programmes.save(programme, upcoming)
        if saved:
            log.info("programme saved", extra={"programme": saved.id, "state": saved.state, "revision": saved.revision})
        return saved is not None

    async def _due(self, programme: Programme, before: Programme | None, now: datetime) -> list[Occurrence]:
        """Return the opening that is due and not yet carried out, if the change leaves its time as it was."""
        next_ = await self.programmes.next_opening(programme.id) if before else None
        if before is None or next_ is None:
            return []
        _, day, _ = programme_and_date(next_)
        was, will = (self.calendar.occurrence(one.schedule, day) for one in (before, programme))
        return [will] if was and will and was.asks_at == will.asks_at <= now else []

    def _notes(self, programme: Programme) -> tuple[str, ...]:
        schedule = programme.schedule
        count = len(matching(self.questions.all(), programme.topics, programme.levels or None))
        days = round(count * 7 * schedule.every / len(schedule.weekdays))
        wanted = wording.wanted(programme.topics, programme.levels, programme.collect)
        paused = [wording.paused(programme.pause_reason)] if programme.state is ProgrammeState.PAUSED else []
        return *paused, *wanted, wording.questions_match(count, days)

    async def _repeats(self, programme: Programme, round_: RoundId, now: datetime) -> bool:
        """Tell whether the question that a round will choose now was asked here before."""
        history = await self.rounds.history(programme.place)
        question = choose(
            self.questions.all(),
            history,
            now.date(),
            round_,
            topics=programme.topics,
            levels=programme.levels or None,
        )
        return question is not None and question.id in history.asked

    async def _next(self, programme: Programme) -> list[Occurrence]:
        """Return the next occurrences, from the one on the agenda on: a day that was asked by hand already is not among them."""
        opening = await self.programmes.next_opening(programme.id)
        if programme.state is not ProgrammeState.ACTIVE or opening is None:
            return []
        _, first, _ = programme_and_date(opening)
        coming = self.calendar.following(programme.schedule, self.clock.now())
        return list(islice((one for one in coming if one.date >= first), UPCOMING))

    async def _last(self, round_: Round) -> LastRound:
        return LastRound(
            round=round_.id,
            state=round_.state,
            # What will be asked, or is being asked, is no secret from admins once it is posted; before, it is.
            question=round_.question.text if round_.question and round_.state is not RoundState.OPENING else "",
            repliers=await self.replies.count(round_.id),
            note=round_.note,
        )

    def _reveal_by_hand(self, programme: Programme, scheduled: Occurrence | None, now: datetime) -> datetime:
        """Return when a round by hand is revealed: with today's if there is time, else after the usual length, before the next."""
        if scheduled and now <= scheduled.asks_at:
            return scheduled.reveals_at
        if scheduled and scheduled.reveals_at - now >= _SHORTEST_BY_HAND:
            return scheduled.reveals_at
        following = next(self.calendar.following(programme.schedule, now), None)
        if following is None:
            return now + _LENGTH_BY_HAND
        usual = now + (following.reveals_at - following.asks_at)
        return max(min(usual, following.asks_at - _MINUTE), now + _MINUTE)


def _schedule_text(programme: Programme) -> str:
    schedule = programme.schedule
    every = "" if schedule.every == 1 else f", every {schedule.every} weeks"
    later = "" if not schedule.reveal_days else f" {schedule.reveal_days} days later"
    holidays = f", not on holidays in {schedule.holidays}" if schedule.holidays else ""
    return f"asks {schedule.at:%H:%M}, reveals {schedule.reveal_at:%H:%M}{later}, {days_text(schedule.weekdays)}{every}{holidays}"
