"""What Slack takes, as far as it is documented or was seen: our own checks, since slack_sdk's find less than half."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]

IN_MESSAGE, IN_VIEW = 50, 100
WHOLE_MESSAGE = 13_000
MESSAGE_TEXT = 4_000
METADATA = 3_000
VIEW_BYTES = 250_000
ID = 255
TEXTS = {"header": 150, "section": 3_000, "context": 2_000}
ELEMENTS = {"actions": 25, "context": 10}
OPTIONS = {"checkboxes": 10, "radio_buttons": 10, "static_select": 100, "multi_static_select": 100}
BLOCKS = {
    "message": {"header", "section", "context", "actions", "divider", "rich_text"},
    "home": {"header", "section", "context", "actions", "divider", "rich_text", "input"},
    "modal": {"header", "section", "context", "actions", "divider", "rich_text", "input"},
}
STYLES = {"primary", "danger"}
RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
RICH_ELEMENTS = {
    "text": {"text"},
    "link": {"url", "text"},
    "user": {"user_id"},
    "channel": {"channel_id"},
    "date": {"timestamp", "format", "fallback"},
}


def message_faults(text: str, blocks: list[dict[str, Any]]) -> list[str]:
    found = list(_blocks(blocks, "message", IN_MESSAGE))
    if not 0 < len(text) <= MESSAGE_TEXT:
        found.append(f"text of {len(text)} characters")
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")).encode().decode()) >= WHOLE_MESSAGE:
        found.append("msg_blocks_too_long")
    return found


def view_faults(view: Json) -> list[str]:
    found = list(_blocks(view["blocks"], view["type"], IN_VIEW))
    inputs = any(block["type"] == "input" for block in view["blocks"])
    if len(json.dumps(view, ensure_ascii=False).encode()) > VIEW_BYTES:
        found.append("view too large")
    if view["type"] == "modal":
        found += [
            fault for name in ("title", "submit", "close") if name in view for fault in _plain(view[name], 24, name)
        ]
        found += ["title missing"] if "title" not in view else []
        found += ["submit missing"] if inputs and "submit" not in view else []
        found += ["callback_id missing"] if "submit" in view and not 0 < len(view["callback_id"]) <= ID else []
    if len(view.get("private_metadata", "")) > METADATA:
        found.append("private_metadata too long")
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


def _blocks(blocks: list[dict[str, Any]], surface: str, most: int) -> Iterator[str]:
    if not 0 < len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids) or any(not 0 < len(id_) <= ID for id_ in ids):
        yield f"block ids {ids}"
    for block in blocks:
        if block["type"] not in BLOCKS[surface]:
            yield f"{block['type']} in a {surface}"
        else:
            yield from _block(block)


def _block(block: Json) -> Iterator[str]:
    kind = block["type"]
    match kind:
        case "header":
            yield from _plain(block["text"], TEXTS[kind], kind)
        case "section":
            yield from _text(block["text"], TEXTS[kind], kind)
        case "rich_text":
            yield from _rich_text(block)
        case "context" | "actions":
            if not 0 < len(block["elements"]) <= ELEMENTS[kind]:
                yield f"{len(block['elements'])} elements in {kind}"
            for element in block["elements"]:
                yield from _text(element, TEXTS[kind], kind) if kind == "context" else _element(element)
            yield from _twice(block)
        case "input":
            yield from _plain(block["label"], 2_000, "label")
            yield from _plain(block["hint"], 2_000, "hint") if "hint" in block else ()
            yield from _element(block["element"])


def _twice(block: Json) -> Iterator[str]:
    counts = Counter(element["action_id"] for element in block["elements"] if "action_id" in element)
    yield from (f"action_id {name} twice" for name, count in counts.items() if count > 1)


def _element(element: Json) -> Iterator[str]:
    if not 0 < len(element["action_id"]) <= ID:
        yield f"action_id {element['action_id']!r}"
    if "placeholder" in element:
        yield from _plain(element["placeholder"], 150, "placeholder")
    if element["type"] in OPTIONS:
        yield from _options(element)
    elif element["type"] == "button":
        yield from _plain(element["text"], 75, "button")
    if not _is_sound(element):
        yield f"{element['type']} with a value that it cannot have"


def _is_sound(element: Json) -> bool:
    match element["type"]:
        case "button":
            return bool(0 < len(element.get("value", "-")) <= 2_000 and element.get("style", "primary") in STYLES)
        case "plain_text_input":
            return bool(len(element.get("initial_value", "")) <= element["max_length"] <= 3_000)
        case "timepicker":
            return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", element["initial_time"]) is not None
        case "multi_users_select":
            return bool(element.get("initial_users") != [])
    return element["type"] in OPTIONS


def _options(element: Json) -> Iterator[str]:
    options = element["options"]
    if not 0 < len(options) <= OPTIONS[element["type"]]:
        yield f"{len(options)} options"
    for option in options:
        yield from _plain(option["text"], 75, "option")
        if not 0 < len(option["value"]) <= 150:
            yield "option value"
    chosen = element.get("initial_options", [element["initial_option"]] if "initial_option" in element else options[:1])
    if not chosen or any(option not in options for option in chosen):
        yield "initial options that are none"


def _plain(text: Json, most: int, where: str) -> Iterator[str]:
    if text["type"] != "plain_text":
        yield f"{text['type']} in {where}"
    yield from _text(text, most, where)


def _text(text: Json, most: int, where: str) -> Iterator[str]:
    if text["type"] not in {"plain_text", "mrkdwn"} or not 0 < len(text["text"]) <= most:
        yield f"{where} of {len(text['text'])} characters"
    if text["type"] == "mrkdwn" and "emoji" in text:
        yield f"emoji in mrkdwn of {where}"


def _rich_text(block: Json) -> Iterator[str]:
    if not block["elements"]:
        yield "empty rich_text"
    for part in block["elements"]:
        if part["type"] not in RICH_PARTS or not part["elements"]:
            yield f"empty or unknown {part['type']}"
        if part["type"] == "rich_text_list":
            if part["style"] not in {"bullet", "ordered"} or not 0 <= part.get("indent", 0) <= 8:
                yield "list style or indent"
            yield from (fault for item in part["elements"] for fault in _rich_elements(item))
        else:
            yield from _rich_elements(part)


def _rich_elements(part: Json) -> Iterator[str]:
    if not part["elements"]:
        yield f"empty {part['type']}"
    for element in part["elements"]:
        needed = RICH_ELEMENTS.get(element["type"])
        if needed is None or any(not element.get(name) for name in needed - {"timestamp"}):
            yield f"rich element {element}"
        elif not len(element.get("text", "")) <= 3_000 or not len(element.get("url", "")) <= 3_000:
            yield f"rich {element['type']} too long"
        if not set(element.get("style", {"bold": True})) <= {"bold", "italic", "strike", "code"}:
            yield f"rich style {element}"
