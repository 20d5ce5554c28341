"""Text for Discord: escaped, so that nothing of it is markup; instants."""

import re
from datetime import datetime

from bot.wording.texts import tidy

_MARKS = re.compile(r"[\\*_~`|<>@\[\]]|:(?=//|\w+:)")
"""What makes styles, spoilers, code, mentions, timestamps, emoji and links, those of bare addresses among them."""
_AT_A_LINES_START = re.compile(r"^([ \t]*)([-+#])", re.MULTILINE)
_NUMBER = re.compile(r"^([ \t]*\d+)\.", re.MULTILINE)


def escaped(text: str) -> str:
    """Return text that Discord shows as it is written."""
    shown = _AT_A_LINES_START.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", text))
    return _NUMBER.sub(r"\1\\.", shown)


def in_line(text: str) -> str:
    """Return text of any origin on one line."""
    return " ".join(tidy(text).split())


def at(instant: datetime) -> str:
    """Return an instant as each reader's own clock shows it."""
    return f"<t:{int(instant.timestamp())}:f>"


def moment(instant: datetime) -> str:
    """Return an instant with how far it is from now."""
    return f"{at(instant)} (<t:{int(instant.timestamp())}:R>)"


def size(text: str) -> int:
    """Return the characters of a text as the strictest count them: a sign outside the basic plane is two."""
    return len(text.encode("utf-16-le")) // 2
