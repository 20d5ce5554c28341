"""The grader out of the house, on a server on loopback, beside the offline grader that it wraps."""

from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

import pytest

from adapters.grading.llm import Access, open_llm
from bot.domain.question import KeyPoint, Question
from bot.domain.reply import PointVerdict, Suggestion, Verdict
from bot.ports import Grader, Judged
from tests.fakes.llm import KEY, MODEL, FakeLlm, fake_llm


class Literal:
    """An offline grader of few words: it sees what is put just as the pack or the team has put it, and reads no German."""

    async def suggest(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Suggestion]:
        return [literal(question, reply, phrasings) for reply in replies]


def literal(question: Question, reply: str, phrasings: Mapping[str, Sequence[str]]) -> Suggestion:
    def verdict(point: KeyPoint) -> PointVerdict:
        if "\N{LATIN SMALL LETTER A WITH DIAERESIS}" in reply:
            return PointVerdict(verdict=Verdict.CANNOT_JUDGE)
        said = [one for one in (*point.accepted, *phrasings.get(point.id, ())) if one in reply]
        against = [one for one in point.contradicted_by if one in reply]
        covered = Verdict.COVERED if said else Verdict.NOT_SEEN
        return PointVerdict(verdict=covered, evidence=[*said, *against, ""][0])

    return Suggestion(verdicts=tuple(map(verdict, question.key_points)), grader="literal", version="1")


@dataclass(slots=True)
class Purse:
    """So many requests are left; with ``trouble`` the store does not say."""

    left: int = 1_000
    trouble: Exception | None = None

    async def take(self) -> bool:
        if self.trouble:
            raise self.trouble
        self.left -= 1
        return self.left >= 0


@dataclass(slots=True, kw_only=True)
class Llm:
    """The server, and what the graders that are opened on it are given and tell."""

    fake: FakeLlm
    purse: Purse = field(default_factory=Purse)
    told: Counter[str] = field(default_factory=Counter)

    def access(self, seconds: float = 30.0) -> Access:
        return Access(url=self.fake.url, key=KEY, model=MODEL, seconds=seconds)

    def open(self, seconds: float = 30.0) -> AbstractAsyncContextManager[Grader]:
        return open_llm(self.access(seconds), Literal(), self.purse, self._hear)

    def _hear(self, outcome: Judged) -> None:
        self.told[outcome.value] += 1


@pytest.fixture
async def llm() -> AsyncIterator[Llm]:
    async with fake_llm() as fake:
        yield Llm(fake=fake)


@pytest.fixture
async def grader(llm: Llm) -> AsyncIterator[Grader]:
    async with llm.open() as one:
        yield one
