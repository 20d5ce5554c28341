"""The field's short forms, from the table that stands beside the questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

# By its place, not by an import: a grading process loads nothing of what reads questions.
TABLE = Path(__file__).parents[2] / "content" / "abbreviations.txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Abbreviations:
    """``words`` maps a short form to the one word that it stands for; ``terms`` maps several words to their short form.

    ``openings`` are the first words of those, each with how many words its longest term has.
    """

    words: Mapping[str, str]
    terms: Mapping[tuple[str, ...], str]
    openings: Mapping[str, int]


@lru_cache(1)
def abbreviations() -> Abbreviations:
    """Read the table, once."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    pairs = [line.split(" = ") for line in lines if line and not line.startswith("#")]
    words: dict[str, str] = {}
    terms: dict[tuple[str, ...], str] = {}
    openings: dict[str, int] = {}
    for short, long in pairs:
        first, *more = term = tuple(long.split())
        if more:
            openings[first] = max(openings.get(first, 0), len(term))
        one = terms.setdefault(term, short) if more else first
        if one != short:  # of two short forms of a term, one stands for both
            words[short] = one
    return Abbreviations(words=words, terms=terms, openings=openings)
