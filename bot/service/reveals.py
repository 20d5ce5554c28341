"""Carry out a reveal and, when the self-check ends, the settling of a round."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import wording
from bot.domain.copying import Wall
from bot.domain.ids import MemberId, team_of
from bot.domain.phrasing import by_point
from bot.domain.reply import Grade, Reply
from bot.domain.round import SELF_CHECK_WINDOW, MessageRef, Round, RoundState
from bot.domain.score import Period, PeriodKind, period
from bot.ports import (
    Agenda,
    Boards,
    BotRefused,
    Changes,
    Chat,
    Grader,
    Later,
    Lease,
    Ledger,
    MemberStore,
    Meter,
    PhrasingStore,
    Post,
    ProgrammeStore,
    Refused,
    ReplyStore,
    RoundStore,
    Superseded,
)
from bot.service.disclosure import Disclosure
from bot.service.judging import Suggested, first_grades, graded, wall_of
from bot.service.posts import Posts, pause_refused
from bot.service.remembering import Remembering
from bot.service.replies import read
from bot.service.shown import board_view, mean_share, question_view, reveal_view
from bot.views import BoardView

log = logging.getLogger(__name__)

BATCH = 500
"""Awards a script: 500 block the store for about 25 ms."""
GRADED = 1_000
"""Replies that are graded together, in a quarter of a second on two cores: what a process loses if it dies. With fewer, cores wait."""
_MENDING = timedelta(hours=12)
"""So long after its time a reveal waits for a bot that the chat refuses to be mended; then the next question may come."""
_MENDED_SECONDS = 300.0
_SETTLING = timedelta(minutes=2)
"""So long before a round is to be settled nothing else is begun that shows its ranking: a lease is shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reveals:
    agenda: Agenda
    rounds: RoundStore
    programmes: ProgrammeStore
    changes: Changes
    replies: ReplyStore
    ledger: Ledger
    boards: Boards
    members: MemberStore
    remembering: Remembering
    grader: Grader
    disclosure: Disclosure
    phrasings: PhrasingStore
    chats: Mapping[str, Chat]
    meter: Meter

    async def reveal(self, lease: Lease) -> Later | None:
        """Bring the lease's round from open to revealed. Every step may be done again after a crash.

        A round that stands revealed without its post, since the chat refused it, gets it now.
        """
        round_ = await self.rounds.get(lease.round)
        try:
            if round_ and round_.state in {RoundState.OPEN, RoundState.CLOSING}:
                await self._reveal(lease, round_)
            elif round_ and round_.state is RoundState.REVEALED and not (round_.reveal_post or round_.settled):
                await self._publish(lease, round_, await self.ledger.grades(round_.id), again=True)
            else:
                await self.agenda.drop(lease)
        except BotRefused as refusal:
            log.error(  # noqa: TRY400 - the reason says it all
                "the chat refuses the bot, so the reveal waits", extra={"round": lease.round, "reason": str(refusal)}
            )
            return Later(seconds=_MENDED_SECONDS)
        return None

    async def _reveal(self, lease: Lease, round_: Round) -> None:
        again = round_.state is RoundState.CLOSING
        if not again:
            await self._read_back(lease, round_)
            round_ = await self.rounds.close(lease)
            log.info("round closing", extra={"round": lease.round})
        grades = await self._award(lease, round_)
        await self._publish(lease, replace(round_, settles_at=lease.now + SELF_CHECK_WINDOW), grades, again=again)

    async def settle(self, lease: Lease) -> Later | None:
        """End the self-check: the ranking under the reveal becomes final. Of a skipped round, clear up what came too late."""
        round_ = await self.rounds.get(lease.round)
        if round_ and round_.state is RoundState.SKIPPED:
            await self._clear_up(lease, round_)
        if round_ is None or round_.state is not RoundState.REVEALED:
            await self.agenda.drop(lease)
            return None
        await self.rounds.end_checks(lease)  # first, or a check would be kept that the final ranking does not have
        grades = await self.ledger.grades(round_.id)
        revealed_at = (
            round_.settles_at or lease.now
        ) - SELF_CHECK_WINDOW  # before its time, if it was revealed by hand
        await self.remembering.round(round_.id, round_.asked(), grades, min(round_.reveals_at, revealed_at))
        await self._show(lease, round_, grades, final=True)
        await self.rounds.settle(lease, mean_share(round_.asked(), grades.values()))
        log.info("round settled", extra={"round": round_.id})
        return None

    async def _clear_up(self, lease: Lease, round_: Round) -> None:
        posts = Posts(chat=self.chats[lease.platform], agenda=self.agenda, lease=lease, round=round_)
        await posts.remove_others(Post.QUESTION, None, known=None)

    async def _read_back(self, lease: Lease, round_: Round) -> None:
        """Take in what was said and deleted while nobody listened; deliveries that are known change nothing."""
        kept = await self.replies.messages(round_.id)  # before the look, or what comes meanwhile would seem deleted
        try:
            there = await self.chats[lease.platform].read_back(round_)
        except Refused as refusal:
            if _may_be_mended(refusal, lease, round_):
                raise
            log.warning("replies could not be read back", extra={"round": round_.id, "reason": str(refusal)})
            return
        if there is None:
            return
        found = {(reply.member, reply.part) for reply in there}
        deleted = [_withdrawn(reply) for reply in kept if (reply.member, reply.part) not in found]
        for reply, fault in map(read, [*there, *deleted]):
            if not fault:
                await self.replies.submit(reply)

    async def _award(self, lease: Lease, round_: Round) -> Mapping[MemberId, Grade]:
        """Grade what has no award yet, and apply each member's first one. Who has a grade has it: one script gave both.

        A batch is kept and awarded while the next one is graded: the first is what was graded before a crash, the last
        one is awarded beside an empty one.
        """
        question = round_.asked()
        standing = await self.replies.standing(round_.id)
        awarded = await self.ledger.grades(round_.id)
        kept = await self.replies.suggestions(round_.id)
        wall = await wall_of(question, standing)
        learnt = by_point(await self.phrasings.of(team_of(round_.place), question.id))
        grader = await self.disclosure.grader(round_, self.grader)
        waiting = [reply for reply in standing if reply.member not in awarded]
        made: Suggested = [(reply, kept[reply.member]) for reply in waiting if reply.member in kept]
        missing = [reply for reply in waiting if reply.member not in kept]
        for first in range(0, len(missing) + GRADED, GRADED):
            grading = graded(grader, question, learnt, missing[first : first + GRADED])
            _, made = await asyncio.gather(self._apply(lease, round_, made, wall), grading)
        return await self.ledger.grades(round_.id)  # of whom was erased meanwhile there is none

    async def _apply(self, lease: Lease, round_: Round, made: Suggested, wall: Wall) -> None:
        """Keep suggestions, and then award what follows from them."""
        for first in range(0, len(made), BATCH):
            batch = made[first : first + BATCH]
            await self.replies.keep_suggestions(lease, {reply.member: suggestion for reply, suggestion in batch})
            await self.ledger.award(lease, round_, await first_grades(round_.asked(), batch, wall), lease.now)

    async def _publish(self, lease: Lease, round_: Round, grades: Mapping[MemberId, Grade], *, again: bool) -> None:
        """Close the question's post and post the reveal, once; a chat that refuses gets none, the awards stand all the same.

        ``again``: somebody has begun with it before, and may have sent after our look.
        """
        posts = Posts(chat=self.chats[lease.platform], agenda=self.agenda, lease=lease, round=round_)
        share = mean_share(round_.asked(), grades.values())
        settles_at = lease.now + SELF_CHECK_WINDOW
        try:
            await self._close_question(posts, round_)
            day, week = await self._boards(round_)
            view = reveal_view(round_, await self._shown(round_, grades), day, week)
            ours = await posts.stand_once(Post.REVEAL, lambda: posts.chat.post_reveal(view))
        except Refused as refusal:
            if _may_be_mended(refusal, lease, round_):
                raise
            self.meter.refused(lease.platform)
            await pause_refused(self.programmes, self.changes, posts, str(refusal))
            await self.rounds.revealed(lease, None, share, settles_at, wording.programmes.refused(str(refusal)))
            self._revealed(lease, len(grades))
            return
        except Superseded:
            await self._overtaken(posts, None)
            raise
        try:
            kept = await self.rounds.revealed(lease, ours, share, settles_at)
        except Superseded:
            await self._overtaken(posts, ours)
            raise
        await posts.remove_others(Post.REVEAL, kept or ours, known=ours, thorough=again)
        self._revealed(lease, len(grades))

    def _revealed(self, lease: Lease, replies: int) -> None:
        late = (lease.now - lease.due).total_seconds()
        self.meter.revealed(lease.platform, late)
        log.info("round revealed", extra={"round": lease.round, "replies": replies, "late_s": round(late, 1)})

    async def _overtaken(self, posts: Posts, ours: MessageRef | None) -> None:
        """Leave nothing of ours where others have revealed the round; if they have not, they will find our post and keep it."""
        now = await self.rounds.get(posts.round.id)
        if now and now.state is RoundState.REVEALED:
            await posts.remove_others(Post.REVEAL, now.reveal_post, known=ours)

    async def _close_question(self, posts: Posts, round_: Round) -> None:
        post = round_.post
        if post is None:
            return
        try:
            note = await self.disclosure.note_again(round_)
            await posts.chat.edit_question(post, question_view(round_, closed=True, note=note))
            await posts.remove_others(Post.QUESTION, post, known=None)
        except Refused as refusal:  # a side of it only: the reveal may still be posted
            log.warning("the question could not be closed", extra={"round": round_.id, "reason": str(refusal)})

    async def amend(self, lease: Lease) -> Later | None:
        """Show a reveal as its round now stands; a chat that refuses keeps what it has.

        Who settles the round meanwhile shows the ranking too, maybe of a moment ago: this comes after it.
        """
        round_ = await self.rounds.get(lease.round)
        if round_ and round_.settles_at and not round_.settled and lease.now > round_.settles_at - _SETTLING:
            return Later(seconds=_SETTLING.total_seconds())
        if round_ and round_.state is RoundState.REVEALED:
            await self._show(lease, round_, await self.ledger.grades(round_.id), final=round_.settled)
        await self.agenda.drop(lease)
        return None

    async def _show(self, lease: Lease, round_: Round, grades: Mapping[MemberId, Grade], *, final: bool) -> None:
        if round_.reveal_post is None:
            return
        posts = Posts(chat=self.chats[lease.platform], agenda=self.agenda, lease=lease, round=round_)
        try:
            day, week = await self._boards(round_, settled=final)
            view = reveal_view(round_, await self._shown(round_, grades), day, week, final=final)
            await self.agenda.confirm(lease)
            await posts.chat.edit_reveal(round_.reveal_post, view)
            await posts.remove_others(Post.REVEAL, round_.reveal_post, known=None)
        except Refused as refusal:
            log.warning("the ranking could not be shown", extra={"round": round_.id, "reason": str(refusal)})

    async def _shown(self, round_: Round, grades: Mapping[MemberId, Grade]) -> Sequence[Grade]:
        """Return the grades that a post may tell of: beside a ranking without them, those of hidden members would stand out."""
        hidden = await self.members.hidden(team_of(round_.place))
        return [grade for member, grade in grades.items() if member not in hidden]

    async def _boards(self, round_: Round, *, settled: bool = False) -> tuple[BoardView, BoardView]:
        """Return the day's and the week's board as they are once this round's move is done."""
        day, week = period(PeriodKind.DAY, round_.date), period(PeriodKind.WEEK, round_.date)
        return await self._board(round_, day, settled), await self._board(round_, week, settled)

    async def _board(self, round_: Round, which: Period, settled: bool) -> BoardView:  # noqa: FBT001 - private
        page = await self.boards.page(round_.place, which, None)
        open_elsewhere = any(id_ != round_.id for id_ in page.open_checks)
        view = board_view(round_.place, which, page)
        return replace(view, updating=False, provisional=bool(view.top) and (open_elsewhere or not settled))


def _withdrawn(reply: Reply) -> Reply:
    return replace(reply, text="", withdrawn=True, delivery=f"{reply.part}:not there", version=reply.version + 1)


def _may_be_mended(refusal: Refused, lease: Lease, round_: Round) -> bool:
    return isinstance(refusal, BotRefused) and lease.now < round_.reveals_at + _MENDING
