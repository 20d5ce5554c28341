"""Looking up the boards."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot import wording
from bot.domain.ids import programme_and_date, programme_of, team_of
from bot.domain.programme import Programme
from bot.domain.round import RoundState
from bot.domain.score import Period, PeriodKind, Scope, period, previous
from bot.ports import Boards as BoardStore
from bot.ports import Calendar, Caller, Clock, ProgrammeStore, RoundStore
from bot.service.shown import board_view
from bot.views import BoardView, NoticeView

_LOOKED_THROUGH = 5
"""Of so many rounds the last revealed day is sought: today's, some by hand or skipped, and the one before them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boards:
    boards: BoardStore
    programmes: ProgrammeStore
    rounds: RoundStore
    calendar: Calendar
    clock: Clock

    async def leaderboard(self, caller: Caller, kind: PeriodKind, *, team: bool = False) -> BoardView | NoticeView:
        """Return the present board of the place, or of the whole team, as of the place's own local date."""
        programme = await self.programmes.get(programme_of(caller.place))
        if programme is None:
            return NoticeView(text=wording.programmes.NO_PROGRAMME)
        today = self.calendar.local_date(programme.schedule.zone, self.clock.now())
        scope: Scope = team_of(caller.place) if team else caller.place
        which, before = period(kind, today), await self._before(programme, kind, today)
        page = await self.boards.page(scope, which, caller.member, before=before)
        view = board_view(scope, which, page, before)
        if view.top:
            return view
        if view.own:
            return replace(view, empty=wording.boards.ONLY_HIDDEN)
        sentence, coming = await self._what_fills_it(programme)
        return replace(view, provisional=False, empty=sentence, coming=coming)

    async def _before(self, programme: Programme, kind: PeriodKind, today: date) -> Period | None:
        """Return the period whose podium is shown: of days the last one with a reveal, so that Monday shows Friday's."""
        if kind is not PeriodKind.DAY:
            return previous(kind, today)
        latest = await self.rounds.latest(programme.place, _LOOKED_THROUGH)
        days = [programme_and_date(one.id)[1] for one in latest if one.state is RoundState.REVEALED]
        return period(kind, next((day for day in days if day < today), today - timedelta(days=1)))

    async def _what_fills_it(self, programme: Programme) -> tuple[str, datetime | None]:
        """Return what would put somebody on an empty board, and when that comes: a reveal, or the next question."""
        present = await self.rounds.present(programme.place)
        if present and present.state is RoundState.OPEN:
            return wording.boards.OPEN_NOW, present.reveals_at
        round_ = await self.programmes.next_opening(programme.id)
        occurrence = self.calendar.occurrence(programme.schedule, programme_and_date(round_)[1]) if round_ else None
        if occurrence is None:
            return wording.boards.NOTHING_COMES, None
        return wording.boards.NEXT, occurrence.asks_at
