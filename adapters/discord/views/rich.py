"""Text in pieces: what is ours is markup and stands whole; what people or the bank wrote is escaped, and cut where there is no room."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from adapters.discord.views.text import escaped, in_line
from bot.domain.ids import MemberId, last_part
from bot.wording import labels
from bot.wording.texts import MORE, shortened, tidy

LONGEST = 4_000
"""No text of Discord's is longer, so that a limit of this is none."""

_BULLET = re.compile(r"^• ")
_PARTS_OF_A_PLACE = 3
_LONGEST_ADDRESS = 500
_IN_ADDRESSES = str.maketrans({"(": "%28", ")": "%29", "<": "%3C", ">": "%3E", "[": "%5B", "]": "%5D", "\\": "%5C"})
_IN_LABELS = str.maketrans("[]", "()")
"""A link's label takes no square brackets, not even escaped ones."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote. ``style`` is the marks before it; those behind it are the same backwards."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """Words of code or, with ``block``, lines of it."""

    text: str
    block: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link; its label alone where it leads to no address that Discord takes."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Pieces that are shortened as one text. ``before`` stands before each line: "> " makes a quote."""

    pieces: "tuple[Piece, ...]"
    before: str = ""


Piece: TypeAlias = str | Said | Code | Link | Flow
Line: TypeAlias = Sequence[Piece]


def drawn(pieces: Iterable[Piece], limit: int = LONGEST) -> str:
    """Return the pieces as Discord's Markdown, each that is no markup of ours in at most ``limit`` characters before escaping."""
    return "".join(_drawn(piece, limit) for piece in pieces)


def words(text: str, style: str = "") -> list[Piece]:
    """Return a text of any origin on one line, or nothing if nothing is left of it."""
    shown = in_line(text)
    return [Said(shown, style)] if shown else []


def lines(text: str, style: str = "") -> list[Piece]:
    """Return a text of any origin with its lines."""
    shown = tidy(text)
    return [Said(shown, style)] if shown else []


def prose(text: str) -> list[Piece]:
    """Return sentences of the bot's, their lines that begin with a bullet as a list."""
    said = tidy(text)
    if not said:
        return []
    found: list[Line] = [["- ", *words(line[2:])] if _BULLET.match(line) else [Said(line)] for line in said.split("\n")]
    return joined(found)


def bullets(items: Iterable[Line]) -> list[Line]:
    return [["- ", *item] for item in items if item]


def joined(of: Iterable[Line]) -> list[Piece]:
    """Return lines one below the other."""
    pieces = [piece for line in of for piece in ("\n", *line)]
    return pieces[1:]


def fact(label: str, value: str) -> list[Piece]:
    """Return a value with what it is called before it."""
    return [*words(f"{label}:", "**"), " ", *words(value)]


def user(member: MemberId) -> str:
    """Return a mention, which shows the name of the day; no message of ours lets it notify anybody."""
    return f"<@{last_part(member)}>"


def place(scope: str) -> str:
    """Return a place as its channel, and a team as such."""
    parts = scope.split(":")
    return f"<#{parts[-1]}>" if len(parts) == _PARTS_OF_A_PLACE else labels.WHOLE_TEAM


def _drawn(piece: Piece, limit: int) -> str:
    match piece:
        case str():
            return piece
        case Said():
            return "\n".join(_styled(escaped(line), piece.style) for line in shortened(piece.text, limit).split("\n"))
        case Code(block=True):
            code = shortened(piece.text, limit).replace("```", "'''")
            return f"```\n{code}\n```"
        case Code():
            return _code(shortened(in_line(piece.text), limit))
        case Link():
            return _link(shortened(in_line(piece.text), limit), piece.url)
        case Flow():
            return _flow(piece, limit)


def _styled(line: str, style: str) -> str:
    """Return a line with the marks close to its words, for they do nothing beside white space."""
    core = line.strip()
    if not style or not core:
        return line
    before, after = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
    return f"{before}{style}{core}{style[::-1]}{after}"


def _code(code: str) -> str:
    if "`" not in code:
        return f"`{code}`" if code else ""
    return f"`` {code.replace('``', chr(39) * 2)} ``"


def _link(label: str, url: str) -> str:
    address = url.translate(_IN_ADDRESSES)
    if not url.startswith(("https://", "http://")) or len(address) > _LONGEST_ADDRESS or re.search(r"\s", url):
        return escaped(label)
    return f"[{escaped((label or url).translate(_IN_LABELS))}]({address})"


def _flow(flow: Flow, limit: int) -> str:
    """Return the pieces up to the limit; nothing of ours stands behind the ellipsis."""
    found: list[str] = []
    for piece in flow.pieces:
        if limit <= 0:
            found.append(MORE)
            break
        found.append(_drawn(piece, limit))
        limit -= _length(piece)
    text = "".join(found).strip("\n")
    return flow.before + text.replace("\n", f"\n{flow.before}") if flow.before and text else text


def _length(piece: Piece) -> int:
    match piece:
        case str():
            return 0
        case Flow():
            return sum(map(_length, piece.pieces))
        case _:
            return len(piece.text)
