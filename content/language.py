"""What the checks know of English: words that say nothing of a subject, stems, and how British and American spelling differ."""

import re
from collections.abc import Iterator
from functools import lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer

from bot.domain.good_faith import words

_COMMON = frozenset(
    words(
        """
        a about after again all alone also an and another any anyone are as at be because been before being both but by can
        cannot come comes could did do does doing done dont down during each else enough even ever every everything few first
        for from get gets give gives go goes good got had has have he her here his how i if ill im in instead into is isnt it
        its ive just keep keeps kept last let lets like made make makes many may me might more most much must my need needs
        never new no nobody none nor not nothing now of off often on once one ones only or other others our out over own per
        put quite rather really right same say says see she should since so some somebody something still such take takes than
        that the their them then there these they thing things this those though through to too two under until up upon us
        use used uses using very want was way we well were what when where whether which while who whole whom whose why will
        with within without wont would wrong yet you your
        """
    )
)
_stemmer = EnglishStemmer()


def telling(text: str) -> frozenset[str]:
    """Return the stems of the words that say something of a subject."""
    return frozenset(_stem(word) for word in words(text) if word not in _COMMON)


@lru_cache(20_000)
def _stem(word: str) -> str:
    found: str = _stemmer.stemWord(word)
    return found


BRITISH, AMERICAN = "British", "American"

_BEGINNINGS = {
    BRITISH: "artefact behaviour catalogue centre colour defence favour fulfilment grey honour judgement neighbour programme sceptic",
    AMERICAN: "artifact behavior center color defense favor fulfillment gray honor judgment neighbor skeptic",
}
"""How words begin that are spelt in one of the two ways alone. Programs, catalogs, tokenizers and optimizers are of either."""
_MADE = (
    "anonym|character|container|custom|discret|final|formal|general|harmon|initial|local|material|maxim|memor|minim|modern"
    "|normal|optim|organ|parallel|penal|personal|priorit|pseudonym|quant|random|real|recogn|regular|sanit|serial|special"
    "|stabil|standard|summar|synchron|token|util|vector|visual"
)
_DOUBLED = "cancel|channel|label|level|model|signal|total|travel"
_ENDINGS = {
    BRITISH: rf"\w*(?:{_MADE})is(?:e|ing|ation)\w*|analys(?:e|ed|er|ers|ing)|\w*(?:{_DOUBLED})l(?:ed|ing|er|ers)",
    AMERICAN: rf"\w*(?:{_MADE})iz(?:e[ds]?|ing|ations?)|analyz\w*|\w*(?:{_DOUBLED})(?:ed|ing|er|ers)",
}
_SPELT = {
    whose: re.compile(rf"(?:data)?(?:{'|'.join(begun.split())})\w*|{_ENDINGS[whose]}")
    for whose, begun in _BEGINNINGS.items()
}
_WORD = re.compile(r"[^\W\d_]+")


def spellings(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text that are spelt in one of the two ways alone, each with whose way that is."""
    for match in _WORD.finditer(text):
        for whose, shape in _SPELT.items():
            if shape.fullmatch(match[0].lower()):
                yield match[0], whose
