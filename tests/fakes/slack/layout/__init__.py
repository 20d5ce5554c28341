"""What Slack refuses for its size or shape: whole messages and whole views.

Written from Slack's documentation, element by element, since the library's own models let much of it pass.
"""

import json
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.layout.blocks import EVERYWHERE, IN_MESSAGE, blocks
from tests.fakes.slack.layout.objects import plain
from tests.fakes.slack.layout.rules import Rule, boolean, both, by_type, fault, shape, string

MESSAGE_BLOCKS = blocks(IN_MESSAGE, 50)

MOST_CHARACTERS_OF_BLOCKS = 13_200
"""Of all blocks of a message as JSON: undocumented, seen by others (bolt-js #2509), who found that containers count too."""

MOST_CHARACTERS_OF_MARKDOWN = 12_000
"""Of all markdown blocks of a message together."""

MOST_BYTES_OF_VIEW = 250_000
"""Of a view as JSON."""

_BOTH_KINDS: dict[str, Rule] = {
    "blocks": blocks(EVERYWHERE, 100),
    "callback_id": string(255, least=0),
    "external_id": string(255, least=0),
    "private_metadata": string(3000, least=0),
}


def _can_be_sent(value: Any, path: str) -> Iterator[str]:
    listed = value.get("blocks") if isinstance(value.get("blocks"), list) else []
    if "submit" not in value and any(isinstance(each, dict) and each.get("type") == "input" for each in listed):
        yield fault("a modal with input blocks needs a submit button", f"{path}/submit")


_MODAL = both(
    shape(
        {"title": plain(24), "blocks": _BOTH_KINDS["blocks"]},
        {
            **_BOTH_KINDS,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    _can_be_sent,
)
_HOME = shape({"blocks": _BOTH_KINDS["blocks"]}, _BOTH_KINDS)

MODAL = by_type({"modal": _MODAL})
HOME = by_type({"home": _HOME})


def characters(listed: list[dict[str, Any]]) -> int:
    """How long these blocks are as JSON."""
    return len(json.dumps(listed, ensure_ascii=False, separators=(",", ":")))


def markdown_characters(listed: list[dict[str, Any]]) -> int:
    return sum(len(block.get("text", "")) for block in listed if block.get("type") == "markdown")


def bytes_of(view: dict[str, Any]) -> int:
    return len(json.dumps(view, ensure_ascii=False, separators=(",", ":")).encode())
