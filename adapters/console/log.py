"""A file of lines that several processes append to at once and that survives the death of any of them."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EBADF, ENOENT
from pathlib import Path

_OURS_ALONE = 0o600


class Log:
    """Whole lines only: what ``append`` returned for stands, and nobody ever reads half a line.

    A line is in the system's cache once written, so it survives the death of the process (not of the machine's power).
    Not for two threads at once: the owner takes care of that. Every method may raise OSError.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file = _opened(path)
        self._end = 0  # the end of the last whole line that was read here

    @contextmanager
    def locked(self, *, alone: bool) -> Iterator[None]:
        """Hold the file: with others who read or, ``alone``, against everyone. A killed holder lets go."""
        if self._file < 0:
            raise OSError(EBADF, "the file is closed")
        fcntl.flock(self._file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        try:
            self._still_there()
            yield
        finally:
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def news(self) -> list[bytes]:
        """Return the whole lines since the last call, without their ends; to be called with the lock held."""
        raw = b""
        wanted = os.fstat(self._file).st_size - self._end
        while len(raw) < wanted and (more := os.pread(self._file, wanted - len(raw), self._end + len(raw))):
            raw += more
        whole, ending, _torn = raw.rpartition(b"\n")
        self._end += len(whole) + len(ending)
        return whole.split(b"\n") if ending else []

    def append(self, line: bytes) -> None:
        """Write one line, all of it or nothing; to be called with the lock held alone and all news read.

        Half a line at the end is what a killed process left: nobody was told that it stands, so it is cut off first.
        """
        self._cut()
        rest, at = line + b"\n", self._end
        try:
            while rest:
                written = os.pwrite(self._file, rest, at)
                rest, at = rest[written:], at + written
        except OSError:
            with suppress(OSError):
                self._cut()
            raise

    def close(self) -> None:
        """Let go of the file; a second time changes nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def _cut(self) -> None:
        if os.fstat(self._file).st_size > self._end:
            os.ftruncate(self._file, self._end)

    def _still_there(self) -> None:
        """A file that was removed can still be written to, but nobody else would ever read it."""
        if self._path and os.fstat(self._file).st_nlink == 0:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT), str(self._path))


def _opened(path: Path | None) -> int:
    if path:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _OURS_ALONE)
    with tempfile.TemporaryFile() as nameless:
        return os.dup(nameless.fileno())
