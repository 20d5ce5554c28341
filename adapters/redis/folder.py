"""The data folder of the embedded store: where its socket stands, and locks that the kernel takes back when a holder dies."""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.ports import StartError

_LONGEST_SOCKET = 100
"""Bytes; macOS takes 103, Linux 107."""
_LEAST_FREE = 64 * 1024


def prepared(data_dir: Path) -> Path:
    """Return the folder's absolute path, the folder made if it was not there. Raises StartError."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        return data_dir.resolve(strict=True)
    except (OSError, ValueError) as error:
        raise StartError(_unusable(data_dir, error)) from error


def holds_store(data_dir: Path) -> bool:
    """Tell whether a server has ever written in the folder, as far as this user may see."""
    return os.path.isdir(data_dir / "appendonlydir")  # noqa: PTH112 - Path.is_dir raises for a folder that is not ours


def is_full(folder: Path) -> bool:
    """Tell whether a server could not even write its first file in the folder."""
    try:
        return shutil.disk_usage(folder).free < _LEAST_FREE
    except OSError:
        return False


def socket_of(folder: Path) -> str:
    """Return where the socket stands: in the folder, unless its path is longer than systems take, or no UTF-8.

    The server tells the path of its socket, and its clients read what it tells as UTF-8.
    """
    path = folder / "valkey.sock"
    if len(os.fsencode(path)) > _LONGEST_SOCKET or str(path) != os.fsencode(path).decode(errors="replace"):
        path = _private_folder(hashlib.sha256(os.fsencode(folder)).hexdigest()[:24]) / "valkey.sock"
    return str(path)


def _private_folder(name: str) -> Path:
    # Not tempfile.gettempdir(): every process must come to the same path, whatever its TMPDIR is.
    short = Path(f"/tmp/studybot-{os.geteuid()}-{name}")  # noqa: S108 - it is checked below
    try:
        short.mkdir(mode=0o700, exist_ok=True)
        found = short.lstat()
    except OSError as error:
        raise StartError(_unusable(short, error)) from error
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise StartError(f"{short} is not a folder of this user alone: set STUDYBOT_DATA_DIR to a shorter path.")
    return short


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open a lock file; whatever lock was taken through it ends with the block, or with the process."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StartError(_unusable(path.parent, error)) from error
    try:
        yield file
    finally:
        os.close(file)


def locked(file: int, *, shared: bool = False) -> bool:
    """Take the lock, without waiting; False if somebody else holds it."""
    import fcntl  # noqa: PLC0415 - Windows has none

    try:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        raise StartError(
            f"The data folder cannot be locked ({error.strerror}): set STUDYBOT_DATA_DIR to a local folder."
        ) from error
    return True


def _unusable(folder: Path, error: OSError | ValueError) -> str:
    why = error.strerror if isinstance(error, OSError) else "no valid path"
    return f"The data folder {folder} cannot be used ({why}): set STUDYBOT_DATA_DIR to a folder that this user may write to."
