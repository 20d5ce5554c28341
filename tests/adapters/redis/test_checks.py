"""What the doctor finds in a store, on real servers that are set up well and badly."""

import os
import re
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from adapters.redis.checks import examined, folder
from adapters.redis.store import Store
from bot.ports import Severity

UNWRITABLE = pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")


@pytest.fixture
async def settings(client: Redis) -> AsyncIterator[Redis]:
    """The server's own settings, put back afterwards."""
    before = await client.config_get("appendonly", "save", "maxmemory", "maxmemory-policy")
    yield client
    await client.config_set("maxmemory", 0)
    for name in ("appendonly", "save", "maxmemory-policy"):
        await client.config_set(name, before[name] or "")


async def wrong(store: Store) -> dict[str, str]:
    """What is not as it should be: its severity by what is said."""
    return {one.said: one.severity for one in await examined(store) if one.severity is not Severity.OK}


async def test_a_store_as_it_should_be_gives_no_cause_for_concern(store: Store) -> None:
    found = await examined(store)

    assert {one.severity for one in found} == {Severity.OK}
    assert [one.about for one in found] == ["store"] * 4 + ["clock"]
    assert found[0].said.startswith("Valkey")


async def test_a_store_that_keeps_nothing_on_disk_is_a_fault(store: Store, settings: Redis) -> None:
    await settings.config_set("appendonly", "no")
    await settings.config_set("save", "")

    assert await wrong(store) == {"it keeps nothing on disk": Severity.FAULT}


async def test_a_store_that_keeps_snapshots_alone_is_a_warning(store: Store, settings: Redis) -> None:
    await settings.config_set("appendonly", "no")
    await settings.config_set("save", "3600 1")

    assert await wrong(store) == {"it keeps snapshots (3600 1) only": Severity.WARNING}


async def test_a_store_that_drops_keys_when_full_is_a_fault_and_one_without_a_limit_never_is(
    store: Store, settings: Redis
) -> None:
    await settings.config_set("maxmemory-policy", "allkeys-lru")
    assert await wrong(store) == {}

    await settings.config_set("maxmemory", 2**30)

    assert await wrong(store) == {"it drops keys when its memory is full (allkeys-lru)": Severity.FAULT}


async def test_a_full_store_takes_no_writes_and_that_is_a_fault(store: Store, settings: Redis) -> None:
    await settings.config_set("maxmemory", 1)

    ((said, severity),) = (await wrong(store)).items()

    assert said.startswith("it takes no writes (command not allowed when used memory > 'maxmemory'")
    assert severity is Severity.FAULT


async def test_a_store_that_tells_nothing_of_itself_is_a_warning(store: Store) -> None:
    for command in ("info", "config"):
        await store.steady.execute_command("ACL", "SETUSER", "default", f"-{command}")
    try:
        found = await wrong(store)
    finally:
        await store.steady.execute_command("ACL", "SETUSER", "default", "+@all")

    assert found == {"it does not tell how it keeps its data on disk": Severity.WARNING}


@pytest.mark.usefixtures("unsynced")
async def test_a_store_that_never_syncs_is_a_warning(store: Store) -> None:
    assert list((await wrong(store)).values()) == [Severity.WARNING]


@pytest.mark.parametrize(
    ("seconds", "expected"), [(-60.0, Severity.WARNING), (60.0, Severity.WARNING), (600.0, Severity.FAULT)]
)
async def test_a_clock_that_differs_from_the_stores_is_a_warning_and_one_that_is_far_off_a_fault(
    store: Store, seconds: float, expected: Severity, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time
    monkeypatch.setattr("adapters.redis.checks.time.time", lambda: now() + seconds)

    ((said, severity),) = (await wrong(store)).items()

    assert re.fullmatch("this machine's clock and the store's are (59.9|60.0|599.9|600.0) s apart", said)
    assert severity is expected


# --- the folder ---


def test_a_folder_with_room_is_fine_also_before_it_is_there(tmp_path: Path) -> None:
    (found,) = folder(tmp_path / "to" / "come")

    assert found.severity is not Severity.FAULT
    assert str(tmp_path) in found.said


@UNWRITABLE
def test_a_folder_that_cannot_be_written_to_is_a_fault(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    (found,) = folder(tmp_path / "d")
    tmp_path.chmod(0o700)

    assert found.severity is Severity.FAULT
    assert "STUDYBOT_DATA_DIR" in found.remedy


def test_a_file_where_the_folder_should_be_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "d").write_text("")

    (found,) = folder(tmp_path / "d")

    assert found.severity is Severity.FAULT


@pytest.mark.parametrize(("free", "severity"), [(10, Severity.FAULT), (100, Severity.WARNING), (1000, Severity.OK)])
def test_little_room_is_a_warning_and_none_a_fault(
    tmp_path: Path, free: int, severity: Severity, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("adapters.redis.checks.shutil.disk_usage", lambda _: real._replace(free=free * 2**20))

    (found,) = folder(tmp_path)

    assert found.severity is severity
