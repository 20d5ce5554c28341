"""Messages as Discord writes them."""

from collections.abc import Iterable

from tests.fakes.discord import objects
from tests.fakes.discord.things import DM, EPHEMERAL, HAS_THREAD, File, Json, Message, when
from tests.fakes.discord.world import World


def message_object(world: World, message: Message, *, readable: bool = True, depth: int = 1) -> Json:
    """A message; `readable` says whether the app may read what others wrote without a word to it."""
    shown = readable or may_be_read(world, message)
    people = [objects.user_object(world.people[user]) for user in message.pings if user in world.people]
    said: Json = {
        "id": message.id,
        "channel_id": message.channel,
        "type": message.type,
        "author": objects.user_object(world.people[message.author]),
        "content": message.content if shown else "",
        "timestamp": when(message.id).isoformat(),
        "edited_timestamp": message.edited.isoformat() if message.edited else None,
        "tts": False,
        "mention_everyone": "everyone" in message.pings,
        "mentions": people,
        "mention_roles": [ping for ping in message.pings if ping != "everyone" and ping not in world.people],
        "attachments": [attachment(world, message, file) for file in message.files] if shown else [],
        "embeds": message.embeds if shown else [],
        "components": message.components if shown else [],
        "pinned": False,
        "flags": message.flags,
    }
    if message.reactions:
        said["reactions"] = [_reaction(world, emoji, users) for emoji, users in message.reactions.items()]
    if message.nonce is not None:
        said["nonce"] = message.nonce
    if message.author == world.bot.id and message.interaction:
        said |= {"application_id": world.app, "webhook_id": world.app} | _answers(world, message)
    thread = world.thread_of(message)
    if message.flags & HAS_THREAD and thread:
        said["thread"] = objects.thread_object(world, thread)
    return said | (_reference(world, message, readable=readable, depth=depth) if message.reply_to else {})


def may_be_read(world: World, message: Message) -> bool:
    """What an app reads without the intent: its own words, what is said to it alone, and what mentions it."""
    direct = world.channels[message.channel].type == DM if message.channel in world.channels else False
    return direct or message.author == world.bot.id or world.bot.id in message.pings


def attachment(world: World, message: Message, file: File) -> Json:
    url = f"{world.address}/attachments/{message.channel}/{file.id}/{file.name}"
    return {
        "id": file.id,
        "filename": file.name,
        "title": None,
        "size": len(file.content),
        "url": url,
        "proxy_url": url,
        "content_type": file.content_type,
        **({"description": file.description} if file.description else {}),
        **({"ephemeral": True} if message.flags & EPHEMERAL else {}),
    }


def _reaction(world: World, emoji: str, users: Iterable[str]) -> Json:
    count = len(list(users))
    return {
        "emoji": emoji_object(emoji),
        "count": count,
        "count_details": {"burst": 0, "normal": count},
        "burst_colors": [],
        "me_burst": False,
        "burst_me": False,
        "me": world.bot.id in users,
        "burst_count": 0,
    }


def emoji_object(emoji: str) -> Json:
    return {"id": None, "name": emoji}


def _answers(world: World, message: Message) -> Json:
    """What it says of the interaction that it answers."""
    interaction = message.interaction
    assert interaction is not None
    metadata: Json = {
        "id": interaction.id,
        "type": interaction.kind,
        "user": objects.user_object(world.people[interaction.person]),
        "authorizing_integration_owners": {"0": interaction.guild or "0"},
    }
    if interaction.kind == 3 and interaction.message:
        metadata["interacted_message_id"] = interaction.message.id
    if interaction.kind == 5 and interaction.parent:
        cause: Json = {"id": interaction.parent.id, "type": interaction.parent.kind, "user": metadata["user"]}
        cause["authorizing_integration_owners"] = metadata["authorizing_integration_owners"]
        metadata["triggering_interaction_metadata"] = cause
    return {"interaction_metadata": metadata}


def _reference(world: World, message: Message, *, readable: bool, depth: int) -> Json:
    """What it replies to (or, in a thread, starts from)."""
    channel = world.channels.get(message.reply_channel or message.channel)
    reference = {"type": 0, "channel_id": message.reply_channel or message.channel, "message_id": message.reply_to}
    if channel and channel.guild:
        reference["guild_id"] = channel.guild
    said: Json = {"message_reference": reference}
    if depth:
        target = channel.find(str(message.reply_to)) if channel else None
        said["referenced_message"] = (
            message_object(world, target, readable=readable, depth=depth - 1) if target else None
        )
    return said
