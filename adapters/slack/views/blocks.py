"""Blocks, and messages and modals made of them, within Slack's limits."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from adapters.slack import names
from adapters.slack.views import rich
from adapters.slack.views.rich import Json
from adapters.slack.views.text import escaped, shortened_markup
from bot.domain.ids import PlaceId
from bot.domain.reply import clean
from bot.wording import labels
from bot.wording.texts import shortened, tidy

ROOM = 12_000
"""Characters of JSON in a message. What Slack counts is not documented: 15,561 were seen to be taken, 17,694 refused, and
text of its own from about 13,200 on."""
MAX_MESSAGE_BLOCKS, MAX_VIEW_BLOCKS = 50, 100
MAX_MESSAGE_TEXT = 4_000
MAX_HEADER, MAX_BUTTON, MAX_TITLE, MAX_OPTION = 150, 75, 24, 75
MAX_LABEL = 2_000

_DATE = re.compile(r"<!date\^[^|>]*\|([^>]*)>")

_BULLET = re.compile(r"^• ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Message:
    """``text`` says all of it plainly, for notifications and screen readers; ``blocks`` are what is seen."""

    text: str
    blocks: list[Json]


def message(blocks: Sequence[Json]) -> Message:
    """Return blocks as a message; what would be too long is shortened where it is longest."""
    shown = within(blocks or [context(labels.NOTHING)])
    return Message(text=shortened_markup(spoken(shown), MAX_MESSAGE_TEXT) or labels.NOTHING, blocks=shown)


def within(blocks: Sequence[Json], room: int = ROOM) -> list[Json]:
    """Return the blocks, the longest rich texts of them cut to one length with which all have about that much room."""
    shown = list(blocks)[:MAX_MESSAGE_BLOCKS]
    sizes = sorted(rich.size(block) for block in shown if block["type"] == "rich_text")
    left = room - rich.size([block for block in shown if block["type"] != "rich_text"])
    for number, size in enumerate(sizes):
        share = left // (len(sizes) - number)
        if size > share:
            return [rich.cut(block, share) if block["type"] == "rich_text" else block for block in shown]
        left -= size
    return shown


def spoken(blocks: Sequence[Json]) -> str:
    """Return what the blocks say, a line each, escaped; buttons and fields, which speak for themselves, are left out."""
    return "\n".join(filter(None, (_spoken(block).strip() for block in blocks)))


def plain(words: str, limit: int) -> Json:
    return {"type": "plain_text", "text": shortened(tidy(words), limit) or labels.NOTHING, "emoji": False}


def header(words: str, block_id: str = "") -> Json:
    block: Json = {"type": "header", "text": plain(words, MAX_HEADER)}
    return {**block, "block_id": block_id} if block_id else block


def context(markup: str) -> Json:
    """Return a line in small print: sentences of ours, in mrkdwn that is escaped already."""
    return {
        "type": "context",
        "elements": [{"type": "mrkdwn", "text": shortened_markup(markup, 2_000), "verbatim": True}],
    }


def paragraph(words: str, **style: bool) -> list[Json]:
    """Return a text of any origin as a block of its own."""
    return rich.block(rich.section(*rich.said(words, **style)))


def prose(text: str) -> list[Json]:
    """Return sentences of the bot's, their lines that begin with a bullet as a list."""
    first, *points = _BULLET.split(text)
    return rich.block(rich.section(*rich.said(first)), rich.bullets(rich.said(point) for point in points))


def button(label: str, action: str, value: str = "", style: str = "") -> Json:
    made: Json = {"type": "button", "text": plain(label, MAX_BUTTON), "action_id": action}
    return {**made, **({"value": value} if value else {}), **({"style": style} if style else {})}


def buttons(*made: Json, block_id: str = "") -> Json:
    block: Json = {"type": "actions", "elements": list(made)}
    return {**block, "block_id": block_id} if block_id else block


def field(name: str, label: str, element: Json, *, hint: str = "", optional: bool = False, version: int = 0) -> Json:
    """Return a field of a form; ``forms`` finds its value by the name.

    Slack keeps what was entered when a form is shown anew, unless the ``version`` is another.
    """
    block: Json = {
        "type": "input",
        "block_id": name,
        "label": plain(label, MAX_LABEL),
        "element": {**element, "action_id": f"{names.VALUE}:{version}" if version else names.VALUE},
        "optional": optional,
    }
    return {**block, "hint": plain(hint, MAX_LABEL)} if hint else block


def text_input(value: str = "", *, multiline: bool = False, at_most: int = rich.MAX_TEXT) -> Json:
    element: Json = {"type": "plain_text_input", "multiline": multiline, "max_length": at_most}
    return {**element, "initial_value": present} if (present := clean(value)[:at_most]) else element


def modal(title: str, blocks: Sequence[Json], *, form: str = "", submit: str = "", **about: str) -> Json:
    """Return a modal; with ``form``, its callback id, it can be submitted. ``about`` is its private metadata."""
    view: Json = {
        "type": "modal",
        "title": plain(title, MAX_TITLE),
        "close": plain(labels.CANCEL if submit else labels.CLOSE, MAX_TITLE),
        "blocks": list(blocks)[:MAX_VIEW_BLOCKS] or [context(labels.NOTHING)],
        "private_metadata": json.dumps(about, ensure_ascii=False),
    }
    if form:
        view["callback_id"] = form
    return {**view, "submit": plain(submit, MAX_TITLE)} if submit else view


def place_block(place: PlaceId) -> str:
    return f"{names.PLACE}:{place}"


def _spoken(node: Json) -> str:
    """Return what a block or a part of one says, escaped."""
    children = [_spoken(child) for child in node.get("elements", ()) if "type" in child]
    match node:
        case {"type": "rich_text"}:
            said = "\n".join(children)
        case {"type": "rich_text_list"}:
            said = "\n".join(f"• {child}" for child in children)
        case {"type": "context", "elements": [{"text": markup}]}:
            said = _DATE.sub(r"\1", markup)
        case {"type": "header", "text": {"text": words}} | {"type": "text" | "link", "text": words}:
            said = escaped(words)
        case {"type": "user", "user_id": member}:
            said = f"<@{member}>"
        case {"type": "channel", "channel_id": channel}:
            said = f"<#{channel}>"
        case {"type": "date", "fallback": words}:
            said = escaped(words)
        case _:
            said = "".join(children)
    return said
