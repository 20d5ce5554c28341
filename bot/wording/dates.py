"""Instants and spans of time in words."""

from datetime import datetime


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def local(at: datetime) -> str:
    """An instant in the zone it carries, to the minute."""
    return f"{at:%a %d %b %H:%M}"
