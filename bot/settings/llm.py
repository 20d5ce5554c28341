"""The settings of the grader out of the house: what its key looks like, and that address and model belong together."""

from collections.abc import Collection

from pydantic_core import PydanticCustomError

from bot.settings.slack import SENTENCE

KEY = "the key of the API, without spaces"

_URL, _MODEL, _KEY = "STUDYBOT_LLM_URL", "STUDYBOT_LLM_MODEL", "STUDYBOT_LLM_KEY"


def key(value: object) -> object:
    """Return the value if it can be a key: it goes into a header."""
    if isinstance(value, str) and not (value.isascii() and value.isprintable() and " " not in value):
        raise PydanticCustomError(SENTENCE, "{said}", {"said": f"{_KEY} holds something else: it should be {KEY}."})
    return value


def missing(stated: Collection[str]) -> list[str]:
    """Return a sentence for what is not set and has to be, so that the ``stated`` variables are of use."""
    if _URL in stated:
        return [] if _MODEL in stated else [f"{_URL} is set and {_MODEL} is not: name the model to be asked there."]
    return [
        f"{name} is set and {_URL} is not: set it to the address of the API."
        for name in (_MODEL, _KEY)
        if name in stated
    ]
