"""Grade a revealed round anew, with the newest revision of its question and what the team has learnt since."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.ids import PlaceId, RoundId, team_of
from bot.domain.phrasing import by_point
from bot.domain.question import Question
from bot.domain.review import Regraded, above, regraded
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
    """What grading a round anew would come to. ``fits``: the bank's revision has the key points that were asked."""

    round: Round
    question: Question
    fits: bool
    grades: tuple[Regraded, ...]

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
        """Return what it would come to now; changes nothing."""
        question, fits = self._question(round_.asked())
        learnt = by_point(await self.phrasings.of(team_of(round_.id), question.id))
        standing = await self.replies.standing(round_.id)
        grades = await self.ledger.grades(round_.id)
        grader = await self.disclosure.grader(round_, self.grader)
        found: list[Regraded] = []
        for first in range(0, len(standing), GRADED):
            made = await graded(grader, question, learnt, standing[first : first + GRADED])
            for member, suggestion in made.items():
                if before := grades.get(member):
                    after = regraded(question, suggestion, before)
                    waits = before.appeal is not None or any(above(suggestion, after.ticks))
                    found.append(
                        Regraded(member=member, suggestion=suggestion, before=before, after=after, waits=waits)
                    )
        return Prospect(round=round_, question=question, fits=fits, grades=tuple(found))

    async def regrade(self, lease: Lease) -> Later | None:
        """Carry it out, and have the reveal amended. Done again, also in part, it comes to the same and changes nothing."""
        round_ = await self.rounds.get(lease.round)
        if round_ is None or round_.state is not RoundState.REVEALED:
            await self.agenda.drop(lease)
            return None
        changed = 0
        left = True
        while left:  # a turn is lost only to somebody's own change, which is then read
            found = await self.prospect(round_)
            await self.rounds.reword(lease, found.question)
            batches = [found.grades[first : first + BATCH] for first in range(0, len(found.grades), BATCH)]
            missed = [await self.ledger.regrade(lease, round_, batch, lease.now) for batch in batches]
            changed, left = changed + len(found.changed), any(missed)
        await self.agenda.amend(round_.id)
        await self.agenda.drop(lease)
        log.info("round graded anew", extra={"round": round_.id, "changed": changed})
        return None

    def _question(self, asked: Question) -> tuple[Question, bool]:
        """Return the bank's revision if what was ticked can be carried over to it, else what was asked."""
        newest = self.questions.get(asked.id) or asked
        fits = [point.id for point in newest.key_points] == [point.id for point in asked.key_points]
        return (replace(newest, samples=()), True) if fits else (asked, False)
