"""What people and the scheduler meet while a server takes no changes: a sentence, and patience."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from redis import exceptions
from redis.asyncio import Redis

from adapters.redis.connection import check, open_redis
from adapters.redis.refusals import RIGHTS
from adapters.redis.store import Store
from bot import wording
from bot.domain.reply import ReceiptState
from bot.domain.round import RoundState
from bot.ports import Post, StartError, StoreUnavailable
from bot.views import NoticeView
from scheduler.clock import Ticker
from tests.adapters.redis.servers import free_port, valkey
from tests.backups import contents
from tests.world import ANA, LEASE, World, build, question

STATES = ["BUSY", "MASTERDOWN", "MISCONF", "NOPERM", "NOREPLICAS", "OOM", "READONLY"]
PASSING = [state for state in STATES if state != "NOPERM"]


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
async def world(tmp_path: Path, port: int) -> AsyncIterator[World]:
    with valkey(tmp_path / "data", port):
        async with open_redis(f"redis://127.0.0.1:{port}") as clients:
            made = build(Store(steady=clients.steady, quick=clients.quick), [question(n) for n in range(6)])
            yield made
            made.room.close()


@asynccontextmanager
async def taking_no_changes(port: int, state: str, folder: Path) -> AsyncIterator[None]:
    """Bring a server into a state in which it answers changes with this word."""
    async with Redis(port=port, decode_responses=True) as admin:
        spinning: asyncio.Task[None] | None = None
        match state:
            case "BUSY":
                await admin.config_set("busy-reply-threshold", 20)
                spinning = asyncio.create_task(spin(port))
                await asyncio.sleep(0.2)
            case "MISCONF":
                (folder / "dump.rdb").mkdir(exist_ok=True)  # no file can take its place
                await admin.config_set("save", "900 1")
                await admin.bgsave()
                while (await admin.info("persistence"))["rdb_last_bgsave_status"] == "ok":
                    await asyncio.sleep(0.01)
            case "NOPERM":
                await admin.acl_setuser("default", enabled=True, commands=["-evalsha"])
            case "NOREPLICAS":
                await admin.config_set("min-replicas-to-write", 1)
            case "OOM":
                await admin.config_set("maxmemory", 1)
            case _:
                await admin.config_set("replica-serve-stale-data", "no" if state == "MASTERDOWN" else "yes")
                await admin.replicaof("127.0.0.1", "1")
        yield
        if spinning:
            await admin.script_kill()
            await spinning
        await admin.replicaof("NO", "ONE")
        await admin.acl_setuser("default", enabled=True, commands=["+evalsha"])
        for name, value in (("save", ""), ("min-replicas-to-write", 0), ("maxmemory", 0)):
            await admin.config_set(name, value)


async def spin(port: int) -> None:
    async with Redis(port=port) as somebody:
        with suppress(exceptions.ResponseError):
            await somebody.eval("while true do end", 0)


@pytest.mark.parametrize("state", STATES)
async def test_people_are_told_that_nothing_was_kept(world: World, port: int, tmp_path: Path, state: str) -> None:
    await world.set_up()
    await world.at(9)

    async with taking_no_changes(port, state, tmp_path / "data"):
        receipt = await world.reply("ana", "alpha")
        notice = await world.admin("pause")

    assert receipt.state is ReceiptState.NOT_SAVED
    assert notice == NoticeView(text=wording.desk.NOT_DONE)
    assert (await world.reply("ana", "alpha")).state is ReceiptState.ACCEPTED


@pytest.mark.parametrize("state", STATES)
async def test_the_scheduler_waits_and_then_goes_on(
    world: World, port: int, tmp_path: Path, state: str, caplog: pytest.LogCaptureFixture
) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    ticker = Ticker(
        agenda=world.agenda,
        platforms=["console"],
        carry_out=world.life.carry_out,
        lease_seconds=LEASE,
        workers=2,
    )
    trouble = taking_no_changes(port, state, tmp_path / "data")
    world.mischief.before("close", trouble.__aenter__)
    world.clock.go(hours=7)

    await ticker.drain()
    world.clock.go(seconds=LEASE + 1)
    await ticker.drain()
    await trouble.__aexit__(None, None, None)

    assert "the store did not answer; the entry comes again" in caplog.messages
    assert "the store does not answer; waiting for it" in caplog.messages
    assert not [record for record in caplog.records if record.exc_info or record.levelno >= logging.ERROR]
    await ticker.drain()
    assert (await world.get()).state is RoundState.REVEALED
    assert len(world.posts(Post.REVEAL)) == 1
    assert await world.points() == {"ana": 6}
    assert await world.is_sound()


@pytest.mark.parametrize("state", PASSING)
async def test_boards_that_cannot_be_made_anew_now_are_no_fault_of_ours(
    world: World, port: int, tmp_path: Path, state: str
) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.at(16)

    async with taking_no_changes(port, state, tmp_path / "data"):
        with pytest.raises(StoreUnavailable, match=rf"takes no changes now: .* \({state}\)"):
            await world.boards.rebuild()

    await world.boards.rebuild()
    assert await world.is_sound()


@pytest.mark.parametrize("state", [state for state in PASSING if state not in {"MASTERDOWN", "READONLY"}])
async def test_a_start_that_meets_it_may_be_tried_again(tmp_path: Path, port: int, state: str) -> None:
    with valkey(tmp_path / "data", port):
        async with (
            taking_no_changes(port, state, tmp_path / "data"),
            open_redis(f"redis://127.0.0.1:{port}") as clients,
        ):
            with pytest.raises(StartError, match=rf"takes no changes now, for .* \({state}\)") as caught:
                await check(clients.steady, schema_key="studybot:schema", schema=1)
    assert caught.value.code == 69


@pytest.mark.parametrize("state", ["OOM", "READONLY", "MISCONF", "NOREPLICAS"])
async def test_who_only_reads_meets_no_fault_and_leaves_nothing_behind(tmp_path: Path, port: int, state: str) -> None:
    with valkey(tmp_path / "data", port):
        async with (
            taking_no_changes(port, state, tmp_path / "data"),
            open_redis(f"redis://127.0.0.1:{port}") as clients,
        ):
            await check(clients.steady, schema_key="studybot:schema", schema=1, writes=False)
            assert await clients.steady.keys() == []


async def test_a_member_can_be_erased_to_make_room_in_a_full_store(world: World, port: int, tmp_path: Path) -> None:
    await world.set_up()
    await world.at(9)
    await world.reply("ana", "alpha")
    await world.desk.practice_answer(world.caller("ana"), "q3", "alpha")
    await world.at(16)
    await world.reply("ana", "too late")

    async with taking_no_changes(port, "OOM", tmp_path / "data"):
        await world.members.erase(ANA)

    assert ANA not in str(await contents(world.store.steady))
    assert await world.is_sound()


async def test_the_rights_that_a_start_asks_for_are_enough_for_a_whole_day(tmp_path: Path, port: int) -> None:
    with valkey(tmp_path / "data", port, "--user", "ana", "on", ">pw", "~studybot:*", *RIGHTS.split()):
        async with open_redis(f"redis://ana:pw@127.0.0.1:{port}") as clients:
            await check(clients.steady, schema_key="studybot:schema", schema=1)
            world = build(Store(steady=clients.steady, quick=clients.quick), [question(n) for n in range(6)])
            await world.set_up()
            await world.at(9)
            await world.reply("ana", "alpha")
            await world.at(16)
            await world.later(hours=49)
            await world.life.sweep("console", world.clock.now())
            await world.quiz("ana", "leaderboard")
            assert (await world.get()).settled
            assert await world.agenda.backlog("console")
            await world.boards.rebuild()
            assert await world.is_sound()
            world.room.close()


async def test_a_server_that_loads_is_waited_for(tmp_path: Path, port: int) -> None:
    folder = tmp_path / "data"
    with valkey(folder, port, "--appendonly", "yes") as first:
        async with Redis(port=port) as admin, admin.pipeline(transaction=False) as many:
            for number in range(10_000):
                many.set(f"studybot:{number}", number, ex=3600)
            await many.execute()
        first.kill()
    slowly = ("--appendonly", "yes", "--key-load-delay", "100")
    with valkey(folder, port, *slowly, loads=True):
        async with open_redis(f"redis://127.0.0.1:{port}") as clients:
            store = Store(steady=clients.steady, quick=clients.quick)
            with pytest.raises(StoreUnavailable, match=r"LOADING|did not answer"):  # as it gets round to it
                await store.run("claim", ["studybot:console:agenda"], [1, 1000], quick=True)
            async with asyncio.timeout(20):
                while True:
                    with suppress(StoreUnavailable):
                        assert len(await store.run("claim", ["studybot:console:agenda"], [1, 1000])) == 1
                        break


async def test_a_script_that_was_forgotten_between_load_and_run_is_an_answer_that_did_not_come(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = world.store.steady
    load = client.script_load

    async def lost_again(script: str) -> object:
        loaded = await load(script)
        await client.script_flush()
        return loaded

    monkeypatch.setattr(client, "script_load", lost_again)
    await client.script_flush()

    with pytest.raises(StoreUnavailable, match="NOSCRIPT"):
        await world.agenda.claim("console", 1)
