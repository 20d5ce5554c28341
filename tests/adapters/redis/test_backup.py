"""A backup and the store made from it, at rest: equal key by key."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from redis.asyncio import Redis

from adapters.redis import keys
from adapters.redis.backup import Row
from adapters.redis.presence import present
from adapters.redis.restore import RedisRestore
from adapters.redis.store import Store
from bot.domain.ids import RoundId
from bot.domain.reply import ReceiptState
from bot.ports import StartError, StoreUnavailable
from bot.views import BotFacts
from tests.backups import backed_up, contents, restored
from tests.conftest import Server
from tests.expiry import keys_without_expiry
from tests.mischief import MORNING
from tests.world import ANA, BY_HAND, MONDAY, OTHER_PLACE, PLACE, TODAY, World, build, question, who


@pytest.fixture
async def world(store: Store) -> AsyncIterator[World]:
    made = build(store, [question(number) for number in range(9)])
    yield made
    made.room.close()


async def _lived_in(world: World) -> None:
    """Two rounds that are over, one that is revealed, one open, one skipped ahead, and a place that rests."""
    await world.set_up()
    await world.set_up(OTHER_PLACE)
    await world.admin("pause holidays", OTHER_PLACE)
    await world.desk.practice_answer(world.caller("eva"), "q3", "alpha")
    for days in range(4):
        day = MONDAY + timedelta(days=days)
        round_ = RoundId(TODAY.replace(f"{MONDAY}", f"{day}"))
        await world.at(9, day=day)
        for name in ("ana", "ben", "chris")[days % 2 :]:
            await world.reply(name, "alpha and beta?", round_)
        await world.at(16)
        await world.reply("dana", "too late", round_)
    await world.at(17)
    await world.admin("ask-now")
    await world.due()
    await world.reply("ana", "gamma", RoundId(BY_HAND.replace(f"{MONDAY}", f"{MONDAY + timedelta(days=3)}")))
    await world.admin("skip")


async def test_at_rest_the_restored_store_is_equal_key_by_key(world: World, second: Store) -> None:
    await _lived_in(world)
    await world.store.steady.set(keys.SCHEMA, keys.SCHEMA_VERSION)

    await restored(second, await backed_up(world.store))

    before, after = await contents(world.store.steady), await contents(second.steady)
    assert before.keys() == after.keys()
    assert {key: value for key, (value, _) in before.items()} == {key: value for key, (value, _) in after.items()}
    assert all(abs(expires - after[key][1]) <= 1 for key, (_, expires) in before.items())
    assert len(before) > 60


async def test_what_has_run_out_since_is_left_out_and_is_in_nobody_s_way(world: World, second: Store) -> None:
    await _lived_in(world)
    open_round = await world.rounds.present(PLACE)
    assert open_round
    rows = await backed_up(world.store)
    for row in rows:
        for one in row.get("keys", [row]):
            if one.get("key") in {keys.round_(open_round.id), keys.changes(PLACE)}:
                one["expires"] = 1

    await restored(second, rows)

    there = await contents(second.steady)
    assert keys.round_(open_round.id) not in there
    assert keys.changes(PLACE) not in there
    assert "round" not in there[keys.place(PLACE)][0]
    assert not any(open_round.id in entry for entry in there["studybot:console:agenda"][0])
    assert not await keys_without_expiry(second.steady)


async def test_what_a_dead_process_held_is_due_again_at_once(world: World, second: Store) -> None:
    await world.set_up()
    world.clock.go(hours=1)
    lease = await world.claim()

    await restored(second, await backed_up(world.store))

    agenda, record = "studybot:console:agenda", "studybot:console:agenda:open:" + TODAY
    assert await second.steady.zscore(agenda, f"open:{TODAY}") == lease.due.timestamp() * 1000
    assert await second.steady.hget(record, "held") == "0"
    assert int(await second.steady.get("studybot:console:agenda-fence")) >= lease.fence


async def test_a_key_of_a_kind_that_the_bot_never_writes_is_named(world: World) -> None:
    await world.store.steady.lpush("studybot:console:queue", "x")

    with pytest.raises(StartError, match="studybot:console:queue is a list"):
        await backed_up(world.store)
    await world.store.steady.delete("studybot:console:queue")


async def test_a_restore_goes_into_an_empty_store_only(world: World, second: Store) -> None:
    rows = await backed_up(world.store)
    await second.steady.set("studybot:console:home:asked", "x")

    with pytest.raises(StartError, match="not empty"):
        await restored(second, rows)

    assert await contents(second.steady) == {"studybot:console:home:asked": ("x", -1)}


async def test_what_an_unended_restore_has_left_is_cleared_away_by_who_says_so(world: World, second: Store) -> None:
    await world.set_up()
    rows = await backed_up(world.store)
    await second.steady.mset({keys.SCHEMA: keys.RESTORING, "studybot:console:home:asked": "x"})

    with pytest.raises(StartError, match="has begun and not ended"):
        await restored(second, rows)
    await RedisRestore(store=second, name="the backup").restore(enumerate(rows, 1), again=True)

    assert await second.steady.get(keys.SCHEMA) == f"{keys.SCHEMA_VERSION}"
    assert not await second.steady.exists("studybot:console:home:asked")


@pytest.mark.parametrize("rest", [slice(1, None), slice(1, 2)], ids=["goes on", "is cut off"])
async def test_a_restore_whose_pipe_stood_still_leaves_alone_what_another_made_meanwhile(
    world: World, server: Server, second: Store, rest: slice
) -> None:
    await _lived_in(world)
    rows = await backed_up(world.store)

    def stalled() -> Iterator[tuple[int, Row]]:
        yield 1, rows[0]
        with ThreadPoolExecutor() as other:
            other.submit(asyncio.run, _restored_again(server, rows)).result()
        yield from enumerate(rows[rest], 2)

    with pytest.raises(StartError, match=r"not this restore's any more" if rest.stop is None else "cut off"):
        await RedisRestore(store=second, name="the backup").restore(stalled())

    assert len(await contents(second.steady)) > 60
    assert await second.steady.get(keys.SCHEMA) == f"{keys.SCHEMA_VERSION}"


async def _restored_again(server: Server, rows: Sequence[Row]) -> None:
    async with Redis(unix_socket_path=server.socket, db=1, decode_responses=True) as client:
        restore = RedisRestore(store=Store(steady=client, quick=client), name="the backup")
        await restore.restore(enumerate(rows, 1), again=True)


def facts() -> BotFacts:
    return BotFacts(questions=1, read_at=MORNING)


async def test_into_a_store_on_which_bots_run_nothing_is_restored(world: World, second: Store) -> None:
    rows = await backed_up(world.store)
    async with present(second, facts), present(second, facts):
        with pytest.raises(StartError, match="2 bots run on the store"):
            await restored(second, rows)
        assert await second.steady.get(keys.SCHEMA) is None

    await restored(second, rows)


async def test_a_bot_that_did_not_answer_for_long_takes_nothing_while_a_restore_runs(world: World) -> None:
    await world.set_up()
    await world.at(9)
    await world.store.steady.set(keys.SCHEMA, keys.restoring("abc"))

    receipt = await world.reply("ana", "alpha")
    with pytest.raises(StoreUnavailable, match="a restore into it has not ended"):
        await world.agenda.claim("console", 1)
    with pytest.raises(StoreUnavailable, match="a restore into it has not ended"):
        async with present(world.store, facts):
            pass

    assert receipt.state is ReceiptState.NOT_SAVED
    assert await world.store.steady.exists(keys.PRESENT) == 0


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda rows: rows[:-1], "is cut off after line"),
        (lambda rows: [], "is empty"),
        (lambda rows: [*rows, rows[-2]], "goes on after its end"),
        (lambda rows: [["head"], *rows[1:]], "holds no backup in line 1"),
        (lambda rows: [{**rows[0], "studybot backup": 2, "bot": "9.1"}, *rows[1:]], "newer bot .9.1., as line 1"),
        (lambda rows: [{**rows[0], "schema": 99}, *rows[1:]], "newer bot"),
        (lambda rows: [{**rows[0], "schema": 0}, *rows[1:]], "schema 0"),
        (lambda rows: [*rows[:2], {"key": "other"}, *rows[3:]], "holds no backup in line 3"),
        (lambda rows: [*rows[:2], {**_string("other:x")}, *rows[3:]], "holds no backup in line 3"),
        (lambda rows: [*rows[:2], {**_string("studybot:x"), "type": "list"}, *rows[3:]], "holds no backup in line 3"),
        (lambda rows: [*rows[:-1], {**_string("studybot:x"), "value": {}, "type": "set"}, rows[-1]], "refuses"),
        (lambda rows: [*rows[:-1], {**_string("studybot:x"), "value": [["y"]]}, rows[-1]], "refuses"),
    ],
)
async def test_what_is_no_whole_backup_is_named_by_its_line_and_leaves_the_store_empty(
    world: World, second: Store, spoil: Callable[[Sequence[Row]], Sequence[Row]], sentence: str
) -> None:
    await _lived_in(world)
    rows = await backed_up(world.store)

    with pytest.raises(StartError, match=sentence):
        await restored(second, spoil(rows))

    assert await contents(second.steady) == {}


def _string(key: str) -> Row:
    return {"key": key, "type": "string", "expires": None, "value": "x"}


async def test_a_hash_of_many_portions_comes_through_whole(world: World, second: Store) -> None:
    key = keys.memories(ANA)
    await world.store.steady.hset(key, mapping={f"q{n}": f"{n}" for n in range(3_000)})
    await world.store.steady.expire(key, 1000)

    rows = await backed_up(world.store)
    await restored(second, rows)

    assert len([row for row in rows if row.get("key") == key]) > 3
    assert await second.steady.hgetall(key) == await world.store.steady.hgetall(key)


async def test_rounds_that_fell_off_their_place_s_list_are_kept(world: World, second: Store) -> None:
    await _lived_in(world)
    old = keys.round_(TODAY)
    await world.store.steady.zrem(keys.rounds(PLACE), TODAY)

    await restored(second, await backed_up(world.store))

    assert await second.steady.hgetall(old) == await world.store.steady.hgetall(old)


async def test_what_came_after_a_round_was_read_as_open_is_left_out_and_given_again(
    world: World, second: Store
) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    read_early = await backed_up(world.store)
    await world.reply("ben", "alpha and beta")
    await world.at(16)
    await world.reply("chris", "too late")
    read_late = await backed_up(world.store)
    early, late = (
        [row for row in rows[1:-1] if ("place" in row) is is_place]
        for rows, is_place in ((read_early, True), (read_late, False))
    )

    await restored(second, [read_early[0], *early, *late, {"end": {"values": 0, "boards_moved": True}}])

    there = await contents(second.steady)
    assert there[keys.round_(TODAY)][0]["state"] == "open"
    assert there[keys.round_(TODAY)][0]["repliers"] == "2"
    assert set(there[keys.replies(TODAY)][0]) == {ANA, who("ben")}
    assert not [key for key in there if key.split(":")[3:4] in (["grades"], ["suggestions"], ["late"], ["ledger"])]
    assert not [key for key in there if "board" in key]


async def test_a_question_that_was_asked_after_the_team_s_were_read_counts_as_asked(
    world: World, second: Store
) -> None:
    await world.set_up()
    await world.at(9)
    rows = [row for row in await backed_up(world.store) if row.get("key") != "studybot:console:home:asked"]

    await restored(second, rows)

    asked = await world.store.steady.zrange("studybot:console:home:asked", 0, -1, withscores=True)
    assert asked
    assert await second.steady.zrange("studybot:console:home:asked", 0, -1, withscores=True) == asked
