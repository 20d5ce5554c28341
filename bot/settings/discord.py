"""Discord's settings: what its token must look like."""

from pydantic_core import PydanticCustomError

from bot.settings.slack import SENTENCE

TOKEN = "the bot's token, from the page Bot of the application"  # noqa: S105 - what would be right

_VARIABLE = "STUDYBOT_DISCORD_TOKEN"


def token(value: object) -> object:
    """Return the value if it can be a token; the sentence tells what is wrong with it, never the value."""
    if not isinstance(value, str):
        return value
    if value.lower().startswith("bot "):
        raise _sentence("begins with the word Bot, which the bot adds by itself: leave it out.")
    if value.startswith(("xoxb-", "xapp-", "xoxp-")):
        raise _sentence(f"holds a token of Slack ({value[:5]}…): it should be {TOKEN}.")
    if not value.isascii() or not value.isprintable() or " " in value:
        raise _sentence(f"holds something else: it should be {TOKEN}.")
    return value


def _sentence(said: str) -> PydanticCustomError:
    return PydanticCustomError(SENTENCE, "{said}", {"said": f"{_VARIABLE} {said}"})
