"""What the doctor looks at in a store: its folder, its disk, its memory, its clock."""

import os
import shutil
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from redis.exceptions import RedisError

from adapters.redis import keys
from adapters.redis.overview import NOTHING, evicts, persistence_of, told, version_of
from adapters.redis.store import Client, Store, answering
from bot.ports import Finding
from bot.ports.operation import fault, fine, warning

_SKEW_SECONDS, _SKEW_TOO_FAR = 2.0, 300.0
"""From the second on, members are told times at which nothing happens."""
_PROBE_SECONDS = 10
_SCARCE, _TOO_LITTLE = 500 * 2**20, 50 * 2**20
_ABOUT_FOLDER, _ABOUT_STORE = "disk", "store"


def folder(data_dir: Path) -> Sequence[Finding]:
    """Look at the disk on which the embedded store lives, or will."""
    there = next(path for path in (data_dir, *data_dir.absolute().parents) if os.path.exists(path))  # noqa: PTH110 - Path.exists raises for a folder that is not ours
    if not os.access(there, os.W_OK | os.X_OK) or not os.path.isdir(there):  # noqa: PTH112 - the same
        return [
            fault(
                _ABOUT_FOLDER,
                f"{there} cannot be written to",
                "Set STUDYBOT_DATA_DIR to a folder that this user may write to.",
            )
        ]
    free = shutil.disk_usage(there).free
    said = f"{free / 2**20:,.0f} MiB are free in {there}"
    remedy = "Make room: a store that cannot write takes no replies."
    if free < _TOO_LITTLE:
        return [fault(_ABOUT_FOLDER, said, remedy)]
    return [warning(_ABOUT_FOLDER, said, remedy) if free < _SCARCE else fine(_ABOUT_FOLDER, said)]


async def examined(store: Store) -> Sequence[Finding]:
    """Look at a store that answers."""
    client = store.steady
    async with answering():
        about = await told(client)
        return [
            fine(_ABOUT_STORE, version_of(about)),
            await _persistence(client),
            *_disk_of(about),
            _memory(about),
            await _writes(client),
            await _skew(client),
        ]


async def _persistence(client: Client) -> Finding:
    kept = await persistence_of(client)
    if kept == NOTHING:
        remedy = "Set its appendonly to yes: a restart of it loses everything."
        return fault(_ABOUT_STORE, "it keeps nothing on disk", remedy)
    if not kept:
        return warning(
            _ABOUT_STORE, "it does not tell how it keeps its data on disk", "Look it up in the settings of the service."
        )
    if kept.startswith("snapshots"):
        remedy = "Set its appendonly to yes: what came after the last snapshot is lost at a crash."
        return warning(_ABOUT_STORE, f"it keeps {kept} only", remedy)
    if kept.endswith("synced no"):
        remedy = "Set its appendfsync to everysec or always: when the machine stops, half a minute of replies is lost."
        return warning(
            _ABOUT_STORE, "it leaves it to the system when to sync its append-only file (appendfsync no)", remedy
        )
    return fine(_ABOUT_STORE, kept)


def _disk_of(about: Mapping[str, Any]) -> Sequence[Finding]:
    failed = [name for name in ("aof_last_write_status", "rdb_last_bgsave_status") if about.get(name) == "err"]
    remedy = "Look into the server's own log and at the space on its disk."
    return [fault(_ABOUT_STORE, f"its last write to disk failed ({name})", remedy) for name in failed]


def _memory(about: Mapping[str, Any]) -> Finding:
    used = f"{int(about.get('used_memory', 0)) / 2**20:,.1f} MiB in memory"
    if evicts(about):
        return fault(
            _ABOUT_STORE,
            f"it drops keys when its memory is full ({about['maxmemory_policy']})",
            "Set its maxmemory-policy to noeviction: else points and rounds vanish.",
        )
    limit = int(about.get("maxmemory", 0))
    return fine(_ABOUT_STORE, f"{used}, {f'{limit / 2**20:,.0f} MiB at most' if limit else 'without a limit'}")


async def _writes(client: Client) -> Finding:
    try:
        await client.set(keys.PROBE, 1, ex=_PROBE_SECONDS)
    except RedisError as error:
        said = f"it takes no writes ({' '.join(str(error).split())[:100]})"
        return fault(_ABOUT_STORE, said, "Look into the server's own log.")
    return fine(_ABOUT_STORE, "it takes writes")


async def _skew(client: Client) -> Finding:
    """Compare the clocks, allowing for the time that the answer took."""
    before = time.time()
    seconds, micro = await client.time()
    after = time.time()
    there = seconds + micro / 1e6
    skew = max(before - there, there - after, 0.0)
    if skew > _SKEW_SECONDS:
        found = fault if skew > _SKEW_TOO_FAR else warning
        return found(
            "clock",
            f"this machine's clock and the store's are {skew:,.1f} s apart",
            "Let both keep their time by NTP: rounds go by the store's clock, what people are told by this one.",
        )
    return fine("clock", f"this machine's clock and the store's are within {_SKEW_SECONDS:g} s")
