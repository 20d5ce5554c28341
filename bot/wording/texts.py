"""Text of any origin, made fit to be shown in a chat, and counts in words."""

import re
import unicodedata

from bot.domain.reply import clean

MORE = "…"

_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of everything after them."""
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Fillers and a blank, which are letters and signs by name alone."""


def tidy(text: str) -> str:
    """Return text as it may be shown: valid Unicode, no control characters, nothing that turns what follows round."""
    return _TURNING.sub("", clean(text))


def is_seen(text: str) -> bool:
    """Tell whether there is anything to see: some letters and marks show nothing."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANKS for one in text)


def shortened(text: str, limit: int) -> str:
    """Return the text in at most ``limit`` characters; what was cut off shows as an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + MORE


def counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
