"""``python -m bot backup`` and ``restore``: everything that the store holds, in a file and out of it."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bot.app.backup import read_backup, write_backup
from bot.ports import StartError
from bot.settings import load
from content.nodes import counted

_STANDARD = "-"
_NO_INPUT, _CANNOT_CREATE = 66, 73
_PROGRESS_SECONDS = 2.0


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both. Their functions return 0; StartError says what is wrong with a file or a store."""
    backup = commands.add_parser("backup", help="write everything in the store to a file, also beside a running bot")
    backup.add_argument(
        "file", metavar="FILE", help="the file to write, for this user's eyes only; - for standard output"
    )
    backup.add_argument("--force", action="store_true", help="take the place of a file that is there")
    backup.set_defaults(run=_backup)
    restore = commands.add_parser("restore", help="fill an empty store from a backup, while no bot runs on it")
    restore.add_argument("file", metavar="FILE", help="the backup; - for standard input")
    restore.add_argument("--again", action="store_true", help="clear away what a restore that did not end has left")
    restore.set_defaults(run=_restore)


def _backup(args: argparse.Namespace) -> int:
    settings, progress = load(), _Progress("read")
    if args.file == _STANDARD:
        values = asyncio.run(write_backup(settings, sys.stdout.buffer, progress))
    else:
        with _ending_by_exception(), _taking_the_place_of(Path(args.file), force=args.force) as out:
            values = asyncio.run(write_backup(settings, out, progress))
    progress.end("backed up", values)
    return 0


def _restore(args: argparse.Namespace) -> int:
    settings, progress = load(), _Progress("written")
    if args.file == _STANDARD:
        values = asyncio.run(read_backup(settings, sys.stdin.buffer, "standard input", progress, again=args.again))
    else:
        with _opened(Path(args.file)) as file:
            values = asyncio.run(read_backup(settings, file, args.file, progress, again=args.again))
    progress.end("restored", values)
    return 0


@contextmanager
def _ending_by_exception() -> Iterator[None]:
    """Let SIGTERM, by which a service manager ends what takes too long, end the command so that it clears up after itself."""
    before = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _taking_the_place_of(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Yield a file that takes the place of ``path`` once it is whole and on the disk; if that fails, nothing has changed."""
    _check_place(path, force=force)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise StartError(f"{path} cannot be written ({error.strerror}).", _CANNOT_CREATE) from error
    try:
        with os.fdopen(handle, "wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        _check_place(path, force=force)
        Path(name).replace(path)
        _sync(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _check_place(path: Path, *, force: bool) -> None:
    with suppress(OSError):
        if path.exists() and not path.is_file():
            raise StartError(f"{path} is no file: name one, or - for standard output.", _CANNOT_CREATE)
        if path.exists() and not force:
            raise StartError(f"{path} is there already: name another file, or say --force.", _CANNOT_CREATE)


def _sync(folder: Path) -> None:
    """Have the folder's new entry on the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
        file.peek(1)  # a folder can be opened, but not read
    except OSError as error:
        raise StartError(f"{path} cannot be read ({error.strerror}).", _NO_INPUT) from error
    with file:
        yield file


@dataclass(slots=True)
class _Progress:
    """Says on stderr, every two seconds, how far it is."""

    done: str
    _began: float = field(default_factory=time.monotonic)
    _said: float = field(default_factory=time.monotonic)

    def __call__(self, values: int) -> None:
        now = time.monotonic()
        if now - self._said >= _PROGRESS_SECONDS:
            self._said = now
            print(f"{counted(values, 'value')} {self.done}", file=sys.stderr)

    def end(self, done: str, values: int) -> None:
        print(f"{counted(values, 'value')} {done} in {time.monotonic() - self._began:.1f} s", file=sys.stderr)
