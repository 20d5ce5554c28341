"""chat.*: saying something, changing it, taking it back."""

import json
from typing import Any

from tests.fakes.slack import events, layout
from tests.fakes.slack.objects import message_object
from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.things import Channel, Message
from tests.fakes.slack.web.call import Call, Method
from tests.fakes.slack.workspace import Workspace

MOST_TEXT = 40_000
"""What is longer is cut off."""
MOST_TEXT_OF_UPDATE = 4_000
MOST_METADATA = 16_000


def post_message(call: Call) -> Json:
    slack = call.slack
    channel = _open_to_bot(call)
    text, blocks, metadata = _content(call)
    message = Message(
        channel=channel.id,
        ts=slack.new_ts(),
        user=slack.bot.id,
        text=_cut(slack, text),
        blocks=slack.named_blocks(blocks),
        metadata=metadata,
        thread_ts=_thread(call, channel),
        by_bot=True,
    )
    slack.say(message)
    events.said(slack, message)
    written = message_object(slack, message, metadata=True)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": written}


def post_ephemeral(call: Call) -> Json:
    slack = call.slack
    channel = _open_to_bot(call)
    user = call.text("user")
    if user not in channel.members or slack.people[user].deleted:
        raise Refusal("user_not_in_channel")
    text, blocks, _ = _content(call)
    if len(text) > MOST_TEXT:
        raise Refusal("msg_too_long")
    message = Message(
        channel=channel.id,
        ts=slack.new_ts(),
        user=slack.bot.id,
        text=text,
        blocks=slack.named_blocks(blocks),
        thread_ts=_thread(call, channel),
        by_bot=True,
        only_for=user,
    )
    slack.private.append(message)
    return {"ok": True, "message_ts": message.ts}


def update(call: Call) -> Json:
    """Blocks and metadata that are not named stay as they are; empty ones take away what is there."""
    slack = call.slack
    channel = call.channel()
    message = _own(call, channel, "cant_update_message")
    if channel.archived:
        raise Refusal("is_inactive")
    text, blocks, metadata = _content(call, of_update=True)
    previous = message_object(slack, message, metadata=True)
    message.text = text
    if call.has("blocks"):
        message.blocks = slack.named_blocks(blocks)
    if call.has("metadata"):
        message.metadata = metadata or None
    message.edited_ts = slack.new_ts()
    events.changed(slack, message, previous)
    written = message_object(slack, message, metadata=True)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": text, "message": written}


def delete(call: Call) -> Json:
    channel = call.channel()
    message = _own(call, channel, "cant_delete_message")
    take_away(call.slack, channel, message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    channel = call.channel()
    ts = call.text("message_ts")
    if channel.find(ts) is None:
        raise Refusal("message_not_found")
    address = f"https://{call.slack.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"ok": True, "channel": channel.id, "permalink": address}


def take_away(slack: Workspace, channel: Channel, message: Message) -> None:
    """A message with replies leaves a tombstone, under which they stay."""
    previous = message_object(slack, message, metadata=True)
    if not channel.replies(message.ts):
        channel.messages.remove(message)
        events.deleted(slack, message, previous)
        return
    message.subtype, message.text, message.user = "tombstone", "This message was deleted.", "USLACKBOT"
    message.blocks, message.metadata, message.by_bot = [], None, False
    events.changed(slack, message, previous)


def _own(call: Call, channel: Channel, otherwise: str) -> Message:
    message = channel.find(call.text("ts"))
    if message is None or message.subtype == "tombstone":
        raise Refusal("message_not_found")
    if not message.by_bot:
        raise Refusal(otherwise)
    return message


def _open_to_bot(call: Call) -> Channel:
    """The channel to post in; a person's id stands for the direct conversation with them."""
    slack, where = call.slack, call.text("channel")
    if where in slack.people:
        return slack.direct(where)
    channel = slack.channel(where)
    if channel.archived:
        raise Refusal("is_archived")
    if slack.bot.id not in channel.members and "chat:write.public" not in call.token.scopes:
        raise Refusal("not_in_channel")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    """The thread to post in, named by its first message (or, as Slack lets one do, by a reply)."""
    if not call.has("thread_ts"):
        return None
    named = channel.find(call.text("thread_ts"))
    if named is None:
        raise Refusal("thread_not_found")
    return named.thread_ts or named.ts


def _content(call: Call, *, of_update: bool = False) -> tuple[str, list[Json], Json | None]:
    text = str(call.args.get("text") or "")
    blocks = checked_blocks(call.slack, call.args.get("blocks"))
    if not text and not blocks:
        raise Refusal("no_text")
    if of_update and len(text) > MOST_TEXT_OF_UPDATE:
        raise Refusal("msg_too_long")
    return text, blocks, _metadata(call)


def checked_blocks(slack: Workspace, written: Any) -> list[Json]:
    """The blocks, if Slack would show them in a message."""
    try:
        blocks = json.loads(written) if isinstance(written, str) and written else written or []
    except ValueError:
        raise Refusal("invalid_blocks_format") from None
    if not isinstance(blocks, list):
        raise Refusal("invalid_blocks_format")
    faults = list(layout.MESSAGE_BLOCKS(blocks, "/blocks"))
    if faults:
        raise Refusal("invalid_blocks", messages=faults)
    too_long = layout.characters(blocks) > layout.MOST_CHARACTERS_OF_BLOCKS
    if too_long or layout.markdown_characters(blocks) > layout.MOST_CHARACTERS_OF_MARKDOWN:
        raise Refusal("msg_blocks_too_long")
    return blocks


def _metadata(call: Call) -> Json | None:
    metadata = call.value("metadata")
    if not metadata:
        return None
    named = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str)
    if not named or not isinstance(metadata.get("event_payload"), dict):
        raise Refusal("invalid_metadata_format")
    if len(json.dumps(metadata)) > MOST_METADATA:
        raise Refusal("metadata_too_large")
    return dict(metadata)


def _cut(slack: Workspace, text: str) -> str:
    if len(text) > MOST_TEXT:
        slack.invalid.append(f"chat.postMessage: message_truncated at {MOST_TEXT} characters")
    return text[:MOST_TEXT]


METHODS = {
    "chat.postMessage": Method(carry_out=post_message, scope="chat:write"),
    "chat.postEphemeral": Method(carry_out=post_ephemeral, scope="chat:write"),
    "chat.update": Method(carry_out=update, scope="chat:write"),
    "chat.delete": Method(carry_out=delete, scope="chat:write"),
    "chat.getPermalink": Method(carry_out=permalink),
}
