"""People, channels, messages and views as Slack writes them: whole, in answers and in what it sends."""

from tests.fakes.slack.things import Channel, Json, Message, Person, View
from tests.fakes.slack.workspace import Workspace


def user_object(slack: Workspace, person: Person) -> Json:
    return {
        "id": person.id,
        "team_id": slack.team_of(person.id),
        "name": person.name,
        "deleted": person.deleted,
        "color": "9f69e7",
        "real_name": person.real_name,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": person.tz_offset,
        "profile": {
            "title": "",
            "phone": "",
            "real_name": person.real_name,
            "real_name_normalized": person.real_name,
            "display_name": person.name,
            "display_name_normalized": person.name,
            "status_text": "",
            "status_emoji": "",
            "avatar_hash": "g0000000000",
            "team": slack.team_of(person.id),
        },
        "is_admin": person.is_admin,
        "is_owner": person.is_owner,
        "is_primary_owner": False,
        "is_restricted": False,
        "is_ultra_restricted": False,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": 1700000000,
        "is_email_confirmed": True,
        "who_can_share_contact_card": "EVERYONE",
    }


def channel_object(slack: Workspace, channel: Channel) -> Json:
    if channel.direct:
        return {
            "id": channel.id,
            "created": channel.created,
            "is_archived": False,
            "is_im": True,
            "is_org_shared": False,
            "context_team_id": slack.team,
            "user": next(member for member in channel.members if member != slack.bot.id),
            "is_user_deleted": False,
            "priority": 0,
        }
    said_of_it = {"value": "", "creator": "", "last_set": 0}
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "previous_names": [],
        "is_channel": True,
        "is_group": False,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.private,
        "is_archived": channel.archived,
        "is_general": False,
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": is_shared(slack, channel),
        "is_frozen": False,
        "is_member": slack.bot.id in channel.members,
        "created": channel.created,
        "updated": channel.created * 1000,
        "creator": channel.creator,
        "unlinked": 0,
        "parent_conversation": None,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": [slack.team],
        "context_team_id": slack.team,
        "topic": said_of_it,
        "purpose": said_of_it,
        **(
            {}
            if channel.posted_by is None
            else {"properties": {"posting_restricted_to": {"type": ["admin"], "user": channel.posted_by}}}
        ),
    }


def is_shared(slack: Workspace, channel: Channel) -> bool:
    """Somebody of another workspace is in it."""
    return any(slack.people[member].guest_of for member in channel.members)


def message_object(slack: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message as it is read; with its metadata only if that is asked for."""
    written: Json = {
        "type": "message",
        "user": message.user,
        "text": message.text,
        "ts": message.ts,
        "team": slack.team_of(message.user),
    }
    if message.subtype:
        written["subtype"] = message.subtype
    if message.by_bot:
        written |= {"bot_id": slack.bot_id, "app_id": slack.app, "bot_profile": bot_profile(slack)}
    elif not message.subtype:
        written["client_msg_id"] = f"00000000-0000-4000-8000-{message.ts.replace('.', '')[-12:]}"
    if message.blocks:
        written["blocks"] = message.blocks
    if message.edited_ts:
        written["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.reactions:
        written["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    if message.files:
        written["files"] = [{"id": file.id, "name": file.name, "title": file.title} for file in message.files]
    if metadata and message.metadata:
        written["metadata"] = message.metadata
    return written | _thread_fields(slack, message)


def _thread_fields(slack: Workspace, message: Message) -> Json:
    channel = slack.channels[message.channel]
    if message.is_reply:
        parent = channel.find(message.thread_ts or "")
        return {"thread_ts": message.thread_ts, "parent_user_id": parent.user if parent else "USLACKBOT"}
    replies = channel.replies(message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users,
        "is_locked": False,
        "subscribed": False,
    }


def bot_profile(slack: Workspace) -> Json:
    return {
        "id": slack.bot_id,
        "deleted": False,
        "name": slack.bot.name,
        "updated": 1700000000,
        "app_id": slack.app,
        "user_id": slack.bot.id,
        "icons": {"image_36": "", "image_48": "", "image_72": ""},
        "team_id": slack.team,
    }


def view_object(slack: Workspace, view: View, state: Json | None = None) -> Json:
    """A view as Slack gives it back, with what is filled in."""
    return {
        "id": view.id,
        "team_id": slack.team_of(view.user),
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.content.get("private_metadata", ""),
        "callback_id": view.content.get("callback_id", ""),
        "state": {"values": state or {}},
        "hash": view.hash,
        "title": view.content.get("title"),
        "clear_on_close": view.content.get("clear_on_close", False),
        "notify_on_close": view.content.get("notify_on_close", False),
        "close": view.content.get("close"),
        "submit": view.content.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": slack.app,
        "external_id": view.content.get("external_id", ""),
        "app_installed_team_id": slack.team,
        "bot_id": slack.bot_id,
    }
