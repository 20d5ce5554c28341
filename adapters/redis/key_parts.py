"""What a key says: of which kind it is, and whose. ``keys`` builds them."""

from adapters.redis import keys
from bot.domain.ids import MemberId, PlaceId, last_part, team_of


def platform_of_agenda(key: str) -> str:
    """Return whose agenda it is that the key belongs to; empty for another key that the pattern fits."""
    parts = key.split(":")
    return parts[1] if len(parts) == 3 else ""  # noqa: PLR2004 - root, platform, name


def shown_board(key: str) -> str:
    """Return the board that a board or a twin belongs to."""
    return key.removesuffix(keys.TWIN)


def kind(key: str) -> str:
    """Return what a key of a team holds: the word after its team."""
    return key.split(":", 4)[3]


def id_of(key: str) -> str:
    """Return the id of the round, place or member that a key of a team stands for; of a board, its scope and period."""
    _, platform, team, _, *rest = key.split(":", 4)
    return ":".join((platform, team, *rest))


def is_of(key: str, member: MemberId) -> bool:
    """Tell whether a key of a kind in ``keys.OF_MEMBERS`` is this member's."""
    return f"{key}:".startswith(f"{keys.ROOT}:{team_of(member)}:{kind(key)}:{last_part(member)}:")


def place_of_ledger(key: str) -> PlaceId:
    """Return whose ledger it is."""
    _, platform, team, _, channel, _ = key.split(":")
    return PlaceId(f"{platform}:{team}:{channel}")
