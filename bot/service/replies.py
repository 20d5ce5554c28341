"""Replies, hints, one's own grade and the self-check."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import wording
from bot.domain.ids import RoundId, platform_of, team_of
from bot.domain.phrasing import by_point
from bot.domain.programme import Collect
from bot.domain.question import Question
from bot.domain.reply import (
    MAX_REPLY,
    Grade,
    Origin,
    Receipt,
    ReceiptState,
    Reply,
    StandingReply,
    Suggestion,
    Via,
    clean,
)
from bot.domain.review import above
from bot.domain.round import Round, RoundState
from bot.domain.score import points
from bot.ports import (
    Caller,
    CheckState,
    Clock,
    Grader,
    Ledger,
    Meter,
    PhrasingStore,
    ReplyStore,
    RoundStore,
    StoreUnavailable,
)
from bot.service.shown import grade_view, late_view
from bot.views import FormView, GradeView, NoticeView, ReceiptView

log = logging.getLogger(__name__)

_LATEST = 20
"""How many past rounds of a place are looked through for the last one of a member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    rounds: RoundStore
    replies: ReplyStore
    ledger: Ledger
    grader: Grader
    phrasings: PhrasingStore
    clock: Clock
    meter: Meter

    async def submit(self, reply: Reply) -> ReceiptView:
        """Keep a reply if the round takes it; the receipt says what stands now. Safe to deliver any number of times."""
        reply, fault = read(reply)
        receipt = await (self._unsaved(reply, fault) if fault else self._kept(reply))
        self.meter.replied(platform_of(reply.round), receipt.state)
        log.info("reply", extra={"round": reply.round, "via": reply.via, "outcome": receipt.state})
        late = receipt.state is ReceiptState.LATE and not reply.withdrawn
        return _receipt(receipt, reply, await self._late(reply) if late else None)

    async def _unsaved(self, reply: Reply, fault: ReceiptState) -> Receipt:
        """Say of a reply that cannot be kept what stands all the same."""
        receipt = Receipt(state=fault, round=reply.round)
        try:
            stands = await self.replies.of_member(reply.round, reply.member)
        except StoreUnavailable:
            return receipt
        return replace(receipt, text=stands.text, via=Via.THREAD if stands.visible else Via.FORM) if stands else receipt

    async def _kept(self, reply: Reply) -> Receipt:
        try:
            return await self.replies.submit(reply)
        except StoreUnavailable:
            return Receipt(state=ReceiptState.NOT_SAVED, round=reply.round)

    async def answer_form(self, caller: Caller, round_: RoundId | None) -> FormView | NoticeView:
        known, stands, note = await (self._named(round_, caller) if round_ else self._of_place(caller))
        if known and known.state is RoundState.OPENING:
            return NoticeView(text=wording.replies.COMING)
        if known is None or known.state is not RoundState.OPEN:
            return await self._none_open(caller, known, named=round_ is not None)
        if known.collect is Collect.THREAD:
            return NoticeView(text=wording.replies.NO_FORM)
        return FormView(
            round=known.id,
            text=known.asked().text,
            reveals_at=known.reveals_at,
            present=stands.text if stands else "",
            visible=bool(stands and stands.visible),
            note=note,
        )

    async def _named(self, round_: RoundId, caller: Caller) -> tuple[Round | None, StandingReply | None, str]:
        return (*await self.replies.to_answer(round_, caller.member), "")

    async def _of_place(self, caller: Caller) -> tuple[Round | None, StandingReply | None, str]:
        """Return the round of the place and the member's reply in it, or a note that this could not be read."""
        known = await self.rounds.present(caller.place)
        if known is None:
            return None, None, ""
        try:
            return known, await self.replies.of_member(known.id, caller.member), ""
        except StoreUnavailable:
            return known, None, wording.replies.PRESENT_UNREAD

    async def _none_open(self, caller: Caller, known: Round | None, *, named: bool) -> NoticeView:
        """Say that a question has closed, if one was named, and which one is open instead, if one is."""
        if not named:
            return NoticeView(text=wording.replies.NO_ROUND)
        open_ = await self.rounds.present(caller.place)
        topic = open_.asked().topic if open_ and open_.state is RoundState.OPEN else ""
        revealed = known is not None and known.state is RoundState.REVEALED
        return NoticeView(text=wording.replies.closed(revealed=revealed, open_topic=topic))

    async def hint(self, caller: Caller, round_: RoundId | None, number: int) -> NoticeView:
        known = await (self.rounds.get(round_) if round_ else self.rounds.present(caller.place))
        if known and known.state is RoundState.OPENING:
            return NoticeView(text=wording.replies.COMING)
        if known is None or known.question is None or known.state is RoundState.SKIPPED:
            return await self._none_open(caller, known, named=round_ is not None)
        hints = known.question.hints
        if not 1 <= number <= len(hints):
            return NoticeView(text=wording.replies.no_such_hint(len(hints)))
        return NoticeView(text=wording.replies.hint(number, len(hints), hints[number - 1]))

    async def grade(self, caller: Caller, round_: RoundId | None) -> GradeView | NoticeView:
        known = await (self.rounds.get(round_) if round_ else self._last_own(caller))
        if known is None:
            return NoticeView(text=wording.grades.ROUND_GONE if round_ else wording.grades.NOTHING_REVEALED)
        found = await self.graded(known, caller)
        if isinstance(found, NoticeView):
            return found
        reply, suggestion, grade = found
        return grade_view(known, reply.text, suggestion, grade, open_now=not known.settled)

    async def check(
        self, caller: Caller, round_: RoundId, ticks: Sequence[bool], reason: str, seen: int | None = None
    ) -> GradeView | NoticeView:
        """Keep what the member ticked; points follow through the ledger at once."""
        known = await self.rounds.get(round_)
        if known is None or known.question is None:
            return NoticeView(text=wording.grades.ROUND_GONE)
        if len(ticks) != len(known.question.key_points):
            return NoticeView(text=wording.grades.ticks_do_not_fit(len(known.question.key_points)))
        found = await self.graded(known, caller)
        if isinstance(found, NoticeView):
            return found
        reply, suggestion, _ = found
        checked = _checked(known.question, ticks, reason)
        now = self.clock.now()
        over = any(above(suggestion, checked.ticks))
        state, kept = await self.ledger.check(known, caller.member, checked, caller.delivery, now, seen, above=over)
        log.info("self-check", extra={"round": round_, "outcome": state})
        if kept is None:
            return NoticeView(text=wording.grades.NO_REPLY)
        view = grade_view(known, reply.text, suggestion, kept, open_now=state is not CheckState.CLOSED)
        return replace(view, notice=wording.grades.CHANGED_SINCE) if state is CheckState.OVERTAKEN else view

    async def graded(self, known: Round, caller: Caller) -> tuple[StandingReply, Suggestion, Grade] | NoticeView:
        """Return what there is of the member in a revealed round, or the sentence that says why there is nothing."""
        if known.state is RoundState.SKIPPED:
            return NoticeView(text=wording.grades.NOTHING_REVEALED)
        if known.state is not RoundState.REVEALED:
            return NoticeView(text=wording.grades.NOT_REVEALED)
        reply = await self.replies.of_member(known.id, caller.member)
        grade = await self.ledger.grade(
            known.id, caller.member
        )  # first: its version must not be newer than what is shown
        suggestion = await self.replies.suggestion(known.id, caller.member)
        if reply is None or suggestion is None or grade is None:
            return NoticeView(text=wording.grades.NO_REPLY)
        return reply, suggestion, grade

    async def _last_own(self, caller: Caller) -> Round | None:
        """Return the last revealed round that the member has a grade in: its self-check outlasts the next reveal."""
        latest = await self.rounds.latest(caller.place, _LATEST)
        revealed = [round_ for round_ in latest if round_.state is RoundState.REVEALED]
        for round_ in revealed:
            if await self.ledger.grade(round_.id, caller.member):
                return round_
        return revealed[0] if revealed else None

    async def _late(self, reply: Reply) -> GradeView | None:
        """Suggest for a late reply too, for learning. What others may still be writing is not given away before the reveal."""
        try:
            known = await self.rounds.get(reply.round)
            if known is None or known.state is not RoundState.REVEALED:
                return None
            learnt = await self.phrasings.of(team_of(reply.round), known.asked().id)
        except StoreUnavailable:
            return None  # the receipt stands without it
        (suggestion,) = await self.grader.suggest(known.asked(), by_point(learnt), [reply.text])
        return late_view(known, reply.text, suggestion)


