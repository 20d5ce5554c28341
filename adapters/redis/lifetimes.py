"""What never runs out; every other key has an expiry."""

from adapters.redis.keys import LEDGERS, PHRASINGS, ROOT, SCHEMA
from bot.domain.score import Period

BOARD_DAYS = 400
"""Boards of a day or a week run out this long after their last award; the longer periods stay."""

PERMANENT = (
    SCHEMA,
    LEDGERS,
    f"{ROOT}:*:agenda",
    f"{ROOT}:*:agenda-fence",
    f"{ROOT}:*:agenda:*",  # gone with its entry
    f"{ROOT}:*:programmes",
    f"{ROOT}:*:unfinished",
    f"{ROOT}:*:erasing",  # a member is there for moments
    f"{ROOT}:*:moving",  # the same
    f"{ROOT}:*:*:rights",
    f"{ROOT}:*:*:hidden-members",
    f"{ROOT}:*:*:programme:*",
    f"{ROOT}:*:*:place:*",
    f"{ROOT}:*:*:rounds:*",  # the last 400 of a place
    f"{ROOT}:*:*:asked",
    f"{ROOT}:*:*:asked:*",
    f"{ROOT}:*:*:taken",
    f"{ROOT}:*:*:closing",
    f"{ROOT}:*:*:unsettled",
    PHRASINGS,  # until it is dropped, or its member is erased
    f"{ROOT}:*:*:ledger:*",
    f"{ROOT}:*:*:streaks:*",
    f"{ROOT}:*:*:board:*:month:*",
    f"{ROOT}:*:*:board:*:season:*",
    f"{ROOT}:*:*:board:*:all",
    f"{ROOT}:*:*:board:*:all:hidden",
    f"{ROOT}:*:*:team-board:month:*",
    f"{ROOT}:*:*:team-board:season:*",
    f"{ROOT}:*:*:team-board:all",
    f"{ROOT}:*:*:team-board:all:hidden",
)


def board_seconds(period: Period) -> int:
    """Return how long a board stays after its last award; 0 for ever."""
    return BOARD_DAYS * 86_400 if period.startswith(("day:", "week:")) else 0
