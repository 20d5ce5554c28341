"""What those who look after a quiz do by hand: ask and reveal at once, leave a round out, look at the next question and swap it."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice

from bot import wording
from bot.domain.choose import matching
from bot.domain.ids import PlaceId, RoundId, programme_and_date, programme_of
from bot.domain.programme import Occurrence, Programme, ProgrammeState
from bot.domain.round import RoundState, Step
from bot.ports import (
    Agenda,
    AskNow,
    Calendar,
    Caller,
    Clock,
    ProgrammeStore,
    Questions,
    RoundStore,
    Skipping,
)
from bot.service.changelog import ChangeLog
from bot.service.openings import UPCOMING
from bot.service.planning import Coming, Planning
from bot.views import NextQuestionView, NoticeView

log = logging.getLogger(__name__)

_LENGTH_BY_HAND = timedelta(hours=7)
"""Where the calendar has no next round to take it from."""
_SHORTEST_BY_HAND = timedelta(hours=1)
"""A round by hand that would have less than this before today's reveal gets the programme's usual length instead."""
_LATEST = 10
"""How many rounds of a place are looked through for the last one that was revealed."""
_MINUTE = timedelta(minutes=1)
"""A round by hand ends so long before the next question; asked later than that, it lasts so long and the next one waits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    programmes: ProgrammeStore
    rounds: RoundStore
    agenda: Agenda
    questions: Questions
    planning: Planning
    calendar: Calendar
    clock: Clock
    changelog: ChangeLog

    async def ask_now(self, caller: Caller) -> NoticeView:
        """Ask at once: today's round if it is still to come, else one on top; refused while a round is open."""
        programme = await self._active(caller)
        if isinstance(programme, NoticeView):
            return programme
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
            return NoticeView(text=wording.programmes.not_active("no longer active"))
        if outcome is AskNow.IN_THE_WAY:
            return NoticeView(text=wording.programmes.in_the_way(round_))
        log.info("asked by hand", extra={"round": round_})
        await self.changelog.note(caller, wording.changes.asked_now(round_))
        return NoticeView(text=wording.programmes.asked_now(repeat=await self._repeats(programme, round_, now)))

    async def _hindrance(self, programme: Programme, today: date) -> str | None:
        """Return why nothing can be asked now, if so: no question matches, or an earlier day has not been seen to."""
        if not matching(self.questions.all(), programme.topics, programme.levels or None):
            return wording.programmes.questions_match(0, 0)
        next_ = await self.programmes.next_opening(programme.id)
        return wording.programmes.CATCHING_UP if next_ and programme_and_date(next_)[1] < today else None

    async def reveal_now(self, caller: Caller) -> NoticeView:
        round_ = await reveal_present(self.rounds, self.agenda, caller.place)
        round_ = round_ or await post_refused(self.rounds, self.agenda, caller.place)
        if round_ is None:
            return NoticeView(text=wording.programmes.NOTHING_TO_REVEAL)
        log.info("revealed by hand", extra={"round": round_})
        await self.changelog.note(caller, wording.changes.revealed_now(round_))
        return NoticeView(text=wording.programmes.REVEALING)

    async def skip(self, caller: Caller) -> NoticeView:
        """Leave out the next scheduled round, unless it is being asked already; one delivery skips once."""
        while True:  # a turn is lost only to somebody else's change, which is then read
            programme = await self._active(caller)
            if isinstance(programme, NoticeView):
                return programme
            next_ = await self._next(programme)
            if next_ is None:
                return NoticeView(text=wording.programmes.NOTHING_TO_COME)
            upcoming = list(islice(self.calendar.following(programme.schedule, next_.asks_at), UPCOMING))
            outcome, round_ = await self.programmes.skip_next(
                programme, next_, wording.programmes.SKIPPED_BY_HAND, upcoming, caller.delivery
            )
            if outcome is not Skipping.CHANGED:
                return await self._skipped(caller, programme, outcome, round_)

    async def _skipped(self, caller: Caller, programme: Programme, outcome: Skipping, round_: RoundId) -> NoticeView:
        if outcome is Skipping.BEING_ASKED:
            return NoticeView(text=wording.programmes.being_asked(round_))
        if outcome is Skipping.ENOUGH:
            return NoticeView(text=wording.programmes.ENOUGH_SKIPPED)
        log.info("skipped by hand", extra={"round": round_})
        await self.changelog.note(caller, wording.changes.skipped(round_))
        return NoticeView(text=wording.programmes.skipped(round_, await self.programmes.next_opening(programme.id)))

    async def next(self, caller: Caller) -> NextQuestionView | NoticeView:
        """Return the question that comes next."""
        programme = await self._active(caller)
        if isinstance(programme, NoticeView):
            return programme
        return _shown(await self.planning.coming(programme))

    async def swap(self, caller: Caller, seen: str) -> NextQuestionView | NoticeView:
        """Put another question in the place of the one whose id was seen, empty for the one that comes next."""
        programme = await self._active(caller)
        if isinstance(programme, NoticeView):
            return programme
        coming = await self.planning.coming(programme)
        if coming is None or coming.begun:
            return _shown(coming)
        after, swapped = await self.planning.swap(programme, seen or coming.question.id, caller.delivery)
        if after and swapped:
            log.info("question swapped", extra={"round": after.round})
            await self.changelog.note(caller, wording.changes.swapped(after.round))
        same = after is not None and after.question.id == coming.question.id
        kept = not swapped and same and seen in {"", coming.question.id}
        return _shown(after, wording.programmes.NO_OTHER if kept else "")

    async def _active(self, caller: Caller) -> Programme | NoticeView:
        programme = await self.programmes.get(programme_of(caller.place))
        if programme is None:
            return NoticeView(text=wording.programmes.NO_PROGRAMME)
        if programme.state is not ProgrammeState.ACTIVE:
            return NoticeView(text=wording.programmes.not_active(programme.state))
        return programme

    async def _next(self, programme: Programme) -> Occurrence | None:
        opening = await self.programmes.next_opening(programme.id)
        return self.calendar.occurrence(programme.schedule, programme_and_date(opening)[1]) if opening else None

    async def _repeats(self, programme: Programme, round_: RoundId, now: datetime) -> bool:
        """Tell whether the question that a round will choose now was asked here before."""
        choice = await self.planning.choice_for(programme, round_, now.date())
        history = await self.rounds.history(programme.place)
        return choice is not None and choice.question.id in history.asked

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


