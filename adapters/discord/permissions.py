"""What the bot must be allowed on a server, each with why, and the link that asks for exactly that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

ADMINISTRATOR = 1 << 3
EVERYTHING = ~0


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """``name`` is what Discord's own settings call it. Without one that is not ``needed`` the quiz runs, with less."""

    name: str
    bit: int
    why: str
    needed: bool = True


VIEW = Permission(name="View Channels", bit=1 << 10, why="to see the channel in which the quiz is set up")
SEND = Permission(name="Send Messages", bit=1 << 11, why="to post the question")
HISTORY = Permission(
    name="Read Message History",
    bit=1 << 16,
    why="to find its own posts again after a crash instead of posting twice, and to read replies that came meanwhile",
)
REACT = Permission(
    name="Add Reactions",
    bit=1 << 6,
    why="to mark a reply in the channel that counts; else it is not marked",
    needed=False,
)
OPEN_THREADS = Permission(
    name="Create Public Threads",
    bit=1 << 35,
    why="to open a thread for the reveal under the question; else it stands in the channel",
    needed=False,
)
WRITE_IN_THREADS = Permission(
    name="Send Messages in Threads", bit=1 << 38, why="to post the reveal in that thread", needed=False
)

PERMISSIONS = (VIEW, SEND, HISTORY, REACT, OPEN_THREADS, WRITE_IN_THREADS)
"""Everything that the bot asks for: no other, none less."""

SCOPES = ("bot", "applications.commands")


def invite_link(application: int | str) -> str:
    """Return the address at which a server's admin lets the bot in."""
    bits = sum(one.bit for one in PERMISSIONS)
    scopes = "+".join(SCOPES)
    return f"https://discord.com/oauth2/authorize?client_id={application}&scope={scopes}&permissions={bits}"


def missing(allowed: int) -> list[Permission]:
    """Return what is not among the permissions, such as an interaction's ``app_permissions`` has them."""
    return [one for one in PERMISSIONS if not is_allowed(one, allowed)]


def is_allowed(permission: Permission, allowed: int) -> bool:
    return bool(allowed & (permission.bit | ADMINISTRATOR))


def allowed_in(channel: Mapping[str, Any], guild: Mapping[str, Any], member: Mapping[str, Any], *, user: str) -> int:
    """Return what a member may do in a channel, by Discord's own rules, from what the API says of the three."""
    everyone = str(guild["id"])
    if str(guild.get("owner_id")) == user or not guild.get("roles"):  # Discord's own servers have @everyone at least
        return EVERYTHING
    roles = {everyone, *map(str, member.get("roles") or ())}
    allowed = 0
    for role in guild["roles"]:
        if str(role["id"]) in roles:
            allowed |= int(role["permissions"])
    if allowed & ADMINISTRATOR:
        return EVERYTHING
    changes = {
        str(one["id"]): (int(one["allow"]), int(one["deny"])) for one in channel.get("permission_overwrites") or ()
    }
    for kind in ({everyone}, roles - {everyone}, {user}):
        of_kind = [changes[one] for one in kind & changes.keys()]
        for _, deny in of_kind:
            allowed &= ~deny
        for allow, _ in of_kind:
            allowed |= allow
    return allowed if allowed & VIEW.bit else 0
