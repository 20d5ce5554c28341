"""Channels, threads and reactions."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import unquote

from tests.fakes.discord import events, objects
from tests.fakes.discord.posting import open_thread
from tests.fakes.discord.refusals import Problems, Refusal
from tests.fakes.discord.rest.call import NOTHING, Call, Reply
from tests.fakes.discord.things import TEXT, Channel, Json, when
from tests.fakes.discord.world import World

_ARCHIVE_AFTER = {60, 1440, 4320, 10080}


def get(call: Call) -> Reply:
    return 200, objects.channel_object(call.world, call.channel)


def start_thread(call: Call) -> Reply:
    """On a message; there is at most one."""
    world, body, problems = call.world, call.json, Problems()
    message = call.message
    if call.channel.type != TEXT:
        raise Refusal(400, 50024)
    world.need(call.channel, "create_public_threads")
    if world.thread_of(message):
        raise Refusal(400, 160004)
    _check_thread(problems, body, {"name"})
    thread = open_thread(world, message, body["name"], world.bot.id, body.get("auto_archive_duration") or 1440)
    return 201, objects.thread_object(world, thread) | {"member": objects.thread_member(world, thread)}


def change_thread(call: Call) -> Reply:
    """Only threads can be changed here."""
    world, thread, body = call.world, call.channel, call.json
    if not thread.is_thread:
        raise Refusal(403, 50013)
    _check_thread(Problems(), body, set())
    if thread.owner != world.bot.id or thread.locked:
        world.need(thread, "manage_threads")
    thread.name = body.get("name", thread.name)
    thread.archived = body.get("archived", thread.archived)
    thread.locked = body.get("locked", thread.locked)
    events.thread_changed(world, thread)
    return 200, objects.thread_object(world, thread)


def active_threads(call: Call) -> Reply:
    """Of the whole server, as far as the bot sees them."""
    world, guild = call.world, call.world.guild_of_bot(call.args["guild"])
    open_ = [
        each for each in world.channels.values() if each.is_thread and each.guild == guild.id and not each.archived
    ]
    return 200, _listed(world, [each for each in open_ if world.may(world.bot.id, each, "view_channel")])


def archived_threads(call: Call) -> Reply:
    """Those that were archived last come first."""
    world, limit = call.world, call.number("limit", 50, 2, 100)
    world.need(call.channel, "read_message_history")
    ended = [each for each in world.channels.values() if each.parent == call.channel.id and each.archived]
    if "before" in call.query:
        mark = datetime.fromisoformat(call.query["before"])
        ended = [each for each in ended if when(each.id) < mark]
    listed = _listed(world, sorted(ended, key=lambda each: int(each.id), reverse=True)[:limit])
    return 200, listed | {"has_more": len(ended) > limit}


def _listed(world: World, threads: Sequence[Channel]) -> Json:
    own = [objects.thread_member(world, each) for each in threads if world.bot.id in each.members]
    return {"threads": [objects.thread_object(world, each) for each in threads], "members": own}


def join_thread(call: Call) -> Reply:
    thread = call.channel
    if not thread.is_thread:
        raise Refusal(400, 50024)
    if call.world.bot.id not in thread.members:
        thread.members.append(call.world.bot.id)
    return NOTHING


def react(call: Call) -> Reply:
    world, message = call.world, call.message
    emoji = _emoji(call)
    call.need_open()
    if call.channel.guild:
        world.need(call.channel, "read_message_history")
        if not message.reactions.get(emoji):
            world.need(call.channel, "add_reactions")
    users = message.reactions.setdefault(emoji, [])
    if world.bot.id not in users:
        users.append(world.bot.id)
        events.reacted(world, message, emoji, world.bot.id)
    return NOTHING


def unreact(call: Call) -> Reply:
    """Of the bot's own reactions; one that is not there is no error."""
    world, message, emoji = call.world, call.message, _emoji(call)
    users = message.reactions.get(emoji, [])
    if world.bot.id in users:
        users.remove(world.bot.id)
        if not users:
            del message.reactions[emoji]
        events.reacted(world, message, emoji, world.bot.id, back=True)
    return NOTHING


def _emoji(call: Call) -> str:
    emoji = unquote(call.args["emoji"])
    if not emoji or emoji.isascii():
        raise Refusal(400, 10014)
    return emoji


def _check_thread(problems: Problems, body: dict[str, object], needed: set[str]) -> None:
    known = {"name", "auto_archive_duration", "rate_limit_per_user", "archived", "locked"}
    problems.fields("", body, known, needed)
    if "name" in body:
        problems.length("name", body["name"], 100, 1)
    if body.get("auto_archive_duration", 60) not in {*_ARCHIVE_AFTER, None}:
        problems.add("auto_archive_duration", f"Value must be one of {sorted(_ARCHIVE_AFTER)}.")
    problems.refuse()
