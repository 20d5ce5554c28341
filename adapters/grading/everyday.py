"""Words of everyday talk, from the table that stands beside the questions."""

from functools import lru_cache
from pathlib import Path

from adapters.grading.vocabulary import stem

# By its place, not by an import: a grading process loads nothing of what reads questions.
TABLE = Path(__file__).parents[2] / "content" / "everyday_words.txt"


@lru_cache(1)
def everyday() -> frozenset[str]:
    """Return their stems, read once."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(stem(word) for line in lines if not line.startswith("#") for word in line.split())
