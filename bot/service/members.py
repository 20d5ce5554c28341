"""A member's own statistics, and the member's rights: to be hidden, to have a copy of everything, to be forgotten."""

import json
import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot import wording
from bot.domain.choose import in_rotation
from bot.domain.ids import MemberId, PlaceId, last_part, programme_of, team_of
from bot.domain.practice import Memory, due, reviews_left
from bot.domain.programme import Programme
from bot.domain.progress import mean, weakest
from bot.domain.score import PeriodKind, period
from bot.ports import Boards, Calendar, Caller, Clock, MemberStore, ProgrammeStore, Questions, Result
from bot.service.planning import Planning
from bot.views import ConfirmView, DocumentView, MeView, NoticeView, ShareOf

log = logging.getLogger(__name__)


class Memories(Protocol):
    """The part of the practice store that is needed here."""

    async def memories(self, member: MemberId) -> Mapping[str, Memory]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """``days`` is how long replies and grades are kept."""

    members: MemberStore
    boards: Boards
    practice: Memories
    planning: Planning
    programmes: ProgrammeStore
    questions: Questions
    calendar: Calendar
    clock: Clock
    days: int

    async def me(self, caller: Caller) -> MeView | NoticeView:
        """Return what a member has made of the quiz in this place."""
        programme = await self.programmes.get(programme_of(caller.place))
        if programme is None:
            return NoticeView(text=wording.programmes.NO_PROGRAMME)
        return await self.in_place(caller.member, programme)

    async def in_place(self, member: MemberId, programme: Programme) -> MeView:
        """Return what a member has made of the quiz in the place of a programme."""
        now, place = self.clock.now(), programme.place
        results = await self.members.results(place, member)
        page = await self.boards.page(place, period(PeriodKind.ALL, now.date()), member)
        rank, ranked = await self._of_the_week(member, programme)
        streak, best = await self.boards.streak(place, member)
        reviews = await self._reviews(member, place)
        topics, levels = _shares(results)
        known = {question.topic for question in self.questions.all()}
        points = page.own.points if page.own else 0
        return MeView(
            place=place,
            days=self.days,
            rounds=len(results),
            points=points,
            streak=streak,
            best_streak=best,
            rank=rank,
            ranked=ranked,
            topics=_lines(topics),
            levels=_lines(levels),
            due=reviews,
            weakest=weakest({topic: shares for topic, shares in topics.items() if topic in known}),
            hidden=page.hidden,
            note=_note(len(results), points, self.days),
        )

    async def _of_the_week(self, member: MemberId, programme: Programme) -> tuple[int, int]:
        """Return the member's rank in the place's present week, and of how many; a hidden member counts among them here."""
        today = self.calendar.local_date(programme.schedule.zone, self.clock.now())
        page = await self.boards.page(programme.place, period(PeriodKind.WEEK, today), member, size=1)
        return (page.own.rank, page.members + page.hidden) if page.own else (0, 0)

    async def _reviews(self, member: MemberId, place: PlaceId) -> int:
        """Return how many due reviews practice would bring up today."""
        now, kept_out = self.clock.now(), await self.planning.kept_out(place)
        memories = await self.practice.memories(member)
        may_come = in_rotation((one for one in self.questions.all() if one.id not in kept_out), now.date())
        served = {one.id for one in may_come}.intersection(due(memories, now))
        return min(len(served), reviews_left(memories, now))

    async def hide(self, caller: Caller) -> NoticeView:
        await self.members.hide(caller.member, hidden=True)
        return NoticeView(text=wording.members.HIDDEN)

    async def unhide(self, caller: Caller) -> NoticeView:
        if caller.member not in await self.members.hidden(team_of(caller.member)):
            return NoticeView(text=wording.members.NOT_HIDDEN)
        await self.members.hide(caller.member, hidden=False)
        return NoticeView(text=wording.members.SHOWN)

    async def export(self, caller: Caller) -> DocumentView:
        return DocumentView(
            name=f"quiz-{last_part(caller.member)}.json",
            text=await document(self.members, caller.member),
            note=wording.members.export_note(self.days),
        )

    async def forget(self, caller: Caller, text: str) -> ConfirmView | NoticeView:
        """Erase the member, once that was confirmed with "yes"."""
        if text.lower() != "yes":
            return ConfirmView(
                text=wording.members.ASK_TO_FORGET,
                command=wording.members.FORGET_COMMAND,
                label=wording.members.FORGET,
            )
        await self.members.erase(caller.member)
        log.info("a member was erased", extra={"place": caller.place})
        return NoticeView(text=wording.members.FORGOTTEN)


async def document(members: MemberStore, member: MemberId) -> str:
    """Return everything that is kept of a member as JSON for a person to read."""
    return json.dumps(await members.export(member), indent=2, ensure_ascii=False)


Shares = dict[str, list[float]]


def _shares(results: Sequence[Result]) -> tuple[Shares, Shares]:
    """Return the shares by topic and by level."""
    topics: Shares = defaultdict(list)
    levels: Shares = defaultdict(list)
    for result in results:
        topics[result.topic].append(result.share)
        levels[result.level].append(result.share)
    return topics, levels


def _lines(shares: Shares) -> tuple[ShareOf, ...]:
    lines = (ShareOf(name=name, rounds=len(known), share=mean(known)) for name, known in shares.items())
    return tuple(sorted(lines, key=lambda line: (-line.rounds, line.name)))


def _note(rounds: int, points: int, days: int) -> str:
    if rounds:
        return ""
    return wording.members.no_round_lately(days) if points else wording.members.NO_ROUND_YET
