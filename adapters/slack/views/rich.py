"""Rich text: Slack shows it as it stands, so nothing that people wrote becomes a mention, a link or formatting.

Slack refuses empty texts and empty lists of elements: what is empty is left out here.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from adapters.slack.views.text import DATE_FORMAT, in_utc, unix
from bot.wording.texts import MORE, shortened, tidy

Json: TypeAlias = dict[str, Any]
"""A block or a part of one, as Slack's JSON has it."""

MAX_TEXT = 3_000
_LONGEST_ADDRESS = 100


def text(said: str, **style: bool) -> Json:
    """Return a text, of at most 3,000 characters, in some of the styles bold, italic, strike and code."""
    element: Json = {"type": "text", "text": shortened(said, MAX_TEXT)}
    return {**element, "style": style} if style else element


def said(words: str, **style: bool) -> list[Json]:
    """Return what people or the bank wrote, as one element, or none if nothing is left of it."""
    shown = tidy(words)
    return [text(shown, **style)] if shown else []


def user(member: str) -> Json:
    return {"type": "user", "user_id": member}


def channel(channel: str) -> Json:
    return {"type": "channel", "channel_id": channel}


def link(url: str, label: str) -> list[Json]:
    """Return a link, or its label alone where it leads to no address that Slack takes."""
    if not url.startswith(("https://", "http://", "mailto:")) or len(url) > MAX_TEXT:
        return said(label)
    return [{"type": "link", "url": url, "text": tidy(label) or shortened(url, _LONGEST_ADDRESS)}]


def at(instant: datetime) -> Json:
    """Return an instant, shown in the reader's own zone."""
    return {"type": "date", "timestamp": unix(instant), "format": DATE_FORMAT, "fallback": in_utc(instant)}


def section(*elements: Json) -> Json:
    return {"type": "rich_text_section", "elements": _merged(elements)}


def bullets(items: Iterable[Sequence[Json]], *, ordered: bool = False, indent: int = 0, offset: int = 0) -> Json:
    """Return a list. ``offset`` is how many items of an ordered list came before."""
    part: Json = {
        "type": "rich_text_list",
        "style": "ordered" if ordered else "bullet",
        "elements": [section(*item) for item in items if item],
    }
    if indent:
        part["indent"] = indent
    return {**part, "offset": offset} if offset else part


def quote(*elements: Json) -> Json:
    return {"type": "rich_text_quote", "elements": _merged(elements)}


def preformatted(code: str) -> Json:
    return {"type": "rich_text_preformatted", "elements": [text(code)]}


def block(*parts: Json, block_id: str = "") -> list[Json]:
    """Return the block that holds these parts, or none if they hold nothing."""
    shown = [part for part in parts if part["elements"]]
    if not shown:
        return []
    made: Json = {"type": "rich_text", "elements": shown}
    return [{**made, "block_id": block_id} if block_id else made]


def size(node: object) -> int:
    """Return the characters of its JSON, which is the most that Slack can be counting."""
    return len(json.dumps(node, ensure_ascii=False, separators=(",", ":")))


def cut(node: Json, room: int) -> Json:
    """Return a block, or a part of one, in about ``room`` characters of JSON; what is left out shows as an ellipsis."""
    if size(node) <= room:
        return node
    if "elements" not in node:
        return _cut_element(node, room)
    kept: list[Json] = []
    left = room - size({**node, "elements": []})
    for child in node["elements"]:
        if size(child) + 1 > left:
            kept.append(cut(child, left))
            break
        kept.append(child)
        left -= size(child) + 1
    return {**node, "elements": kept}


def _merged(elements: Iterable[Json]) -> list[Json]:
    """Return the elements, texts of one style that follow each other made one: what is seen is the same."""
    merged: list[Json] = []
    for element in elements:
        last = merged[-1] if merged else {}
        alike = last.get("type") == element["type"] == "text" and last.get("style") == element.get("style")
        if alike and len(last["text"]) + len(element["text"]) <= MAX_TEXT:
            merged[-1] = {**last, "text": last["text"] + element["text"]}
        else:
            merged.append(element)
    return merged


def _cut_element(element: Json, room: int) -> Json:
    excess = size(element) - room
    if element["type"] != "text":
        return text(MORE)
    return {**element, "text": shortened(element["text"], max(1, len(element["text"]) - excess))}
