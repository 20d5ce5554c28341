"""Instants in words."""

from datetime import datetime


def local(at: datetime) -> str:
    """An instant in the zone it carries, to the minute."""
    return f"{at:%a %d %b %H:%M}"
