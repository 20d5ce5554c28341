"""What a person finds on the screen: buttons by their label, fields by theirs, and what stands in them."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.rules.elements import (
    BUTTON,
    CHECKBOX,
    CHECKBOX_GROUP,
    FIELDS,
    FILE_UPLOAD,
    LINK,
    RADIO_GROUP,
    SELECTS,
    STRING_SELECT,
    TEXT_INPUT,
)
from tests.fakes.discord.rules.layout import TEXT, walk
from tests.fakes.discord.things import Json, Message, Modal


class NotPossible(AssertionError):  # noqa: N818 what a person cannot do is no error of the program
    """Nobody could do this: the button is not there, the field is not filled in, the message is gone."""


def pressable(message: Message) -> list[tuple[str, Json]]:
    """Every button that can be pressed, with its label."""
    return [
        (str(each.get("label", "")), each)
        for each in walk(message.components)
        if each["type"] == BUTTON and each["style"] < LINK and not each.get("disabled")
    ]


def button(message: Message, name: str) -> Json:
    """The one with this label or custom id."""
    found = pressable(message)
    for label, each in found:
        if name in {label, each["custom_id"]}:
            return each
    raise NotPossible(f"there is no button {name!r}, only {[label for label, _ in found]}")


def menu(message: Message, name: str) -> Json:
    """The one with this placeholder or custom id."""
    for each in walk(message.components):
        if each["type"] in SELECTS and name in {each["custom_id"], each.get("placeholder")}:
            return each
    raise NotPossible(f"there is no menu {name!r}")


def picked(select: Json, values: list[str]) -> list[str]:
    """The values of these lines of a menu, which are named by their label or value."""
    least, most = select.get("min_values", 1), select.get("max_values", 1)
    if not least <= len(values) <= most:
        raise NotPossible(f"the menu takes between {least} and {most}")
    return [_value(select, each) for each in values] if select["type"] == STRING_SELECT else list(values)


def fields(modal: Modal) -> Iterator[tuple[str, Json]]:
    """Every field of a form, with its label."""
    for component in modal.components:
        element = component.get("component")
        if element and element["type"] in FIELDS:
            yield str(component["label"]), element


def fill_in(modal: Modal, values: Json) -> None:
    """Types and chooses, field by field; a field is named by its label or its custom id."""
    for name, value in values.items():
        for label, element in fields(modal):
            if name in {label, element["custom_id"]}:
                modal.typed[element["custom_id"]] = _chosen(element, value)
                break
        else:
            raise NotPossible(f"there is no field {name!r}, only {[label for label, _ in fields(modal)]}")


def check_complete(modal: Modal) -> None:
    """Discord does not send a form with an empty field that is required, or with a wrong number of choices."""
    for label, element in fields(modal):
        value = state(modal, element)
        if element["type"] == CHECKBOX:
            continue
        if not value and element.get("required", True):
            raise NotPossible(f"the field {label!r} must be filled in")
        if not value:
            continue
        if element["type"] == TEXT_INPUT:
            least, most = element.get("min_length", 0), element.get("max_length", 4000)
        elif element["type"] == RADIO_GROUP:
            continue
        else:
            whole = len(element["options"]) if element["type"] == CHECKBOX_GROUP else 1
            least, most = element.get("min_values", 1), element.get("max_values", whole)
        if not least <= len(value) <= most:
            raise NotPossible(f"the field {label!r} takes between {least} and {most}")


def submitted(modal: Modal) -> list[Json]:
    """What is sent of each component."""
    said: list[Json] = []
    for component in modal.components:
        if component["type"] == TEXT:
            said.append({"type": TEXT, "id": component["id"]})
            continue
        element = component["component"]
        name = "value" if element["type"] in {TEXT_INPUT, RADIO_GROUP, CHECKBOX} else "values"
        sent = {key: element[key] for key in ("type", "id", "custom_id")} | {name: state(modal, element)}
        said.append({"type": component["type"], "id": component["id"], "component": sent})
    return said


def state(modal: Modal, element: Json) -> Any:
    """What stands in a field: what was typed, or else what the bot put there."""
    if element["custom_id"] in modal.typed:
        return modal.typed[element["custom_id"]]
    kind = element["type"]
    if kind == TEXT_INPUT:
        return element.get("value", "")
    if kind == CHECKBOX:
        return element.get("default", False)
    if kind in {STRING_SELECT, RADIO_GROUP, CHECKBOX_GROUP}:
        defaults = [option["value"] for option in element["options"] if option.get("default")]
        return (defaults[0] if defaults else None) if kind == RADIO_GROUP else defaults
    return [] if kind == FILE_UPLOAD else [str(each["id"]) for each in element.get("default_values", [])]


def _chosen(element: Json, value: Any) -> Any:
    kind = element["type"]
    if kind == RADIO_GROUP:
        return None if value is None else _value(element, value)
    if kind in {STRING_SELECT, CHECKBOX_GROUP}:
        return [_value(element, each) for each in ([value] if isinstance(value, str) else value)]
    if kind == CHECKBOX:
        return bool(value)
    if kind == TEXT_INPUT:
        text = str(value or "")
        if len(text) > element.get("max_length", 4000):
            raise NotPossible(f"the field takes {element.get('max_length', 4000)} characters")
        return text
    return [getattr(each, "id", each) for each in (value if isinstance(value, list | tuple) else [value])]


def _value(element: Json, text: str) -> str:
    for option in element["options"]:
        if text in {option["label"], option["value"]}:
            return str(option["value"])
    raise NotPossible(f"there is no choice {text!r}, only {[option['label'] for option in element['options']]}")


def words(shown: Message | Modal) -> str:
    """Every text that is to be read, a line each: for assertions."""
    lines = [shown.title] if isinstance(shown, Modal) else [shown.content]
    lines += [str(embed.get(name, "")) for embed in getattr(shown, "embeds", []) for name in ("title", "description")]
    for component in walk(shown.components):
        lines += [str(component[name]) for name in ("label", "description", "content") if component.get(name)]
        if isinstance(shown, Modal):
            lines += [str(option["label"]) for option in component.get("options", [])]
    return "\n".join(line for line in lines if line)
