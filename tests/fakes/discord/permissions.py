"""What roles and overwrites of a channel allow a member."""

from collections.abc import Iterable

from tests.fakes.discord.things import Channel, Guild

BITS = {
    "administrator": 1 << 3,
    "manage_channels": 1 << 4,
    "manage_guild": 1 << 5,
    "add_reactions": 1 << 6,
    "view_channel": 1 << 10,
    "send_messages": 1 << 11,
    "manage_messages": 1 << 13,
    "embed_links": 1 << 14,
    "attach_files": 1 << 15,
    "read_message_history": 1 << 16,
    "mention_everyone": 1 << 17,
    "use_application_commands": 1 << 31,
    "manage_threads": 1 << 34,
    "create_public_threads": 1 << 35,
    "create_private_threads": 1 << 36,
    "send_messages_in_threads": 1 << 38,
    "pin_messages": 1 << 51,
}
ALL = (1 << 53) - 1


def bits(names: Iterable[str]) -> int:
    """The bit field of these permissions."""
    return sum(BITS[name] for name in set(names))


EVERYBODY = bits(
    BITS.keys() - {"administrator", "manage_channels", "manage_guild", "manage_messages", "manage_threads"}
)
"""What @everyone may in a new server, as far as it matters here."""
INVITED = bits(
    (
        "add_reactions",
        "attach_files",
        "create_public_threads",
        "embed_links",
        "read_message_history",
        "send_messages",
        "send_messages_in_threads",
        "view_channel",
    )
)
"""What the bot's own role may, as the invite asked for it."""


def of_member(guild: Guild, user: str, channel: Channel | None = None) -> int:
    """All that this member may in the guild, or in this channel of it (for a thread its parent, which it inherits from)."""
    member = guild.members[user]
    if user == guild.owner:
        return ALL
    roles = [guild.id, *member.roles]
    allowed = 0
    for role in roles:
        allowed |= guild.roles[role].permissions
    if allowed & BITS["administrator"]:
        return ALL
    return allowed if channel is None else _overwritten(allowed, guild, channel, roles, user)


def _overwritten(allowed: int, guild: Guild, channel: Channel, roles: list[str], user: str) -> int:
    """First of @everyone, then of all roles together, then of the member; who does not see a channel may nothing in it."""
    for holders in ([guild.id], roles[1:], [user]):
        found = [channel.overwrites[holder] for holder in holders if holder in channel.overwrites]
        for overwrite in found:
            allowed &= ~overwrite.deny
        for overwrite in found:
            allowed |= overwrite.allow
    return allowed if allowed & BITS["view_channel"] else 0
