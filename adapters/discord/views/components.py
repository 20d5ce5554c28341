"""Components, and messages and modals made of them, within Discord's limits."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from adapters.discord.views import rich
from adapters.discord.views.rich import Line, Piece
from adapters.discord.views.text import in_line, size
from bot.domain.reply import clean
from bot.wording import labels
from bot.wording.texts import MORE, is_seen, shortened

Json: TypeAlias = dict[str, Any]
"""A component, as Discord's JSON has it."""

ROOM = 3_960
"""Characters in all texts of a message or a form: a little less than Discord takes."""
_ROOM_WITH_BUTTONS = 4_000
"""Discord takes so many; what is on buttons may count in them."""
MAX_BUTTON, MAX_ID, MAX_TITLE, MAX_LABEL = 80, 100, 45, 45
MAX_OPTION = MAX_DESCRIPTION = MAX_PLACEHOLDER = 100
MOST_POINTS = 10
"""Boxes to tick in one field, and so key points."""
MAX_INPUT = 4_000
BLUE, GREY = 0x457B9D, 0x6C757D
"""Of what is open and what is closed; the words say it too."""

PRIMARY, SECONDARY, DANGER = 1, 2, 4
_V2, _EPHEMERAL = 1 << 15, 1 << 6
SELECT, RADIO = 3, 21
_ROW, _BUTTON, _INPUT, _TEXT, _FILE, _CONTAINER, _LABEL = 1, 2, 4, 10, 13, 17, 18
_SHORT, _PARAGRAPH = 1, 2
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Message:
    """``files`` are names and texts of what is attached; its components show each of them."""

    components: list[Json]
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or a section: a text display, once it is known how much room it has."""

    pieces: tuple[Piece, ...]


Part: TypeAlias = Text | Json


def payload(message: Message, *, ephemeral: bool = False) -> Json:
    """Return the message as the body of a request. Nothing in it notifies anybody."""
    body: Json = {
        "flags": _V2 | (_EPHEMERAL if ephemeral else 0),
        "components": message.components,
        "allowed_mentions": {"parse": []},
    }
    if message.files:
        body["attachments"] = [{"id": number, "filename": name} for number, (name, _) in enumerate(message.files)]
    return body


def message(parts: Sequence[Part], *, colour: int | None = None, files: Sequence[tuple[str, str]] = ()) -> Message:
    """Return the parts as a message, in a box if it has a colour; what would be too long is shortened where it is longest."""
    named = tuple((_file_name(name), text) for name, text in files)
    shown = fitted(parts, _room(parts)) or fitted(text([rich.Said(labels.NOTHING)]), ROOM)
    shown += [{"type": _FILE, "file": {"url": f"attachment://{name}"}} for name, _ in named]
    if colour is not None:
        shown = [{"type": _CONTAINER, "accent_color": colour, "components": shown}]
    return Message(shown, named)


def fitted(parts: Sequence[Part], room: int) -> list[Json]:
    """Return the parts as components. If the texts have no room, the longest of what was written in them are cut to one length."""

    def drawn(limit: int) -> list[str]:
        return [rich.drawn(part.pieces, limit) if isinstance(part, Text) else "" for part in parts]

    def is_too_long(limit: int) -> bool:
        return _length(drawn(limit)) > room

    texts = drawn(rich.LONGEST)
    if _length(texts) > room:
        limit = bisect_left(range(1, rich.LONGEST), x=True, key=is_too_long)
        texts = _in_room(drawn(max(limit, 1)), room)
    shown = [part if isinstance(part, dict) else _display(said) for part, said in zip(parts, texts, strict=True)]
    return [one for one in shown if one["type"] != _TEXT or is_seen(one["content"])]


def fits(parts: Sequence[Part]) -> bool:
    """Tell whether the parts have room in a message as they are."""
    return sum(size(rich.drawn(part.pieces)) for part in parts if isinstance(part, Text)) <= _room(parts)


def packed(sections: Iterable[Sequence[Part]]) -> list[Message]:
    """Return sections that each stand whole in one message, in as few messages as have room for them."""
    pages: list[list[Part]] = []
    for section in sections:
        if pages and fits([*pages[-1], *section]):
            pages[-1] += section
        else:
            pages.append([*section])
    return [message(page) for page in pages]


def text(pieces: Iterable[Piece]) -> list[Part]:
    """Return a paragraph, or nothing if there is nothing to say."""
    said = tuple(pieces)
    return [Text(said)] if said else []


def heading(title: str, *more: Piece) -> Text:
    """Return the title of a message, with what stands right below it."""
    return Text(("## ", *rich.words(title), *(("\n", *more) if more else ())))


def titled(title: str, lines: Sequence[Line], more: str = "") -> list[Part]:
    """Return a section with its title above its lines, or nothing if there are none."""
    shown = [line for line in lines if line]
    head = f"### {title} ({more})" if more else f"### {title}"
    return text(rich.joined([[head], *shown])) if shown else []


def custom_id(name: str, *abouts: str) -> str:
    """Return a custom id about the first of these that there is room for."""
    ids = (f"{name}:{about}" for about in abouts)
    return next((one for one in ids if len(one) <= MAX_ID), name)


def button(label: str, id_: str, style: int = SECONDARY) -> Json:
    return {
        "type": _BUTTON,
        "style": style,
        "label": shortened(in_line(label), MAX_BUTTON) or labels.NOTHING,
        "custom_id": id_,
    }


def buttons(*made: Json) -> Json:
    return {"type": _ROW, "components": list(made)}


def modal(title: str, id_: str, parts: Sequence[Part]) -> Json:
    """Return a form: at most five parts, its fields among them."""
    shown = fitted(parts, ROOM)
    return {"custom_id": id_, "title": shortened(title, MAX_TITLE), "components": shown}


def field(label: str, element: Json, description: str = "") -> Json:
    """Return a field of a form with its label."""
    made: Json = {"type": _LABEL, "label": shortened(in_line(label), MAX_LABEL), "component": element}
    return {**made, "description": shortened(in_line(description), MAX_DESCRIPTION)} if description else made


def text_input(
    name: str, value: str = "", *, lines: bool = False, at_most: int = MAX_INPUT, required: bool = True
) -> Json:
    element: Json = {
        "type": _INPUT,
        "custom_id": name,
        "style": _PARAGRAPH if lines else _SHORT,
        "max_length": at_most,
        "required": required,
    }
    return {**element, "value": present} if (present := clean(value)[:at_most]) else element


def select(kind: int, name: str, options: Sequence[Json], *, required: bool = True) -> Json:
    """Return a choice of one, or of none if it is not required."""
    element: Json = {"type": kind, "custom_id": name, "options": list(options), "required": required}
    return {**element, "min_values": int(required), "max_values": 1} if kind == SELECT else element


def option(value: str, label: str, *, default: bool) -> Json:
    return {"label": shortened(in_line(label), MAX_OPTION), "value": value, "default": default}


def _room(parts: Sequence[Part]) -> int:
    """Return how many characters the texts may have beside what is on these buttons."""
    rows = (part.get("components", ()) for part in parts if isinstance(part, dict))
    return min(ROOM, _ROOM_WITH_BUTTONS - sum(size(one.get("label", "")) for row in rows for one in row))


def _display(said: str) -> Json:
    return {"type": _TEXT, "content": said}


def _length(texts: Iterable[str]) -> int:
    return sum(map(size, texts))


def _in_room(texts: list[str], room: int) -> list[str]:
    """Return the texts without their last lines where even what is ours alone has no room."""
    while _length(texts) > room:
        longest = max(range(len(texts)), key=lambda number: size(texts[number]))
        kept, _, _ = texts[longest].removesuffix(f"\n{MORE}").rpartition("\n")
        texts = [*texts[:longest], f"{kept}\n{MORE}" if kept else MORE, *texts[longest + 1 :]]
    return texts


def _file_name(name: str) -> str:
    return _NOT_IN_NAMES.sub("-", name)[-MAX_ID:].strip("-.") or "file.txt"
