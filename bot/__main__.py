"""``python -m bot``: a start that cannot go on is one sentence and an exit code, never a traceback."""

import errno
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.cli.main import main
from bot.ports import StartError, StoreUnavailable

_OURS = {"adapters", "bot", "content", "scheduler"}
_WRITING = {errno.EBADF, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.ENOSPC}
"""What the system answers where something cannot be written; any other refusal that comes as far as here is a fault of ours."""


def start(argv: Sequence[str]) -> int:
    """Carry out one command line; return its exit code, after a sentence on stderr for whatever hindered it."""
    try:
        return _flushed(argv)
    except StartError as error:
        return _ended(str(error), error.code)
    except StoreUnavailable as error:
        said = str(error)
        return _ended(f"{said[:1].upper()}{said[1:]}.", 69)
    except ModuleNotFoundError as error:
        if (missing := str(error.name).partition(".")[0]) in _OURS:
            raise
        return _ended(
            f"{missing} is not installed for this Python: run `make demo` once, then use .venv/bin/python -m bot.", 78
        )
    except (KeyboardInterrupt, BrokenPipeError):
        return _ended("", 130)
    except OSError as error:
        if error.errno not in _WRITING:
            raise
        return _ended(f"What there is to write cannot be written ({error.strerror}): is the disk full?", 74)


def _flushed(argv: Sequence[str]) -> int:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(
            errors="backslashreplace"
        )  # as stderr does: a terminal that lacks a letter is no failure
    try:
        return main(argv)
    finally:  # also for a parser that exits: what cannot be written is to be known before the interpreter ends
        if sys.stdout is not None:
            sys.stdout.flush()


def _ended(sentence: str, code: int) -> int:
    if sentence:
        print(sentence, file=sys.stderr)  # noqa: T201 - the sentence is for whoever started it
    with suppress(OSError, ValueError, AttributeError):  # no output, or one without a file
        try:
            sys.stdout.flush()
        except OSError:
            # What could not be written is tried once more when the interpreter ends: let that go nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return code


if __name__ == "__main__":
    sys.exit(start(sys.argv[1:]))