def read(reply: Reply) -> tuple[Reply, ReceiptState | None]:
    """Return the reply as it may be kept, and what is wrong with it if it may not."""
    if (text := clean(reply.text)) != reply.text:
        reply = replace(reply, text=text)
    if not reply.withdrawn and not reply.text:
        if reply.via is Via.FORM:
            return reply, ReceiptState.EMPTY
        reply = replace(reply, withdrawn=True)  # a message edited to nothing says nothing
    return reply, ReceiptState.TOO_LONG if len(reply.text) > MAX_REPLY else None


def _checked(question: Question, ticks: Sequence[bool], reason: str) -> Grade:
    kept = tuple(bool(tick) for tick in ticks)
    return Grade(
        ticks=kept,
        good_faith=True,  # the store refuses a check of any other reply
        points=points(question, kept, good_faith=True),
        origin=Origin.SELF_CHECKED,
        reason=clean(reason)[:MAX_REPLY],
    )


def _receipt(receipt: Receipt, reply: Reply, late_grade: GradeView | None = None) -> ReceiptView:
    if receipt.state is ReceiptState.LATE:
        sentence = wording.replies.late(
            stands=receipt.via is not None, withdrawn=reply.withdrawn, covered=late_grade is not None
        )
    elif receipt.state is ReceiptState.NOT_SAVED and reply.via is Via.THREAD:
        sentence = wording.replies.DELETION_NOT_HEARD if reply.withdrawn else wording.replies.NOT_HEARD
    else:
        sentence = _sentence(receipt, reply)
    return ReceiptView(
        round=receipt.round,
        state=receipt.state,
        sentence=sentence,
        late_grade=late_grade,
        text=receipt.text,
        repliers=receipt.repliers,
        reveals_at=receipt.reveals_at,
        counts=receipt.state is ReceiptState.ACCEPTED and not reply.withdrawn and receipt.via is reply.via,
        overtaken=receipt.overtaken,
        changed=receipt.changed,
        news=receipt.news,
    )


