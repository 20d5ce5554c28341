"""Grade a revealed round anew, with the newest revision of its question and what the team has learnt since."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.ids import MemberId, PlaceId, RoundId, team_of
from bot.domain.phrasing import by_point
from bot.domain.question import Question
from bot.domain.reply import Grade, Suggestion
from bot.domain.review import Regraded, in_question, regraded
from bot.domain.round import Round, RoundState
from bot.ports import (
    Agenda,
    Grader,
    Later,
    Lease,
    Ledger,
    PhrasingStore,
    Questions,
    ReplyStore,
    RoundStore,
)
from bot.service.disclosure import Disclosure
from bot.service.judging import graded
from bot.service.reveals import BATCH, GRADED

log = logging.getLogger(__name__)

_LATEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What grading a round anew would come to. ``fits``: the bank's revision has the key points that were asked.

    ``outside`` names who will be shown the replies when it is done, and may suggest otherwise; empty if nobody is.
    """

    round: Round
    question: Question
    fits: bool
    grades: tuple[Regraded, ...]
    outside: str = ""

    @property
    def changed(self) -> Sequence[Regraded]:
        """Return the grades that would be others than they are."""
        return [
            one for one in self.grades if (one.before.ticks, one.before.points) != (one.after.ticks, one.after.points)
        ]

    @property
    def difference(self) -> int:
        """The points that all of them would gain together."""
        return sum(one.after.points - one.before.points for one in self.changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrading:
    """What a member or a lead has said stands: only what was merely suggested is suggested anew."""

    agenda: Agenda
    rounds: RoundStore
    replies: ReplyStore
    ledger: Ledger
    phrasings: PhrasingStore
    questions: Questions
    grader: Grader
    disclosure: Disclosure

    async def round_of(self, place: PlaceId, which: RoundId | None) -> Round | None:
        """Return that round, or the last one of a place, if it is revealed and still there."""
        rounds = [await self.rounds.get(which)] if which else await self.rounds.latest(place, _LATEST)
        return next((one for one in rounds if one and one.state is RoundState.REVEALED), None)

    async def ask(self, round_: RoundId) -> bool:
        """Have a round graded anew by whoever carries out the agenda; False if it is not revealed."""
        return await self.agenda.regrade(round_)

    async def prospect(self, round_: Round) -> Prospect:
        """Return what it would come to now by the grader in the house: nothing is changed, and nobody is shown a reply."""
        outside = await self.disclosure.beyond(round_)
        question, fits = self._question(round_.asked())
        grades = await self._compared(round_, question, await self._suggested(round_, question, self.grader))
        return Prospect(
            round=round_, question=question, fits=fits, grades=grades, outside=outside.name if outside else ""
        )

    async def regrade(self, lease: Lease) -> Later | None:
        """Carry it out, and have the reveal amended. Done again, also in part, it comes to the same and changes nothing."""
        round_ = await self.rounds.get(lease.round)
        if round_ is None or round_.state is not RoundState.REVEALED:
            await self.agenda.drop(lease)
            return None
        question, _ = self._question(round_.asked())
        grader = await self.disclosure.grader(round_, self.grader)
        suggestions = await self._suggested(round_, question, grader)  # once: what it costs is not paid for a lost turn
        await self.rounds.reword(lease, question)
        left = True
        while left:  # a turn is lost only to somebody's own change, which is then read
            grades = await self._compared(round_, question, suggestions)
            batches = [grades[first : first + BATCH] for first in range(0, len(grades), BATCH)]
            left = any([await self.ledger.regrade(lease, round_, batch, lease.now) for batch in batches])
        await self.agenda.amend(round_.id)
        await self.agenda.drop(lease)
        log.info("round graded anew", extra={"round": round_.id, "grades": len(suggestions)})
        return None

    async def _suggested(self, round_: Round, question: Question, grader: Grader) -> Mapping[MemberId, Suggestion]:
        learnt = by_point(await self.phrasings.of(team_of(round_.id), question.id))
        standing = await self.replies.standing(round_.id)
        made: dict[MemberId, Suggestion] = {}
        for first in range(0, len(standing), GRADED):
            found = await graded(grader, question, learnt, standing[first : first + GRADED])
            made |= {reply.member: suggestion for reply, suggestion in found}
        return made

    async def _compared(
        self, round_: Round, question: Question, suggestions: Mapping[MemberId, Suggestion]
    ) -> tuple[Regraded, ...]:
        grades = await self.ledger.grades(round_.id)
        return tuple(
            _regraded(question, member, one, grades[member]) for member, one in suggestions.items() if member in grades
        )

    def _question(self, asked: Question) -> tuple[Question, bool]:
        """Return the bank's revision if what was ticked can be carried over to it, else what was asked."""
        newest = self.questions.get(asked.id) or asked
        fits = [point.id for point in newest.key_points] == [point.id for point in asked.key_points]
        return (replace(newest, samples=()), True) if fits else (asked, False)


def _regraded(question: Question, member: MemberId, suggestion: Suggestion, before: Grade) -> Regraded:
    after = regraded(question, suggestion, before)
    waits = any(in_question(suggestion, after)) or (before.appeal is not None and not after.good_faith)
    return Regraded(member=member, suggestion=suggestion, before=before, after=after, waits=waits)
