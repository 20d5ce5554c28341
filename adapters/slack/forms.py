"""What was written into a submitted form. Pure: the view of a ``view_submission`` in, values out."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from adapters.slack import names
from bot.ports import SetupRequest

View = Mapping[str, Any]

_SETUP = tuple(field.name for field in fields(SetupRequest))

_SENT = {
    "initial_value": "value",
    "initial_time": "selected_time",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_users": "selected_users",
}
"""What the value that a field is drawn with is called when it is sent."""


def about(view: View) -> dict[str, str]:
    """Return the form's private metadata: its place and what else it is about; nothing if there is none."""
    known: dict[str, str] = json.loads(view.get("private_metadata") or "{}")
    return known


def answer_text(view: View) -> str:
    return _said(view, names.TEXT)


def reason(view: View) -> str:
    return _said(view, names.REASON)


def ticks(view: View) -> list[bool]:
    """Return a tick for each key point of the form, in their order."""
    fields = [block.get("block_id", "") for block in view["blocks"]]
    points = sorted(int(name.removeprefix(f"{names.POINT}:")) for name in fields if name.startswith(f"{names.POINT}:"))
    return [bool(_said(view, f"{names.POINT}:{point}")) for point in points]


def decision(view: View) -> tuple[bool, str, tuple[int, str] | None]:
    """Return whether a lead accepts, why, and the key point that the team is to learn, with its passage."""
    accept, point = _said(view, names.DECISION) != "overrule", _number(_said(view, names.LEARN))
    return accept, reason(view), (point, _said(view, names.TEXT)) if accept and point else None


def version(view: View) -> int | None:
    """Return the version of the grade that the form was opened with."""
    return _number(about(view).get("version", ""))


def revision(view: View) -> int | None:
    """Return the revision of the programme that the setup was opened with."""
    return _number(about(view).get("revision", ""))


def setup_request(view: View) -> SetupRequest:
    """Return what the setup says, in the words that are typed; what the form lacks is empty."""
    nothing = about(view)
    return SetupRequest(**{name: _said(view, name) or nothing.get(f"none.{name}", "") for name in _SETUP})


def setup_errors(faults: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return what is to be shown at which field; what belongs to no single one stands at the first."""
    errors: dict[str, list[str]] = {}
    for name, sentence in faults:
        errors.setdefault(name if name in _SETUP else _SETUP[0], []).append(sentence)
    return {name: " ".join(sentences) for name, sentences in errors.items()}


def _number(said: str) -> int | None:
    return int(said) if said.isdigit() else None


def _said(view: View, name: str) -> str:
    """Return the value of a field as it would be typed: several are joined by commas. Without a value it stands as drawn."""
    values = (view.get("state") or {}).get("values") or {}
    value: Mapping[str, Any] = next(iter(values[name].values()), {}) if name in values else _drawn(view, name)
    match value:
        case {"value": str(text)} | {"selected_time": str(text)}:
            return text
        case {"selected_option": {"value": str(text)}}:
            return text
        case {"selected_options": list(options)}:
            return ",".join(option["value"] for option in options)
        case {"selected_users": list(users)}:
            return ",".join(users)
    return ""


def _drawn(view: View, name: str) -> Mapping[str, Any]:
    """Return what a field was drawn with, under the names that it has when it is sent."""
    elements = [block.get("element") or {} for block in view.get("blocks", []) if block.get("block_id") == name]
    return {_SENT[drawn]: value for element in elements for drawn, value in element.items() if drawn in _SENT}
