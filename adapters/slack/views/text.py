"""Text for Slack: escaped and shortened; instants."""

import re
from datetime import UTC, datetime

from bot import wording
from bot.wording.texts import MORE

DATE_FORMAT = "{date_short_pretty} at {time}"

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_HALF_A_TOKEN = re.compile(r"(&[a-z]{0,4}|<[^>]*)$")


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
