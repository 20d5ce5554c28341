"""What happened in the workspace, as the events that an app may subscribe to.

An event is emitted whatever the app subscribed to; which it gets is decided by `Deliveries`.
"""

import time

from tests.fakes.slack.objects import message_object, user_object, view_object
from tests.fakes.slack.things import Channel, Json, Message, Person
from tests.fakes.slack.workspace import Workspace


def said(slack: Workspace, message: Message) -> None:
    written = message_object(slack, message, metadata=True)
    _message(slack, message.channel, written | {"event_ts": message.ts})


def changed(slack: Workspace, message: Message, previous: Json) -> None:
    at = slack.new_ts()
    event = {
        "type": "message",
        "subtype": "message_changed",
        "message": message_object(slack, message, metadata=True),
        "previous_message": previous,
        "hidden": True,
        "ts": at,
        "event_ts": at,
    }
    _message(slack, message.channel, event)


def deleted(slack: Workspace, message: Message, previous: Json) -> None:
    at = slack.new_ts()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "previous_message": previous,
        "deleted_ts": message.ts,
        "hidden": True,
        "ts": at,
        "event_ts": at,
    }
    _message(slack, message.channel, event)


def _message(slack: Workspace, channel_id: str, event: Json) -> None:
    slack.emit(event | {"channel": channel_id, "channel_type": slack.channels[channel_id].kind})


def joined(slack: Workspace, channel: Channel, user: str, inviter: str | None) -> None:
    event = _membership(slack, "member_joined_channel", channel, user)
    slack.emit(event | ({"inviter": inviter} if inviter else {}))


def left(slack: Workspace, channel: Channel, user: str) -> None:
    slack.emit(_membership(slack, "member_left_channel", channel, user))


def _membership(slack: Workspace, kind: str, channel: Channel, user: str) -> Json:
    return {
        "type": kind,
        "user": user,
        "channel": channel.id,
        "channel_type": "G" if channel.private else "C",
        "team": slack.team,
        "event_ts": slack.new_ts(),
    }


def archived(slack: Workspace, channel: Channel, user: str, *, back: bool = False) -> None:
    kind = "unarchive" if back else "archive"
    event = {"type": f"{channel.kind}_{kind}", "channel": channel.id, "user": user, "event_ts": slack.new_ts()}
    slack.emit(event)


def renamed(slack: Workspace, channel: Channel) -> None:
    about = {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "created": channel.created,
        "is_channel": not channel.private,
        "is_mpim": False,
    }
    slack.emit({"type": f"{channel.kind}_rename", "channel": about, "event_ts": slack.new_ts()})


def channel_deleted(slack: Workspace, channel: Channel, user: str) -> None:
    slack.emit({"type": f"{channel.kind}_deleted", "channel": channel.id, "actor_id": user, "event_ts": slack.new_ts()})


def user_changed(slack: Workspace, person: Person) -> None:
    slack.emit(
        {
            "type": "user_change",
            "user": user_object(slack, person),
            "cache_ts": int(time.time()),
            "event_ts": slack.new_ts(),
        }
    )


def home_opened(slack: Workspace, user: str, tab: str) -> None:
    event: Json = {
        "type": "app_home_opened",
        "user": user,
        "channel": slack.direct(user).id,
        "tab": tab,
        "event_ts": slack.new_ts(),
    }
    if tab == "home" and user in slack.homes:
        event["view"] = view_object(slack, slack.homes[user])
    slack.emit(event)


def uninstalled(slack: Workspace) -> None:
    revoked: Json = {
        "type": "tokens_revoked",
        "tokens": {"oauth": [], "bot": [slack.bot.id]},
        "event_ts": slack.new_ts(),
    }
    slack.emit(revoked)
    slack.emit({"type": "app_uninstalled", "event_ts": slack.new_ts()})
