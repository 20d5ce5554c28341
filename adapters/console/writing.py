"""Text for a terminal: what people wrote made harmless, names, instants, periods and bars."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from rich.text import Text

from bot import wording
from bot.domain.ids import MemberId, last_part

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_MINUTES_SHOWN, _HOURS_SHOWN = 60, 48

_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Marks that turn the direction of everything after them: a terminal would show lines other than they are.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_CONTROLS |= {0x7F: "\N{SYMBOL FOR DELETE}"} | dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks: their local time zone and the present instant. ``alone`` names the only one who sees it; None: everyone."""

    zone: tzinfo
    now: datetime
    alone: str | None = None


def harmless(text: str) -> str:
    """Return text that a terminal shows and never obeys: control characters as their symbols, valid Unicode, tabs as space."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    straight = _TURNING.sub("", _LINE_ENDS.sub("\n", whole))
    return straight.translate(_CONTROLS).expandtabs(4)


def said(text: str, style: str = "") -> Text:
    """Return somebody's text to lay out: never read as markup, words too long for a line broken, every character kept."""
    return Text(harmless(text), style=style, overflow="fold")


def name(member: MemberId) -> str:
    return harmless(last_part(member))


def scope_name(scope: str) -> str:
    """Return a place as "#channel" and a team as "team name"."""
    parts = harmless(scope).split(":")
    return f"#{parts[-1]}" if len(parts) > 2 else f"team {parts[-1]}"  # noqa: PLR2004 - platform:team:channel


def instant(at: datetime, reader: Reader, day: date | None = None) -> tuple[str, str]:
    """Return an instant on the reader's clock and how far off it is: ("Mon 23 Nov 16:00 CET,", "in 3 h").

    The date is left out if it is ``day``, which stands beside it.
    """
    local = at.astimezone(reader.zone)
    clock = f"{local:%H:%M}" if local.date() == day else wording.dates.local(local)
    return f"{clock} {local:%Z},", distance(at - reader.now)


def distance(delta: timedelta) -> str:
    """Return "in 3 h" for what is to come and "3 h ago" for what was, to the nearest unit; between them "just now"."""
    seconds = round(delta.total_seconds())
    if not seconds:
        return "just now"
    amount = _amount(abs(seconds))
    return f"{amount} ago" if seconds < 0 else f"in {amount}"


def _amount(seconds: int) -> str:
    if seconds < _MINUTE:
        return f"{seconds} s"
    if round(seconds / _MINUTE) < _MINUTES_SHOWN:
        return f"{round(seconds / _MINUTE)} min"
    if round(seconds / _HOUR) < _HOURS_SHOWN:
        return f"{round(seconds / _HOUR)} h"
    return f"{round(seconds / _DAY)} days"


def bar(share: float, width: int = 10) -> Text:
    """Return a bar for a share from 0 to 1; what is more than nothing shows, and less than all is not full."""
    filled = round(share * width)
    if 0 < share < 1:
        filled = min(max(filled, 1), width - 1)
    return Text("█" * filled, style="green") + Text("░" * (width - filled), style="dim")
