"""Interactions as the bot receives them."""

import secrets
import time

from tests.fakes.discord import objects, written_messages
from tests.fakes.discord.things import DM, Channel, Interaction, Json, Message, Person
from tests.fakes.discord.world import World

_ATTACHMENT_LIMIT = 10 * 1024**2


def interaction(
    world: World,
    kind: int,
    person: Person,
    channel: Channel,
    data: Json,
    *,
    message: Message | None = None,
    parent: Interaction | None = None,
) -> Interaction:
    """Something that this person did just now; it can be answered by its token."""
    made = Interaction(
        id=world.new_id(),
        token=secrets.token_urlsafe(48),
        kind=kind,
        person=person.id,
        channel=channel.id,
        guild=channel.guild,
        data=data,
        began=time.monotonic(),
        message=message,
        parent=parent,
    )
    world.interactions[made.token] = made
    return made


def payload(world: World, made: Interaction) -> Json:
    """The whole of it, as in INTERACTION_CREATE, but for what is not told here."""
    said = _whole(world, made)
    for name in world.untold:
        said.pop(name, None)
        said.get("channel", {}).pop(name, None)
    return said


def _whole(world: World, made: Interaction) -> Json:
    channel, person = world.channels[made.channel], world.people[made.person]
    where: Json = {
        "id": made.id,
        "application_id": world.addressed or world.app,
        "type": made.kind,
        "token": made.token,
        "version": 1,
        "data": made.data,
        "channel_id": channel.id,
        "channel": _channel(world, channel, person),
        "app_permissions": str(world.allowed(world.bot.id, channel)),
        "locale": person.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": {"0": made.guild or "0"},
        "context": 0 if made.guild else 1,
        "attachment_size_limit": _ATTACHMENT_LIMIT,
    }
    if made.message:
        # The components of one's own message are there without the intent; a person's message never has any.
        where["message"] = written_messages.message_object(world, made.message)
    if made.guild is None:
        return where | {"user": objects.user_object(person)}
    guild = world.guilds[made.guild]
    member = objects.member_object(world, guild.members[person.id])
    member["permissions"] = str(world.allowed(person.id, channel))
    partial = {"id": guild.id, "locale": guild.locale, "features": []}
    return where | {"guild_id": guild.id, "guild": partial, "guild_locale": guild.locale, "member": member}


def _channel(world: World, channel: Channel, person: Person) -> Json:
    """The channel with what the person may in it."""
    said = objects.channel_object(world, channel)
    said.pop("permission_overwrites", None)
    if channel.type != DM:
        said["permissions"] = str(world.allowed(person.id, channel))
    return said


def resolved_people(world: World, guild: str | None, users: list[str]) -> Json:
    """The people that were chosen."""
    found = [user for user in users if user in world.people]
    said: Json = {"users": {user: objects.user_object(world.people[user]) for user in found}}
    if guild:
        members = world.guilds[guild].members
        said["members"] = {
            user: objects.member_object(world, members[user], with_user=False)
            | {"permissions": str(world.guilds[guild].roles[guild].permissions)}
            for user in found
            if user in members
        }
    return said
