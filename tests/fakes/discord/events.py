"""What happened, as the gateway tells it."""

from tests.fakes.discord import objects, written_messages
from tests.fakes.discord.things import Channel, Guild, Json, Message, Person
from tests.fakes.discord.world import (
    DIRECT_MESSAGES,
    DIRECT_REACTIONS,
    GUILD_MEMBERS,
    GUILD_MESSAGES,
    GUILD_REACTIONS,
    GUILDS,
    Event,
    World,
)


def said(world: World, message: Message) -> None:
    _of_message(world, message, "MESSAGE_CREATE")


def changed(world: World, message: Message) -> None:
    _of_message(world, message, "MESSAGE_UPDATE")


def _of_message(world: World, message: Message, name: str) -> None:
    channel = world.channels[message.channel]
    if not seen(world, channel):
        return

    # A resumed session hears what was true when it happened: both ways of saying it are written down now.
    ways = {readable: _message(world, channel, message, readable=readable) for readable in (False, True)}
    intent = GUILD_MESSAGES if channel.guild else DIRECT_MESSAGES
    world.tell(Event(name=name, guild=channel.guild, intent=intent, body=ways.__getitem__))


def _message(world: World, channel: Channel, message: Message, *, readable: bool) -> Json:
    body = written_messages.message_object(world, message, readable=readable) | {"channel_type": channel.type}
    guild = world.guilds.get(channel.guild or "")
    if guild:
        body["guild_id"] = guild.id
        if message.author in guild.members and not message.interaction:
            body["member"] = objects.member_object(world, guild.members[message.author], with_user=False)
        for mention in body["mentions"]:
            if mention["id"] in guild.members:
                mention["member"] = objects.member_object(world, guild.members[mention["id"]], with_user=False)
    return body


def deleted(world: World, message: Message) -> None:
    channel = world.channels[message.channel]
    intent = GUILD_MESSAGES if channel.guild else DIRECT_MESSAGES
    body = {"id": message.id, "channel_id": message.channel}
    _in_channel(world, channel, "MESSAGE_DELETE", intent, body)


def purged(world: World, channel: Channel, messages: list[str]) -> None:
    body = {"ids": messages, "channel_id": channel.id}
    _in_channel(world, channel, "MESSAGE_DELETE_BULK", GUILD_MESSAGES, body)


def reacted(world: World, message: Message, emoji: str, user: str, *, back: bool = False) -> None:
    channel = world.channels[message.channel]
    body: Json = {
        "user_id": user,
        "channel_id": channel.id,
        "message_id": message.id,
        "emoji": written_messages.emoji_object(emoji),
        "burst": False,
        "type": 0,
    }
    guild = world.guilds.get(channel.guild or "")
    if guild and user in guild.members and not back:
        body |= {"member": objects.member_object(world, guild.members[user]), "message_author_id": message.author}
    intent = GUILD_REACTIONS if channel.guild else DIRECT_REACTIONS
    _in_channel(world, channel, "MESSAGE_REACTION_REMOVE" if back else "MESSAGE_REACTION_ADD", intent, body)


def thread_opened(world: World, thread: Channel) -> None:
    body = objects.thread_object(world, thread) | {"newly_created": True}
    if world.bot.id in thread.members:
        body["member"] = objects.thread_member(world, thread)
    _in_channel(world, thread, "THREAD_CREATE", GUILDS, body)


def thread_changed(world: World, thread: Channel) -> None:
    _in_channel(world, thread, "THREAD_UPDATE", GUILDS, objects.thread_object(world, thread))


def channel_created(world: World, channel: Channel) -> None:
    _in_channel(world, channel, "CHANNEL_CREATE", GUILDS, objects.channel_object(world, channel))


def channel_changed(world: World, channel: Channel) -> None:
    """Also those hear of it who no longer see it: that is how they learn of it."""
    body = objects.channel_object(world, channel)
    world.tell(Event(name="CHANNEL_UPDATE", guild=channel.guild, intent=GUILDS, body=lambda _: body))


def channel_deleted(world: World, channel: Channel) -> None:
    """Told while it still stands, so that it is known who saw it."""
    if channel.is_thread:
        body: Json = {"id": channel.id, "guild_id": channel.guild, "parent_id": channel.parent, "type": channel.type}
        _in_channel(world, channel, "THREAD_DELETE", GUILDS, body)
    else:
        _in_channel(world, channel, "CHANNEL_DELETE", GUILDS, objects.channel_object(world, channel))


def guild_joined(world: World, guild: Guild) -> None:
    """The bot is in it, or it is available again."""
    body = objects.guild_create(world, guild)
    world.tell(Event(name="GUILD_CREATE", guild=guild.id, intent=GUILDS, body=lambda _: body))


def guild_gone(world: World, guild: Guild, *, outage: bool) -> None:
    body: Json = {"id": guild.id} | ({"unavailable": True} if outage else {})
    world.tell(Event(name="GUILD_DELETE", guild=guild.id, intent=GUILDS, body=lambda _: body))


def member_joined(world: World, guild: Guild, person: Person) -> None:
    body = objects.member_object(world, guild.members[person.id]) | {"guild_id": guild.id}
    world.tell(Event(name="GUILD_MEMBER_ADD", guild=guild.id, intent=GUILD_MEMBERS, body=lambda _: body))


def member_left(world: World, guild: Guild, person: Person) -> None:
    body = {"guild_id": guild.id, "user": objects.user_object(person)}
    world.tell(Event(name="GUILD_MEMBER_REMOVE", guild=guild.id, intent=GUILD_MEMBERS, body=lambda _: body))


def role_changed(world: World, guild: Guild, role: str) -> None:
    body = {"guild_id": guild.id, "role": objects.role_object(guild.roles[role])}
    world.tell(Event(name="GUILD_ROLE_UPDATE", guild=guild.id, intent=GUILDS, body=lambda _: body))


def interacted(world: World, guild: str | None, body: Json) -> None:
    world.tell(Event(name="INTERACTION_CREATE", guild=guild, intent=0, body=lambda _: body))


def seen(world: World, channel: Channel) -> bool:
    """The bot hears of what happens there."""
    return channel.guild is None or world.may(world.bot.id, channel, "view_channel")


def _in_channel(world: World, channel: Channel, name: str, intent: int, body: Json) -> None:
    if seen(world, channel):
        whole = body | ({"guild_id": channel.guild} if channel.guild else {})
        world.tell(Event(name=name, guild=channel.guild, intent=intent, body=lambda _: whole))
