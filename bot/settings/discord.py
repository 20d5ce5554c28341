"""Discord's settings: what its token must look like, and which address its API has."""

import re

from pydantic_core import PydanticCustomError

from bot.settings.slack import SENTENCE
from bot.settings.texts import shown

TOKEN = "the bot's token, from the page Bot of the application"  # noqa: S105 - what would be right

_TOKEN, _API_URL = "STUDYBOT_DISCORD_TOKEN", "STUDYBOT_DISCORD_API_URL"
_VERSION = "v10"


def token(value: object) -> object:
    """Return the value if it can be a token; the sentence tells what is wrong with it, never the value."""
    if not isinstance(value, str):
        return value
    if value.lower().startswith("bot "):
        raise _sentence(f"{_TOKEN} begins with the word Bot, which the bot adds by itself: leave it out.")
    if value.startswith(("xoxb-", "xapp-", "xoxp-")):
        raise _sentence(f"{_TOKEN} holds a token of Slack ({value[:5]}…): it should be {TOKEN}.")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise _sentence(f"{_TOKEN} holds something else: it should be {TOKEN}.")
    return value


def api_url(value: object) -> object:
    """Return a URL that ends in a slash with the version that the bot speaks, which may be left out of it."""
    if not isinstance(value, str):
        return value
    version = re.search(r"/(v[0-9]+)/$", value)
    if version is None:
        at_a_host = re.fullmatch(r"https?://[^/]+/", value)
        return f"{value}{'api/' if at_a_host else ''}{_VERSION}/"
    if version[1] != _VERSION:
        said = f"{_API_URL} is '{shown(value)}': the bot speaks {_VERSION} of Discord's API, so it should end in /{_VERSION}/."
        raise _sentence(said)
    return value


def _sentence(said: str) -> PydanticCustomError:
    return PydanticCustomError(SENTENCE, "{said}", {"said": said})
