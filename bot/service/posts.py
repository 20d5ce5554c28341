"""A post stands once, whoever dies when: ask the chat before every send, keep one, take away any other."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import wording
from bot.domain.ids import BOT
from bot.domain.programme import Programme, ProgrammeState
from bot.domain.round import MessageRef, Round
from bot.ports import Agenda, Change, Changes, Chat, Lease, Limited, OutcomeUnknown, Post, ProgrammeStore, Refused
from bot.views import NoticeView

log = logging.getLogger(__name__)

_BEFORE = timedelta(minutes=5)
"""How far before a round was to be asked, or was begun, its posts are looked for: clocks differ."""
_TELLINGS = 5
"""At the latest at this attempt a round goes on without its admins having been told: the quiz is worth more than the notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posts:
    """The posts of one round, in the hands of one lease."""

    chat: Chat
    agenda: Agenda
    lease: Lease
    round: Round

    async def find(self, post: Post) -> Sequence[MessageRef]:
        # A round that was begun before, and is begun again in a store from a backup, was asked on time by the first.
        since = min(self.round.begun_at or self.round.asks_at, self.round.asks_at) - _BEFORE
        return await self.chat.find_posts(self.round.place, self.round.id, post, since)

    async def stand_once(self, post: Post, send: Callable[[], Awaitable[MessageRef]]) -> MessageRef:
        """Return the post that stands already, or send it: never when the chat cannot tell, never after losing the lease."""
        found = await self.find(post)
        if found:
            return found[0]
        await self.agenda.confirm(self.lease)
        try:
            return await send()
        except OutcomeUnknown:
            # Whoever has taken over meanwhile may have looked before our post was there: then it is ours to take away.
            await self.agenda.confirm(self.lease)
            raise

    async def remove_others(
        self, post: Post, kept: MessageRef | None, *, known: MessageRef | None, thorough: bool = True
    ) -> None:
        """Take away every post of this kind but the one that is kept; ``thorough`` asks the chat what there is.

        A chat that refuses keeps what it has: a second post costs no round.
        """
        try:
            others = {*(await self.find(post) if thorough else ())} | ({known} if known else set())
            for other in sorted(others - {kept}):
                log.warning("a second post is taken away", extra={"round": self.round.id})
                await self.chat.delete_post(self.round.place, other)
        except Refused as refusal:
            log.warning("a second post may stay", extra={"round": self.round.id, "reason": str(refusal)})


async def pause_refused(programmes: ProgrammeStore, changes: Changes, posts: Posts, reason: str) -> None:
    """Tell the programme's admins once, and pause it as it now is; a notice that cannot be sent is left to status.

    Told before paused: the pause hands the round to whoever comes next, who need not meet the refusal again. Whoever has
    lost the lease does neither, and raises Superseded: others may have posted since.
    """
    id_ = posts.round.programme
    await posts.agenda.confirm(posts.lease)
    programme = await programmes.get(id_)
    if programme is None:
        return
    try:
        await posts.chat.tell_admins(
            programme, NoticeView(text=wording.programmes.refused_notice(reason)), f"refused:{posts.round.id}"
        )
    except (Refused, OutcomeUnknown, Limited) as trouble:
        if posts.lease.attempt < _TELLINGS and not isinstance(trouble, Refused):
            raise
        log.warning("admins could not be told of a refusal", extra={"round": posts.round.id})
    paused: Programme | None = None
    while paused is None:  # a turn is lost only to somebody else's change, which is then read
        await posts.agenda.confirm(posts.lease)
        programme = await programmes.get(id_) or programme
        if programme.state is not ProgrammeState.ACTIVE:
            break
        paused = await programmes.save(
            replace(programme, state=ProgrammeState.PAUSED, pause_reason=reason, paused_by=None), []
        )
    if paused:
        log.warning("the chat refused, the programme is paused", extra={"round": posts.round.id, "reason": reason})
    if paused or programme.pause_reason == reason:  # also what somebody paused who died before saying so
        change = Change(at=posts.lease.now, who=BOT, what=wording.changes.PAUSED, reason=reason)
        await changes.add(programme.place, change, f"refused:{posts.round.id}")
