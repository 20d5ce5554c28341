"""Ten thousand deliveries by a thousand members while the round closes: nothing accepted is missing, nothing else counts."""

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest
from redis.asyncio import BlockingConnectionPool, Redis

from adapters.redis.store import Store
from bot.domain.ids import MemberId
from bot.domain.reply import FORM, ReceiptState, Reply, Via
from bot.ports import Refused
from bot.views import ReceiptView
from tests.conftest import Server
from tests.world import TODAY, World, build, question, who

MEMBERS = 400
DELIVERIES = 4_000
AT_ONCE = 200
START = 1_000_000


@pytest.fixture
async def busy(server: Server, store: Store) -> AsyncIterator[World]:
    """A world with enough connections for everybody, and its question asked."""
    pool = BlockingConnectionPool.from_url(server.url, decode_responses=True, max_connections=64, timeout=30)
    client = Redis.from_pool(pool)
    world = build(replace(store, steady=client, quick=client), [question()])
    await world.set_up()
    await world.at(9)
    yield world
    world.room.close()
    await client.aclose()


def _deliveries(chance: random.Random) -> list[Reply]:
    """Make replies, edits, withdrawals, exact duplicates and older versions, in an order of no meaning."""
    made: list[Reply] = []
    for number in range(DELIVERIES):
        if made and chance.random() < 0.15:
            made.append(chance.choice(made))  # delivered again
            continue
        by_form = chance.random() < 0.5
        made.append(
            Reply(
                round=TODAY,
                member=who(f"m{chance.randrange(MEMBERS)}"),
                text=f"alpha {number}",
                via=Via.FORM if by_form else Via.THREAD,
                delivery=f"d{number}",
                version=START + chance.randrange(DELIVERIES),
                part=FORM if by_form else str(chance.randrange(100, 103)),
                withdrawn=chance.random() < 0.15,
            )
        )
    chance.shuffle(made)
    return made


@dataclass(slots=True)
class _Model:
    """What a member's parts hold: of each, the highest version that was accepted, whatever came first."""

    parts: dict[MemberId, dict[str, list[Reply]]] = field(default_factory=dict)

    def accept(self, reply: Reply) -> None:
        kept = self.parts.setdefault(reply.member, {}).setdefault(reply.part, [])
        if not kept or kept[0].version < reply.version:
            kept[:] = [reply]
        elif kept[0].version == reply.version:
            kept.append(reply)  # which of the two came last is the store's to know

    def may_stand(self, member: MemberId, part: str) -> tuple[set[str], bool, bool]:
        """Return the texts that may stand in a part, whether one must, and whether none may."""
        kept = self.parts.get(member, {}).get(part, [])
        texts = {reply.text for reply in kept if not reply.withdrawn}
        return texts, bool(kept) and not any(r.withdrawn for r in kept), not texts or any(r.withdrawn for r in kept)


async def test_a_storm_of_deliveries_while_the_round_closes(busy: World) -> None:
    chance = random.Random(20261123)
    deliveries = _deliveries(chance)
    gate = asyncio.Semaphore(AT_ONCE)
    busy.mischief.before("read_back", Refused("these messages stand in no thread"))
    done = 0

    async def submit(reply: Reply) -> tuple[Reply, ReceiptView]:
        nonlocal done
        async with gate:
            view = await busy.desk.submit(reply)
            done += 1
            return reply, view

    async def reveal() -> None:
        while done < DELIVERIES * 0.7:
            await asyncio.sleep(0.001)
        await busy.at(16)

    *answers, _ = await asyncio.gather(*(submit(reply) for reply in deliveries), reveal())

    outcomes = Counter(view.state for _, view in answers)  # type: ignore[misc]
    assert set(outcomes) == {ReceiptState.ACCEPTED, ReceiptState.WITHDRAWN, ReceiptState.LATE}
    assert outcomes[ReceiptState.LATE] > 100
    model = _Model()
    for reply, view in answers:  # type: ignore[misc]
        if view.state is not ReceiptState.LATE:
            model.accept(reply)
    await _check(busy, model)


async def _check(busy: World, model: _Model) -> None:
    records = await busy.store.steady.hgetall(f"studybot:console:home:replies:general:{TODAY.rpartition(':')[2]}")
    kept = {MemberId(member): json.loads(record) for member, record in records.items()}
    for member, parts in model.parts.items():
        for part in parts:
            texts, must, may_be_none = model.may_stand(member, part)
            held = kept[member][part]
            assert (held["t"] in texts) if not held["x"] else may_be_none
            assert not (must and held["x"])
    assert set(kept) == set(model.parts)
    standing = {reply.member for reply in await busy.replies.standing(TODAY)}
    assert standing == {member for member, parts in kept.items() if any(not part["x"] for part in parts.values())}
    assert await busy.repliers(TODAY) == len(standing)
    assert set(await busy.ledger.grades(TODAY)) == standing
    assert await busy.is_sound()