async def reveal_present(rounds: RoundStore, agenda: Agenda, place: PlaceId) -> RoundId | None:
    """Let the round of a place that is not revealed yet be revealed at once; return it, or None if there is none."""
    present = await rounds.present(place)
    if present is None or not await agenda.hasten(Step.REVEAL, present.id):
        return None
    return present.id


async def post_refused(rounds: RoundStore, agenda: Agenda, place: PlaceId) -> RoundId | None:
    """Let the last reveal of a place be posted if the chat refused it; return its round, or None if there is none to post."""
    latest = await rounds.latest(place, _LATEST)
    last = next((round_ for round_ in latest if round_.state is RoundState.REVEALED), None)
    return last.id if last and await agenda.again(last.id) else None


def _shown(coming: Coming | None, why: str = "") -> NextQuestionView | NoticeView:
    if coming is None:
        return NoticeView(text=wording.programmes.NOTHING_TO_COME)
    if coming.begun:
        return NoticeView(text=wording.programmes.being_asked(coming.round))
    question = coming.question
    return NextQuestionView(
        round=coming.round,
        id=question.id,
        asks_at=coming.asks_at,
        topic=question.topic,
        level=question.level,
        text=question.text,
        points=question.key_points,
        model_answer=question.model_answer,
        sources=question.sources,
        note=wording.programmes.next_note(coming.asked_before, why),
        swappable=not why,
    )
