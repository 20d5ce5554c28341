"""A reveal of many replies, against bare grading of the same ones by the same processes, one a core."""

import asyncio
import gc
import random
import re
import time
from collections.abc import Sequence
from functools import partial

from adapters.redis.replies import RedisReplies
from benchmarks.measure import Pair, Row, running_server, spread
from benchmarks.opener import Gaps
from benchmarks.stage import Stage, at_once, open_stage, reply_of
from bot.domain.ids import RoundId
from bot.domain.question import Question
from bot.domain.reply import Reply
from bot.domain.round import RoundState

_SENTENCES = 4
_PAUSE = re.compile(r"(?<=[.!?])\s+")


async def run(*, replies: int = 10_000, rounds: int = 3) -> list[Row]:
    ours, baseline, gaps = [], [], Gaps()
    with running_server() as server:
        async with open_stage(server.url) as stage:
            for number in range(rounds):
                round_, said = await _answered(stage, f"place{number}", replies)
                gc.collect()
                gc.freeze()  # as the bot does when it has started: what is there now is not looked through any more
                # Each comes first in every other round; the processes have started, and know the question.
                await _grading(stage, round_, said[:100])
                if number % 2:
                    ours.append(await _reveal(stage, round_, gaps))
                baseline.append(await _grading(stage, round_, said))
                if not number % 2:
                    ours.append(await _reveal(stage, round_, gaps))
    pair = Pair(ours=ours, baseline=baseline)
    return [
        Row(
            what=f"a reveal of {replies:,} replies",
            figure=spread(pair.ours, "s"),
            against=f"bare grading, a process a core, {spread(pair.baseline, 's')}",
            ratio=pair.ratio(),
            aim="≤ 1.2",
        ),
        Row(what="longest work of its event loop without a pause", figure=f"{gaps.busiest * 1_000:.0f} ms"),
    ]


async def _answered(stage: Stage, channel: str, replies: int) -> tuple[RoundId, list[Reply]]:
    """Return an open round with what its members replied: sentences that people and the model answer have said."""
    round_ = await stage.opened(channel)
    question, chance = await stage.question(round_), random.Random(1)
    sentences = _sentences(question)
    said = [
        reply_of(round_, n, f"{n}. {' '.join(chance.sample(sentences, _SENTENCES))}") for n in range(1, replies + 1)
    ]
    store = RedisReplies(stage.store)
    await at_once(50, [partial(store.submit, reply) for reply in said])
    return round_, said


def _sentences(question: Question) -> list[str]:
    texts = [question.model_answer, *(sample.text for sample in question.samples)]
    return [sentence for text in texts for sentence in _PAUSE.split(text)]


async def _grading(stage: Stage, round_: RoundId, said: Sequence[Reply]) -> float:
    question = await stage.question(round_)
    began = time.perf_counter()
    await stage.grader.suggest(question, {}, [reply.text for reply in said])
    return time.perf_counter() - began


async def _reveal(stage: Stage, round_: RoundId, gaps: Gaps) -> float:
    await stage.command((await stage.get(round_)).place, "quiz-admin", "reveal-now")
    watch = asyncio.create_task(gaps.watch())
    began = time.perf_counter()
    await stage.carry_out_due()
    took = time.perf_counter() - began
    watch.cancel()
    assert (await stage.get(round_)).state is RoundState.REVEALED
    return took
