"""What a quotation is worth: whether the reply has it word for word, speaks of the key point, and is no order to the grader."""

import re
from functools import lru_cache

import snowballstemmer

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
_ORDER = re.compile(
    r"\b(?:ignore|disregard|forget|override|overrule)\b.{0,40}"
    r"\b(?:above|before|previous|prior|earlier|instructions?|rules?|rubric|prompt|system|everything|all)\b"
    r"|\b(?:mark|grade|rate|score|judge|count|treat|consider|return|answer|output|respond|reply|set|give|award)\b.{0,40}"
    r"\b(?:covered|full (?:marks?|points?|score)|maximum|all (?:the )?(?:key )?points?|as (?:correct|right)|every (?:key )?point)\b"
    r"|\b(?:all|every|everything|each|both)\b.{0,30}\b(?:is|are|as)?\s*covered\b"
    r"|\byou are (?:a|an|the|now)\b|\b(?:system|assistant|user|developer) ?(?:prompt|message|note|role)?\s*:"
    r"|\b(?:dear|attention|note to|hey|hello|message to|to the) (?:the )?(?:grader|grading|model|ai|llm|assistant|examiner|judge)\b"
    r"|\bkey[ _-]?points?\b|\bverdicts?\b|\bquotations?\b",
    re.IGNORECASE | re.DOTALL,
)
"""What speaks to whoever grades. It need not find all: a quotation must speak of its key point besides."""


def without_mentions(text: str) -> str:
    """Return the text with spaces in the places of mentions and addresses: everything else keeps its own."""
    return _MENTION.sub(lambda found: " " * len(found.group()), text)


def gives_orders(text: str) -> bool:
    """Tell whether the text seems to speak to whoever grades it."""
    return bool(_ORDER.search(text))


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
