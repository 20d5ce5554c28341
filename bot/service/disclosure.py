"""A grader out of the house: every place is told before replies go there, and replies that were asked for before stay here."""

from dataclasses import dataclass

from bot import wording
from bot.domain.ids import PlaceId, RoundId, programme_and_date
from bot.domain.round import Round, RoundState
from bot.ports import Grader, Once, RoundStore

_DAYS = 365
"""So long a place counts as told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """The grader, and its ``name``: what it is and where, for people."""

    grader: Grader
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """The question's post of one round tells the place: which round that is, is kept, so that each attempt to post says the same.

    Another name is told anew. ``outside`` is None where nothing leaves the house.
    """

    outside: Outside | None
    once: Once
    rounds: RoundStore

    async def note(self, round_: Round) -> str:
        """Return what the post of a round that is about to be asked has to tell; empty if the place was told before."""
        if self.outside is None or not await self._tells(round_, _key(round_.place, self.outside)):
            return ""
        return wording.outside.announced(self.outside.name)

    async def note_again(self, round_: Round) -> str:
        """Return what the round's post has told, for whoever shows it anew."""
        if self.outside is None or await self.once.by(_key(round_.place, self.outside)) != round_.id:
            return ""
        return wording.outside.announced(self.outside.name)

    async def grader(self, round_: Round, inside: Grader) -> Grader:
        """Return the grader for the round's replies: the one inside, unless those who wrote them could know."""
        outside = await self.beyond(round_)
        return outside.grader if outside else inside

    async def beyond(self, round_: Round) -> Outside | None:
        """Return who is shown the round's replies when they are graded; None if they stay in the house."""
        if self.outside is None:
            return None
        teller = RoundId(await self.once.by(_key(round_.place, self.outside)))
        could_know = teller and await self._told(teller) and _when(teller) <= _when(round_.id)
        return self.outside if could_know else None

    async def _tells(self, round_: Round, key: str) -> bool:
        """Tell whether it is this round that tells its place; it is from then on."""
        if await self.once.first(key, _DAYS, round_.id):
            return True
        if await self._told(RoundId(await self.once.by(key))):
            return False
        await self.once.forget(key)  # the round that was to tell was never asked
        return await self.once.first(key, _DAYS, round_.id)

    async def _told(self, teller: RoundId) -> bool:
        """Tell whether the post of this round stood; one that has run out stood long ago."""
        round_ = await self.rounds.get(teller) if teller else None
        return round_ is None or (round_.state is not RoundState.SKIPPED and round_.post is not None)


def _key(place: PlaceId, outside: Outside) -> str:
    return f"{place} told of {outside.name}"


def _when(round_: RoundId) -> tuple[str, int]:
    _, day, number = programme_and_date(round_)
    return day.isoformat(), number
