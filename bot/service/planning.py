"""What comes next in a place: planned when somebody looks, kept until it is asked, and swapped by who looks after the quiz."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.choose import History, choose, is_rested, matching
from bot.domain.ids import PlaceId, RoundId, programme_and_date, programme_of
from bot.domain.plan import Plan, without
from bot.domain.programme import Programme, ProgrammeState
from bot.domain.question import Question
from bot.ports import Calendar, Plans, ProgrammeStore, Questions, RoundStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """The next scheduled round of a place, and the question that it will ask unless that is taken meanwhile.

    ``taken`` are the questions that were open in the team when this was looked up.
    """

    round: RoundId
    asks_at: datetime
    question: Question
    taken: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    rounds: RoundStore
    programmes: ProgrammeStore
    questions: Questions
    calendar: Calendar
    plans: Plans

    async def coming(self, programme: Programme) -> Coming | None:
        """Return what comes next, planned now if it was not yet; None if nothing is to come, or there is no question."""
        return await self._planned(programme, swap=None)

    async def kept_out(self, place: PlaceId) -> Collection[str]:
        """Return the questions that may not be practised: those open anywhere in the team, and the next one of the place."""
        programme = await self.programmes.get(programme_of(place))
        coming = await self.coming(programme) if programme else None
        # What comes is looked up before what is taken: so a question that opens meanwhile is one or the other.
        return {coming.question.id, *coming.taken} if coming else await self.rounds.taken(place)

    async def swap(self, programme: Programme, away: str) -> Coming | None:
        """Plan another question than the one with the id ``away``; None if there is no other.

        If that one is not planned (any more), what is planned stays: the same wish delivered twice swaps once.
        """
        return await self._planned(programme, swap=away)

    async def question_for(self, programme: Programme, round_: RoundId, day: date) -> tuple[Question | None, bool]:
        """Return the question that a round is to ask, and whether it must be a rested one."""
        history = await self.rounds.history(programme.place)
        plan = await self.plans.get(programme.id)
        question = self._planned_one(programme, plan, round_, history, day)
        if question is None:
            question = self._choice(programme, round_, day, history, plan)
        return question, question is not None and is_rested(history, question.id, day)

    async def _planned(self, programme: Programme, swap: str | None) -> Coming | None:
        round_ = await self.programmes.next_opening(programme.id)
        if programme.state is not ProgrammeState.ACTIVE or round_ is None:
            return None
        _, day, _ = programme_and_date(round_)
        occurrence = self.calendar.occurrence(programme.schedule, day)
        if occurrence is None:
            return None
        plan = await self.plans.get(programme.id)
        history = await self.rounds.history(programme.place)
        question = self._planned_one(programme, plan, round_, history, day)
        if question is None or question.id == swap:
            passed = plan.passed if plan and plan.round == round_ else ()
            passed = (*passed, swap) if swap else passed
            question = self._choice(programme, round_, day, without(history, *passed), None)
            if question is None:
                return None
            await self.plans.keep(programme.id, Plan(round=round_, question=question.id, passed=passed))
        return Coming(round=round_, asks_at=occurrence.asks_at, question=question, taken=history.taken)

    def _planned_one(
        self, programme: Programme, plan: Plan | None, round_: RoundId, history: History, day: date
    ) -> Question | None:
        """Return the planned question if it can still be asked."""
        if plan is None or plan.round != round_ or plan.question in history.taken:
            return None
        wanted = matching(self.questions.all(), programme.topics, programme.levels or None)
        question = next((one for one in wanted if one.id == plan.question), None)
        if question and not is_rested(history, question.id, day):
            # It was asked elsewhere in the team since, unless nothing else was left when it was planned.
            others = without(history, *plan.swapped())
            return None if any(is_rested(others, one.id, day) for one in wanted) else question
        return question

    def _choice(
        self, programme: Programme, round_: RoundId, day: date, history: History, plan: Plan | None
    ) -> Question | None:
        """Choose anew; what is planned for another round, or was swapped away, comes only if there is nothing else."""
        kept_back = without(history, *plan.swapped()) if plan else history
        if plan and plan.round == round_:
            kept_back = without(history, *plan.passed)
        return self._choose(programme, round_, day, kept_back) or self._choose(programme, round_, day, history)

    def _choose(self, programme: Programme, round_: RoundId, day: date, history: History) -> Question | None:
        return choose(
            self.questions.all(), history, day, round_, topics=programme.topics, levels=programme.levels or None
        )
