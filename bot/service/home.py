"""A member's own page over all places of a team."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot import wording
from bot.domain.ids import MemberId, PlaceId
from bot.domain.programme import Programme
from bot.domain.round import RoundState
from bot.ports import ProgrammeStore, ReplyStore, RoundStore
from bot.service.members import Members
from bot.service.status import Status
from bot.views import HomeView, OpenRound

MOST = 20
"""Places that are looked at: a page shows no more, and each is a dozen questions to the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    programmes: ProgrammeStore
    rounds: RoundStore
    replies: ReplyStore
    members: Members
    status: Status

    async def of(self, member: MemberId, places: Sequence[PlaceId], admin_of: Collection[PlaceId]) -> HomeView:
        """Return what is open, how the member stands, and what the member looks after, place by place in their order."""
        found = await self.programmes.among(places)
        programmes = found[:MOST]
        rounds = [await self._open(programme, member) for programme in programmes]
        open_ = tuple(one for one in rounds if one)
        return HomeView(
            open=open_,
            places=tuple([await self.members.in_place(member, one) for one in programmes]),
            programmes=tuple(
                [
                    await self.status.shown(one)
                    for one in programmes
                    if one.place in admin_of or member in one.looked_after_by()
                ]
            ),
            note=wording.members.home_note(len(found), len(open_), MOST),
        )

    async def _open(self, programme: Programme, member: MemberId) -> OpenRound | None:
        round_ = await self.rounds.present(programme.place)
        if round_ is None or round_.state is not RoundState.OPEN:
            return None
        question = round_.asked()
        return OpenRound(
            round=round_.id,
            place=round_.place,
            topic=question.topic,
            level=question.level,
            text=question.text,
            reveals_at=round_.reveals_at,
            present=await self.replies.of_member(round_.id, member) is not None,
            collect=round_.collect,
        )
