"""Appeals, what waits for those who look after a place, and what they decide about it."""

import hashlib
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot import wording
from bot.domain.ids import PlaceId, RoundId, team_of
from bot.domain.phrasing import Learnt, is_from
from bot.domain.reply import Appeal, Decision, Grade, StandingReply, Suggestion, clean
from bot.domain.review import MAX_REASON, decided, in_question, is_worth_an_appeal
from bot.domain.round import Round
from bot.ports import Caller, Clock, Ledger, ReplyStore, ReviewStore, RoundStore, Ruling, Waiting
from bot.service.feedback import Feedbacks
from bot.service.phrasings import Phrasings
from bot.service.replies import Replies
from bot.service.shown import grade_view, graded_points
from bot.views import GradeView, NoticeView, OtherVerdict, ReviewItem, ReviewView

log = logging.getLogger(__name__)

PAGE = 3
"""Items on a page: each has a whole reply."""
_MARK = 8
"""So many characters of an item's id stand for the reply, and the rest for the version of its grade."""
LOOKED_THROUGH = 500
"""So many that wait are looked through at a time: others wait for the same event loop."""

_REFUSALS = {
    Ruling.FINAL: wording.review.ALREADY_DECIDED,
    Ruling.CHANGED: wording.review.CHANGED,
    Ruling.NOTHING: wording.review.CHANGED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """All that is known of something that waits."""

    waiting: Waiting
    round: Round
    reply: StandingReply
    suggestion: Suggestion
    grade: Grade

    @property
    def id(self) -> str:
        """Another one once anything about the grade has changed: nobody decides what they have not seen."""
        return f"{_mark(self.waiting)}{self.grade.version:x}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    rounds: RoundStore
    replies: ReplyStore
    ledger: Ledger
    reviews: ReviewStore
    own: Replies
    phrasings: Phrasings
    feedbacks: Feedbacks
    clock: Clock

    async def appeal(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str
    ) -> GradeView | NoticeView:
        """Ask a lead for these key points, none for a reply that was taken for no answer of its own; the last word counts."""
        known = await self.rounds.get(round_)
        if known is None or known.question is None:
            return NoticeView(text=wording.grades.ROUND_GONE)
        found = await self.own.graded(known, caller)
        if isinstance(found, NoticeView):
            return found
        reply, suggestion, grade = found
        appeal = Appeal(ticks=tuple(map(bool, ticks)), reason=clean(reason))
        if fault := _fault(known, grade, appeal):
            return NoticeView(text=fault)
        outcome, kept = await self.reviews.appeal(round_, caller.member, appeal, self.clock.now())
        log.info("appeal", extra={"round": round_, "outcome": outcome})
        if kept is None:
            return NoticeView(text=wording.grades.NO_REPLY)
        return grade_view(known, reply.text, suggestion, kept, open_now=not known.settled)

    async def waiting(self, caller: Caller, after: int = 0, notice: str = "") -> ReviewView:
        """Return what waits in the caller's place, after so many newer ones, below a notice."""
        cases: list[_Case] = []
        count = await self.reviews.count(caller.place)
        while not cases and after < count:  # each turn finds something, or lets something wait no longer
            cases = await self._cases(caller.place, after, PAGE)
            count = await self.reviews.count(caller.place)
        last = after + len(cases)
        how_many = wording.review.shown(after + 1, last, count) if cases else wording.review.NOTHING_WAITS
        return ReviewView(
            place=caller.place,
            notice=f"{notice}\n{how_many}".strip(),
            items=tuple(map(_item, cases)),
            after=last if cases and last < count else 0,
            reports=() if after else await self.feedbacks.reports(caller.place),
        )

    async def item(self, caller: Caller, id_: str) -> ReviewView:
        """Return the one item that is called so or, if nothing is any more, what waits now."""
        case = await self._case(caller.place, id_)
        if case is None:
            return await self.waiting(caller, notice=wording.review.CHANGED)
        return ReviewView(place=caller.place, notice=wording.review.HOW, items=(_item(case),))

    async def decide(
        self, caller: Caller, id_: str, *, accept: bool, reason: str, learn: tuple[int, str] | None = None
    ) -> ReviewView | NoticeView:
        """Accept or overrule what is in question; the first decision stands. Return what waits then.

        ``learn`` is the number of an accepted key point and the passage that says it, empty for what the grader saw of it.
        """
        decision = Decision(accepted=accept, reason=clean(reason))
        if len(decision.reason) > MAX_REASON:
            return NoticeView(text=wording.review.too_long(len(decision.reason)))
        if not accept and not decision.reason:
            return NoticeView(text=wording.review.OVERRULING_NEEDS_REASON)
        case = await self._case(caller.place, id_)
        learnt = await self._to_learn(caller, case, *learn) if case and learn else None
        if isinstance(learnt, NoticeView):
            return learnt
        outcome = await self._decided(case, decision, learnt) if case else Ruling.CHANGED
        log.info(
            "decided", extra={"place": caller.place, "accepted": accept, "outcome": outcome, "learnt": bool(learnt)}
        )
        done = wording.review.ACCEPTED if accept else wording.review.OVERRULED
        done = wording.phrasings.LEARNT if learnt else done
        return await self.waiting(caller, notice=_REFUSALS.get(outcome, done))

    async def _to_learn(self, caller: Caller, case: _Case, number: int, passage: str) -> Learnt | NoticeView:
        """Return what is to be learnt from a reply, or why it may not be."""
        question, wanted = case.round.asked(), in_question(case.suggestion, case.grade)
        if not 1 <= number <= len(wanted) or not wanted[number - 1]:
            return NoticeView(text=wording.phrasings.WHICH_POINT)
        text = clean(passage) or case.suggestion.verdicts[number - 1].evidence
        if not text:
            return NoticeView(text=wording.phrasings.NO_PASSAGE)
        learnt = Learnt(
            point=question.key_points[number - 1].id,
            text=text,
            round=case.round.id,
            at=self.clock.now(),
            member=case.waiting.member,
            by=caller.member,
        )
        fault = await self.phrasings.fault(team_of(caller.place), question, learnt)
        if not fault and not is_from(learnt, case.reply.text):
            fault = wording.phrasings.NOT_IN_REPLY
        return NoticeView(text=fault) if fault else learnt

    async def _decided(self, case: _Case, decision: Decision, learnt: Learnt | None) -> Ruling:
        after = decided(case.round.asked(), case.suggestion, case.grade, accepted=decision.accepted)
        outcome, _ = await self.reviews.decide(
            case.round, case.waiting.member, case.grade, after, decision, self.clock.now(), learnt
        )
        return outcome

    async def _case(self, place: PlaceId, id_: str) -> _Case | None:
        passed = 0
        while some := await self.reviews.waiting(place, passed, LOOKED_THROUGH):
            meant = [one for one in some if _mark(one) == id_[:_MARK]]
            if meant:
                return next((case for case in await self._there(place, meant) if case.id == id_), None)
            passed += len(some)
        return None

    async def _cases(self, place: PlaceId, first: int, count: int) -> list[_Case]:
        return await self._there(place, await self.reviews.waiting(place, first, count))

    async def _there(self, place: PlaceId, some: Sequence[Waiting]) -> list[_Case]:
        """Return what there is of those that wait; what is gone waits no longer."""
        found: list[_Case] = []
        for waiting in some:
            case = await self._of(waiting)
            if case is None:
                await self.reviews.forget(place, waiting)
            else:
                found.append(case)
        return found

    async def _of(self, waiting: Waiting) -> _Case | None:
        grade = await self.ledger.grade(waiting.round, waiting.member)
        if grade is None or grade.waits_since is None:
            return None
        round_ = await self.rounds.get(waiting.round)
        reply = await self.replies.of_member(waiting.round, waiting.member)
        suggestion = await self.replies.suggestion(waiting.round, waiting.member)
        if round_ is None or reply is None or suggestion is None:
            return None
        return _Case(waiting=waiting, round=round_, reply=reply, suggestion=suggestion, grade=grade)


def _mark(waiting: Waiting) -> str:
    """Return what finds it among all that wait, and does not say whose it is."""
    return hashlib.sha256(f"{waiting.round}/{waiting.member}".encode()).hexdigest()[:_MARK]


def _fault(round_: Round, grade: Grade, appeal: Appeal) -> str:
    """Return why a lead cannot be asked this, or nothing."""
    count = len(round_.asked().key_points)
    if len(appeal.ticks) != count:
        return wording.grades.ticks_do_not_fit(count)
    if len(appeal.reason) > MAX_REASON:
        return wording.review.too_long(len(appeal.reason))
    if not appeal.reason:
        return wording.review.APPEAL_NEEDS_REASON
    return "" if grade.decision or is_worth_an_appeal(grade, appeal.ticks) else wording.review.NOTHING_TO_APPEAL


def _item(case: _Case) -> ReviewItem:
    grade, question = case.grade, case.round.asked()
    what = wording.review.TICKS
    if grade.appeal:
        what = wording.review.APPEAL_OF_COPY if grade.copied else wording.review.APPEAL_OF_WORTHLESS
        what = wording.review.APPEAL if grade.good_faith else what
    reasons = [grade.appeal.reason] if grade.appeal else []
    wanted = in_question(case.suggestion, grade)
    return ReviewItem(
        id=case.id,
        what=what,
        since=case.waiting.since,
        round=case.round.id,
        text=question.text,
        reply=case.reply.text,
        points=graded_points(question, case.suggestion, grade.ticks),
        in_question=tuple(number for number, one in enumerate(wanted, start=1) if one),
        reason="\n".join([*reasons, *([grade.reason] if grade.reason else [])]),
        second=tuple(_second(case.suggestion)),
    )


def _second(suggestion: Suggestion) -> Iterator[OtherVerdict]:
    other = suggestion.second.verdicts if suggestion.second else suggestion.verdicts
    for number, (first, second) in enumerate(zip(suggestion.verdicts, other, strict=True), start=1):
        if first.verdict is not second.verdict:
            yield OtherVerdict(number=number, verdict=second)
