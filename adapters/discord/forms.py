"""What was written into a submitted form. Pure: an interaction's ``data`` in, values out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from adapters.discord import names
from bot.ports import SetupRequest

Data = Mapping[str, Any]

_EMPTIED = {"topics": "all", "admins": "none"}
"""What it means if nothing is chosen of what may be left empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What a lead says of what waits; ``point`` is the number, from 1, of the key point that ``passage`` teaches, 0 for none."""

    accept: bool = True
    reason: str = ""
    point: int = 0
    passage: str = ""

    @property
    def learn(self) -> tuple[int, str] | None:
        return (self.point, self.passage) if self.accept and self.point else None


def answer_text(data: Data) -> str:
    return _said(data, names.TEXT)


def reason(data: Data) -> str:
    return _said(data, names.REASON)


def ticks(data: Data, count: int) -> list[bool]:
    """Return a tick for each of so many key points, in their order."""
    ticked = _said(data, names.POINTS).split(",")
    return [str(number) in ticked for number in range(count)]


def decided(data: Data) -> Decided:
    """Return what a lead says of what waits."""
    point = _said(data, names.LEARN)
    return Decided(
        accept=_said(data, names.DECISION) != "overrule",
        reason=reason(data),
        point=int(point) if point.isdigit() else 0,
        passage=_said(data, names.TEXT),
    )


def setup_request(data: Data) -> SetupRequest:
    """Return what a page of the setup says, in the words that are typed; what is on the other page is empty."""
    shown = {name for name, _ in _fields(data)}
    known = (field.name for field in fields(SetupRequest) if field.name in shown)
    return SetupRequest(**{name: _said(data, name) or _EMPTIED.get(name, "") for name in known})


def _fields(part: Data) -> Iterator[tuple[str, Data]]:
    """Yield the fields of the form, or of a part of it, by name: however deep they stand in labels, rows and containers."""
    for one in (part.get("component"), *(part.get("components") or ())):
        if one:
            if "custom_id" in one:
                yield str(one["custom_id"]), one
            yield from _fields(one)


def _said(data: Data, name: str) -> str:
    """Return the value of a field as it would be typed: several are joined by commas."""
    one = dict(_fields(data)).get(name, {})
    return ",".join(one["values"]) if one.get("values") else one.get("value") or ""
