"""What members remember: a hash each, by question id. Their last practice replies are keys of their own."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from adapters.redis import codec, keys
from adapters.redis.store import DELIVERY_SECONDS, Store, answering, instant, ms
from bot.domain.ids import MemberId, RoundId, platform_of
from bot.domain.practice import Attempt, Memory


@dataclass(frozen=True, slots=True)
class RedisPractice:
    store: Store

    async def memories(self, member: MemberId) -> Mapping[str, Memory]:
        async with answering():
            kept = await self.store.quick.hgetall(keys.memories(member))
        return {question: _memory(json.loads(text)) for question, text in kept.items()}

    async def memories_of(self, question: str, members: Collection[MemberId]) -> Mapping[MemberId, Memory]:
        async with answering(), self.store.steady.pipeline(transaction=False) as asked:
            for member in members:
                asked.hget(keys.memories(member), question)
            kept = await asked.execute()
        return {
            member: _memory(json.loads(text)) for member, text in zip(members, kept, strict=True) if text is not None
        }

    async def of_member(self, member: MemberId, question: str) -> tuple[Memory | None, Attempt | None]:
        async with answering(), self.store.quick.pipeline(transaction=False) as asked:
            asked.hget(keys.memories(member), question).get(keys.attempt(member, question))
            memory, attempt = await asked.execute()
        return _memory(json.loads(memory)) if memory else None, _attempt(json.loads(attempt)) if attempt else None

    async def keep(self, member: MemberId, question: str, memory: Memory, attempt: Attempt, delivery: str) -> bool:
        kept = await self.store.run(
            "practise",
            [
                keys.memories(member),
                keys.attempt(member, question),
                keys.practice_deliveries(member),
                keys.erasing(platform_of(member)),
                keys.erased(member),
            ],
            [
                question,
                codec.dumps(_memory_row(memory)),
                codec.dumps(_attempt_row(attempt)),
                self.store.limits.kept,
                delivery,
                DELIVERY_SECONDS,
                member,
            ],
            quick=True,
        )
        return bool(kept)

    async def remember(self, question: str, memories: Mapping[MemberId, Memory], round_: RoundId | None = None) -> None:
        if not memories:
            return
        erasing = keys.erasing(platform_of(next(iter(memories))))
        names = [erasing, keys.grades(round_) if round_ else erasing, *_names(memories)]
        args: list[str | int] = [question, self.store.limits.kept, int(round_ is not None)]
        for member, memory in memories.items():
            args += [member, codec.dumps(_memory_row(memory))]
        await self.store.run("remember", names, args, quick=round_ is None)


def _names(members: Collection[MemberId]) -> list[str]:
    return [name for member in members for name in (keys.memories(member), keys.erased(member))]


def _memory_row(memory: Memory) -> codec.Row:
    return {
        "last": ms(memory.last),
        "due": ms(memory.due),
        "share": memory.share,
        "times": memory.times,
        "state": memory.state,
        **({"reviewed": ms(memory.reviewed)} if memory.reviewed else {}),
    }


def _memory(row: codec.Row) -> Memory:
    return Memory(
        last=instant(row["last"]),
        due=instant(row["due"]),
        share=row["share"],
        times=row["times"],
        state=row["state"],
        reviewed=instant(row["reviewed"]) if "reviewed" in row else None,
    )


def _attempt_row(attempt: Attempt) -> dict[str, Any]:
    return {
        "at": ms(attempt.at),
        "revision": attempt.revision,
        "text": attempt.text,
        "suggestion": codec.suggestion_to_json(attempt.suggestion),
        "ticks": codec.ticks_to_text(attempt.ticks),
        "before": _memory_row(attempt.before) if attempt.before else None,
    }


def _attempt(row: codec.Row) -> Attempt:
    return Attempt(
        at=instant(row["at"]),
        revision=row["revision"],
        text=row["text"],
        suggestion=codec.suggestion_from_json(row["suggestion"]),
        ticks=tuple(tick == "1" for tick in row["ticks"]),
        before=_memory(row["before"]) if row["before"] else None,
    )
