"""What a person finds on the screen: buttons by their text, fields by their label, and what stands in them."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.layout.objects import offered
from tests.fakes.slack.things import Json, Message, View


class NotPossible(AssertionError):  # noqa: N818 what a person cannot do is no error of the program
    """Nobody could do this: the button is not there, the field is not filled in, the message is gone."""


_SELECTED = {
    "channels_select": "selected_channel",
    "checkboxes": "selected_options",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "multi_static_select": "selected_options",
    "multi_users_select": "selected_users",
    "number_input": "value",
    "plain_text_input": "value",
    "radio_buttons": "selected_option",
    "static_select": "selected_option",
    "timepicker": "selected_time",
    "users_select": "selected_user",
}
"""By kind of element, the field of its state."""


def _initial(name: str) -> str:
    """The field of an element that says what its state is before anybody touched it."""
    return "initial_value" if name == "value" else name.replace("selected_", "initial_")


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Everything that can be pressed, chosen or typed in, with its block, from top to bottom."""
    for block in blocks:
        found = {"actions": block.get("elements"), "input": [block.get("element")], "section": [block.get("accessory")]}
        for element in found.get(block["type"]) or []:
            if element and element["type"] != "image":
                yield block, element


def pressable(blocks: list[Json]) -> list[tuple[str, Json]]:
    """Every button and every line of an overflow menu: its text and the action that pressing it makes."""
    found: list[tuple[str, Json]] = []
    for block, element in elements(blocks):
        named = {"type": element["type"], "block_id": block["block_id"], "action_id": element["action_id"]}
        if element["type"] == "button":
            optional: Json = {key: element[key] for key in ("value", "style", "url") if key in element}
            found.append((element["text"]["text"], {**named, "text": element["text"], **optional}))
        if element["type"] == "overflow":
            lines = [(option["text"]["text"], {**named, "selected_option": option}) for option in element["options"]]
            found.extend(lines)
    return found


def press(blocks: list[Json], text: str, nth: int = 0) -> Json:
    """The action of the button with this text; of several, the one with this number."""
    buttons = pressable(blocks)
    actions = [action for shown, action in buttons if shown == text]
    if len(actions) <= nth:
        raise NotPossible(f"there is no button {text!r}, only {[shown for shown, _ in buttons]}")
    return actions[nth]


def label(block: Json) -> str:
    """What stands beside a field."""
    named = block.get("label") or block.get("text") or {}
    return str(named.get("text", ""))


def fields(view: View) -> list[tuple[Json, Json]]:
    """Every element of a view that holds a value, with its block."""
    return [(block, element) for block, element in elements(view.blocks) if element["type"] in _SELECTED]


def filled(view: View) -> Json:
    """What stands in the form, as Slack writes it: what was typed, or else what the bot put there."""
    values: Json = {}
    for block, element in fields(view):
        kept = view.typed.get((block["block_id"], element["action_id"]))
        values.setdefault(block["block_id"], {})[element["action_id"]] = kept or _untouched(element)
    return values


def _untouched(element: Json) -> Json:
    name = _SELECTED[element["type"]]
    nothing: Any = [] if name.endswith("s") else None
    return {"type": element["type"], name: element.get(_initial(name), nothing)}


def fill_in(view: View, values: Json) -> None:
    """Types and chooses, field by field; a field is named by its label or its block id."""
    for name, value in values.items():
        found = [(block, element) for block, element in fields(view) if name in {block["block_id"], label(block)}]
        if not found:
            raise NotPossible(f"there is no field {name!r}, only {[label(block) for block, _ in fields(view)]}")
        block, element = found[0]
        view.typed[block["block_id"], element["action_id"]] = chosen(element, value)


def chosen(element: Json, value: Any) -> Json:
    """The state of an element after somebody typed or chose this."""
    if element["type"] not in _SELECTED:
        raise NotPossible(f"nothing can be chosen in a {element['type']}")
    name = _SELECTED[element["type"]]
    if name == "selected_option":
        value = None if value is None else _option(element, value)
    elif name == "selected_options":
        value = [_option(element, each) for each in value]
    elif name == "value":
        value = _typed(element, value)
    return {"type": element["type"], name: value}


def _typed(element: Json, text: str | None) -> str | None:
    if text and len(text) > element.get("max_length", 3000):
        raise NotPossible(f"the field takes {element.get('max_length', 3000)} characters")
    return text or None


def _option(element: Json, text: str) -> Json:
    options = offered(element)
    for option in options:
        if text in {option["text"]["text"], option["value"]}:
            return dict(option)
    raise NotPossible(f"there is no choice {text!r}, only {[option['text']['text'] for option in options]}")


def check_complete(view: View) -> None:
    """Slack does not send a form with an empty field that is not optional, or with a text that is too short."""
    values = filled(view)
    for block, element in fields(view):
        if block["type"] != "input":
            continue
        value = values[block["block_id"]][element["action_id"]][_SELECTED[element["type"]]]
        if not value and not block.get("optional", False):
            raise NotPossible(f"the field {label(block)!r} must be filled in")
        if value and element["type"] == "plain_text_input" and len(value) < element.get("min_length", 0):
            raise NotPossible(f"the field {label(block)!r} wants {element['min_length']} characters")


def words(shown: Message | View) -> str:
    """Every text that is to be read, a line each: for assertions."""
    lines = [shown.title] if isinstance(shown, View) else []
    if not shown.blocks and isinstance(shown, Message):
        return shown.text
    return "\n".join([*lines, *(line for block in shown.blocks for line in _texts(block))])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        yield from (line for each in value for line in _texts(each))
    elif isinstance(value, dict) and value.get("type") == "rich_text_section":
        yield "".join(line for each in value["elements"] for line in _texts(each))
    elif isinstance(value, dict):
        for key, each in value.items():
            if key == "text" and isinstance(each, str):
                yield each
            elif key not in {"confirm", "block_id", "action_id", "value", "url"}:
                yield from _texts(each)
