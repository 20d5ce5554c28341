"""What a quotation is worth: whether the reply has it word for word, speaks of the key point, and is no order to the grader."""

import re
from functools import lru_cache

import snowballstemmer

from adapters.grading.frames import gives_orders
from adapters.grading.language import STOP_WORDS
from bot.domain.good_faith import words

MAX_QUOTATION = 400
"""A passage, not a whole long reply: what is quoted for everything speaks for nothing."""

_MENTION = re.compile(
    r"<[@#!][^<>\s]*>"  # as Slack and Discord write members, channels, groups and roles
    r"|<a?:\w+:\d+>"  # a server's own emoji, which has an id
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # an address
    r"|(?<!\w)@[\w.-]+"
)


_NEAR_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|overrule)\b.{0,40}\b(?:above|before|previous|prior|earlier|instructions?|rules?|all)\b"
    r"|\b(?:all|every|everything|each|both)\b.{0,30}\bcovered\b|\breturn covered\b|\byou are (?:a|an|the|now)\b|\bto the (?:model|llm|ai)\b"
    r"|\bverdicts?\b|\bquotations?\b",
    re.IGNORECASE | re.DOTALL,
)
"""What an honest reply may say, too: it is no order to the offline grader, which obeys none, and is kept from a model."""


def may_order(text: str) -> bool:
    """Tell whether the text may speak to whoever grades it. In doubt it does: then the offline suggestion stands."""
    return gives_orders(text) or bool(_NEAR_ORDER.search(text))


def without_mentions(text: str) -> str:
    """Return the text with spaces in the places of mentions and addresses: everything else keeps its own."""
    return _MENTION.sub(lambda found: " " * len(found.group()), text)


def located(text: str, quotation: str) -> tuple[int, int] | None:
    """Return where the text has the quotation, word for word and letter for letter; white space may differ in length and kind."""
    said = quotation.split()
    if not said or len(quotation) > MAX_QUOTATION:
        return None
    spans = (found.span() for found in re.finditer(r"\s+".join(map(re.escape, said)), text))
    # Half a word is not what was said: "covered" is no quotation of "uncovered".
    return next((span for span in spans if not _cuts_a_word(text, *span)), None)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    cut_before = start > 0 and text[start].isalnum() and text[start - 1].isalnum()
    return cut_before or (end < len(text) and text[end - 1].isalnum() and text[end].isalnum())


@lru_cache(512)
def roots(text: str) -> frozenset[str]:
    """Return the stems of the words that say something about a subject."""
    stemmer = snowballstemmer.stemmer("english")
    return frozenset(stemmer.stemWords([word for word in words(text) if word not in STOP_WORDS and len(word) > 1]))
