"""Looking up the boards."""

from dataclasses import dataclass

from bot import wording
from bot.domain.ids import programme_of, team_of
from bot.domain.score import PeriodKind, Scope, period
from bot.ports import Boards as BoardStore
from bot.ports import Calendar, Caller, Clock, ProgrammeStore
from bot.service.shown import board_view
from bot.views import BoardView, NoticeView


@dataclass(frozen=True, slots=True, kw_only=True)
class Boards:
    boards: BoardStore
    programmes: ProgrammeStore
    calendar: Calendar
    clock: Clock

    async def leaderboard(self, caller: Caller, kind: PeriodKind, *, team: bool = False) -> BoardView | NoticeView:
        """Return the present board of the place, or of the whole team, as of the place's own local date."""
        programme = await self.programmes.get(programme_of(caller.place))
        if programme is None:
            return NoticeView(text=wording.programmes.NO_PROGRAMME)
        today = self.calendar.local_date(programme.schedule.zone, self.clock.now())
        scope: Scope = team_of(caller.place) if team else caller.place
        which = period(kind, today)
        return board_view(scope, which, await self.boards.page(scope, which, caller.member))
