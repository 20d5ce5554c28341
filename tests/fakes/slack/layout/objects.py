"""The small objects that blocks and elements are made of: texts, options, dialogs that ask once more."""

from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.layout.rules import Rule, boolean, both, by_type, fault, many, one_of, shape, string

ID = string(255)
URL = string(3000)


def plain(most: int) -> Rule:
    """Text without formatting."""
    return by_type({"plain_text": shape({"text": string(most)}, {"emoji": boolean})})


def text(most: int) -> Rule:
    """Text with or without formatting."""
    return by_type(
        {
            "plain_text": shape({"text": string(most)}, {"emoji": boolean}),
            "mrkdwn": shape({"text": string(most)}, {"verbatim": boolean}),
        }
    )


OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
OVERFLOW_OPTION = shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})
TICKED_OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75)})
"""Of radio buttons and checkboxes, whose texts may be formatted."""

OPTION_GROUP = shape({"label": plain(75), "options": many(OPTION, 100)})

CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)


def offered(element: dict[str, Any]) -> list[Any]:
    """Every option of a menu, also those in groups."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group.get("options", []))]


def _chosen_from_the_start(value: Any, path: str) -> Iterator[str]:
    first = [value["initial_option"]] if "initial_option" in value else value.get("initial_options") or []
    if any(option not in offered(value) for option in first):
        yield fault("initial option(s) must be among the options", path)


def _options_or_groups(value: Any, path: str) -> Iterator[str]:
    if ("options" in value) == ("option_groups" in value):
        yield fault("exactly one of options and option_groups is needed", path)


def choice(rule: Rule) -> Rule:
    """A menu: what is chosen from the start is one of its options."""
    return both(rule, _chosen_from_the_start)


def menu(rule: Rule) -> Rule:
    """A menu whose options may stand in groups."""
    return both(rule, _options_or_groups, _chosen_from_the_start)
