"""What a store says that does not do what it was asked: what passes by itself, and what somebody must set right."""

import re
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from redis import exceptions
from redis.asyncio.sentinel import MasterNotFoundError

from adapters.redis.folder import is_full
from bot.ports import StartError

RIGHTS = "+@read +@write +@scripting +@transaction +@connection +time"
"""What the store's user must be allowed to do, as its access list says it."""

_UNAVAILABLE = 69
_CLASSES: Mapping[type[Exception], str] = {
    exceptions.BusyLoadingError: "LOADING",
    exceptions.MasterDownError: "MASTERDOWN",
    exceptions.NoScriptError: "NOSCRIPT",
    exceptions.OutOfMemoryError: "OOM",
    exceptions.ReadOnlyError: "READONLY",
}
_WORD = re.compile(r"(?:^|caused error: \(['\"])(BUSY|MISCONF|NOREPLICAS)\b")
"""How an answer without a class of its own begins; in a pipeline it stands behind the command that it answers."""
_WHY = {
    "BUSY": "a script of somebody's keeps it busy",
    "LOADING": "it is still loading its data",
    "MASTERDOWN": "it is a replica that has lost its master",
    "MISCONF": "it cannot save to its disk",
    "NOREPLICAS": "it lacks the replicas that it must have",
    "NOSCRIPT": "it was emptied a moment ago",
    "OOM": "its memory is full",
    "READONLY": "it is a replica",
}


def passing(error: Exception) -> str | None:
    """Return why a store could not do just now what it was asked, or None for any other error."""
    word = next((word for kind, word in _CLASSES.items() if isinstance(error, kind)), None)
    if word is None and isinstance(error, exceptions.ResponseError):
        found = _WORD.search(str(error))
        word = found and found[1]
    return f"{_WHY[word]} ({word})" if word else None


def is_of_restore(error: Exception) -> bool:
    """Tell whether a script refused because a restore has the store to itself."""
    return isinstance(error, exceptions.ResponseError) and str(error).startswith("RESTORING ")


def is_forbidden(error: Exception) -> bool:
    """Tell whether the store's user may not do what it was asked, also inside of a script."""
    return isinstance(error, exceptions.NoPermissionError) or str(error).startswith("ACL failure in script")


@asynccontextmanager
async def explained(*, tls: bool, folder: Path | None = None) -> AsyncIterator[None]:
    """Turn whatever a store may answer to a start into a sentence that says what to do; ``folder`` is an embedded one's."""
    try:
        yield
    except (exceptions.RedisError, OSError) as error:
        if folder is not None and passing(error) is None:
            raise StartError(unanswered(folder, _plain(error)), _UNAVAILABLE) from error
        raise _sentence(error, tls=tls) from error


def unanswered(folder: Path, why: str) -> str:
    """Return the sentence for an embedded store that does not answer."""
    look = "its disk is full." if is_full(folder) else "look into its valkey.log."
    return f"The embedded store in {folder} does not answer ({why}): {look}"


def _sentence(error: Exception, *, tls: bool) -> StartError:
    if why := passing(error):
        return StartError(f"The store takes no changes now, for {why}: see to that, and start again.", _UNAVAILABLE)
    if isinstance(error, exceptions.AuthenticationError):
        return StartError("The store refuses the user name or the password in STUDYBOT_REDIS_URL, or wants one.")
    if isinstance(error, MasterNotFoundError):
        sentence = "No Sentinel in STUDYBOT_REDIS_URL answers and knows a running master of this service."
        return StartError(sentence, _UNAVAILABLE)
    if distrust := _distrust(error):
        return StartError(
            f"The store's certificate is not accepted ({distrust}): STUDYBOT_REDIS_URL should name the server as its "
            "certificate does, and by ssl_ca_certs the file of the authority that issued it."
        )
    if isinstance(error, (exceptions.ConnectionError, exceptions.TimeoutError, OSError)):
        return _silence(_plain(error), tls=tls)
    return StartError(_unfit(error))


def _silence(why: str, *, tls: bool) -> StartError:
    scheme = ""
    if tls:
        scheme = " (rediss:// is for a server that speaks TLS)"
    elif why.startswith("Connection closed"):
        scheme = " (a server that speaks TLS wants rediss://)"
    return StartError(
        f"The store does not answer ({why}): is it up, and STUDYBOT_REDIS_URL right{scheme}?", _UNAVAILABLE
    )


def _unfit(error: Exception) -> str:
    if is_forbidden(error):
        return (
            f"The store's user may not do what the bot needs ({_plain(error)}): allow it the keys ~studybot:* and the "
            f"commands {RIGHTS}."
        )
    if str(error).startswith("DENIED"):
        return "The store is in protected mode, which takes its own machine's clients alone: give it a password and name that in STUDYBOT_REDIS_URL."
    if isinstance(error, exceptions.InvalidResponse):
        return "What answers at STUDYBOT_REDIS_URL is neither Redis nor Valkey: name a server that is one."
    return f"The store at STUDYBOT_REDIS_URL does not do what the bot needs: {_plain(error)}."


def _distrust(error: BaseException | None) -> str | None:
    """Return what is wrong with the server's certificate, if that is at the bottom of it."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return error.verify_message.rstrip(".")
        error = error.__cause__ or error.__context__
    return None


def _plain(error: Exception) -> str:
    text = re.sub(r"\.? script: .*", "", " ".join(str(error).split()))
    return text.rstrip(".")[:200] or type(error).__name__
