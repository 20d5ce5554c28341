"""The limits of application commands."""

import re

from tests.fakes.discord.refusals import Json, Problems

SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
LOCALES = frozenset(
    [
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    ]
)
_NAME = re.compile(r"[-_'\w]{1,32}")
_KNOWN = {
    "id",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "options",
    "default_member_permissions",
    "dm_permission",
    "default_permission",
    "integration_types",
    "contexts",
    "type",
    "nsfw",
}
_OPTION = {
    "type",
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "choices",
    "options",
    "channel_types",
    "min_value",
    "max_value",
    "min_length",
    "max_length",
    "autocomplete",
}


def check_commands(problems: Problems, commands: list[Json], at: str = "") -> None:
    """All that are to be registered in one place."""
    slash = [command for command in commands if command.get("type", 1) == 1]
    if len(slash) > 100:
        problems.add(at, "Max number of application commands reached (100)")
    if len({command.get("name") for command in slash}) < len(slash):
        problems.add(at, "Command names must be unique", "APPLICATION_COMMANDS_DUPLICATE_NAME")
    for place, command in enumerate(commands):
        here = f"{at}.{place}"
        problems.fields(here, command, _KNOWN, {"name"})
        if command.get("type", 1) != 1:
            continue
        _named(problems, here, command)
        _options(problems, here, command.get("options") or [], depth=0)
        if _size(command) > 8000:
            problems.add(here, "Command exceeds maximum size (8000)", "APPLICATION_COMMAND_TOO_LARGE")
        permissions = command.get("default_member_permissions")
        if permissions is not None and not str(permissions).isdigit():
            problems.add(f"{here}.default_member_permissions", "Must be a bit set as a string")


def _named(problems: Problems, path: str, thing: Json) -> None:
    names = {"name": thing.get("name"), **_local(problems, path, thing, "name_localizations")}
    for where, name in names.items():
        if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
            problems.add(f"{path}.{where}", "Command name is invalid", "APPLICATION_COMMAND_INVALID_NAME")
    described = {"description": thing.get("description"), **_local(problems, path, thing, "description_localizations")}
    for where, description in described.items():
        problems.length(f"{path}.{where}", description, 100, 1)


def _local(problems: Problems, path: str, thing: Json, name: str) -> dict[str, object]:
    found = thing.get(name) or {}
    for locale in sorted(found.keys() - LOCALES):
        problems.add(f"{path}.{name}.{locale}", "There is no such locale")
    return {f"{name}.{locale}": text for locale, text in found.items()}


def _options(problems: Problems, path: str, options: list[Json], depth: int) -> None:
    if len(options) > 25:
        problems.add(f"{path}.options", "Must be 25 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    kinds = {option.get("type") in {SUBCOMMAND, GROUP} for option in options}
    if len(kinds) > 1:
        problems.add(f"{path}.options", "Sub-commands do not stand beside options")
    if len({option.get("name") for option in options}) < len(options):
        problems.add(
            f"{path}.options", "Option names must be unique", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"
        )
    optional = False
    for place, option in enumerate(options):
        _option(problems, f"{path}.options.{place}", option, depth)
        if option.get("required") and optional:
            problems.add(
                f"{path}.options.{place}",
                "Required options must be placed before non-required options",
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            )
        optional = optional or not option.get("required", False)


def _option(problems: Problems, path: str, option: Json, depth: int) -> None:
    kind = option.get("type")
    problems.fields(path, option, _OPTION, {"type", "name", "description"})
    problems.within(f"{path}.type", kind, 1, 11)
    _named(problems, path, option)
    if kind in {SUBCOMMAND, GROUP}:
        if depth + (kind == GROUP) > 1 or (kind == GROUP and depth):
            problems.add(path, "Sub-commands stand at most in one group")
        _options(problems, path, option.get("options") or [], depth + 1)
        return
    choices = option.get("choices") or []
    if len(choices) > 25:
        problems.add(f"{path}.choices", "Must be 25 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    if (choices or option.get("autocomplete")) and kind not in {STRING, INTEGER, NUMBER}:
        problems.add(f"{path}.choices", "Only text and numbers have choices")
    if choices and option.get("autocomplete"):
        problems.add(f"{path}.autocomplete", "May not be set if choices are present")
    check_choices(problems, f"{path}.choices", choices)


def check_choices(problems: Problems, path: str, choices: list[Json]) -> None:
    """Of an option, or as suggested while somebody types."""
    for place, choice in enumerate(choices):
        problems.fields(f"{path}.{place}", choice, {"name", "name_localizations", "value"}, {"name", "value"})
        problems.length(f"{path}.{place}.name", choice.get("name"), 100, 1)
        if isinstance(choice.get("value"), str):
            problems.length(f"{path}.{place}.value", choice["value"], 100)


def _size(thing: Json) -> int:
    """Characters of names, descriptions and values in all; of localisations the longest counts."""
    longest = 0
    for name in ("name", "description"):
        said = [thing.get(name) or "", *(thing.get(f"{name}_localizations") or {}).values()]
        longest += max(len(text) for text in said)
    value = thing.get("value")
    longest += len(value) if isinstance(value, str) else 0
    return longest + sum(_size(each) for name in ("options", "choices") for each in thing.get(name) or [])
