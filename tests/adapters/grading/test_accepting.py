"""What a lead is told to be learnt does count, for every way of putting a key point that the bank has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import cast

from adapters.grading.lexical import suggest_all
from bot.domain.ids import team_of
from bot.domain.phrasing import Learnt
from bot.domain.question import Question
from bot.domain.reply import Suggestion
from bot.ports import PhrasingStore, RoundStore
from bot.service.phrasings import Phrasings
from content.bank import Bank, default_packs
from tests.mischief import MORNING
from tests.world import PLACE, TODAY, Shelf


class Lexical:
    async def suggest(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Suggestion]:
        return suggest_all(question, phrasings, replies)


class NothingLearnt:
    async def of(self, *_: object) -> Sequence[Learnt]:
        return ()


def unknown_ways(question: Question) -> Iterator[tuple[Question, int, str]]:
    """Yield the question without one of its accepted phrasings, the index of that one's key point, and the phrasing."""
    for index, point in enumerate(question.key_points):
        for text in point.accepted:
            rest = replace(point, accepted=tuple(one for one in point.accepted if one != text))
            points = (*question.key_points[:index], rest, *question.key_points[index + 1 :])
            yield replace(question, key_points=points), index, text


async def test_a_phrasing_that_is_accepted_counts_as_a_reply_of_its_own() -> None:
    phrasings = Phrasings(
        store=cast("PhrasingStore", NothingLearnt()),
        rounds=cast("RoundStore", None),
        questions=Shelf([]),
        grader=Lexical(),
    )
    accepted, dead = 0, []
    for asked in Bank.load(default_packs()).all()[::150]:
        for question, index, text in unknown_ways(asked):
            point = question.key_points[index].id
            learnt = Learnt(point=point, text=text, round=TODAY, at=MORNING)
            if not await phrasings.fault(team_of(PLACE), question, learnt):
                accepted += 1
                (said,) = suggest_all(question, {point: [text]}, [text])
                dead += [] if said.ticks[index] else [(question.id, text)]

    assert accepted > 15
    assert dead == []