def _sentence(receipt: Receipt, reply: Reply) -> str:
    """Say what happened by what stands now: that need not be what was delivered."""
    if receipt.overtaken:
        return f"{wording.replies.OVERTAKEN} {wording.replies.WHAT_COUNTS if receipt.text else ''}".rstrip()
    accepted = receipt.state is ReceiptState.ACCEPTED
    if accepted and reply.withdrawn:
        return wording.replies.gone(private=receipt.via is Via.FORM, without_room=receipt.without_room)
    if reply.via is Via.THREAD and receipt.via is Via.FORM:
        return wording.replies.PRIVATE_STANDS
    if accepted and reply.via is Via.THREAD:
        return wording.replies.receipt_in_thread(
            receipt.repliers, private=receipt.collect is not Collect.THREAD, without_room=receipt.without_room
        )
    if receipt.state is ReceiptState.TOO_LONG and len(reply.text) <= MAX_REPLY:
        return wording.replies.TOO_LONG_TOGETHER  # the store's word: this one alone would not be
    sentence = wording.replies.receipt(receipt.state, receipt.repliers, len(reply.text))
    unsaved = receipt.state in {ReceiptState.TOO_LONG, ReceiptState.EMPTY}
    stands = wording.replies.EARLIER_COUNTS if unsaved else wording.replies.WHAT_COUNTS
    return f"{sentence} {stands}" if receipt.text and not accepted else sentence
