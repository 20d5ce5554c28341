"""Replies and their suggestions: hashes by member, one of each a round."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adapters.redis import codec, keys
from adapters.redis.agenda import held
from adapters.redis.rounds import round_of
from adapters.redis.store import DELIVERY_SECONDS, Store, answering, instant
from bot.domain.copying import digest
from bot.domain.ids import MemberId, RoundId, platform_of
from bot.domain.programme import Collect
from bot.domain.reply import (
    FORM,
    MAX_MESSAGES,
    Part,
    Receipt,
    ReceiptState,
    Reply,
    StandingReply,
    Suggestion,
    Via,
    standing,
)
from bot.domain.round import Round
from bot.ports import Lease, Superseded

_BATCH = 500


@dataclass(frozen=True, slots=True)
class RedisReplies:
    store: Store

    async def submit(self, reply: Reply) -> Receipt:
        id_ = reply.round
        outcome, record, repliers, reveals_at, collect, overtaken, former, news = await self.store.run(
            "submit",
            [
                keys.round_(id_),
                keys.replies(id_),
                keys.late_replies(id_),
                keys.deliveries(id_),
                keys.erasing(platform_of(id_)),
                keys.news(reply.member),
            ],
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
                MAX_MESSAGES,
                "" if reply.withdrawn else digest(reply.text),
            ],
            quick=True,
        )
        parts = _parts(record) if record else {}
        now = standing(reply.member, parts)
        waiting = _waiting(parts, now) if now else set()
        before = standing(reply.member, _parts(former)) if former else None
        unread = outcome == ReceiptState.ACCEPTED and reply.part in waiting and not reply.withdrawn
        return Receipt(
            state=ReceiptState.TOO_LONG if unread else ReceiptState(outcome),
            round=id_,
            text=now.text if now else "",
            via=(Via.THREAD if now.visible else Via.FORM) if now else None,
            repliers=int(repliers),
            reveals_at=instant(reveals_at) if reveals_at else None,
            collect=Collect(collect or Collect.BOTH),
            without_room=bool(waiting),
            overtaken=bool(overtaken),
            changed=_changed(before, now, reply) if former else (),
            news=bool(news),
        )

    async def standing(self, round_: RoundId) -> Sequence[StandingReply]:
        read = await self.store.in_portions(
            keys.replies(round_), lambda who, text: standing(MemberId(who), _parts(text))
        )
        return [reply for _, reply in sorted(read.items()) if reply]

    async def of_member(self, round_: RoundId, member: MemberId) -> StandingReply | None:
        async with answering():
            record = await self.store.quick.hget(keys.replies(round_), member)
        return standing(member, _parts(record)) if record else None

    async def to_answer(self, round_: RoundId, member: MemberId) -> tuple[Round | None, StandingReply | None]:
        names = [keys.round_(round_), keys.replies(round_)]
        told, record = await self.store.run("to_answer", names, [member], quick=True)
        flat = json.loads(told)
        row = dict(zip(flat[::2], flat[1::2], strict=True)) if flat else {}  # of nothing Lua makes no list
        known = round_of(round_, row) if "state" in row else None
        return known, standing(member, _parts(record)) if record else None

    async def messages(self, round_: RoundId) -> Sequence[Reply]:
        read = await self.store.in_portions(keys.replies(round_), lambda _, text: _parts(text))
        return [
            Reply(
                round=round_,
                member=MemberId(member),
                text=part.text,
                via=Via.THREAD,
                delivery=name,
                version=part.version,
                part=name,
            )
            for member, parts in read.items()
            for name, part in parts.items()
            if name != FORM and not part.withdrawn
        ]

    async def keep_suggestions(self, lease: Lease, suggestions: Mapping[MemberId, Suggestion]) -> None:
        pairs = list(suggestions.items())
        names = [
            keys.agenda(lease.platform),
            keys.suggestions(lease.round),
            keys.replies(lease.round),
            keys.erasing(lease.platform),
        ]
        for first in range(0, len(pairs), _BATCH):
            args: list[str | int] = [*held(lease), self.store.limits.kept_unsettled]
            for member, suggestion in pairs[first : first + _BATCH]:
                args += [member, codec.suggestion_to_json(suggestion)]
            if not await self.store.run("suggest", names, args):
                raise Superseded

    async def suggestions(self, round_: RoundId) -> Mapping[MemberId, Suggestion]:
        read = await self.store.in_portions(keys.suggestions(round_), lambda _, text: codec.suggestion_from_json(text))
        return {MemberId(member): suggestion for member, suggestion in read.items()}

    async def suggestion(self, round_: RoundId, member: MemberId) -> Suggestion | None:
        async with answering():
            text = await self.store.quick.hget(keys.suggestions(round_), member)
        return codec.suggestion_from_json(text) if text else None


def _changed(before: StandingReply | None, now: StandingReply | None, reply: Reply) -> tuple[tuple[str, bool], ...]:
    """Return the messages beside the reply's own that count now and did not before, or the other way round."""
    then, since = (set(one.parts if one else ()) for one in (before, now))
    return tuple((part, part in since) for part in sorted(then ^ since) if part not in {FORM, reply.part})


def _parts(record: str) -> dict[str, Part]:
    rows: dict[str, Any] = json.loads(record)
    return {
        name: Part(
            text=row["t"],
            version=int(row["v"]),
            withdrawn=row["x"],
            since=int(row.get("s", row["v"])),
            reworded=row.get("w", False),
        )
        for name, row in rows.items()
    }


def _waiting(parts: Mapping[str, Part], now: StandingReply) -> set[str]:
    """Return the messages that do not count because they have no room beside the earlier ones."""
    return {name for name, part in parts.items() if now.visible and not part.withdrawn} - set(now.parts)
