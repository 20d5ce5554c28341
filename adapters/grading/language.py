"""What little the offline grader knows of language: English function words, negations, and how other languages look."""

from collections.abc import Callable, Sequence


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS = _words(
    """
    a about above after again against all also although am an and any anything are as at be because been before being
    below between both but by can could did do does doing done during e each eg either else etc even every few for
    from further g get gets getting give gives go goes going got had has have having he her here his how i id ie if
    ill im in instead into is it its itself ive just keep keeps kind later less let lets like lot lots made make makes
    making many may me might more most much must my need needed needs never no none nor not nothing now of off often
    on once one ones only onto or other others our out over own per put quite rather really s same say says see seen
    shall she should simply since so some someone something still such t take takes than that thats the their them
    then there theres these they theyre thing things this those though through thus to too under unless until up upon
    us use used uses using usually very via want wants was way ways we well were what whatever when where whereas
    whether which while who whole whom whose why will with within without wont would yet you your youd youll youre
    arent cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt mustnt neednt shouldnt wasnt werent wouldnt
    """
)
"""Words that say nothing about a subject."""

NEGATIONS = _words(
    """
    no not never none nor neither nothing nobody without cannot aint arent cant couldnt didnt doesnt dont hadnt hasnt
    havent isnt mustnt neednt shouldnt wasnt werent wont wouldnt
    """
)
HALF_NEGATIONS = _words(
    """
    avoid fail fails few hardly impossible instead invalid lack lacks less missing prevent prevents rarely rather
    replace stop unable unlike wrong
    """
)
"""Words that may stand for a negation: beside them, a negation that is missing proves nothing."""
NO_NEGATION_BEFORE = frozenset(
    ["certain", "doubt", "forget", "just", "merely", "necessarily", "only", "simply", "sure"]
)
""""Not only", "no doubt" and "don't forget" deny nothing."""


_FOREIGN = _words(
    """
    aber als auch auf aus bei bin bis dass den der des diese dieser durch ein eine einem einen einer eines es fuer für
    ich ihr ist kann kein keine können mehr mit nach nicht noch nur oder sein sich sie sind sowie über um und uns von
    wenn werden wie wir wird wurde zu zum zur ainsi aux avec ce ces cette comme dans donc du elle elles entre et être
    il ils je la le leur lorsque mais même ne nous où pas peut qu que qui quand sa sans ses sont sur une vous como
    cuando de del desde el ella ellos entonces esta este está esto las lo los muy más para pero por porque puede se
    según ser si sobre sus también tiene un una unos ya alla anche che chi cui dalla degli dei della delle di gli loro
    mentre nel nella perché più quando quello questo sono tra uno ao aos essa esse isso mas mesmo nas não numa pela
    pelo são sem seu sua uma aan bij dat deze dit een heeft het hij hoe ik kan maar naar niet nog ook onze te uit voor
    wat wordt zijn zij att det där efter eller för från har inte jag och på som utan är czy dla jak jest lub nie oraz
    się tak za że nad przez tego jako być ma gdy ezért kell hogy az egy csak nem van vannak de minden mert lehet volt din
    mai nu sunt este pentru deci trebuie cu sau dar care fi adalah dari bukan yang dan harus untuk tidak dengan pada ini
    hai mein nahi liye isliye và là của không phải có cho được với
    """
)
"""Function words of German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish, Hungarian, Romanian, Indonesian,
Hindi in Latin letters and Vietnamese that look like no English one."""
_SHARED = _words("a am an as at do i id ill im in is it me no of on or os so such to up via want was we")
_ENGLISH_ALONE = STOP_WORDS - _SHARED
"""Without English function words that are words of those languages, too: of which one a reply is, these do not tell."""

_FEW_WORDS = 8
_LEAST_KNOWN = 0.1
_LEAST_JOINED = 0.15
"""Of the words of prose, more are function words: in the bank's sample replies from three in ten on."""


_ODD_CASES = str.maketrans("\u0130\u0131\u017f\u212a", "iisk")
"""Letters that are an i, s or k to whoever ignores case, and would not be by ``str.lower``, or would be two."""


def lower_case(text: str) -> str:
    """Return the text in lower case, every character in its place: patterns that ignore case take twice the time."""
    return text.lower() if text.isascii() else text.translate(_ODD_CASES).lower()


def is_english(words: Sequence[str], is_known: Callable[[str], object]) -> bool:
    """Tell whether enough of a reply can be read: ``words`` in lower case; ``is_known`` tells those that the rubric has.

    Few words get the benefit of the doubt, unless they are plainly another language's or in letters that English has not.
    """
    if not words:
        return True
    if 2 * sum(not _is_latin(word) for word in words) > len(words):
        return False
    english = sum(map(_ENGLISH_ALONE.__contains__, words))
    foreign = sum(word in _FOREIGN or (not word.isascii() and word.isalpha()) for word in words)
    if foreign > english and foreign >= len(words) * _LEAST_KNOWN:
        return False
    readable = sum(word in STOP_WORDS or not word.isalpha() or bool(is_known(word)) for word in words)
    return len(words) < _FEW_WORDS or readable >= len(words) * _LEAST_KNOWN


def is_word_list(words: Sequence[str]) -> bool:
    """Tell whether many words stand there with hardly one between them that makes a sentence of them."""
    return len(words) >= _FEW_WORDS and sum(map(STOP_WORDS.__contains__, words)) < len(words) * _LEAST_JOINED


def _is_latin(word: str) -> bool:
    return not word.isalpha() or word[0] < "\u0370"
