"""Text for Slack: cleaned, shortened, escaped; instants and names of periods."""

import re
import unicodedata
from datetime import UTC, datetime

from bot import wording
from bot.domain.reply import clean

DATE_FORMAT = "{date_short_pretty} at {time}"
MORE = "…"

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of everything after them."""
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Fillers and a blank, which are letters and signs by name alone."""
_HALF_A_TOKEN = re.compile(r"(&[a-z]{0,4}|<[^>]*)$")


def tidy(text: str) -> str:
    """Return text as it may be shown: valid Unicode, no control characters, nothing that turns what follows round."""
    return _TURNING.sub("", clean(text))


def is_seen(text: str) -> bool:
    """Tell whether there is anything to see: some letters and marks show nothing."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANKS for one in text)


def shortened(text: str, limit: int) -> str:
    """Return the text in at most ``limit`` characters; what was cut off shows as an ellipsis."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + MORE


def escaped(text: str) -> str:
    """Return text in which nothing becomes a mention, a channel or a link where Slack reads mrkdwn."""
    return text.translate(_ENTITIES)


def shortened_markup(text: str, limit: int) -> str:
    """Shorten text that is escaped already, without leaving half an entity or half a mention at its end."""
    return text if len(text) <= limit else _HALF_A_TOKEN.sub("", text[: limit - 1]).rstrip() + MORE


def unix(at: datetime) -> int:
    return int(at.timestamp())


def in_utc(at: datetime) -> str:
    """What is read where a client cannot show the reader's own time."""
    return f"{wording.dates.local(at.astimezone(UTC))} UTC"


def moment(at: datetime) -> str:
    """Return an instant for mrkdwn, shown in the reader's own zone."""
    return f"<!date^{unix(at)}^{DATE_FORMAT}|{in_utc(at)}>"


def counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
