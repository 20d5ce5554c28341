from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.practice import RedisPractice
from adapters.redis.store import DELIVERY_SECONDS, Store
from bot.domain.practice import Attempt, Memory
from bot.domain.reply import PointVerdict, Suggestion, Verdict
from tests.world import ANA, BEN, CHRIS

NOW = datetime(2025, 3, 3, 12, 0, 0, 123_000, tzinfo=UTC)
DAYS_180 = 180 * 86_400
FIRST = Memory(last=NOW, due=NOW + timedelta(days=2), share=1 / 3, times=1, state='{"card_id":0}')
AGAIN = replace(FIRST, last=NOW + timedelta(days=2), times=2)
ATTEMPT = Attempt(
    at=NOW,
    revision=3,
    text='Ünïcode 🧪\n"quoted"',
    suggestion=Suggestion(
        verdicts=(
            PointVerdict(verdict=Verdict.COVERED, evidence="🧪"),
            PointVerdict(verdict=Verdict.NOT_SEEN),
        ),
        grader="words",
        version="1",
    ),
    ticks=(True, False),
)


@pytest.fixture
def practice(store: Store) -> RedisPractice:
    return RedisPractice(store)


async def test_what_nobody_has_met_is_remembered_by_nobody(practice: RedisPractice) -> None:
    assert await practice.memories(ANA) == {}
    assert await practice.memories_of("q1", [ANA, BEN]) == {}
    assert await practice.memories_of("q1", []) == {}
    assert await practice.of_member(ANA, "q1") == (None, None)


async def test_an_attempt_and_its_memory_come_back_as_they_were(practice: RedisPractice) -> None:
    attempt = replace(ATTEMPT, before=FIRST)

    assert await practice.keep(ANA, "q1", AGAIN, attempt, "d1")

    assert await practice.of_member(ANA, "q1") == (AGAIN, attempt)
    assert await practice.memories(ANA) == {"q1": AGAIN}
    assert await practice.memories_of("q1", [BEN, ANA]) == {ANA: AGAIN}


async def test_members_and_questions_are_kept_apart(practice: RedisPractice) -> None:
    await practice.keep(ANA, "q1", FIRST, ATTEMPT, "d1")
    await practice.keep(BEN, "q1", AGAIN, ATTEMPT, "d1")

    assert await practice.of_member(ANA, "q1") == (FIRST, ATTEMPT)
    assert await practice.of_member(ANA, "q2") == (None, None)
    assert await practice.memories(BEN) == {"q1": AGAIN}


async def test_one_delivery_is_kept_once_also_after_others(practice: RedisPractice) -> None:
    await practice.keep(ANA, "q1", FIRST, ATTEMPT, "d1")
    await practice.keep(ANA, "q1", AGAIN, replace(ATTEMPT, text="newer"), "d2")
    later = replace(AGAIN, last=AGAIN.last + timedelta(hours=1))

    assert not await practice.keep(ANA, "q1", later, ATTEMPT, "d1")

    assert await practice.of_member(ANA, "q1") == (AGAIN, replace(ATTEMPT, text="newer"))


async def test_something_older_than_what_is_kept_changes_nothing(practice: RedisPractice) -> None:
    await practice.keep(ANA, "q1", AGAIN, ATTEMPT, "d1")

    assert not await practice.keep(ANA, "q1", FIRST, replace(ATTEMPT, text="older"), "d2")
    await practice.remember("q1", {ANA: FIRST, BEN: FIRST})

    assert await practice.of_member(ANA, "q1") == (AGAIN, ATTEMPT)
    assert await practice.memories(BEN) == {"q1": FIRST}


async def test_what_was_refused_may_be_delivered_again(practice: RedisPractice) -> None:
    await practice.keep(ANA, "q1", AGAIN, ATTEMPT, "d1")
    await practice.keep(ANA, "q1", FIRST, ATTEMPT, "d2")

    assert await practice.keep(ANA, "q1", replace(AGAIN, times=3), ATTEMPT, "d2")


async def test_what_members_remember_runs_out_and_is_refreshed_with_every_change(
    practice: RedisPractice, client: Redis
) -> None:
    await practice.keep(ANA, "q1", FIRST, ATTEMPT, "d1")
    for key in (keys.memories(ANA), keys.attempt(ANA, "q1"), keys.practice_deliveries(ANA)):
        assert 0 < await client.ttl(key) <= DAYS_180
        await client.expire(key, 10)

    await practice.remember("q2", {ANA: FIRST, CHRIS: FIRST})

    assert await client.ttl(keys.memories(ANA)) == await client.ttl(keys.memories(CHRIS)) == DAYS_180
    assert await client.ttl(keys.attempt(ANA, "q1")) <= 10  # each text runs out in its time


async def test_deliveries_are_forgotten_after_a_week_also_of_who_practises_every_day(
    practice: RedisPractice, client: Redis
) -> None:
    key = keys.practice_deliveries(ANA)
    await client.zadd(key, {"old": 0})

    await practice.keep(ANA, "q1", FIRST, ATTEMPT, "d1")

    assert await client.zrange(key, 0, -1) == ["d1"]
    assert await client.ttl(key) == DELIVERY_SECONDS
