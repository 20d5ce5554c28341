"""People, servers, channels and messages as Discord writes them."""

from tests.fakes.discord import permissions
from tests.fakes.discord.things import (
    DM,
    TEXT,
    THREAD_STARTER,
    Channel,
    Guild,
    Json,
    Member,
    Person,
    Role,
    when,
)
from tests.fakes.discord.world import World

MESSAGE_CONTENT_FLAG = 1 << 19
"""Of an application in few servers, with the intent switched on."""
_FLAGS = {"presences": 1 << 13, "members": 1 << 15, "message_content": MESSAGE_CONTENT_FLAG}


def user_object(person: Person) -> Json:
    return {
        "id": person.id,
        "username": person.name,
        "discriminator": "0000" if person.bot else "0",
        "global_name": person.global_name,
        "avatar": None,
        "avatar_decoration_data": None,
        "collectibles": None,
        "primary_guild": None,
        "banner": None,
        "accent_color": None,
        "public_flags": 0,
        "flags": 0,
        "bot": person.bot,
    }


def own_user(world: World) -> Json:
    """The bot as it sees itself."""
    more = {
        "verified": True,
        "mfa_enabled": True,
        "email": None,
        "locale": "en-US",
    }
    return user_object(world.bot) | more


def member_object(world: World, member: Member, *, with_user: bool = True) -> Json:
    said: Json = {
        "nick": member.nick,
        "avatar": None,
        "banner": None,
        "roles": list(member.roles),
        "joined_at": member.joined_at.isoformat(),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": None,
    }
    return said | ({"user": user_object(world.people[member.user])} if with_user else {})


def role_object(role: Role) -> Json:
    return {
        "id": role.id,
        "name": role.name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "icon": None,
        "unicode_emoji": None,
        "position": 0,
        "permissions": str(role.permissions),
        "managed": role.bot is not None,
        "mentionable": False,
        "flags": 0,
    } | ({"tags": {"bot_id": role.bot}} if role.bot else {})


def guild_object(world: World, guild: Guild) -> Json:
    return {
        "id": guild.id,
        "name": guild.name,
        "icon": None,
        "description": None,
        "home_header": None,
        "splash": None,
        "discovery_splash": None,
        "features": [],
        "emojis": [],
        "stickers": [],
        "banner": None,
        "owner_id": guild.owner,
        "application_id": None,
        "region": "deprecated",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "widget_enabled": False,
        "widget_channel_id": None,
        "verification_level": 0,
        "roles": [role_object(role) for role in guild.roles.values()],
        "default_message_notifications": 0,
        "mfa_level": 0,
        "explicit_content_filter": 0,
        "max_presences": None,
        "max_members": 250000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": guild.locale,
        "rules_channel_id": None,
        "safety_alerts_channel_id": None,
        "public_updates_channel_id": None,
        "hub_type": None,
        "nsfw_level": 0,
        "incidents_data": None,
    }


def guild_create(world: World, guild: Guild) -> Json:
    """The server as a session first hears of it: with channels and threads, of the members the bot alone."""
    if guild.unavailable:
        return {"id": guild.id, "unavailable": True}
    channels = [channel for channel in world.channels.values() if channel.guild == guild.id]
    own = guild.members[world.bot.id]
    threads = [
        thread_object(world, channel)
        | ({"member": thread_member(world, channel)} if world.bot.id in channel.members else {})
        for channel in channels
        if channel.is_thread and not channel.archived and world.may(world.bot.id, channel, "view_channel")
    ]
    return guild_object(world, guild) | {
        "joined_at": own.joined_at.isoformat(),
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "voice_states": [],
        "members": [member_object(world, own)],
        "channels": [channel_object(world, channel) for channel in channels if not channel.is_thread],
        "threads": threads,
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def channel_object(world: World, channel: Channel) -> Json:
    """A channel of any kind."""
    last = channel.messages[-1].id if channel.messages else None
    if channel.is_thread:
        return thread_object(world, channel)
    if channel.type == DM:
        recipients = [user_object(world.people[str(channel.recipient)])]
        return {"id": channel.id, "type": DM, "last_message_id": last, "flags": 0, "recipients": recipients}
    return {
        "id": channel.id,
        "type": TEXT,
        "guild_id": channel.guild,
        "name": channel.name,
        "position": 0,
        "permission_overwrites": [
            {"id": holder, "type": int(each.member), "allow": str(each.allow), "deny": str(each.deny)}
            for holder, each in channel.overwrites.items()
        ],
        "rate_limit_per_user": 0,
        "nsfw": False,
        "topic": None,
        "last_message_id": last,
        "last_pin_timestamp": None,
        "parent_id": None,
        "flags": 0,
    }


def thread_object(world: World, thread: Channel) -> Json:
    said = [message for message in thread.messages if message.type != THREAD_STARTER]
    return {
        "id": thread.id,
        "type": thread.type,
        "guild_id": thread.guild,
        "parent_id": thread.parent,
        "owner_id": thread.owner,
        "name": thread.name,
        "last_message_id": thread.messages[-1].id if thread.messages else None,
        "last_pin_timestamp": None,
        "message_count": len(said),
        "total_message_sent": len(said),
        "member_count": len(thread.members),
        "rate_limit_per_user": 0,
        "flags": 0,
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": when(thread.id).isoformat(),
            "auto_archive_duration": thread.archive_after,
            "locked": thread.locked,
            "create_timestamp": when(thread.id).isoformat(),
        },
    }


def thread_member(world: World, thread: Channel) -> Json:
    """The bot as a member of a thread."""
    return {"id": thread.id, "user_id": world.bot.id, "join_timestamp": when(thread.id).isoformat(), "flags": 0}


def application_object(world: World) -> Json:
    """The application as its own token sees it."""
    flags = sum(_FLAGS[name] for name in world.privileged)
    owner = next((person for person in world.people.values() if not person.bot), world.bot)
    return {
        "id": world.app,
        "name": "Study bot",
        "icon": None,
        "description": "",
        "type": None,
        "bot": user_object(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "owner": user_object(owner),
        "team": None,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "event_webhooks_url": None,
        "event_webhooks_status": 1,
        "event_webhooks_types": [],
        "tags": [],
        "install_params": {"scopes": ["bot", "applications.commands"], "permissions": str(permissions.INVITED)},
        "integration_types_config": {"0": {}},
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
    }
