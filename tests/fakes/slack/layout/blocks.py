"""The blocks of messages, forms and home pages, with the limits of each."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.layout.elements import IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION
from tests.fakes.slack.layout.objects import ID, URL, plain, text
from tests.fakes.slack.layout.rich_text import RICH_TEXT
from tests.fakes.slack.layout.rules import Rule, anything, boolean, both, by_type, fault, many, shape, string, unique

_NAMED = {"block_id": ID}


def _says_something(value: Any, path: str) -> Iterator[str]:
    if "text" not in value and "fields" not in value:
        yield fault("a section needs text or fields", path)


def _different_actions(value: Any, path: str) -> Iterator[str]:
    """Action ids are unique within their block."""
    elements = [each for each in value.get("elements") or [] if isinstance(each, dict)]
    yield from unique("action_id", [each["action_id"] for each in elements if "action_id" in each], path)


SECTION = both(
    shape(
        {},
        {
            **_NAMED,
            "text": text(3000),
            "fields": many(text(2000), 10),
            "accessory": by_type(IN_SECTION),
            "expand": boolean,
        },
    ),
    _says_something,
)
HEADER = shape({"text": plain(150)}, {**_NAMED, "level": anything})
CONTEXT = shape(
    {
        "elements": many(
            by_type(
                {
                    "image": IMAGE,
                    "plain_text": plain(3000),
                    "mrkdwn": text(3000),
                }
            ),
            10,
        )
    },
    _NAMED,
)
ACTIONS = both(shape({"elements": many(by_type(IN_ACTIONS), 25)}, _NAMED), _different_actions)
INPUT = shape(
    {"label": plain(2000), "element": by_type(IN_INPUT)},
    {**_NAMED, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
)
PICTURE = shape({"alt_text": string(2000)}, {**_NAMED, "image_url": URL, "slack_file": anything, "title": plain(2000)})

EVERYWHERE: dict[str, Rule] = {
    "actions": ACTIONS,
    "context": CONTEXT,
    "divider": shape({}, _NAMED),
    "header": HEADER,
    "image": PICTURE,
    "input": INPUT,
    "rich_text": RICH_TEXT,
    "section": SECTION,
}
IN_MESSAGE: dict[str, Rule] = {**EVERYWHERE, "markdown": shape({"text": string(12_000)}, _NAMED)}


def blocks(kinds: dict[str, Rule], most: int, least: int = 0) -> Rule:
    """So many blocks of these kinds, with different ids."""
    listed = many(by_type(kinds), most, least)

    def rule(value: Any, path: str) -> Iterator[str]:
        yield from listed(value, path)
        if isinstance(value, list):
            yield from unique(
                "block_id", [b["block_id"] for b in value if isinstance(b, dict) and "block_id" in b], path
            )

    return rule
