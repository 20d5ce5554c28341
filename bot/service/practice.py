"""Practising alone: a private question at once, its suggestion and self-check at once. It never touches ledger and boards."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording
from bot.domain.choose import in_rotation
from bot.domain.good_faith import in_good_faith
from bot.domain.ids import team_of
from bot.domain.phrasing import by_point
from bot.domain.practice import (
    Attempt,
    Memory,
    next_to_practise,
    order_of_practice,
    reviews_left,
)
from bot.domain.question import Level, Question
from bot.domain.reply import MAX_REPLY, clean
from bot.domain.score import share
from bot.domain.wish import TooMany, Unclear, Wish, read_wish
from bot.ports import Caller, Clock, Grader, PhrasingStore, PracticeStore, Questions, Reviews
from bot.service.planning import Planning
from bot.service.remembering import rated
from bot.service.shown import graded_points
from bot.views import AnswerView, NoticeView, PracticeGradeView, PracticeView

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """Of a question that is open in the team, or comes next in the place, no old button gives anything away."""

    practice: PracticeStore
    planning: Planning
    questions: Questions
    grader: Grader
    phrasings: PhrasingStore
    reviews: Reviews
    clock: Clock

    async def ask(self, caller: Caller, wanted: str = "", passing: str = "") -> PracticeView | NoticeView:
        """Return what the caller had best practise now, of what is wanted; see ``bot.domain.practice`` for the order."""
        topics = sorted({question.topic for question in self.questions.all()})
        wish = read_wish(wanted, topics)
        if not isinstance(wish, Wish):
            return NoticeView(text=_unread(wish, topics))
        kept_out = await self.planning.kept_out(caller.place)
        memories = await self.practice.memories(caller.member)
        now = self.clock.now()
        order = order_of_practice(
            in_rotation(
                (one for one in self.questions.all() if wish.takes(one) and one.id not in kept_out), now.date()
            ),
            memories,
            now,
            caller.member,
            reviews=None if wish.topic or wish.level else reviews_left(memories, now),
        )
        question = next_to_practise(order, memories, now, passing)
        if question is None:
            return NoticeView(text=_nothing(wish, order))
        return self._view(question, memories.get(question.id), wish)

    async def form(self, caller: Caller, question_id: str) -> PracticeView | NoticeView:
        question = await self._question(caller, question_id)
        if isinstance(question, NoticeView):
            return question
        memory, _ = await self.practice.of_member(caller.member, question.id)
        return self._view(question, memory, Wish())

    async def answer(self, caller: Caller, question_id: str, text: str) -> PracticeGradeView | NoticeView:
        """Grade a reply at once. The same delivery again changes nothing and shows what stands."""
        text = clean(text)
        if not text:
            return NoticeView(text=wording.practice.EMPTY)
        if len(text) > MAX_REPLY:
            return NoticeView(text=wording.practice.too_long(len(text)))
        question = await self._question(caller, question_id)
        if isinstance(question, NoticeView):
            return question
        now = self.clock.now()  # before anything of the member is read: who is erased meanwhile has begun this before
        before, _ = await self.practice.of_member(caller.member, question.id)
        learnt = by_point(await self.phrasings.of(team_of(caller.place), question.id))
        (suggestion,) = await self.grader.suggest(question, learnt, [text])
        attempt = Attempt(
            at=now,
            revision=question.revision,
            text=text,
            suggestion=suggestion,
            ticks=suggestion.ticks,
            before=before,
        )
        return await self._keep(caller, question, attempt, wording.practice.CHECK)

    async def grade(self, caller: Caller, question_id: str) -> PracticeGradeView | NoticeView:
        question = await self._question(caller, question_id)
        if isinstance(question, NoticeView):
            return question
        return _graded(question, await self.practice.of_member(caller.member, question.id), wording.practice.CHECK)

    async def check(self, caller: Caller, question_id: str, ticks: Sequence[bool]) -> PracticeGradeView | NoticeView:
        """Keep what the member ticked, as if the reply had been rated so from the beginning."""
        question = await self._question(caller, question_id)
        if isinstance(question, NoticeView):
            return question
        if len(ticks) != len(question.key_points):
            return NoticeView(text=wording.grades.ticks_do_not_fit(len(question.key_points)))
        memory, attempt = await self.practice.of_member(caller.member, question.id)
        view = _graded(question, (memory, attempt), wording.practice.KEPT)
        if attempt is None or isinstance(view, NoticeView) or not view.open:
            return view
        checked = replace(attempt, ticks=tuple(bool(tick) for tick in ticks))
        return await self._keep(caller, question, checked, wording.practice.KEPT)

    async def show(self, caller: Caller, question_id: str, times: int | None) -> AnswerView | NoticeView:
        """Show the model answer. Who gives up, having answered no more than ``times`` times, has missed the question."""
        question = await self._question(caller, question_id)
        if isinstance(question, NoticeView):
            return question
        now = self.clock.now()  # as in answer
        memory, _ = await self.practice.of_member(caller.member, question.id)
        if times == (memory.times if memory else 0):
            memory = rated(self.reviews, memory, None, now)
            await self.practice.remember(question.id, {caller.member: memory})
        return AnswerView(
            question=question.id,
            topic=question.topic,
            level=question.level,
            text=question.text,
            model_answer=question.model_answer,
            points=question.key_points,
            sources=question.sources,
            follow_up=question.follow_up,
            returns_at=memory.due if memory else None,
        )

    async def hint(self, caller: Caller, question_id: str, number: int) -> NoticeView:
        question = await self._question(caller, question_id)
        if isinstance(question, NoticeView):
            return question
        hints = question.hints
        if not 1 <= number <= len(hints):
            return NoticeView(text=wording.replies.no_such_hint(len(hints)))
        return NoticeView(text=wording.replies.hint(number, len(hints), hints[number - 1]))

    async def _question(self, caller: Caller, question_id: str) -> Question | NoticeView:
        """Return the question as the bank has it now, or the sentence that says why nothing of it may be shown."""
        question = self.questions.get(question_id)
        if question is None:
            return NoticeView(text=wording.practice.GONE)
        if question.id in await self.planning.kept_out(caller.place):
            return NoticeView(text=wording.practice.NOT_NOW)
        return question

    async def _keep(
        self, caller: Caller, question: Question, attempt: Attempt, notice: str
    ) -> PracticeGradeView | NoticeView:
        """Keep an attempt, rated from the memory before it; what is kept already, or is newer, is shown instead."""
        own = in_good_faith(attempt.text, question)
        part = share(question, attempt.ticks) if own else None
        memory = rated(self.reviews, attempt.before, part, attempt.at)
        kept = await self.practice.keep(caller.member, question.id, memory, attempt, caller.delivery)
        log.info("practice", extra={"question": question.id, "kept": kept})
        found = (memory, attempt) if kept else await self.practice.of_member(caller.member, question.id)
        return _graded(question, found, notice)

    def _view(self, question: Question, memory: Memory | None, wish: Wish) -> PracticeView:
        review = memory is not None and memory.due <= self.clock.now()
        return PracticeView(
            question=question.id,
            topic=question.topic,
            level=question.level,
            text=question.text,
            hints=question.hints,
            review=review,
            times=memory.times if memory else 0,
            topic_wanted=wish.topic,
            level_wanted=wish.level or "",
            note=wording.practice.REVIEW if review else "",
        )


def _graded(
    question: Question, found: tuple[Memory | None, Attempt | None], notice: str
) -> PracticeGradeView | NoticeView:
    memory, attempt = found
    if memory is None or attempt is None:
        return NoticeView(text=wording.practice.NO_ATTEMPT)
    if attempt.revision != question.revision or len(attempt.ticks) != len(question.key_points):
        return NoticeView(text=wording.practice.REWORKED)
    own, latest = in_good_faith(attempt.text, question), memory.last == attempt.at
    if not latest:
        notice = wording.practice.MET_SINCE
    elif not own:
        notice = wording.practice.NOT_IN_GOOD_FAITH
    return PracticeGradeView(
        question=question.id,
        text=question.text,
        reply=attempt.text,
        points=graded_points(question, attempt.suggestion, attempt.ticks),
        returns_at=memory.due,
        notice=notice,
        open=own and latest,
    )


def _unread(wish: Unclear | TooMany, topics: Sequence[str]) -> str:
    if isinstance(wish, TooMany):
        return wording.practice.too_many(*wish.said)
    return wording.practice.unclear(wish.said, wish.meant, topics, list(Level))


def _nothing(wish: Wish, free: Sequence[Question]) -> str:
    """Say that there is nothing to practise, but not why: that would tell what is asked next."""
    return wording.practice.NO_OTHER if free else wording.practice.nothing_on(wish.topic, wish.level or "")
