"""What people write who do not answer: "I don't know" in its many forms, and noise."""

import re

_NO_ANSWER = frozenset(
    [
        "beats me",
        "cant answer",
        "cant say",
        "do not know",
        "dont know",
        "dunno",
        "i am not sure",
        "i cannot answer",
        "i cannot say",
        "i cant answer",
        "i cant say",
        "i do not know",
        "i do not have an answer",
        "i dont have a clue",
        "i dont have an answer",
        "i dont have any idea",
        "i dont know",
        "i dont remember",
        "i dunno",
        "i forgot",
        "i give up",
        "i have no answer",
        "i have no clue",
        "i have no idea",
        "i havent a clue",
        "i havent got a clue",
        "i never heard of",
        "i never heard of it",
        "i pass",
        "i skip",
        "idk",
        "ill pass",
        "ill skip",
        "im not sure",
        "n a",
        "na",
        "no answer",
        "no clue",
        "no idea",
        "none",
        "not a clue",
        "not sure",
        "nothing",
        "pass",
        "skip",
        "ditto",
        "havent a clue",
        "havent got a clue",
        "hello",
        "hey",
        "hi",
        "ich weiß es nicht",
        "ich weiß nicht",
        "je ne sais pas",
        "je sais pas",
        "k a",
        "keine ahnung",
        "never heard of",
        "never heard of it",
        "no comment",
        "no lo sé",
        "no sé",
        "no time",
        "non lo so",
        "ok",
        "same as above",
        "see above",
        "tbd",
        "test",
        "todo",
        "weiss nicht",
        "weiß nicht",
    ]
)
PADDING = frozenset(
    [
        "about",
        "absolutely",
        "actually",
        "answer",
        "basically",
        "frankly",
        "haha",
        "hm",
        "hmm",
        "honestly",
        "lol",
        "one",
        "really",
        "sadly",
        "sorry",
        "tbh",
        "that",
        "the",
        "this",
        "to",
        "today",
        "uh",
        "um",
        "well",
        "yet",
    ]
)
"""What people put around "I don't know"."""
_NO_IDEA = (
    "dont know",
    "have no clue",
    "have no idea",
    "i dont know",
    "i have no clue",
    "i have no idea",
    "no clue",
    "no idea",
)
_NO_IDEA_WORDS = 15
_OWN_WORDS = 3
"""Behind "I don't know", so many words that say something are an attempt: "the term, it is target leakage" has two names in it."""
_LITTLE = """
    a about all an and any anything are as at be because could did do does exactly for from had has have he how i
    if im in is it its just know much my of on or question so sure tell there these they think too very was we
    were what when where which who why will with would you your
"""
SAY_LITTLE = frozenset(_LITTLE.split())
_BUT = frozenset(["although", "but", "guess", "maybe", "perhaps", "probably", "still", "though"])
"""What turns "I have no idea about the term" into the beginning of an attempt."""

_NOISE = re.compile(
    r"([a-z])\1{2,}|([a-z]{2,4})\2+|[b-df-hj-np-tv-xz]{6,}|bla+h?|foo|bar|lorem|ipsum|dolor|amet|test|xyz|abc|haha"
)
"""A word that is none: "xxxx", "asdfasdf", "bcdfgh", "blah"."""
_KEYS = ("qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm")
_ROWS = (" ".join(_KEYS), " ".join(row[::-1] for row in _KEYS))
_ALONG = 4
"""So many keys side by side are no word."""


def is_no_answer(said: list[str]) -> bool:
    """Tell whether the words, in lower case, say no more than that one does not know, or nothing at all."""
    if all(map(_is_noise, said)):
        return True
    if len(set(said)) > _NO_IDEA_WORDS:
        return False
    plain = [word for word in said if word not in PADDING]
    texts = [" ".join(words) for some in (said, plain) for words in (some, dict.fromkeys(some))]
    if not _NO_ANSWER.isdisjoint(texts):
        return True
    if len(said) > _NO_IDEA_WORDS or not _BUT.isdisjoint(said):
        return False
    text = " ".join(plain)
    phrase = max((one for one in _NO_IDEA if text.startswith(f"{one} ")), key=len, default=None)
    return phrase is not None and len(set(text[len(phrase) :].split()) - SAY_LITTLE) < _OWN_WORDS


def _is_noise(word: str) -> bool:
    return bool(_NOISE.fullmatch(word)) or (len(word) >= _ALONG and any(word in row for row in _ROWS))
