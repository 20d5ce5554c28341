"""A question file taken apart into front matter and body, and the faults that are found in it."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

MAX_FILE_BYTES = 100_000
"""A question at all its limits stays well below."""

FRONT_MATTER_LINE = 2
"""The line in which the front matter's first line stands."""

UNWANTED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Control characters, halves of pairs, and the line ends that only YAML counts as such (they would shift every line)."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """What is wrong in a file and what would be right. ``line`` counts from 1 over the whole file."""

    path: Path
    line: int
    message: str

    def __str__(self) -> str:
        return f"{printable(self.path)}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultLog:
    """The faults of one file, in the order in which they were found."""

    path: Path
    found: list[Fault] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        self.found.append(Fault(path=self.path, line=line, message=message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A file taken apart. ``body_line`` is the line of the body's first word, or of the closing ``---`` if it has none."""

    front: str
    body: str
    body_line: int


def printable(path: Path) -> str:
    """Return the path as valid Unicode, which a file's name need not be."""
    return os.fsencode(path).decode("utf-8", "replace")


def read_page(data: bytes, log: FaultLog) -> Page | None:
    """Take a file apart; None, with the reason in the log, if it has no front matter or is no text at all."""
    text = _decoded(data, log)
    if text is None:
        return None
    lines = [_without_unwanted(line, number, log) for number, line in enumerate(text.split("\n"), 1)]
    if lines[0].rstrip() != "---":
        log.add(1, "a question file starts with a line '---', its front matter and another line '---'")
        return None
    closing = next((number for number, line in enumerate(lines[1:], 2) if line.rstrip() == "---"), None)
    if closing is None:
        log.add(1, "the front matter that starts here is not closed: put a line '---' between it and the model answer")
        return None
    body = lines[closing:]
    skipped = next((number for number, line in enumerate(body, 1) if line.strip()), 0)
    return Page(front="\n".join(lines[1 : closing - 1]), body="\n".join(body).strip(), body_line=closing + skipped)


def _decoded(data: bytes, log: FaultLog) -> str | None:
    if len(data) > MAX_FILE_BYTES:
        log.add(1, f"the file has more than {MAX_FILE_BYTES:,} bytes; a question needs a few thousand")
    elif not data.strip():
        log.add(1, "the file is empty; a question file has front matter and a model answer")
    else:
        try:
            return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            log.add(line, f"the file is not UTF-8 text (byte 0x{data[error.start]:02x}): save it as UTF-8")
    return None


def _without_unwanted(line: str, number: int, log: FaultLog) -> str:
    unwanted = UNWANTED.search(line)
    if unwanted is None:
        return line
    log.add(number, f"the line holds {code_point(unwanted[0])}, a control character: take it out")
    return UNWANTED.sub("", line)


def code_point(char: str) -> str:
    return f"U+{ord(char):04X}"
