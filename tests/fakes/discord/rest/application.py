"""The bot itself, its servers, people, and its commands."""

from tests.fakes.discord import objects
from tests.fakes.discord.refusals import Problems, Refusal
from tests.fakes.discord.rest.call import NOTHING, Call, Reply
from tests.fakes.discord.rules import check_commands
from tests.fakes.discord.things import Json
from tests.fakes.discord.world import World

MOST_CREATES = 200
"""New commands a day."""


def me(call: Call) -> Reply:
    return 200, objects.own_user(call.world)


def application(call: Call) -> Reply:
    return 200, objects.application_object(call.world)


def user(call: Call) -> Reply:
    found = call.world.people.get(call.args["user"])
    if found is None:
        raise Refusal(404, 10013)
    return 200, objects.user_object(found)


def open_direct(call: Call) -> Reply:
    """The conversation is opened with everybody; whether one may write there is seen when one does."""
    world, recipient = call.world, str(call.json.get("recipient_id"))
    if recipient not in world.people or recipient == world.bot.id:
        problems = Problems()
        problems.add("recipient_id", "Unknown user")
        problems.refuse()
    return 200, objects.channel_object(world, world.direct(recipient))


def own_guilds(call: Call) -> Reply:
    world = call.world
    own = [guild for guild in world.guilds.values() if world.bot.id in guild.members]
    return 200, [{"id": guild.id, "name": guild.name, "icon": None, "owner": False, "features": []} for guild in own]


def guild(call: Call) -> Reply:
    return 200, objects.guild_object(call.world, call.world.guild_of_bot(call.args["guild"]))


def roles(call: Call) -> Reply:
    found = call.world.guild_of_bot(call.args["guild"])
    return 200, [objects.role_object(role) for role in found.roles.values()]


def channels(call: Call) -> Reply:
    """Without threads."""
    world, found = call.world, call.world.guild_of_bot(call.args["guild"])
    there = [channel for channel in world.channels.values() if channel.guild == found.id and not channel.is_thread]
    return 200, [objects.channel_object(world, channel) for channel in there]


def member(call: Call) -> Reply:
    found = call.world.guild_of_bot(call.args["guild"])
    if call.args["user"] not in call.world.people:
        raise Refusal(404, 10013)
    if call.args["user"] not in found.members:
        raise Refusal(404, 10007)
    return 200, objects.member_object(call.world, found.members[call.args["user"]])


def commands(call: Call) -> Reply:
    """Without the dictionaries of other languages, unless they are asked for."""
    found = list(call.world.commands.get(_place(call), {}).values())
    whole = call.query.get("with_localizations", "").lower() in {"true", "1"}
    return 200, found if whole else [_unlocalised(each) for each in found]


def put_commands(call: Call) -> Reply:
    """These and no others from now on. Those of names that were not there count as created."""
    world, place, wanted = call.world, _place(call), call.body
    if not isinstance(wanted, list):
        raise Refusal(400, 50109)
    problems = Problems()
    check_commands(problems, wanted)
    problems.refuse()
    before = {(each["name"], each["type"]): each for each in world.commands.get(place, {}).values()}
    fresh = [each for each in wanted if (each["name"], each.get("type", 1)) not in before]
    if world.command_creates + len(fresh) > MOST_CREATES:
        raise Refusal(400, 30034)
    world.command_creates += len(fresh)
    registered = [_registered(world, place, each, before.get((each["name"], each.get("type", 1)))) for each in wanted]
    world.commands[place] = {each["id"]: each for each in registered}
    return 200, registered


def delete_command(call: Call) -> Reply:
    if call.world.commands.get(_place(call), {}).pop(call.args["command"], None) is None:
        raise Refusal(404, 10063)
    return NOTHING


def _place(call: Call) -> str | None:
    """The server that the commands are for, or None for all."""
    if call.args["application"] != call.world.app:
        raise Refusal(403, 50001)
    return call.world.guild_of_bot(call.args["guild"]).id if "guild" in call.args else None


def _registered(world: World, place: str | None, wanted: Json, before: Json | None) -> Json:
    """The command as Discord keeps it: whole, and with a new version if it changed."""
    kept: Json = {
        "id": before["id"] if before else world.new_id(),
        "application_id": world.app,
        "type": wanted.get("type", 1),
        "name": wanted["name"],
        "name_localizations": wanted.get("name_localizations"),
        "description": wanted.get("description", ""),
        "description_localizations": wanted.get("description_localizations"),
        "default_member_permissions": wanted.get("default_member_permissions"),
        "nsfw": wanted.get("nsfw", False),
        "integration_types": wanted.get("integration_types", [0]),
        **({"options": [_option(each) for each in wanted["options"]]} if wanted.get("options") else {}),
    }
    if place is None:
        contexts = wanted.get("contexts")
        kept |= {"dm_permission": contexts is None or 1 in contexts, "contexts": contexts}
    else:
        kept["guild_id"] = place
    same = before is not None and {**before, "version": None} == {**kept, "version": None}
    return kept | {"version": before["version"] if before and same else world.new_id()}


def _option(wanted: Json) -> Json:
    """Discord leaves out what is false, and writes nulls for what is not localised."""
    kept = {key: value for key, value in wanted.items() if value not in (None, False, [])}
    kept |= {f"{name}_localizations": wanted.get(f"{name}_localizations") for name in ("name", "description")}
    for name, each in (("options", _option), ("choices", _choice)):
        if wanted.get(name):
            kept[name] = [each(thing) for thing in wanted[name]]
    return kept


def _choice(wanted: Json) -> Json:
    return {"name_localizations": None, **wanted}


def _unlocalised(thing: Json) -> Json:
    said = {key: value for key, value in thing.items() if not key.endswith("_localizations")}
    return said | {
        name: [_unlocalised(each) for each in thing[name]] for name in ("options", "choices") if name in thing
    }
