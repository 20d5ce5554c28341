"""A whole store as lines of a file, and a store made from them."""

from collections.abc import Callable
from typing import BinaryIO

from bot import __version__
from bot.app import open_store
from bot.settings import Settings

Progress = Callable[[int], None]
"""Is told how many values were read or written so far."""


async def write_backup(settings: Settings, out: BinaryIO, progress: Progress) -> int:
    """Write everything that the store holds, also beside a running bot; return how many values. Raises StartError."""
    from adapters.redis.backup import RedisBackup
    from adapters.redis.chain import Chain

    chain = Chain()
    async with open_store(settings, existing=True) as store:
        backup = RedisBackup(store=store, bot=__version__)
        async for row in backup.rows():
            out.write(chain.line(row))
            progress(backup.values_read)
    return backup.values_read


async def read_backup(settings: Settings, file: BinaryIO, name: str, progress: Progress, *, again: bool) -> int:
    """Make an empty store from a file; return how many values it has. Raises StartError, with the store empty."""
    from adapters.redis.chain import lines_of
    from adapters.redis.restore import RedisRestore

    async with open_store(settings, exclusive=True, to_be_made=True) as store:
        restore = RedisRestore(store=store, name=name)

        def told() -> None:
            progress(restore.values_written)

        await restore.restore(lines_of(file, name, told), again=again)
    return restore.values_written
