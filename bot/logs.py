"""Logs for people or for machines, one line an event. What members wrote is never handed to a log."""

import json
import logging
import math
import sys
from datetime import UTC, datetime
from typing import TextIO

_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_OURS = ("bot", "adapters", "content", "scheduler", "__main__")


class _Handler(logging.StreamHandler[TextIO]):
    """The one that ``configure`` installs, and takes away again when it is called anew."""


def configure(layout: str, level: str, stream: TextIO | None = None) -> None:
    """Write what is logged to the stream (stderr, if none is given) as ``text`` or ``json``; libraries from WARNING on.

    Names and values given as ``extra`` follow the message, or are fields of their own beside ``time``, ``level``,
    ``logger``, ``message`` and ``exception``.
    """
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Handler)]:
        root.removeHandler(handler)
    installed = _Handler(stream or sys.stderr)
    installed.setFormatter(_Json() if layout == "json" else _Text())
    root.addHandler(installed)
    ours = logging.getLevelNamesMapping()[level]
    root.setLevel(max(ours, logging.WARNING))
    for name in _OURS:
        logging.getLogger(name).setLevel(ours)
    # A tick that takes longer than a second would be a line a second; the clock says itself, once, that it waits.
    logging.getLogger("apscheduler.scheduler").setLevel(max(ours, logging.ERROR))


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(" ", "milliseconds").removesuffix("+00:00")
        extra = "".join(f" {_one_line(name)}={_quoted(value)}" for name, value in _extra(record).items())
        lines = [f"{at}Z {record.levelname:<7} {record.name}: {_one_line(record.getMessage())}{extra}"]
        # What an exception says may hold line ends too: behind the bar nothing passes for an event.
        lines += [f"  | {_one_line(line)}" for line in _traceback(self, record).split("\n") if line]
        return "\n".join(lines)


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC)
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if trace := _traceback(self, record):
            event["exception"] = trace
        return json.dumps({**{name: _plain(value) for name, value in _extra(record).items()}, **event})


def _extra(record: logging.LogRecord) -> dict[str, object]:
    return {name: value for name, value in vars(record).items() if name not in _STANDARD}


def _traceback(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    parts = (record.exc_info and formatter.formatException(record.exc_info), record.stack_info)
    return "\n".join(part for part in parts if part)


def _plain(value: object) -> object:
    """Return the value if JSON has its like, else its text."""
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _quoted(value: object) -> str:
    text = _one_line(str(value))
    return json.dumps(text, ensure_ascii=False) if not text or " " in text else text


def _one_line(text: str) -> str:
    """Show line ends, controls and invisible characters as escapes: an event is one line, whatever stands in it."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
