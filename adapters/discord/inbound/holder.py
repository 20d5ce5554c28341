"""What a process calls itself where it holds something, so that its successor on the same machine knows that it is dead."""

import os
from pathlib import Path
from uuid import uuid4

_BOOT, _PROCESSES = Path("/proc/sys/kernel/random/boot_id"), Path("/proc/self/ns/pid")


def name_of_mine() -> str:
    """Return a name that nobody else has: where this process runs, its number there, and something of its own."""
    return f"{_here()} {os.getpid()} {uuid4().hex}"


def has_died(holder: str) -> bool:
    """Tell whether who goes by this name is dead for certain. Of another machine, start of it, or container nothing is known."""
    where, _, rest = holder.partition(" ")
    number = rest.partition(" ")[0]
    if not where or where != _here() or not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return _is_left_over(number)


def _is_left_over(process: str) -> bool:
    """Tell whether it has ended, and its parent has not looked yet."""
    try:
        state = Path("/proc", process, "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
    except OSError:
        return False
    return state.split()[:1] == ["Z"]


def _here() -> str:
    """Return what tells this machine since it was started, and the processes that this one sees, from all others; or nothing."""
    try:
        return f"{_BOOT.read_text(encoding='ascii').strip()}/{_PROCESSES.readlink().name}"
    except (OSError, ValueError):
        return ""
