"""Replies and their suggestions: hashes by member, one of each a round."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.redis import codec, keys
from adapters.redis.agenda import held
from adapters.redis.store import DELIVERY_SECONDS, Store, answering, instant
from bot.domain.ids import MemberId, RoundId
from bot.domain.programme import Collect
from bot.domain.reply import (
    FORM,
    MAX_MESSAGES,
    MAX_REPLY,
    Receipt,
    ReceiptState,
    Reply,
    StandingReply,
    Suggestion,
    Via,
)
from bot.ports import Lease, Superseded

_BATCH = 500


@dataclass(frozen=True, slots=True)
class RedisReplies:
    store: Store

    async def submit(self, reply: Reply) -> Receipt:
        id_ = reply.round
        outcome, record, repliers, reveals_at, collect = await self.store.run(
            "submit",
            [keys.round_(id_), keys.replies(id_), keys.late_replies(id_), keys.deliveries(id_)],
            [
                reply.member,
                reply.part,
                reply.version,
                reply.text,
                int(reply.withdrawn),
                reply.delivery,
                self.store.limits.kept_unsettled,
                DELIVERY_SECONDS,
                reply.via,
                MAX_REPLY,
                MAX_MESSAGES,
            ],
            quick=True,
        )
        standing = _standing(reply.member, record) if record else None
        return Receipt(
            state=ReceiptState(outcome),
            round=id_,
            text=standing.text if standing else "",
            via=(Via.THREAD if standing.visible else Via.FORM) if standing else None,
            repliers=int(repliers),
            reveals_at=instant(reveals_at) if reveals_at else None,
            collect=Collect(collect or Collect.BOTH),
        )

    async def standing(self, round_: RoundId) -> Sequence[StandingReply]:
        async with answering():
            records = await self.store.steady.hgetall(keys.replies(round_))
        found = [_standing(MemberId(member), record) for member, record in sorted(records.items())]
        return [reply for reply in found if reply]

    async def of_member(self, round_: RoundId, member: MemberId) -> StandingReply | None:
        async with answering():
            record = await self.store.quick.hget(keys.replies(round_), member)
        return _standing(member, record) if record else None

    async def count(self, round_: RoundId) -> int:
        async with answering():
            return int(await self.store.quick.hget(keys.round_(round_), "repliers") or 0)

    async def keep_suggestions(self, lease: Lease, suggestions: Mapping[MemberId, Suggestion]) -> None:
        pairs = list(suggestions.items())
        for first in range(0, len(pairs), _BATCH):
            args: list[str | int] = [*held(lease), self.store.limits.kept_unsettled]
            for member, suggestion in pairs[first : first + _BATCH]:
                args += [member, codec.suggestion_to_json(suggestion)]
            if not await self.store.run("suggest", [keys.agenda(lease.platform), keys.suggestions(lease.round)], args):
                raise Superseded

    async def suggestions(self, round_: RoundId) -> Mapping[MemberId, Suggestion]:
        async with answering():
            kept = await self.store.steady.hgetall(keys.suggestions(round_))
        return {MemberId(member): codec.suggestion_from_json(text) for member, text in kept.items()}

    async def suggestion(self, round_: RoundId, member: MemberId) -> Suggestion | None:
        async with answering():
            text = await self.store.quick.hget(keys.suggestions(round_), member)
        return codec.suggestion_from_json(text) if text else None


def _standing(member: MemberId, record: str) -> StandingReply | None:
    """Put a member's parts together: a form beats thread messages, which are joined in the order of their ids."""
    parts: dict[str, Any] = {id_: part for id_, part in json.loads(record).items() if not part["x"]}
    if not parts:
        return None
    told = [FORM] if FORM in parts else sorted(parts, key=lambda id_: (len(id_), id_))
    return StandingReply(
        member=member,
        text="\n".join(parts[id_]["t"] for id_ in told),
        version=max(int(parts[id_]["v"]) for id_ in told),
        visible=FORM not in parts,
    )
