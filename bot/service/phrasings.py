"""What a team learns: ways of putting a key point, refused where they would fit too much."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording
from bot.domain.good_faith import in_good_faith, words
from bot.domain.ids import TeamId, team_of
from bot.domain.phrasing import MOST_LEARNT, Learnt, by_point
from bot.domain.question import MAX_PHRASING, Label, Question
from bot.domain.reply import Suggestion, Verdict, clean
from bot.domain.round import RoundState
from bot.ports import Caller, Grader, PhrasingStore, Questions, RoundStore
from bot.views import NoticeView, PhrasingLine, PhrasingsView

log = logging.getLogger(__name__)

_LATEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasings:
    store: PhrasingStore
    rounds: RoundStore
    questions: Questions
    grader: Grader

    def newest(self, question: Question) -> Question:
        """Return the question as the bank has it, with its sample replies, or as it was asked."""
        return self.questions.get(question.id) or question

    async def fault(self, team: TeamId, asked: Question, learnt: Learnt, instead_of: str = "") -> str:
        """Return why a phrasing may not be learnt, or nothing. ``instead_of`` is the id of the one that it replaces."""
        question = self.newest(asked)
        if learnt.point not in {point.id for point in question.key_points}:
            return wording.phrasings.NO_SUCH_POINT
        known = [one for one in await self.store.of(team, question.id) if one.id != instead_of]
        return _plain_fault(question, known, learnt) or await self._fault_in_grading(question, known, learnt)

    async def _fault_in_grading(self, question: Question, known: Sequence[Learnt], learnt: Learnt) -> str:
        replies = [learnt.text, *(sample.text for sample in question.samples)]
        before = await self.grader.suggest(question, by_point(known), replies)
        after = await self.grader.suggest(question, by_point([*known, learnt]), replies)
        for number, (point, covered) in enumerate(zip(question.key_points, after[0].ticks, strict=True), start=1):
            if point.id == learnt.point and not covered:
                return wording.phrasings.NOT_RECOGNISED
            if point.id != learnt.point and covered:
                return wording.phrasings.fits_two(number)
        for at, sample in enumerate(question.samples, start=1):
            label = sample.labels.get(learnt.point)
            fault = _fault_in_sample(question, learnt.point, before[at], after[at], wrong=label is Label.NOT_MADE)
            if fault is not None:
                number = fault + 1
                own = question.key_points[fault].id == learnt.point
                said = wording.phrasings
                return said.fits_a_wrong_reply(sample.text) if own else said.changes_another(number, sample.text)
        return ""

    async def listed(self, caller: Caller, question_id: str, notice: str = "") -> PhrasingsView | NoticeView:
        """Return what the caller's team has learnt of a question."""
        question = self.questions.get(question_id)
        if question is None:
            latest = await self.rounds.latest(caller.place, _LATEST)
            ids = [one.question.id for one in latest if one.question and one.state is RoundState.REVEALED]
            unknown = f"{wording.phrasings.NO_QUESTION} " if question_id else ""
            return NoticeView(text=unknown + wording.phrasings.which_question(ids))
        numbers = {point.id: number for number, point in enumerate(question.key_points, start=1)}
        known = await self.store.of(team_of(caller.place), question.id)
        how = wording.phrasings.HOW if known else wording.phrasings.NONE
        return PhrasingsView(
            question=question.id,
            text=question.text,
            points=tuple(point.statement for point in question.key_points),
            notice=f"{notice} {how}".strip(),
            learnt=tuple(
                PhrasingLine(id=one.id, point=numbers.get(one.point, 0), text=one.text, at=one.at) for one in known
            ),
        )

    async def drop(self, caller: Caller, question_id: str, id_: str) -> PhrasingsView | NoticeView:
        gone = await self.store.drop(team_of(caller.place), question_id, id_)
        log.info("phrasing dropped", extra={"question": question_id, "found": gone})
        return await self.listed(caller, question_id, wording.phrasings.DROPPED if gone else wording.phrasings.GONE)

    async def edit(self, caller: Caller, question_id: str, id_: str, text: str) -> PhrasingsView | NoticeView:
        """Put other words in the place of a phrasing, if those may be learnt."""
        team, question = team_of(caller.place), self.questions.get(question_id)
        known = {one.id: one for one in await self.store.of(team, question_id)}
        if question is None or id_ not in known:
            return await self.listed(caller, question_id, wording.phrasings.GONE)
        after = replace(known[id_], text=clean(text))
        if fault := await self.fault(team, question, after, instead_of=id_):
            return NoticeView(text=fault)
        done = await self.store.change(team, question_id, id_, after)
        return await self.listed(caller, question_id, wording.phrasings.CHANGED if done else wording.phrasings.GONE)


def _plain_fault(question: Question, known: Sequence[Learnt], learnt: Learnt) -> str:
    if len(learnt.text) > MAX_PHRASING:
        return wording.phrasings.too_long(len(learnt.text))
    if not in_good_faith(learnt.text, question):
        return wording.phrasings.COPIED
    said = words(learnt.text)
    for number, point in enumerate(question.key_points, start=1):
        texts = [*point.accepted, *(one.text for one in known if one.point == point.id)]
        if any(words(text) == said for text in texts):
            return wording.phrasings.KNOWN if point.id == learnt.point else wording.phrasings.fits_two(number)
    full = sum(one.point == learnt.point for one in known) >= MOST_LEARNT
    return wording.phrasings.FULL if full else ""


def _fault_in_sample(
    question: Question, point: str, before: Suggestion, after: Suggestion, *, wrong: bool
) -> int | None:
    """Return the index of the key point that a sample reply would now be judged wrongly on, or None."""
    for index, (one, was, is_) in enumerate(zip(question.key_points, before.verdicts, after.verdicts, strict=True)):
        if one.id != point and is_.verdict is not was.verdict:
            return index
        newly = is_.verdict is Verdict.COVERED and was.verdict is not Verdict.COVERED
        if one.id == point and wrong and newly:
            return index
    return None
