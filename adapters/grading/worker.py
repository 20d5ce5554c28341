"""What a worker process is made ready with. Kept apart from the pool so that a worker imports next to nothing."""

import os
import signal
import threading
import time

_WATCH_SECONDS = 0.5


def start(parent: int) -> None:
    """Make this process a worker of the process ``parent``: it outlives no ``kill -9`` of it, and leaves Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(parent,), name="parent watch", daemon=True).start()


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)
