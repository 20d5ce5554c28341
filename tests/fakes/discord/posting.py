"""Messages come to be, change and go: what the REST API, interactions and people's hands have in common."""

import re
from collections.abc import Sequence

from tests.fakes.discord import events
from tests.fakes.discord.refusals import Problems, Refusal
from tests.fakes.discord.rest.call import Upload
from tests.fakes.discord.rules import check_message, numbered
from tests.fakes.discord.rules.layout import TEXT, walk
from tests.fakes.discord.rules.messages import is_empty
from tests.fakes.discord.things import (
    COMPONENTS_V2,
    EPHEMERAL,
    LOADING,
    PUBLIC_THREAD,
    THREAD_STARTER,
    Channel,
    File,
    Json,
    Message,
)
from tests.fakes.discord.world import World

_USER, _ROLE, _EVERYONE = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>"), re.compile(r"@(?:everyone|here)\b")


def compose(world: World, message: Message, body: Json, uploads: Sequence[Upload], way: str) -> None:
    """Puts this body into the message, or refuses it whole; `way` is create, edit or response."""
    was = 0 if way == "create" else message.flags
    flags = int(body.get("flags") or 0)
    v2 = bool((flags | was) & COMPONENTS_V2)
    files = _files(world, message, body, uploads)
    problems = Problems()
    before = {"content": message.content, "embeds": message.embeds}
    check_message(problems, body, way, v2=v2, files={file.name for file in files}, before=before)
    problems.refuse()
    whole = {**before, "components": message.components, **body}
    # Discord takes blanks off both ends.
    whole["content"] = (whole["content"] or "").strip()
    if is_empty(whole, files=bool(files)):
        raise Refusal(400, 50006)
    message.content = whole["content"]
    message.embeds = [{"type": "rich", **embed} for embed in whole["embeds"] or []]
    message.components = numbered(whole["components"] or [])
    message.files = files
    message.flags = (was | flags) & ~LOADING
    _name_files(world, message)
    if way != "edit" or body.keys() & {"content", "components"}:
        message.pings = pinged(world, message, body.get("allowed_mentions"))


def words_of(message: Message) -> str:
    """All its text, of either kind."""
    texts = [str(each["content"]) for each in walk(message.components) if each["type"] == TEXT]
    return "\n".join([message.content, *texts])


def pinged(world: World, message: Message, allowed: Json | None) -> list[str]:
    """Whom it notifies: those named in it, as far as it is allowed to, and the one that is replied to."""
    channel, text = world.channels[message.channel], words_of(message)
    parse = ["users", "roles", "everyone"] if allowed is None else allowed.get("parse", [])
    users, roles = ((allowed or {}).get(name, []) for name in ("users", "roles"))
    found = [user for user in _USER.findall(text) if "users" in parse or user in users]
    found += [role for role in _ROLE.findall(text) if "roles" in parse or role in roles]
    if _EVERYONE.search(text) and "everyone" in parse and world.may(message.author, channel, "mention_everyone"):
        found.append("everyone")
    target = channel.find(message.reply_to) if message.reply_to and not message.reply_channel else None
    if target and (allowed is None or allowed.get("replied_user", False)):
        found.append(target.author)
    return list(dict.fromkeys(user for user in found if user != message.author))


def post(world: World, channel: Channel, message: Message) -> Message:
    """It stands in the channel from now on. A thread that was archived is open again, and who writes in it is in it."""
    if channel.is_thread:
        if channel.archived:
            channel.archived = False
            events.thread_changed(world, channel)
        if message.author not in channel.members:
            channel.members.append(message.author)
    channel.messages.append(message)
    events.said(world, message)
    return message


def take_away(world: World, message: Message) -> None:
    """It is gone; a thread on it stays."""
    if message.flags & EPHEMERAL:
        world.private.remove(message)
        return
    world.channels[message.channel].messages.remove(message)
    events.deleted(world, message)


def open_thread(world: World, message: Message, name: str, owner: str, archive_after: int = 1440) -> Channel:
    """A public thread on this message, which has its id."""
    parent = world.channels[message.channel]
    thread = Channel(
        id=message.id,
        type=PUBLIC_THREAD,
        name=name,
        guild=parent.guild,
        parent=parent.id,
        owner=owner,
        members=[owner],
        archive_after=archive_after,
    )
    world.channels[thread.id] = thread
    starter = Message(
        id=world.new_id(),
        channel=thread.id,
        author=message.author,
        type=THREAD_STARTER,
        reply_to=message.id,
        reply_channel=parent.id,
    )
    thread.messages.append(starter)
    message.flags |= 1 << 5
    events.thread_opened(world, thread)
    events.changed(world, message)
    return thread


def _files(world: World, message: Message, body: Json, uploads: Sequence[Upload]) -> list[File]:
    """Those that stay, and the new ones. `attachments` says which stay and describes the new ones, by number."""
    listed = body.get("attachments")
    described = {str(each.get("id")): each for each in listed or []}
    kept = [file for file in message.files if listed is None or file.id in described]
    return kept + [
        File(
            id=world.new_id(),
            name=described.get(upload.number, {}).get("filename") or upload.name,
            content=upload.content,
            content_type=upload.content_type,
            description=described.get(upload.number, {}).get("description"),
        )
        for upload in uploads
    ]


def _name_files(world: World, message: Message) -> None:
    """File components say where their file is to be had."""
    for component in walk(message.components):
        url = str(component.get("file", {}).get("url", ""))
        for file in message.files:
            if url == f"attachment://{file.name}":
                where = f"{world.address}/attachments/{message.channel}/{file.id}/{file.name}"
                component["file"] = {
                    "id": file.id,
                    "url": where,
                    "proxy_url": where,
                    "content_type": file.content_type,
                    "attachment_id": file.id,
                }
                component |= {"name": file.name, "size": len(file.content)}
