"""What Slack sends to an app, whole: commands, clicks, forms and events."""

import time

from tests.fakes.slack.objects import is_shared, message_object, view_object
from tests.fakes.slack.things import Channel, Json, Message, Person, View
from tests.fakes.slack.workspace import ResponseUrl, Workspace

VERIFICATION_TOKEN = "verification"
"""The old way to prove where a request comes from; it still stands in every payload."""


def command(slack: Workspace, person: Person, channel: Channel, name: str, text: str) -> Json:
    names = {"channel": channel.name, "group": "privategroup", "im": "directmessage"}
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": slack.team,
        "team_domain": slack.domain,
        "channel_id": channel.id,
        "channel_name": names[channel.kind],
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": slack.app,
        "is_enterprise_install": "false",
        "response_url": _response_url(slack, "commands", person, channel.id),
        "trigger_id": slack.new_trigger(person.id),
    }


def click_on_message(slack: Workspace, person: Person, message: Message, action: Json, state: Json) -> Json:
    """Of a message for one person alone Slack does not send the message."""
    channel, for_one = slack.channels[message.channel], message.only_for is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": for_one,
        **({"thread_ts": message.thread_ts} if message.thread_ts else {}),
    }
    names = {"channel": channel.name, "group": "privategroup", "im": "directmessage"}
    return {
        **_interaction(slack, "block_actions", person),
        "container": container,
        "trigger_id": slack.new_trigger(person.id),
        "channel": {"id": channel.id, "name": names[channel.kind]},
        **({} if for_one else {"message": message_object(slack, message, metadata=True)}),
        "state": {"values": state},
        "response_url": _response_url(slack, "actions", person, channel.id, message),
        "actions": [action],
    }


def click_in_view(slack: Workspace, person: Person, view: View, action: Json, state: Json) -> Json:
    return {
        **_interaction(slack, "block_actions", person),
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": slack.new_trigger(person.id, view if view.type == "modal" else None),
        "view": view_object(slack, view, state),
        "actions": [action],
    }


def submission(slack: Workspace, person: Person, view: View, state: Json) -> Json:
    return {
        **_interaction(slack, "view_submission", person),
        "team": {"id": slack.team_of(person.id), "domain": slack.domain},
        "trigger_id": slack.new_trigger(person.id, view),
        "view": view_object(slack, view, state),
        "response_urls": [],
    }


def closing(slack: Workspace, person: Person, view: View, *, all_of_them: bool) -> Json:
    return {
        **_interaction(slack, "view_closed", person),
        "team": {"id": slack.team_of(person.id), "domain": slack.domain},
        "view": view_object(slack, view),
        "is_cleared": all_of_them,
    }


def event_callback(slack: Workspace, event: Json) -> Json:
    """The envelope of an event; its id is the same in every delivery.

    Its team is that of whoever did something, the authorization's that of the installation.
    """
    channel = slack.channels.get(event["channel"]) if isinstance(event.get("channel"), str) else None
    authorization = {
        "enterprise_id": None,
        "team_id": slack.team,
        "user_id": slack.bot.id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": event.get("team", slack.team),
        "context_team_id": slack.team,
        "context_enterprise_id": None,
        "api_app_id": slack.app,
        "event": event,
        "type": "event_callback",
        "event_id": slack.new_id("Ev"),
        "event_time": int(time.time()),
        "authorizations": [authorization],
        "is_ext_shared_channel": channel is not None and is_shared(slack, channel),
        "event_context": f"4-{slack.new_id('')}",
    }


def _interaction(slack: Workspace, kind: str, person: Person) -> Json:
    """Of a guest's click the team is that of the installation; of a guest's form (see above) it is the guest's own."""
    return {
        "type": kind,
        "team": {"id": slack.team, "domain": slack.domain},
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": slack.team_of(person.id)},
        "api_app_id": slack.app,
        "token": VERIFICATION_TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _response_url(slack: Workspace, kind: str, person: Person, channel: str, message: Message | None = None) -> str:
    key = slack.new_id("r")
    slack.response_urls[key] = ResponseUrl(channel=channel, user=person.id, issued=time.monotonic(), message=message)
    return f"{slack.address}/{kind}/{key}"
