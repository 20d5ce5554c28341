"""The methods of the REST API, by route. What is not here is answered 404, as by Discord what it has not."""

from tests.fakes.discord.rest import application, channels, interactions, messages
from tests.fakes.discord.rest.call import Method

_MESSAGE = "/channels/{channel}/messages/{message}"
_WEBHOOK = "/webhooks/{application}/{token}"

METHODS: dict[str, Method] = {
    "GET /users/@me": application.me,
    "GET /users/@me/guilds": application.own_guilds,
    "POST /users/@me/channels": application.open_direct,
    "GET /users/{user}": application.user,
    "GET /applications/@me": application.application,
    "GET /oauth2/applications/@me": application.application,
    "GET /applications/{application}/commands": application.commands,
    "PUT /applications/{application}/commands": application.put_commands,
    "DELETE /applications/{application}/commands/{command}": application.delete_command,
    "GET /applications/{application}/guilds/{guild}/commands": application.commands,
    "PUT /applications/{application}/guilds/{guild}/commands": application.put_commands,
    "GET /guilds/{guild}": application.guild,
    "GET /guilds/{guild}/roles": application.roles,
    "GET /guilds/{guild}/channels": application.channels,
    "GET /guilds/{guild}/members/{user}": application.member,
    "GET /guilds/{guild}/threads/active": channels.active_threads,
    "GET /channels/{channel}/threads/archived/public": channels.archived_threads,
    "GET /channels/{channel}": channels.get,
    "PATCH /channels/{channel}": channels.change_thread,
    "PUT /channels/{channel}/thread-members/@me": channels.join_thread,
    "GET /channels/{channel}/messages": messages.history,
    "POST /channels/{channel}/messages": messages.create,
    f"GET {_MESSAGE}": messages.get,
    f"PATCH {_MESSAGE}": messages.edit,
    f"DELETE {_MESSAGE}": messages.delete,
    f"POST {_MESSAGE}/threads": channels.start_thread,
    f"PUT {_MESSAGE}/reactions/{{emoji}}/@me": channels.react,
    f"DELETE {_MESSAGE}/reactions/{{emoji}}/@me": channels.unreact,
    "POST /interactions/{interaction}/{token}/callback": interactions.respond,
    f"POST {_WEBHOOK}": interactions.follow_up,
    f"GET {_WEBHOOK}/messages/{{message}}": interactions.get,
    f"PATCH {_WEBHOOK}/messages/{{message}}": interactions.edit,
    f"DELETE {_WEBHOOK}/messages/{{message}}": interactions.delete,
}


def needs_no_key(route: str) -> bool:
    """Interactions are answered by their own token; the global limit does not count them either. Where the gateway is all may know."""
    return "{token}" in route or route == "GET /gateway"
