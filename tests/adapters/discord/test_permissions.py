"""What the bot asks a server for, and what it may do in a channel there."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.discord.permissions import (
    ADMINISTRATOR,
    HISTORY,
    OPEN_THREADS,
    PERMISSIONS,
    SEND,
    VIEW,
    WRITE_IN_THREADS,
    allowed_in,
    invite_link,
    missing,
)

BOT, GUILD, ROLE, OTHER_ROLE = "7", "1", "2", "3"
BASIC = VIEW.bit | SEND.bit
DISCORD_S = {
    "Add Reactions": 1 << 6,
    "Create Public Threads": 1 << 35,
    "Read Message History": 1 << 16,
    "Send Messages": 1 << 11,
    "Send Messages in Threads": 1 << 38,
    "View Channels": 1 << 10,
}


def test_the_invite_asks_for_every_permission_and_no_other() -> None:
    asked = parse_qs(urlsplit(invite_link(42)).query)

    assert int(asked["permissions"][0]) == sum(DISCORD_S.values())
    assert {one.name: one.bit for one in PERMISSIONS} == DISCORD_S
    assert (asked["client_id"], asked["scope"]) == (["42"], ["bot applications.commands"])


def test_what_is_missing_is_named() -> None:
    assert missing(BASIC | HISTORY.bit)[1:] == [OPEN_THREADS, WRITE_IN_THREADS]
    assert missing(ADMINISTRATOR) == []


def allowed(*changes: tuple[str, int, int], everyone: int = BASIC, role: int = 0, owner: str = "9") -> int:
    guild = {
        "id": GUILD,
        "owner_id": owner,
        "roles": [
            {"id": GUILD, "permissions": str(everyone)},
            {"id": ROLE, "permissions": str(role)},
            {"id": OTHER_ROLE, "permissions": str(ADMINISTRATOR)},
        ],
    }
    member: dict[str, Any] = {"roles": [ROLE]}
    overwrites = [{"id": id_, "allow": str(allow), "deny": str(deny)} for id_, allow, deny in changes]
    return allowed_in({"permission_overwrites": overwrites}, guild, member, user=BOT)


@pytest.mark.parametrize(
    ("may", "right"),
    [
        (allowed(), BASIC),
        (allowed(role=HISTORY.bit), BASIC | HISTORY.bit),
        (allowed((GUILD, 0, SEND.bit)), VIEW.bit),
        (allowed((GUILD, 0, SEND.bit), (ROLE, SEND.bit, 0)), BASIC),
        (allowed((ROLE, SEND.bit, 0), (BOT, 0, SEND.bit)), VIEW.bit),
        (allowed((BOT, HISTORY.bit, 0)), BASIC | HISTORY.bit),
        (allowed((OTHER_ROLE, HISTORY.bit, 0)), BASIC),
        (allowed((GUILD, 0, VIEW.bit)), 0),
    ],
)
def test_roles_come_first_then_the_channel_s_changes_for_everyone_for_roles_and_for_the_bot(
    may: int, right: int
) -> None:
    assert may == right


def test_where_no_roles_are_told_of_nothing_is_forbidden() -> None:
    assert missing(allowed_in({}, {"id": GUILD}, {}, user=BOT)) == []


def test_an_administrator_and_the_owner_may_everything_whatever_the_channel_says() -> None:
    for may in (allowed((GUILD, 0, VIEW.bit), role=ADMINISTRATOR), allowed((BOT, 0, VIEW.bit), owner=BOT)):
        assert missing(may) == []
