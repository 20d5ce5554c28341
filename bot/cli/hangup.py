"""What a SIGHUP means: that the terminal is gone, or that somebody wants the packs read anew."""

import os
import signal
from collections.abc import Callable


def terminal_watch() -> Callable[[], bool]:
    """Look for this process's terminal now, and return what tells later whether it has gone since.

    A process that was told to outlive its terminal (nohup) has none to lose. Call it before SIGHUP is handled.
    """
    had = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN and _has_terminal()
    return lambda: had and not _has_terminal()


def _has_terminal() -> bool:
    # The system takes the terminal from all processes of the session before it tells any of them.
    try:
        os.close(os.open(os.ctermid(), os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
