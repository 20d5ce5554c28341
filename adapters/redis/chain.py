"""Lines of JSON in a chain.

Each begins with a digest over itself and all before it, so that what was cut off, changed, moved or put in between is found
at its line.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from bot.ports import StartError

NOT_A_BACKUP = 65
_LONGEST = 64 * 2**20
_LINE = re.compile(rb'\["([0-9a-f]{16})",(.+)\]\n', re.DOTALL)


class Chain:
    """What has been written or read so far, as a digest."""

    def __init__(self) -> None:
        self._digest = b""

    def line(self, body: Any) -> bytes:
        """Return the next line."""
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        return b'["%s",%s]\n' % (self._next(text), text)

    def read(self, line: bytes) -> Any:
        """Return what the next line holds. Raises ValueError if it is not what was written."""
        found = _LINE.fullmatch(line)
        if found is None or self._next(found[2]) != found[1]:
            raise ValueError("it is not as it was written")
        return json.loads(found[2])

    def _next(self, text: bytes) -> bytes:
        self._digest = hashlib.sha256(self._digest + text).hexdigest()[:16].encode()
        return self._digest


def lines_of(file: BinaryIO, name: str, taken: Callable[[], None]) -> Iterator[tuple[int, Any]]:
    """Yield what each line holds, with its number; ``taken`` is called when it was dealt with. Raises StartError at the first that is not as it was written."""
    chain, number = Chain(), 0
    while line := file.readline(_LONGEST):
        number += 1
        try:
            body = chain.read(line)
        except ValueError as error:
            raise StartError(_fault(name, number, line), NOT_A_BACKUP) from error
        yield number, body
        taken()


def _fault(name: str, number: int, line: bytes) -> str:
    if number == 1:
        return f"{name} is no backup of this bot: its first line is not that of one."
    if not line.endswith(b"\n"):
        return f"{name} is cut off in line {number}: take another backup."
    return f"{name} was changed in line {number} after it was written: take another backup."
