"""What members say of questions: a hash a place and question, by member."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from adapters.redis import keys
from adapters.redis.store import Store, answering
from bot.domain.feedback import Feedback
from bot.domain.ids import MemberId, PlaceId, platform_of


@dataclass(frozen=True, slots=True)
class RedisFeedback:
    store: Store

    async def give(self, place: PlaceId, question: str, member: MemberId, what: Feedback | None) -> None:
        names = [keys.feedback(place, question), keys.erasing(platform_of(place))]
        await self.store.run("feedback", names, [member, what or "", self.store.limits.kept], quick=True)

    async def counts(self, place: PlaceId, questions: Sequence[str]) -> Sequence[Mapping[Feedback, int]]:
        async with answering(), self.store.quick.pipeline(transaction=False) as asked:
            for question in questions:
                asked.hvals(keys.feedback(place, question))
            found = await asked.execute()
        return [Counter(map(Feedback, words)) for words in found]
