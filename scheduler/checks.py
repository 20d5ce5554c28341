"""What the doctor looks at in time: the database of time zones."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.ports import Finding
from bot.ports.operation import fault, fine

_ONE_OF_MANY = "Europe/Berlin"


async def zones() -> Sequence[Finding]:
    """Look whether time zones can be read: without them no schedule can."""
    try:
        ZoneInfo(_ONE_OF_MANY)
    except ZoneInfoNotFoundError:
        return [
            fault("zones", "there is no database of time zones", "Install the tzdata package into this environment.")
        ]
    return [fine("zones", f"{len(available_timezones())} time zones are known")]
