"""Who says what in one line: a name in front, a word with a slash, or plain text."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from unicodedata import normalize

_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")
_IN_FRONT = re.compile(r"\s*([^\s:/]{1,64}):(?!//)(\s*)(.*)", re.DOTALL)
_WORD = re.compile(r"/(\S*)\s*(.*)", re.DOTALL)
_SHOWN = 40

WORDS = (
    "quiz", "quiz-admin", "leaderboard", "hint", "grade", "tick", "show", "another", "edit", "delete", "cancel", "as", "help", "quit",
)  # fmt: skip
"""What may stand behind a slash."""

_NEXT = re.compile(rf"\n(?=(?:{_NAME.pattern}:\s*)?/(?:{'|'.join(WORDS)})(?:\s|$))", re.IGNORECASE)
"""The end of a line before one that begins with a word of ours, maybe with a name in front."""

NAME_RULE = "A name is 1 to 32 letters, digits, - or _"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """``word`` is what stood behind a slash, lower case, None for plain text; ``text`` is the rest, without outer space."""

    speaker: str | None
    word: str | None
    text: str


def is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def parse(line: str, speaker: str | None, known: Collection[str], *, writing: bool = False) -> Line:
    """Take a line apart. ``speaker`` is who speaks if nobody else is named in front.

    With a speaker chosen, "Drift: it changes" is text, not a person: a name in front then counts only for somebody known, for
    a command, or, unless the speaker is ``writing`` an answer, when it is written small.
    """
    found = _IN_FRONT.fullmatch(line)
    if found and is_name(found[1]):
        named, gap, rest = found.groups()
        newcomer = named.islower() and not writing and bool(gap or not rest)
        if speaker is None or named.lower() in known or rest.startswith("/") or newcomer:
            return _said(named.lower(), rest.strip())
    return _said(speaker, line.strip())


def messages(text: str) -> Sequence[str]:
    """Return the messages in a text of several lines: one, unless further lines are commands, which begin another."""
    return _NEXT.split(text)


def unknown_word(word: str) -> str:
    """Return the sentence for a word that is none of ours, with the nearest one that is."""
    near = get_close_matches(word[:_SHOWN], WORDS, n=1)
    way_out = f"did you mean /{near[0]}?" if near else "/help lists what there is."
    return f"I don't know {shown('/' + word)}; {way_out}"


def unfit_name(text: str) -> str:
    """Return the sentence for a name that cannot be one, with the nearest that can."""
    plain = normalize("NFKD", text.strip()[:_SHOWN]).encode("ascii", "ignore").decode().lower()
    nearest = re.sub(r"[^a-z0-9_-]+", "-", plain).strip("-")[:32]
    return f"{NAME_RULE}: {nearest or 'ana'} would do."


def nobody_speaks(line: str) -> str:
    """Return the sentence for a line of which nobody knows who says it."""
    found = _IN_FRONT.fullmatch(line)
    return unfit_name(found[1]) if found else "Say who speaks: write ana: and your text, or /as ana first."


def shown(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _said(speaker: str | None, text: str) -> Line:
    word = _WORD.fullmatch(text)
    if word is None:
        return Line(speaker=speaker, word=None, text=text)
    return Line(speaker=speaker, word=word[1].lower(), text=word[2].strip())
