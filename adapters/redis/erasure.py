"""Leaving nothing of a member: small steps over a scan of the team's keys, each safe to repeat and none after the end.

While a member is in ``erasing`` no script keeps anything new of that member, so what a step has taken away stays away. Each
step asks whether its erasure still runs: a process that stood still meanwhile takes nothing from who has come back since. These
scripts run in a store whose memory is full too: each takes away more than it writes, and so makes room.
"""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from adapters.redis import codec, key_parts, keys
from adapters.redis.store import Store, answering
from bot.domain.ids import MemberId, RoundId, TeamId, erased_id, platform_of, team_of

_SCAN = 1_000
_KEYS = 100
"""Keys that one script looks at: far from what others would notice."""
_AWARDS = 200

_REMEMBERED = 600
"""Seconds after which nothing is on its way any more that was begun before an erasure ended."""

_NAMED = ("late", "suggestions", "grades", "streaks", "board", "team-board", "hidden-members", "feedback")
"""Kinds of keys in which a member is a field or an element."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One member's erasure, which has begun under a token."""

    store: Store
    member: MemberId
    token: str

    @classmethod
    async def begin(cls, store: Store, member: MemberId) -> "Erasure":
        """Begin, or go on with what was begun before."""
        names = [keys.erasing(platform_of(member)), keys.rights(team_of(member))]
        token = await store.run("begin_erasure", names, [member, uuid4().hex])
        return cls(store=store, member=member, token=token)

    async def carry_out(self) -> None:
        steps: Mapping[str, Callable[[Sequence[str]], Awaitable[None]]] = {
            "replies": self._replies,
            "ledger": self._ledgers,
            "programme": self._programmes,
            "changes": self._changes,
            "review": self._waiting,
            "phrasings": self._phrasings,
            **dict.fromkeys(_NAMED, self._named),
            **dict.fromkeys(keys.OF_MEMBERS, self._own),
        }
        async for found in by_kind(self.store, team_of(self.member)):
            for kind in found.keys() & steps.keys():
                await steps[kind](found[kind])
        names = [keys.moving(platform_of(self.member)), keys.erased(self.member)]
        await self._step("end_erasure", names, [_REMEMBERED])

    async def _step(self, script: str, names: Sequence[str], args: Sequence[str | int] = ()) -> int:
        found: int = await self.store.run(
            script, [keys.erasing(platform_of(self.member)), *names], [self.member, self.token, *args]
        )
        return found

    async def _named(self, names: Sequence[str]) -> None:
        for some in _portions(names, _KEYS):
            await self._step("erase_member", some)

    async def _own(self, names: Sequence[str]) -> None:
        for some in _portions([name for name in names if key_parts.is_of(name, self.member)], _KEYS):
            await self._step("erase_keys", some)

    async def _replies(self, names: Sequence[str]) -> None:
        for some in _portions(names, _KEYS):
            pairs = [name for replies in some for name in (replies, keys.round_(RoundId(key_parts.id_of(replies))))]
            await self._step("erase_replies", pairs)

    async def _ledgers(self, names: Sequence[str]) -> None:
        for ledger in names:
            ids = await awards_of(self.store, ledger, self.member)
            name = erased_id(team_of(self.member), self.token)
            for some in _portions(sorted(ids), _AWARDS):
                renamed = [part for id_ in some for part in (id_, id_.replace(f"/{self.member}/", f"/{name}/"))]
                await self._step("erase_awards", [ledger], renamed)

    async def _programmes(self, names: Sequence[str]) -> None:
        for programme in names:
            done = 0
            while not done:  # a turn is lost only to somebody's change, which is then read
                async with answering():
                    data = await self.store.steady.hget(programme, "data")
                without = codec.without_names(json.loads(data or "{}"), self.member)
                if without is None:
                    break
                names = [keys.agenda(platform_of(self.member)), programme]
                done = await self._step("erase_setter", names, [data, codec.dumps(without)])

    async def _changes(self, names: Sequence[str]) -> None:
        for changes in names:
            async with answering():
                entries = await self.store.steady.zrange(changes, 0, -1)
            for entry in entries:
                row = json.loads(entry)
                if row["who"] == self.member:
                    await self._step(
                        "erase_change", [changes], [entry, codec.dumps({**row, "who": None, "reason": ""})]
                    )

    async def _phrasings(self, names: Sequence[str]) -> None:
        for phrasings in names:
            await self._step("erase_phrasings", [phrasings], [keys.hashed(self.member)])

    async def _waiting(self, names: Sequence[str]) -> None:
        for queue in names:
            async with answering():
                pattern = f"*/{keys.literal(self.member)}"
                found = [entry async for entry, _ in self.store.steady.zscan_iter(queue, match=pattern, count=_SCAN)]
            for some in _portions(sorted(set(found)), _AWARDS):
                await self._step("erase_waiting", [queue], some)


async def by_kind(store: Store, team: TeamId) -> AsyncIterator[Mapping[str, Sequence[str]]]:
    """Yield the keys of a team by what they hold, so many at a time; one that is there all the while is among them."""
    cursor = 0
    while True:
        async with answering():
            cursor, names = await store.steady.scan(cursor, match=keys.team_pattern(team), count=_SCAN)
        found: dict[str, list[str]] = defaultdict(list)
        for name in names:
            found[key_parts.kind(name)].append(name)
        yield found
        if not cursor:
            return


async def awards_of(store: Store, ledger: str, member: MemberId) -> Mapping[str, str]:
    """Return a member's entries of one ledger by their ids."""
    pattern = f"*/{keys.literal(member)}/*"
    async with answering():
        return {id_: text async for id_, text in store.steady.hscan_iter(ledger, match=pattern, count=_SCAN)}


def _portions(names: Iterable[str], size: int) -> Iterator[list[str]]:
    known = list(names)
    for first in range(0, len(known), size):
        yield known[first : first + size]
