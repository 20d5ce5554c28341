"""Commands as a person types them: found among those that are registered, with the options that they have."""

from tests.fakes.discord.refusals import Json
from tests.fakes.discord.rules.commands import GROUP, INTEGER, NUMBER, STRING, SUBCOMMAND
from tests.fakes.discord.screen import NotPossible
from tests.fakes.discord.things import Channel, Person
from tests.fakes.discord.world import World

USER = 6


def found(world: World, person: Person, channel: Channel, typed: str) -> tuple[Json, list[Json]]:
    """The command and the sub-commands on the way, for `/quiz ask`; whether one sees it is up to its permissions."""
    name, *steps = typed.removeprefix("/").split()
    command = world.command(channel.guild, name)
    if command is None:
        raise NotPossible(f"there is no command /{name}")
    needed = command.get("default_member_permissions")
    if needed is not None and channel.guild:
        allowed = world.allowed(person.id, channel)
        if not int(needed) or allowed & int(needed) != int(needed):
            raise NotPossible(f"{person.name} does not see /{name}")
    if channel.guild is None and not command.get("dm_permission", False):
        raise NotPossible(f"/{name} is not for direct messages")
    path, here = [], command
    for step in steps:
        options = [option for option in here.get("options", []) if option["type"] in {SUBCOMMAND, GROUP}]
        here = next((option for option in options if option["name"] == step), {})
        if not here:
            raise NotPossible(f"/{name} has no {step!r}, only {[option['name'] for option in options]}")
        path.append(here)
    return command, path


def data(command: Json, path: list[Json], given: Json, focused: str | None = None) -> Json:
    """What the bot is told of it. While somebody types, `focused` is the option that is being typed."""
    last = path[-1] if path else command
    wanted = {option["name"]: option for option in last.get("options", [])}
    if any(option["type"] in {SUBCOMMAND, GROUP} for option in wanted.values()):
        raise NotPossible(f"/{command['name']} needs one of {list(wanted)}")
    unknown = given.keys() - wanted.keys()
    missing = {name for name, option in wanted.items() if option.get("required")} - given.keys()
    if unknown or (missing and focused is None):
        raise NotPossible(
            f"/{command['name']} has {list(wanted)}: unknown {sorted(unknown)}, missing {sorted(missing)}"
        )
    options = [_option(wanted[name], value, typing=name == focused) for name, value in given.items()]
    for step in reversed(path):
        options = [{"type": step["type"], "name": step["name"], "options": options}]
    said = {"id": command["id"], "name": command["name"], "type": 1}
    if command.get("guild_id"):
        said["guild_id"] = command["guild_id"]
    return said | ({"options": options} if options else {})


def _option(option: Json, value: object, *, typing: bool) -> Json:
    said: Json = {"type": option["type"], "name": option["name"], "value": value}
    if typing:
        return {**said, "value": str(value), "focused": True}
    if option.get("choices"):
        chosen = [choice for choice in option["choices"] if value in (choice["name"], choice["value"])]
        if not chosen:
            raise NotPossible(f"{option['name']} has {[choice['name'] for choice in option['choices']]}")
        return {**said, "value": chosen[0]["value"]}
    if option["type"] == STRING:
        least, most = option.get("min_length", 0), option.get("max_length", 6000)
        if not isinstance(value, str) or not least <= len(value) <= most:
            raise NotPossible(f"{option['name']} takes {least} to {most} characters")
    if option["type"] in {INTEGER, NUMBER}:
        number = value if isinstance(value, int | float) else None
        if number is None or not option.get("min_value", number) <= number <= option.get("max_value", number):
            raise NotPossible(f"{option['name']} does not take {value!r}")
    if option["type"] == USER:
        return {**said, "value": getattr(value, "id", value)}
    return said
