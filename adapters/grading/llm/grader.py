"""The grader that asks the model about each reply, within bounds: of time, of requests at once, of requests a day."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from adapters.grading.llm.model import Model
from adapters.grading.llm.task import Claim
from adapters.grading.llm.trouble import Trouble
from adapters.grading.llm.weighing import Weighing
from bot.domain.question import Question
from bot.domain.reply import Suggestion
from bot.ports import Allowance, Grader, Judged, StoreUnavailable

AT_ONCE = 8
"""Requests of this process that run at a time."""
MOST_ASKED = 128
"""Replies of this process that are asked about or wait for it: with more, further reveals would wait for these."""
REST_SECONDS = 60.0
"""So long nothing is asked after trouble that will last, so that not every reveal waits for it anew."""
_TROUBLES = 4
"""So many requests in a row that fail are trouble that will last."""
_PAUSE_SECONDS = 0.5

log = logging.getLogger(__name__)


class LlmGrader:
    """The Grader. ``seconds`` after its offline part a call ends, with whatever has been answered by then."""

    def __init__(
        self, *, offline: Grader, model: Model, allowance: Allowance, seconds: float, told: Callable[[Judged], None]
    ) -> None:
        self._offline = offline
        self._model = model
        self._allowance = allowance
        self._seconds = seconds
        self._told = told
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._asked = 0
        self._failed = 0
        self._rests_until = 0.0

    async def suggest(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Suggestion]:
        weighings = await self._weighings(question, phrasings, replies)
        found = [one.offline for one in weighings]
        worth_it = [at for at, one in enumerate(weighings) if one.is_worth_it()]
        asked = [] if self._rests() else worth_it[: MOST_ASKED - self._asked]
        answered: dict[int, Suggestion | None] = {}

        async def ask(at: int) -> None:
            answered[at] = await self._judged(weighings[at])

        self._asked += len(asked)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._seconds), asyncio.TaskGroup() as group:
                    for at in asked:
                        group.create_task(ask(at))
        finally:
            self._asked -= len(asked)
        for _ in range(len(worth_it) - len(answered)):
            self._told(Judged.NO_TIME)
        return [answered.get(at) or one for at, one in enumerate(found)]

    async def _weighings(
        self, question: Question, phrasings: Mapping[str, Sequence[str]], replies: Sequence[str]
    ) -> Sequence[Weighing]:
        offline = await self._offline.suggest(question, phrasings, replies)
        untaught = await self._offline.suggest(question, {}, replies) if phrasings else offline
        return [
            Weighing(question=question, phrasings=phrasings, reply=reply, offline=one, untaught=plain)
            for reply, one, plain in zip(replies, offline, untaught, strict=True)
        ]

    async def _judged(self, weighing: Weighing) -> Suggestion | None:
        """Return what stands with the model's help; None where the offline suggestion does."""
        async with self._turn:
            outcome, claims = await self._claims(weighing)
        if claims is None:
            self._told(outcome)
            return None
        stands, void = weighing.stands(claims, self._model.version)
        self._told(Judged.VOID if void else Judged.ANSWERED)
        return stands

    async def _claims(self, weighing: Weighing) -> tuple[Judged, Mapping[str, Claim] | None]:
        """Ask, and once more if that may help."""
        outcome = Judged.NO_TIME
        for pause in (0.0, _PAUSE_SECONDS):
            await asyncio.sleep(pause)
            if self._rests():
                break
            if not await self._may():
                return Judged.OVER_LIMIT, None
            try:
                claims = await self._model.claims(weighing.question, weighing.shown)
            except Trouble as trouble:
                outcome = trouble.outcome
                self._note(trouble)
                if not trouble.passing:
                    break
            else:
                self._failed = 0
                return Judged.ANSWERED, claims
        return outcome, None

    async def _may(self) -> bool:
        try:
            return await self._allowance.take()
        except StoreUnavailable:
            return False

    def _note(self, trouble: Trouble) -> None:
        if trouble.outcome is Judged.MALFORMED or self._rests():
            return  # it answers: the next reply may fare better; or it was asked before the rest began
        self._failed += 1
        if trouble.lasts or self._failed >= _TROUBLES:
            self._failed = 0
            self._rests_until = _now() + REST_SECONDS
            log.warning(
                "the grader out of the house is left alone for a while: what is suggested offline stands",
                extra={"why": trouble.outcome.value, "seconds": REST_SECONDS},
            )

    def _rests(self) -> bool:
        return _now() < self._rests_until


def _now() -> float:
    return asyncio.get_running_loop().time()
