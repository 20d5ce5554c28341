"""What comes next in a place: planned when somebody looks, kept until it is asked, and swapped by who looks after the quiz."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.choose import History, choose, in_rotation, is_rested, matching
from bot.domain.ids import PlaceId, RoundId, programme_and_date, programme_of
from bot.domain.plan import Plan, without
from bot.domain.programme import Programme, ProgrammeState
from bot.domain.question import Question
from bot.ports import Calendar, Plans, ProgrammeStore, Questions, RoundStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The next scheduled round of a place, and the question that it will ask unless that is taken meanwhile.

    ``begun``: it is being asked now, so nothing can be changed. ``asked_before`` is when the place last had the question.
    ``taken`` are the questions that were open in the team when this was looked up.
    """

    round: RoundId
    asks_at: datetime
    question: Question
    taken: Collection[str] = ()
    begun: bool = False
    asked_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a round is to ask. ``rested``: the question must still be a rested one. ``plan`` is what was planned when it was chosen."""

    question: Question
    rested: bool
    plan: Plan | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Next:
    """The round that is to come, and what is known when its question is chosen."""

    programme: Programme
    round: RoundId
    day: date
    history: History


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    rounds: RoundStore
    programmes: ProgrammeStore
    questions: Questions
    calendar: Calendar
    plans: Plans

    async def coming(self, programme: Programme) -> Coming | None:
        """Return what comes next, planned now if it was not yet; None if nothing is to come, or there is no question."""
        next_ = await self._next(programme)
        if next_ is None:
            return None
        return await self._coming(next_, await self._planned(next_))

    async def kept_out(self, place: PlaceId) -> Collection[str]:
        """Return the questions that may not be practised: those open anywhere in the team, and the next one of the place.

        Where the quiz is paused, what was planned counts as next: it is asked when the quiz goes on.
        """
        programme = await self.programmes.get(programme_of(place))
        coming = await self.coming(programme) if programme else None
        # What comes is looked up before what is taken: so a question that opens meanwhile is one or the other.
        if coming:
            return {coming.question.id, *coming.taken}
        plan = await self.plans.get(programme_of(place))
        return {*await self.rounds.taken(place), *([plan.question] if plan else ())}

    async def swap(self, programme: Programme, away: str, wish: str) -> tuple[Coming | None, bool]:
        """Plan another question than the one with the id ``away``; return what comes now, and whether the wish has swapped it.

        If that one is not planned (any more), or there is no other, what is planned stays. One wish swaps once.
        """
        while True:  # a turn is lost only to somebody else's plan, which is then read
            next_ = await self._next(programme)
            if next_ is None:
                return None, False
            read = await self.plans.get(programme.id)
            plan = await self._still_said(next_, read)
            if plan and wish in plan.wishes:
                return await self.coming(programme), True
            planned = self._planned_one(next_, plan)
            kept = plan or Plan(round=next_.round, question=away)
            passed = (*kept.passed, away)
            other = self._choose(next_, without(next_.history, *passed))
            if other is None or (planned and planned.id != away):
                return await self.coming(programme), False
            swapped = replace(kept, question=other.id, passed=passed, wishes=(*kept.wishes, wish))
            if await self.plans.keep(programme.id, swapped, read):
                # Looked up last: whoever has begun meanwhile asks what was planned before.
                coming = await self._coming(next_, other)
                return coming, coming is not None and not coming.begun

    async def choice_for(self, programme: Programme, round_: RoundId, day: date) -> Choice | None:
        """Return what a round is to ask.

        A round by hand leaves the question that is planned for the next round alone, unless there is nothing else.
        """
        next_ = _Next(programme=programme, round=round_, day=day, history=await self.rounds.history(programme.place))
        read = await self.plans.get(programme.id)
        plan = await self._still_said(next_, read)
        question = self._planned_one(next_, plan) or self._choice(next_, plan)
        if question is None:
            return None
        return Choice(question=question, rested=is_rested(next_.history, question.id, day), plan=read)

    async def _planned(self, next_: _Next) -> Question | None:
        """Return the question that is planned, planned now if none is that can be asked."""
        while True:  # as in swap
            read = await self.plans.get(next_.programme.id)
            plan = await self._still_said(next_, read)
            if question := self._planned_one(next_, plan):
                return question
            question = self._choice(next_, plan)
            if question is None:
                return None
            kept = replace(plan or Plan(round=next_.round, question=question.id), question=question.id)
            if await self.plans.keep(next_.programme.id, kept, read):
                return question

    async def _next(self, programme: Programme) -> _Next | None:
        round_ = await self.programmes.next_opening(programme.id)
        if programme.state is not ProgrammeState.ACTIVE or round_ is None:
            return None
        _, day, _ = programme_and_date(round_)
        return _Next(programme=programme, round=round_, day=day, history=await self.rounds.history(programme.place))

    async def _coming(self, next_: _Next, question: Question | None) -> Coming | None:
        begun = await self.rounds.get(next_.round)
        if begun and begun.question:
            return Coming(
                round=begun.id,
                asks_at=begun.asks_at,
                question=begun.question,
                taken=next_.history.taken,
                begun=True,
            )
        occurrence = self.calendar.occurrence(next_.programme.schedule, next_.day)
        if question is None or occurrence is None:
            return None
        asked = next_.history.asked.get(question.id)
        return Coming(
            round=next_.round,
            asks_at=occurrence.asks_at,
            question=question,
            taken=next_.history.taken,
            asked_before=asked.last if asked else None,
        )

    async def _still_said(self, next_: _Next, plan: Plan | None) -> Plan | None:
        """Return a plan that is for the round, or for the one that is still to come; that of a round that is over says nothing."""
        if plan is None or plan.round == next_.round:
            return plan
        return plan if plan.round == await self.programmes.next_opening(next_.programme.id) else None

    def _planned_one(self, next_: _Next, plan: Plan | None) -> Question | None:
        """Return the planned question if it can still be asked."""
        history, day = next_.history, next_.day
        if plan is None or plan.round != next_.round or plan.question in history.taken:
            return None
        wanted = self._wanted(next_.programme)
        question = next((one for one in wanted if one.id == plan.question), None)
        if question is None:
            return None
        others = without(history, *plan.swapped())
        could = in_rotation([question, *(one for one in wanted if one.id not in others.taken)], day)
        if question not in could:  # its review has become too old, and another's has not
            return None
        if not is_rested(history, question.id, day):
            # It was asked elsewhere in the team since, unless nothing else was left when it was planned.
            return None if any(is_rested(others, one.id, day) for one in could) else question
        return question

    def _choice(self, next_: _Next, plan: Plan | None) -> Question | None:
        """Choose anew; what is planned for another round, or was swapped away, comes only if there is nothing else."""
        found = (self._choose(next_, history) for history in _most_careful_first(next_, plan))
        return next((question for question in found if question), None)

    def _choose(self, next_: _Next, history: History) -> Question | None:
        wanted, programme = self._wanted(next_.programme), next_.programme
        return choose(wanted, history, next_.day, next_.round, levels=programme.levels or None)

    def _wanted(self, programme: Programme) -> list[Question]:
        return matching(self.questions.all(), programme.topics, programme.levels or None)


def _most_careful_first(next_: _Next, plan: Plan | None) -> Iterator[History]:
    """Yield the history with what is to be kept back taken: everything, then only the question of a round to come, then nothing."""
    if plan and plan.round == next_.round:
        yield without(next_.history, *plan.passed)
    elif plan:
        yield without(next_.history, *plan.swapped())
        yield without(next_.history, plan.question)
    yield next_.history
