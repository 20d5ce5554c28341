"""conversations.* and users.*: what there is, who is there, and what was said."""

import base64
from collections.abc import Sequence
from typing import TypeVar

from tests.fakes.slack.objects import bot_profile, channel_object, message_object, user_object
from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.things import Channel, Message
from tests.fakes.slack.web.call import Call, Method

T = TypeVar("T")


def info(call: Call) -> Json:
    channel = call.channel()
    call.require(channel.scope("read"))
    described = channel_object(call.slack, channel)
    if call.flag("include_num_members"):
        described["num_members"] = len(channel.members)
    return {"ok": True, "channel": described}


def members(call: Call) -> Json:
    channel = call.channel()
    call.require(channel.scope("read"))
    present = [member for member in channel.members if not call.slack.people[member].deleted]
    page, cursor = _page(call, present, default=100, most=1000)
    return {"ok": True, "members": page, "response_metadata": {"next_cursor": cursor}}


def history(call: Call) -> Json:
    """Without replies in threads; each page has its newest first, and pages lead into the past (or from `oldest` on)."""
    channel = _readable(call)
    between = [message for message in channel.messages if not message.is_reply and _in_time(call, message)]
    forward = call.slack.history_from_oldest and call.has("oldest") and not call.has("latest")
    page, cursor = _page(call, between if forward else between[::-1], default=100, most=999)
    answer = {
        "ok": True,
        "messages": [_read(call, message) for message in (page[::-1] if forward else page)],
        "has_more": bool(cursor),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
    }
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def replies(call: Call) -> Json:
    """The first message of the thread and, the oldest first, its replies."""
    channel = _readable(call)
    named = channel.find(call.text("ts"))
    if named is None:
        raise Refusal("thread_not_found")
    parent_ts = named.thread_ts or named.ts
    said = [message for message in channel.replies(parent_ts) if _in_time(call, message)]
    page, cursor = _page(call, said, default=1000, most=1000)
    parent = [message for message in channel.messages if message.ts == parent_ts]
    answer = {"ok": True, "messages": [_read(call, m) for m in [*parent, *page]], "has_more": bool(cursor)}
    return answer | ({"response_metadata": {"next_cursor": cursor}} if cursor else {})


def open_direct(call: Call) -> Json:
    call.require("im:write")
    users = call.text("users", default="").split(",")
    if users == [""]:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("too_many_users")
    person = call.slack.person(users[0])
    if person.deleted:
        raise Refusal("user_disabled")
    channel = call.slack.direct(person.id)
    described = channel_object(call.slack, channel) if call.flag("return_im") else {"id": channel.id}
    return {"ok": True, "no_op": False, "already_open": False, "channel": described}


def user_info(call: Call) -> Json:
    return {"ok": True, "user": user_object(call.slack, call.slack.person(call.text("user")))}


def bot_info(call: Call) -> Json:
    if call.text("bot") != call.slack.bot_id:
        raise Refusal("bot_not_found")
    return {"ok": True, "bot": {**bot_profile(call.slack), "app_id": call.slack.installed or call.slack.app}}


def user_conversations(call: Call) -> Json:
    """The channels that a person (by default the bot itself) is in, as far as the bot may see them."""
    slack = call.slack
    user = call.text("user", default=slack.bot.id)
    kinds = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
    wanted = call.text("types", default="public_channel").split(",")
    if not set(wanted) <= kinds.keys():
        raise Refusal("invalid_types")
    for kind in wanted:
        call.require({"public_channel": "channels:read", "private_channel": "groups:read"}.get(kind, f"{kind}:read"))
    shown = [
        channel
        for channel in slack.channels.values()
        if user in channel.members
        and channel.kind in {kinds[kind] for kind in wanted}
        and not (channel.archived and call.flag("exclude_archived"))
        and (not channel.private or slack.bot.id in channel.members)
    ]
    page, cursor = _page(call, shown, default=100, most=999)
    described = [channel_object(slack, channel) for channel in page]
    return {"ok": True, "channels": described, "response_metadata": {"next_cursor": cursor}}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.require(channel.scope("history"))
    if call.slack.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    return channel


def _read(call: Call, message: Message) -> Json:
    metadata = call.flag("include_all_metadata") and call.slack.history_has_metadata
    return message_object(call.slack, message, metadata=metadata)


def _in_time(call: Call, message: Message) -> bool:
    """Between `oldest` and `latest`, which belong to it only if `inclusive` says so."""
    at, inclusive = _micros(message.ts), call.flag("inclusive")
    for name, sign in (("oldest", 1), ("latest", -1)):
        if not call.has(name):
            continue
        try:
            beyond = (at - _micros(call.text(name))) * sign
        except ValueError:
            raise Refusal(f"invalid_ts_{name}") from None
        if beyond < 0 or (beyond == 0 and not inclusive):
            return False
    return True


def _micros(ts: str) -> int:
    seconds, _, fraction = ts.partition(".")
    return int(seconds) * 1_000_000 + int(f"{fraction:0<6}"[:6])


def _page(call: Call, everything: Sequence[T], *, default: int, most: int) -> tuple[list[T], str]:
    """As many as asked for from where the cursor points, and the cursor of what follows (or nothing)."""
    limit = call.number("limit", default, most)
    start = _position(call.text("cursor", default=""))
    rest = start + limit
    cursor = base64.b64encode(f"next:{rest}".encode()).decode() if rest < len(everything) else ""
    return list(everything[start:rest]), cursor


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor).decode().removeprefix("next:"))
    except ValueError:
        raise Refusal("invalid_cursor") from None


METHODS = {
    "bots.info": Method(carry_out=bot_info, scope="users:read"),
    "conversations.history": Method(carry_out=history),
    "conversations.info": Method(carry_out=info),
    "conversations.members": Method(carry_out=members),
    "conversations.open": Method(carry_out=open_direct),
    "conversations.replies": Method(carry_out=replies),
    "users.conversations": Method(carry_out=user_conversations),
    "users.info": Method(carry_out=user_info, scope="users:read"),
}
