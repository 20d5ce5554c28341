"""What people press, choose and type in, with the limits of each element, and in which block it may stand."""

import re
from collections.abc import Iterator
from typing import Any

from tests.fakes.slack.layout.objects import (
    CONFIRM,
    ID,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    TICKED_OPTION,
    URL,
    choice,
    menu,
    plain,
)
from tests.fakes.slack.layout.rules import (
    Rule,
    anything,
    boolean,
    both,
    fault,
    many,
    one_of,
    shape,
    string,
    whole_number,
)

_PLACEHOLDER = {"placeholder": plain(150)}
_NAMED = {"action_id": ID}
_COMMON = {**_NAMED, "focus_on_load": boolean, "confirm": CONFIRM}
_MENU = {**_COMMON, **_PLACEHOLDER}


def _pattern(expression: str, sentence: str) -> Rule:
    def rule(value: Any, path: str) -> Iterator[str]:
        if not isinstance(value, str) or not re.fullmatch(expression, value):
            yield fault(sentence, path)

    return rule


TIME = _pattern(r"([01]\d|2[0-3]):[0-5]\d", "must be a time as HH:mm")
DATE = _pattern(r"\d{4}-\d\d-\d\d", "must be a date as YYYY-MM-DD")


def _fits_its_lengths(value: Any, path: str) -> Iterator[str]:
    least, most, written = value.get("min_length", 0), value.get("max_length", 3000), value.get("initial_value", "")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        yield fault("min_length must not exceed max_length", path)
    elif isinstance(most, int) and isinstance(written, str) and len(written) > most:
        yield fault(f"must be less than {most + 1} characters", f"{path}/initial_value")


BUTTON = shape(
    {"text": plain(75)},
    {
        **_NAMED,
        "url": URL,
        "value": string(2000, least=0),
        "style": one_of("primary", "danger"),
        "confirm": CONFIRM,
        "accessibility_label": string(75),
    },
)
IMAGE = shape({"alt_text": string(2000)}, {"image_url": URL, "slack_file": anything})
OVERFLOW = shape({"options": many(OVERFLOW_OPTION, 5)}, {**_NAMED, "confirm": CONFIRM})
SELECT = menu(
    shape(
        {}, {**_MENU, "options": many(OPTION, 100), "option_groups": many(OPTION_GROUP, 100), "initial_option": OPTION}
    )
)
MULTI_SELECT = menu(
    shape(
        {},
        {
            **_MENU,
            "options": many(OPTION, 100),
            "option_groups": many(OPTION_GROUP, 100),
            "initial_options": many(OPTION, 100),
            "max_selected_items": whole_number(1, 100),
        },
    )
)
RADIO_BUTTONS = choice(shape({"options": many(TICKED_OPTION, 10)}, {**_COMMON, "initial_option": TICKED_OPTION}))
CHECKBOXES = choice(
    shape({"options": many(TICKED_OPTION, 10)}, {**_COMMON, "initial_options": many(TICKED_OPTION, 10)})
)
TEXT_INPUT = both(
    shape(
        {},
        {
            **_NAMED,
            **_PLACEHOLDER,
            "focus_on_load": boolean,
            "initial_value": string(3000, least=0),
            "multiline": boolean,
            "min_length": whole_number(0, 3000),
            "max_length": whole_number(1, 3000),
            "dispatch_action_config": anything,
        },
    ),
    _fits_its_lengths,
)
NUMBER_INPUT = shape(
    {"is_decimal_allowed": boolean},
    {
        **_NAMED,
        **_PLACEHOLDER,
        "focus_on_load": boolean,
        "initial_value": string(3000),
        "min_value": string(3000),
        "max_value": string(3000),
        "dispatch_action_config": anything,
    },
)
TIME_PICKER = shape({}, {**_MENU, "initial_time": TIME, "timezone": string(255)})
DATE_PICKER = shape({}, {**_MENU, "initial_date": DATE})


def _picker(kind: str) -> dict[str, Rule]:
    """The menus that Slack fills: of people, of channels, of conversations."""
    several = {f"initial_{kind}s": many(string(255), 100), "max_selected_items": whole_number(1, 100)}
    filtered = {"filter": anything, "default_to_current_conversation": boolean, "response_url_enabled": boolean}
    return {
        f"{kind}s_select": shape({}, {**_MENU, **filtered, f"initial_{kind}": string(255)}),
        f"multi_{kind}s_select": shape({}, {**_MENU, **filtered, **several}),
    }


PICKERS = {**_picker("user"), **_picker("channel"), **_picker("conversation")}
CHOICES: dict[str, Rule] = {
    **PICKERS,
    "checkboxes": CHECKBOXES,
    "datepicker": DATE_PICKER,
    "multi_static_select": MULTI_SELECT,
    "radio_buttons": RADIO_BUTTONS,
    "static_select": SELECT,
    "timepicker": TIME_PICKER,
}
IN_SECTION: dict[str, Rule] = {**CHOICES, "button": BUTTON, "image": IMAGE, "overflow": OVERFLOW}
IN_ACTIONS: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    **{kind: rule for kind, rule in CHOICES.items() if not kind.startswith("multi_")},
}
IN_INPUT: dict[str, Rule] = {**CHOICES, "number_input": NUMBER_INPUT, "plain_text_input": TEXT_INPUT}
