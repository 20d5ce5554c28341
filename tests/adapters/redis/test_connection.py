import asyncio
import logging
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

import pytest
from redis import exceptions

from adapters.redis.connection import Client, check, fault_of, open_redis
from adapters.redis.embedded import open_embedded, server_pid
from adapters.redis.refusals import RIGHTS
from bot.ports import StartError
from tests.adapters.redis.servers import free_port, silent_server, valkey

KEY = "studybot:schema"


async def checked(url: str) -> None:
    async with open_redis(url) as clients:
        await check(clients.steady, schema_key=KEY, schema=3)


@pytest.fixture
def port() -> int:
    return free_port()


async def test_text_goes_in_and_comes_out(tmp_path: Path) -> None:
    async with open_embedded(tmp_path, exclusive=True) as url, open_redis(url) as clients:
        await check(clients.steady, schema_key=KEY, schema=3)
        await clients.steady.set("who", "Zoë 🎉")
        assert await clients.quick.get("who") == "Zoë 🎉"
        assert await clients.quick.register_script("return ARGV[1]")(args=["é"]) == "é"


async def test_hundreds_at_once_wait_for_a_connection(tmp_path: Path) -> None:
    async with open_embedded(tmp_path, exclusive=True) as url, open_redis(url) as clients:
        said = [str(number) for number in range(500)]
        assert await asyncio.gather(*map(clients.quick.echo, said)) == said


async def test_a_new_store_gets_the_schema_and_keeps_it(tmp_path: Path) -> None:
    async with open_embedded(tmp_path, exclusive=True) as url:
        await checked(url)
        await checked(url)
        async with open_redis(url) as clients:
            assert await clients.steady.get(KEY) == "3"


@pytest.mark.parametrize(
    ("kept", "sentence"),
    [("2", "by an older bot"), ("4", "by a newer bot"), ("x", "something else"), ("", "something else")],
)
async def test_another_schema_is_refused(tmp_path: Path, kept: str, sentence: str) -> None:
    async with open_embedded(tmp_path, exclusive=True) as url, open_redis(url) as clients:
        await clients.steady.set(KEY, kept)
        with pytest.raises(StartError, match=sentence):
            await checked(url)
        await clients.steady.delete(KEY)
        await clients.steady.rpush(KEY, kept)
        with pytest.raises(StartError, match=r"does not do what the bot needs: .*wrong kind of value"):
            await checked(url)


