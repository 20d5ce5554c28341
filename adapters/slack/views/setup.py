"""The form that sets the quiz up in a place, or changes it."""

from collections.abc import Sequence

from adapters.slack import names
from adapters.slack.views import ways
from adapters.slack.views.blocks import (
    MAX_OPTION,
    Message,
    button,
    buttons,
    field,
    header,
    message,
    modal,
    plain,
    text_input,
)
from adapters.slack.views.rich import Json
from bot.domain.ids import MemberId, PlaceId, last_part
from bot.domain.timetable import parse_time
from bot.views import SetupChoice, SetupFormView
from bot.wording import labels

_TIMES = frozenset({"at", "reveal_at"})
_MOST_BOXES, _MOST_OPTIONS = 10, 100
_NO_ADMINS, _ZONE = "none", "zone"
_OPTIONS = {**labels.DAYS, **ways.COLLECT}


def setup_message() -> Message:
    """Return a message whose button opens the setup of the channel that it stands in."""
    return message([header(labels.SETUP_TITLE), buttons(button(labels.SET_UP, names.SETUP, style="primary"))])


def setup_modal(view: SetupFormView, place: PlaceId) -> Json:
    """Return the form with every value as it is now, so that it can be sent unchanged.

    Its private metadata says, by "none.<field>", what an emptied field means: of a choice what stands for none, of the zone
    the one that was proposed, which is the lead's own.
    """
    nothing = {f"none.{name}": choice.none for name, choice in view.choices.items() if choice.none}
    return modal(
        labels.SETUP_TITLE,
        [_field(view, name, value, meaning) for name, value, meaning in view.values],
        form=names.SETUP_FORM,
        submit=labels.SAVE,
        place=place,
        revision=str(view.revision),
        **nothing,
        **{f"none.{names.ADMINS}": _NO_ADMINS for name, *_ in view.values if name == names.ADMINS},
        **{f"none.{name}": value for name, value, _ in view.values if name == _ZONE},
    )


def _field(view: SetupFormView, name: str, value: str, meaning: str) -> Json:
    label, choice = labels.SETUP_FIELDS.get(name, name), view.choices.get(name)
    if name == names.ADMINS:
        return field(name, label, _people(value), optional=True)
    if choice and 0 < len(choice.options) <= _MOST_OPTIONS:
        return field(name, label, _choice(choice), optional=bool(choice.none))
    if name in _TIMES:
        return field(name, label, {"type": "timepicker", "initial_time": f"{parse_time(value):%H:%M}"})
    return field(name, label, text_input(value), hint=meaning[:1].upper() + meaning[1:])


def _choice(choice: SetupChoice) -> Json:
    options = [_option(one) for one in choice.options]
    chosen = [one for one in options if one["value"] in choice.chosen]
    boxes = len(options) <= _MOST_BOXES
    if not choice.several:
        kind = "radio_buttons" if boxes else "static_select"
        return {"type": kind, "options": options, **({"initial_option": chosen[0]} if chosen else {})}
    initial = {"initial_options": chosen} if chosen else {}
    if boxes and not choice.none:
        return {"type": "checkboxes", "options": options, **initial}
    placeholder = {"placeholder": plain(choice.none, MAX_OPTION)} if choice.none else {}
    return {"type": "multi_static_select", "options": options, **initial, **placeholder}


def _option(value: str) -> Json:
    return {"text": plain(_OPTIONS.get(value, value.replace(":", ", share ")), MAX_OPTION), "value": value}


def _people(value: str) -> Json:
    """Return the choice of people; the value names them as members, or as Slack calls them, with commas between."""
    parts: Sequence[str] = [part.strip() for part in value.split(",")]
    chosen = [last_part(MemberId(part)) for part in parts if part and part != _NO_ADMINS]
    return {"type": "multi_users_select", **({"initial_users": chosen} if chosen else {})}
