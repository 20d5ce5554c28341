"""What Discord takes, as far as it is documented: our own checks, since discord.py's parser takes nearly everything."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

ROW, BUTTON, SELECT, INPUT, USERS, TEXT, FILE, CONTAINER, LABEL, RADIO, BOXES = 1, 2, 3, 4, 5, 10, 13, 17, 18, 21, 22
V2, EPHEMERAL = 1 << 15, 1 << 6
COMPONENTS, TEXTS = 40, 4_000
IN_MESSAGE, IN_CONTAINER, IN_MODAL = {ROW, TEXT, FILE, CONTAINER}, {ROW, TEXT, FILE}, {TEXT, LABEL}
IN_LABEL = {SELECT, INPUT, USERS, RADIO, BOXES}
OPTIONS = {SELECT: (1, 25), RADIO: (2, 10), BOXES: (1, 10)}
NAME = re.compile(r"[-_'a-z0-9]{1,32}")
IN_COMMAND = 8_000


def message_faults(body: Json) -> list[str]:
    """Everything that is wrong with the body of a message."""
    components = body["components"]
    found = [f"{key} in a message of components" for key in ("content", "embeds", "poll") if key in body]
    found += [] if body["flags"] & V2 else ["flag of the components"]
    found += [] if body["allowed_mentions"] == {"parse": []} else ["allowed_mentions"]
    found += list(_parts(components, IN_MESSAGE))
    every = [one for one in walk(components) if "type" in one]
    if not 0 < len(every) <= COMPONENTS:
        found.append(f"{len(every)} components")
    found += list(_texts(every))
    found += list(_twice(every))
    named = {f"attachment://{one['filename']}" for one in body.get("attachments", ())}
    if {one["file"]["url"] for one in every if one["type"] == FILE} != named:
        found.append("files")
    return found


def modal_faults(modal: Json) -> list[str]:
    found = [fault for name, most in (("title", 45), ("custom_id", 100)) for fault in _text(modal, name, most)]
    if not 1 <= len(modal["components"]) <= 5:
        found.append(f"{len(modal['components'])} components")
    found += list(_parts(modal["components"], IN_MODAL))
    every = [one for one in walk(modal["components"]) if "type" in one]
    return [*found, *_texts(every), *_twice(every)]


def command_faults(command: Json) -> list[str]:
    """Everything that is wrong with an application command."""
    found = list(_named(command, ""))
    if (size := _size(command)) > IN_COMMAND:
        found.append(f"{size} characters")
    return found


def walk(node: object) -> Iterator[Json]:
    """Yield every object in a payload."""
    if isinstance(node, Mapping):
        yield node
        for child in node.values():
            yield from walk(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk(child)


def _parts(parts: list[Json], taken: set[int]) -> Iterator[str]:
    for part in parts:
        kind = part["type"]
        if kind not in taken:
            yield f"{kind} in the wrong place"
        elif kind == CONTAINER:
            yield from _parts(part["components"], IN_CONTAINER)
        elif kind == ROW:
            yield from _row(part["components"])
        elif kind == LABEL:
            yield from _text(part, "label", 45)
            yield from _text(part, "description", 100, optional=True)
            yield from _field(part["component"])
        elif kind == TEXT:
            yield from _text(part, "content", TEXTS)


def _row(made: list[Json]) -> Iterator[str]:
    if not 1 <= len(made) <= 5:
        yield f"{len(made)} in a row"
    for one in made:
        if one["type"] != BUTTON or one["style"] not in {1, 2, 3, 4}:
            yield f"{one} in a row"
        yield from _text(one, "label", 80)
        yield from _text(one, "custom_id", 100)


def _field(one: Json) -> Iterator[str]:
    kind = one["type"]
    yield from [] if kind in IN_LABEL else [f"{kind} in a label"]
    yield from _text(one, "custom_id", 100)
    yield from _text(one, "placeholder", 150 if kind == SELECT else 100, optional=True)
    if kind == INPUT:
        yield from _text(one, "value", min(4_000, one["max_length"]), optional=True)
        yield from [] if 1 <= one["max_length"] <= 4_000 else ["max_length"]
    if kind in OPTIONS:
        yield from _options(one, *OPTIONS[kind])
    if kind in {SELECT, USERS, BOXES} and not _is_range(one):
        yield f"{kind} with a number of values that it cannot have"


def _options(one: Json, least: int, most: int) -> Iterator[str]:
    options = one["options"]
    if not least <= len(options) <= most or len({option["value"] for option in options}) < len(options):
        yield f"{len(options)} options, or some twice"
    for option in options:
        yield from _text(option, "label", 100)
        yield from _text(option, "value", 100)
        yield from _text(option, "description", 100, optional=True)
    chosen = [option for option in options if option.get("default")]
    if len(chosen) > one.get("max_values", len(options) if one["type"] == BOXES else 1):
        yield "too many defaults"


def _is_range(one: Json) -> bool:
    most = {SELECT: 25, USERS: 25, BOXES: 10}[one["type"]]
    least = one.get("min_values", 1)
    in_range = 0 <= least <= one.get("max_values", most) <= most
    return in_range and (least > 0 or not one.get("required", True)) and len(one.get("default_values", ())) <= most


def _texts(every: list[Json]) -> Iterator[str]:
    size = sum(len(one["content"].encode("utf-16-le")) // 2 for one in every if one["type"] == TEXT)
    if size > TEXTS:
        yield f"{size} characters"


def _twice(every: list[Json]) -> Iterator[str]:
    counts = Counter(one["custom_id"] for one in every if "custom_id" in one)
    yield from (f"custom_id {name} twice" for name, count in counts.items() if count > 1)


def _text(holder: Json, name: str, most: int, *, optional: bool = False) -> Iterator[str]:
    said = holder.get(name, "" if not optional else "-")
    if not said.strip() or len(said) > most:
        yield f"{name} of {len(said)} characters"
    try:
        said.encode()
    except UnicodeEncodeError:
        yield f"{name} is no Unicode"


def _named(one: Json, path: str) -> Iterator[str]:
    here = f"{path} {one['name']}".strip()
    if not NAME.fullmatch(one["name"]) or not 1 <= len(one["description"]) <= 100:
        yield f"{here}: name or description"
    options = one.get("options", [])
    if len(options) > 25 or len({option["name"] for option in options}) < len(options):
        yield f"{here}: options"
    if one.get("choices") and (len(one["choices"]) > 25 or one.get("autocomplete")):
        yield f"{here}: choices"
    for choice in one.get("choices", ()):
        yield from (f"{here}: {fault}" for name in ("name", "value") for fault in _text(choice, name, 100))
    for option in options:
        yield from _named(option, here)


def _size(one: Json) -> int:
    own = len(one["name"]) + len(one["description"])
    choices = sum(len(choice["name"]) + len(choice["value"]) for choice in one.get("choices", ()))
    return own + choices + sum(map(_size, one.get("options", ())))
