"""The form that sets the quiz up in a place, or changes it: two pages, for a form of Discord's has at most five fields."""

from collections.abc import Sequence
from dataclasses import fields

from adapters.discord import names
from adapters.discord.views import rich, ways
from adapters.discord.views.components import (
    MAX_OPTION,
    MAX_PLACEHOLDER,
    RADIO,
    SELECT,
    Json,
    Message,
    button,
    buttons,
    custom_id,
    field,
    heading,
    message,
    modal,
    text,
    text_input,
    titled,
)
from adapters.discord.views.programmes import setup_buttons
from bot.domain.ids import MemberId, last_part
from bot.domain.programme import MOST_ADMINS
from bot.ports import SetupRequest
from bot.views import SetupChoice, SetupFaultsView, SetupFormView
from bot.wording import labels
from bot.wording.texts import shortened

PAGES = {1: ("at", "reveal_at", "zone", "days", "collect"), 2: ("topics", "levels", "holidays", "every", "admins")}
"""The values that stand on each page. On every one, sent unchanged, they are valid."""

_USERS, _CHECKBOXES = 5, 22
_MOST_BOXES, _MOST_OPTIONS = 10, 25
_ADMINS = "admins"
_OPTIONS = {**labels.DAYS, **ways.COLLECT}


def setup_message(view: SetupFormView) -> Message:
    """Return the values as they are, with buttons that open the pages."""
    values = [rich.fact(labels.SETUP_FIELDS.get(name, name), value) for name, value, _ in view.values]
    return message([heading(labels.SETUP_TITLE), *text(rich.joined(values)), setup_buttons(labels.SET_UP)])


def faults_message(view: SetupFaultsView, typed: SetupRequest | None = None, page: int | None = None) -> Message:
    """Return what is wrong, what was written, and a button that opens the form again: that of the page, or of both."""
    written = [(one.name, getattr(typed, one.name)) for one in fields(SetupRequest)] if typed else []
    lines = [rich.fact(labels.SETUP_FIELDS.get(name, name), value) for name, value in written if value]
    again = buttons(button(ways.TRY_AGAIN, custom_id(names.SETUP, str(page)))) if page else setup_buttons(labels.SET_UP)
    return message([*text(rich.prose(view.text)), *titled(ways.WRITTEN, lines), again])


def setup_modal(view: SetupFormView, page: int) -> Json:
    """Return a page of the form with every value as it is now, so that it can be sent unchanged."""
    known = {name: (value, meaning) for name, value, meaning in view.values}
    return modal(
        labels.SETUP_TITLE,
        custom_id(names.SETUP_FORM, f"{page} {view.revision}"),
        [_field(view, name, *known[name]) for name in PAGES[page] if name in known],
    )


def _field(view: SetupFormView, name: str, value: str, meaning: str) -> Json:
    label, choice = labels.SETUP_FIELDS.get(name, name), view.choices.get(name)
    meaning = meaning[:1].upper() + meaning[1:]
    if name == _ADMINS:
        return field(label, _people(value), meaning)
    if choice and 1 < len(choice.options) <= _MOST_OPTIONS:
        return field(label, _choice(name, choice))
    return field(label, text_input(name, value), meaning)


def _choice(name: str, choice: SetupChoice) -> Json:
    """Return the choice as boxes to tick, as a list where there are too many, or as one of several."""
    element: Json = {"custom_id": name, "options": [_option(one, choice.chosen) for one in choice.options]}
    boxes = len(choice.options) <= _MOST_BOXES
    if not choice.several:
        return {"type": RADIO if boxes else SELECT, "required": True, **element}
    most = {"min_values": 0 if choice.none else 1, "max_values": len(choice.options), "required": not choice.none}
    if boxes:
        return {"type": _CHECKBOXES, **element, **most}
    placeholder = {"placeholder": shortened(choice.none, MAX_PLACEHOLDER)} if choice.none else {}
    return {"type": SELECT, **element, **most, **placeholder}


def _option(value: str, chosen: Sequence[str]) -> Json:
    label = shortened(_OPTIONS.get(value, value.replace(":", ", share ")), MAX_OPTION)
    return {"label": label, "value": value, "default": value in chosen}


def _people(value: str) -> Json:
    """Return the choice of people; the value names them as members, or as Discord numbers them, with commas between."""
    said = [last_part(MemberId(part.strip())) for part in value.split(",")]
    users = [{"id": user, "type": "user"} for user in dict.fromkeys(said) if user.isdigit()]
    element: Json = {
        "type": _USERS,
        "custom_id": _ADMINS,
        "min_values": 0,
        "max_values": MOST_ADMINS,
        "required": False,
    }
    return {**element, "default_values": users[:MOST_ADMINS]} if users else element
