"""Who asks, where, by what: read from an interaction, whole, whatever it is that was typed, pressed or sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from adapters.discord import names
from adapters.discord.posts import microseconds_of
from adapters.discord.threads import PLATFORM
from bot.domain.ids import MemberId, PlaceId, is_round_id, last_part, member_id, place_id
from bot.ports import Caller

Payload = Mapping[str, Any]

_MANAGE_SERVER, _ADMINISTRATOR = 1 << 5, 1 << 3
_EPHEMERAL = 1 << 6
THREADS = frozenset({10, 11, 12})
"""Types of channels that are threads: they count as the channel that they belong to."""
_OF_ADMINS = frozenset({names.SETUP, names.SWAP, names.REVIEW, names.SETUP_FORM, names.REVIEW_FORM})
_ADMIN_COMMAND = "quiz-admin"
_NO_SERVER = "@me"


class Kind(IntEnum):
    """What an interaction is, as Discord numbers it."""

    PING = 1
    COMMAND = 2
    PRESSED = 3
    TYPING = 4
    SENT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One interaction. ``delivery`` is its id: the same in a redelivery, and different otherwise.

    ``name`` is the command's, the button's or the form's, ``about`` what stands behind it in a custom id. ``in_server``: not in
    a direct message. ``private``: what was acted on is a message that only its reader sees. ``may`` is what the member, ``bot_may`` what the bot may do there, None if that is not said. ``application``: who was asked.
    """

    kind: Kind
    place: PlaceId
    member: MemberId
    delivery: str
    token: str
    name: str
    about: str
    data: Payload
    in_server: bool
    private: bool
    may: int
    bot_may: int | None
    application: str
    came: float
    """By the monotonic clock."""

    @property
    def channel(self) -> str:
        return last_part(self.place)

    @property
    def version(self) -> int:
        """The interaction's instant in microseconds."""
        return microseconds_of(self.delivery)

    @property
    def custom_id(self) -> str:
        return f"{self.name}:{self.about}" if self.about else self.name

    @property
    def is_garbled(self) -> bool:
        """Whether it is about a round, and no round can be called so."""
        return self.name in names.OF_A_ROUND and not is_round_id(self.about.partition(" ")[0])

    def caller(self) -> Caller:
        return Caller(place=self.place, member=self.member, delivery=self.delivery, admin=self._is_admin())

    def _is_admin(self) -> bool:
        """Whom the server lets use /quiz-admin looks after the place: so does who may manage the server, and who was shown its answers."""
        if self.may & (_MANAGE_SERVER | _ADMINISTRATOR):
            return True
        if self.kind is Kind.COMMAND:
            return self.name == _ADMIN_COMMAND
        shown = self.private or self.kind is Kind.SENT
        of_admins = self.name in _OF_ADMINS or (
            self.name == names.COMMAND and self.about.split()[:1] == [_ADMIN_COMMAND]
        )
        return shown and of_admins


def read(interaction: Payload, came: float) -> Asked:
    """Read an interaction that came at an instant. One that is in no server has a place that no quiz can be in."""
    guild = str(interaction.get("guild_id") or "")
    channel, member = interaction.get("channel") or {}, interaction.get("member") or {}
    where = channel.get("parent_id") if channel.get("type") in THREADS else None
    user = str((member.get("user") or interaction["user"])["id"])
    data = interaction.get("data") or {}
    name, _, about = str(data.get("custom_id") or data.get("name") or "").partition(":")
    return Asked(
        kind=Kind(int(interaction["type"])),
        place=place_id(PLATFORM, guild or _NO_SERVER, str(where or channel.get("id") or interaction.get("channel_id"))),
        member=member_id(PLATFORM, guild or _NO_SERVER, user),
        delivery=str(interaction["id"]),
        token=str(interaction["token"]),
        name=name,
        about=about,
        data=data,
        in_server=bool(guild),
        private=bool(int((interaction.get("message") or {}).get("flags") or 0) & _EPHEMERAL),
        may=int(member.get("permissions") or 0),
        bot_may=int(interaction["app_permissions"]) if interaction.get("app_permissions") else None,
        application=str(interaction.get("application_id") or ""),
        came=came,
    )