async def test_nobody_there_is_one_sentence(port: int) -> None:
    with pytest.raises(StartError, match=r"does not answer \(.*\): is it up") as caught:
        await checked(f"redis://:hunter2@127.0.0.1:{port}/0")
    assert caught.value.code == 69
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "What answers at STUDYBOT_REDIS_URL is neither Redis nor Valkey"),
        (
            b"-DENIED Valkey is running in protected mode because\r\n",
            "The store is in protected mode, .* give it a password",
        ),
    ],
)
async def test_what_is_no_store_for_us_is_one_sentence(said: bytes, sentence: str) -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(said)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        with pytest.raises(StartError, match=f"^{sentence}") as caught:
            await checked(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    assert caught.value.code == 78


@pytest.mark.parametrize(
    "rules",
    [
        ("~*", "+@all", "-evalsha"),
        ("~*", "+@all", "-script"),
        ("~*", "+@all", "-time"),
        ("~*", "+@read", "+@scripting", "+@connection", "+time"),
        ("~other:*", "+@all"),
    ],
    ids=["no scripts", "no loading of scripts", "no time", "no writing", "no keys"],
)
async def test_a_user_with_too_few_rights_is_told_what_to_allow(
    tmp_path: Path, port: int, rules: tuple[str, ...]
) -> None:
    with valkey(tmp_path / "a", port, "--user", "ana", "on", ">pw", *rules):
        with pytest.raises(StartError, match=r"user may not do .*: allow it the keys .* and the commands") as caught:
            await checked(f"redis://ana:pw@127.0.0.1:{port}")
        assert "\n" not in str(caught.value)
        assert "script:" not in str(caught.value)
        assert RIGHTS in str(caught.value)


async def test_a_wrong_or_missing_password_is_one_sentence_without_it(tmp_path: Path, port: int) -> None:
    with valkey(tmp_path / "a", port, "--requirepass", "right"):
        for userinfo in ("", ":hunter2@", "ana:hunter2@"):
            with pytest.raises(StartError, match="refuses the user name or the password") as caught:
                await checked(f"redis://{userinfo}127.0.0.1:{port}")
            assert "hunter2" not in str(caught.value)
        await checked(f"redis://:right@127.0.0.1:{port}")


async def test_a_database_that_is_not_there_is_one_sentence(tmp_path: Path, port: int) -> None:
    with valkey(tmp_path / "a", port), pytest.raises(StartError, match="DB index is out of range"):
        await checked(f"redis://127.0.0.1:{port}/99")


async def test_a_replica_and_a_cluster_are_refused(tmp_path: Path, port: int) -> None:
    with valkey(tmp_path / "a", port, "--replicaof", "127.0.0.1 1"), pytest.raises(StartError, match="a replica"):
        await checked(f"redis://127.0.0.1:{port}")
    with (
        valkey(tmp_path / "b", port, "--cluster-enabled", "yes", "--cluster-port", str(free_port())),
        pytest.raises(StartError, match="Cluster"),
    ):
        await checked(f"redis://127.0.0.1:{port}")


def test_redis_before_7_is_refused() -> None:
    assert fault_of({"redis_version": "6.2.14"}) == "The store is Redis 6.2: the bot needs Redis 7.0 or any Valkey."
    assert [fault_of({"redis_version": one}) for one in ("7.0.0", "7.2.4", "10.0", "dev")] == [None] * 4
    assert fault_of({}) is None


async def test_what_may_lose_data_is_warned_of(tmp_path: Path, port: int, caplog: pytest.LogCaptureFixture) -> None:
    with valkey(tmp_path / "a", port, "--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"):
        await checked(f"redis://127.0.0.1:{port}")
    assert ["drops keys" in text or "keeps nothing" in text for text in caplog.messages] == [True, True]
    caplog.clear()
    with valkey(tmp_path / "b", port, "--appendonly", "yes"):
        await checked(f"redis://127.0.0.1:{port}")
    assert not caplog.messages


async def test_a_service_that_does_not_tell_is_trusted(
    tmp_path: Path, port: int, caplog: pytest.LogCaptureFixture
) -> None:
    rules = ("--user", "default", "on", "nopass", "~*", "+@all", "-info", "-config")
    with valkey(tmp_path / "a", port, *rules):
        await checked(f"redis://127.0.0.1:{port}")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


async def test_quick_gives_up_after_a_second() -> None:
    async with await silent_server() as server:
        url = f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        async with open_redis(url) as clients:
            began = time.monotonic()
            with pytest.raises(exceptions.TimeoutError):
                await clients.quick.get("a")
            assert 0.9 < time.monotonic() - began < 5


async def test_what_lost_its_answer_is_sent_again_by_steady_alone(tmp_path: Path) -> None:
    async with open_embedded(tmp_path, exclusive=True) as url, open_redis(url) as clients:

        async def cut(client: Client, other: Client) -> object:
            waiting = asyncio.create_task(client.execute_command("BLPOP", "never", "0.7"))
            await asyncio.sleep(0.2)
            await other.execute_command("CLIENT", "KILL", "TYPE", "normal")
            return await waiting

        assert await cut(clients.steady, clients.quick) is None
        with pytest.raises(exceptions.ConnectionError):
            await cut(clients.quick, clients.steady)


async def test_both_work_again_after_the_server_was_killed(tmp_path: Path) -> None:
    async with open_embedded(tmp_path, exclusive=True) as url, open_redis(url) as clients:
        await clients.steady.set("29", 29)
        await asyncio.gather(*(one.get("29") for _ in range(5) for one in (clients.quick, clients.steady)))
        pid = server_pid(tmp_path)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        assert await clients.steady.get("29") == "29"
        assert await clients.quick.get("29") == "29"


async def test_a_command_that_was_given_up_leaves_no_answer_to_the_next(tmp_path: Path) -> None:
    async with open_embedded(tmp_path, exclusive=True) as url, open_redis(url) as clients:
        await clients.quick.set("a", "mine")
        for _ in range(20):
            with suppress(TimeoutError):
                async with asyncio.timeout(0.0003):
                    await clients.quick.echo("another's")
            assert await clients.quick.get("a") == "mine"


@dataclass
class Watched:
    """A master, its replica and the Sentinel that watches them."""

    url: str
    servers: dict[int, Popen[bytes]] = field(default_factory=dict)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    first, second, sentinel = free_port(), free_port(), free_port()
    config = f"""
sentinel monitor quiz 127.0.0.1 {first} 1
sentinel auth-pass quiz right
sentinel down-after-milliseconds quiz 500
sentinel failover-timeout quiz 3000
requirepass other
"""
    login = ("--requirepass", "right", "--masterauth", "right", "--repl-diskless-sync-delay", "0")
    with ExitStack() as stack:
        one = stack.enter_context(valkey(tmp_path / "1", first, *login))
        two = stack.enter_context(valkey(tmp_path / "2", second, *login, "--replicaof", f"127.0.0.1 {first}"))
        stack.enter_context(valkey(tmp_path / "s", sentinel, config=config))
        url = f"redis+sentinel://:right@127.0.0.1:1,127.0.0.1:{sentinel}/quiz/1?sentinel_password=other"
        yield Watched(url=url, servers={first: one, second: two})


async def master_port(client: Client) -> int:
    return int((await client.info("server"))["tcp_port"])


async def until_replicated(client: Client) -> None:
    """Wait until the replica has everything, and the Sentinel has had the time to hear of it."""
    async with asyncio.timeout(20):
        while await client.wait(1, 500) != 1:
            await asyncio.sleep(0.1)
        await asyncio.sleep(1.5)


async def test_sentinel_leads_to_the_master_and_after_its_death_to_the_next(watched: Watched) -> None:
    async with open_redis(watched.url) as clients:
        await check(clients.steady, schema_key=KEY, schema=3)
        await clients.quick.set("a", "1")
        await until_replicated(clients.steady)
        first = await master_port(clients.steady)
        watched.servers[first].kill()
        async with asyncio.timeout(20):
            while True:
                with suppress(exceptions.RedisError):
                    await clients.steady.set("b", "2")
                    break
        assert await clients.quick.mget("a", "b") == ["1", "2"]
        assert await master_port(clients.steady) != first


async def test_a_wrong_service_or_no_sentinel_is_one_sentence(watched: Watched, port: int) -> None:
    for url in (watched.url.replace("/quiz/", "/other/"), f"redis+sentinel://127.0.0.1:{port}/quiz"):
        with pytest.raises(StartError, match=r"No Sentinel .* knows a running master") as caught:
            await checked(url)
        assert caught.value.code == 69


@pytest.mark.parametrize(
    ("stale", "kind"), [("yes", exceptions.ReadOnlyError), ("no", exceptions.MasterDownError)], ids=["reads", "silent"]
)
async def test_after_a_master_has_become_a_replica_connections_are_made_anew(
    tmp_path: Path, port: int, stale: str, kind: type[Exception]
) -> None:
    with valkey(tmp_path / "a", port, "--replica-serve-stale-data", stale):
        async with open_redis(f"redis://127.0.0.1:{port}") as clients:
            before = await clients.quick.client_id()
            await clients.steady.execute_command("REPLICAOF", "127.0.0.1", "1")
            with pytest.raises(kind):
                await clients.quick.register_script("return redis.call('SET', KEYS[1], 1)")(keys=["a"])
            await clients.steady.execute_command("REPLICAOF", "NO", "ONE")
            assert await clients.quick.client_id() != before
