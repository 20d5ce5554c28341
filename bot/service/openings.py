"""Carry out an opening: choose a question, post it once, and put the reveal and the next opening on the agenda."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

from bot import wording
from bot.domain.ids import PlaceId, programme_and_date
from bot.domain.programme import GRACE_BEFORE_REVEAL, MOST_SKIPPED, Occurrence, Programme, ProgrammeState
from bot.domain.question import Question
from bot.domain.round import MessageRef, Round, RoundState
from bot.ports import (
    Agenda,
    Begin,
    Calendar,
    Changes,
    Chat,
    Later,
    Lease,
    Meter,
    Post,
    ProgrammeStore,
    Refused,
    RoundStore,
    Superseded,
)
from bot.service.disclosure import Disclosure
from bot.service.planning import Planning
from bot.service.posts import Posts, pause_refused
from bot.service.shown import question_view

log = logging.getLogger(__name__)

UPCOMING = 3 + MOST_SKIPPED
"""How many next occurrences are handed to the store: the first that has no round yet is taken."""
_CHOICES = 5
_BUSY_SECONDS = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Openings:
    agenda: Agenda
    rounds: RoundStore
    programmes: ProgrammeStore
    changes: Changes
    planning: Planning
    disclosure: Disclosure
    calendar: Calendar
    chats: Mapping[str, Chat]
    meter: Meter

    async def open(self, lease: Lease) -> Later | None:
        """Bring the lease's round to open, or to skipped. Returns when to come again, or None when the entry is done."""
        programme_id, _, _ = programme_and_date(lease.round)
        programme = await self.programmes.get(programme_id)
        round_ = await self.rounds.get(lease.round)
        if programme is None:
            await self.agenda.drop(lease)
            return None
        if round_ is None:
            return await self._open_new(lease, programme)
        if round_.state is not RoundState.OPENING:
            await self.agenda.drop(lease)
            return None
        if _stale(lease, programme):
            return await self._resolve(lease, programme, round_)
        if not round_.by_hand:
            round_ = await self._retimed(lease, programme, round_)
        return await self._post(lease, programme, round_)

    async def _retimed(self, lease: Lease, programme: Programme, round_: Round) -> Round:
        """Return a round that was begun before a change of the programme's times at the times that it now has."""
        times = self._times(lease, programme)
        if times is None or (times.asks_at, times.reveals_at) == (round_.asks_at, round_.reveals_at):
            return round_
        moved = replace(round_, asks_at=times.asks_at, reveals_at=times.reveals_at)
        _, kept = await self.rounds.begin(lease, moved, rested=False)
        return kept or moved

    async def _open_new(self, lease: Lease, programme: Programme) -> Later | None:
        times = None if _stale(lease, programme) else self._times(lease, programme)
        if times is None:
            await self.agenda.drop(lease)
            return None
        if lease.now > latest_asking(times):
            await self._skipped(lease, programme, _round(lease, programme, times, None), wording.programmes.MISSED)
            return None
        for _ in range(_CHOICES):
            choice = await self.planning.choice_for(programme, lease.round, lease.now.date())
            if choice is None:
                await self._skipped(
                    lease,
                    programme,
                    _round(lease, programme, times, None),
                    wording.programmes.no_question(programme.topics),
                )
                return None
            candidate = _round(lease, programme, times, choice.question)
            outcome, round_ = await self.rounds.begin(lease, candidate, rested=choice.rested, plan=choice.plan)
            if outcome is not Begin.TAKEN:
                return await self._begun(lease, programme, outcome, round_)
        return Later(seconds=1.0)  # every choice was taken, or planned anew, meanwhile: start afresh

    async def _begun(self, lease: Lease, programme: Programme, outcome: Begin, round_: Round | None) -> Later | None:
        if outcome is Begin.BEGUN and round_:
            log.info("round opening", extra={"round": lease.round, "question": round_.asked().id})
            return await self._post(lease, programme, round_)
        if outcome is Begin.BUSY:
            return Later(seconds=_BUSY_SECONDS)
        await self.agenda.drop(lease)
        return None

    async def _post(self, lease: Lease, programme: Programme, round_: Round) -> Later | None:
        """Post the question unless it stands already."""
        posts = self._posts(lease, round_)
        if lease.now > latest_asking(round_):
            return await self._resolve(lease, programme, round_, wording.programmes.MISSED)
        late = lease.now - round_.asks_at > timedelta(minutes=2)

        async def send() -> MessageRef:
            note = await self.disclosure.note(round_)
            return await posts.chat.post_question(question_view(round_, late=late, note=note))

        try:
            ours = await posts.stand_once(Post.QUESTION, send)
        except Refused as refusal:
            await self._refused(programme, posts, str(refusal))
        except Superseded:
            await self._overtaken(posts, None)
            raise
        else:
            await self._opened(lease, programme, posts, ours)
        return None

    async def _opened(self, lease: Lease, programme: Programme, posts: Posts, ours: MessageRef | None) -> None:
        try:
            kept = await self.rounds.opened(lease, ours, self._upcoming(programme, lease))
        except Superseded:
            await self._overtaken(posts, ours)
            raise
        if kept:
            # Whoever began the round earlier may have sent after our look.
            begun_before = posts.round.begun_at is None or posts.round.begun_at <= lease.now
            await posts.remove_others(Post.QUESTION, kept, known=ours, thorough=begun_before)
        late = (lease.now - lease.due).total_seconds()
        self.meter.opened(lease.platform, late)
        log.info("round open", extra={"round": lease.round, "late_s": round(late, 1)})

    async def _overtaken(self, posts: Posts, ours: MessageRef | None) -> None:
        """Leave nothing of ours where others have ended the opening; if they have not, they will find our post and keep it."""
        now = await self.rounds.get(posts.round.id)
        if now and now.state is not RoundState.OPENING:
            await posts.remove_others(Post.QUESTION, now.post, known=ours)

    async def _resolve(
        self, lease: Lease, programme: Programme, round_: Round, note: str = wording.programmes.WITHDRAWN_BY_CHANGE
    ) -> Later | None:
        """End an opening that is no longer wanted: what was posted is kept, for people have read it; else it is skipped."""
        posts = self._posts(lease, round_)
        try:
            found = await posts.find(Post.QUESTION)
        except Refused as refusal:
            await self._refused(programme, posts, str(refusal))
            return None
        if found:
            await self._opened(lease, programme, posts, found[0])
        else:
            await self._end(programme, posts, note)
        return None

    async def _refused(self, programme: Programme, posts: Posts, reason: str) -> None:
        """Pause the programme, tell its admins once and end the opening.

        Pausing hands the entry to whoever comes next, so the end may fall to them: they meet the refusal again.
        """
        self.meter.refused(posts.lease.platform)
        await pause_refused(self.programmes, self.changes, posts, reason)
        await self._end(programme, posts, wording.programmes.refused(reason))

    async def _end(self, programme: Programme, posts: Posts, note: str) -> None:
        """Skip the round. One that people have replied to was posted, whatever has become of its post: it opens instead."""
        if await self._skipped(posts.lease, programme, posts.round, note):
            return
        log.warning("round open without its post", extra={"round": posts.round.id, "note": note})
        await self._opened(posts.lease, programme, posts, None)

    async def _skipped(self, lease: Lease, programme: Programme, round_: Round, note: str) -> bool:
        skipped = await self.rounds.skip(lease, round_, note, self._upcoming(programme, lease))
        if skipped:
            self.meter.skipped(lease.platform)
            log.warning("round skipped", extra={"round": lease.round, "note": note})
        return skipped

    def _times(self, lease: Lease, programme: Programme) -> Occurrence | None:
        """Return when the round is asked and revealed; by hand, its own instants, else those of the schedule."""
        _, day, _ = programme_and_date(lease.round)
        if lease.reveals_at:
            return Occurrence(date=day, asks_at=lease.due, reveals_at=lease.reveals_at)
        scheduled = self.calendar.occurrence(programme.schedule, day)
        return replace(scheduled, asks_at=min(scheduled.asks_at, lease.due)) if scheduled else None

    def _upcoming(self, programme: Programme, lease: Lease) -> Sequence[Occurrence]:
        """Return what follows the lease's own instant, also what was missed meanwhile: each date is asked late or skipped."""
        return list(islice(self.calendar.following(programme.schedule, min(lease.due, lease.now)), UPCOMING))

    def _posts(self, lease: Lease, round_: Round) -> Posts:
        return Posts(chat=self.chats[lease.platform], agenda=self.agenda, lease=lease, round=round_)


def latest_asking(times: Occurrence | Round) -> datetime:
    """Return until when a question is asked late: an hour before its reveal, or half-way for a short round."""
    half_way = times.asks_at + (times.reveals_at - times.asks_at) / 2
    return max(times.reveals_at - GRACE_BEFORE_REVEAL, half_way)


def _stale(lease: Lease, programme: Programme) -> bool:
    return programme.state is not ProgrammeState.ACTIVE or lease.revision not in {0, programme.revision}


def _round(lease: Lease, programme: Programme, times: Occurrence, question: Question | None) -> Round:
    _, _, number = programme_and_date(lease.round)
    return Round(
        id=lease.round,
        place=PlaceId(programme.place),
        question=question,
        state=RoundState.OPENING,
        asks_at=times.asks_at,
        reveals_at=times.reveals_at,
        by_hand=number > 1,
        collect=programme.collect,
    )
