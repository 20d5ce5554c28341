"""Discord's list of the bot's commands, made what it should be: read first, and written only where it differs."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from adapters.discord.commands import COMMANDS
from adapters.discord.rest import Rest
from bot.ports import Limited, OutcomeUnknown, Refused

log = logging.getLogger(__name__)

_PATH = "/applications/{application_id}/commands"
_SETTINGS = frozenset({"type", "contexts", "default_member_permissions"})
"""What Discord tells of every command, whatever it is; a server that does not tell of it would be written to at every start."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 300.0


async def sync_commands(rest: Rest) -> None:
    """Return when Discord knows the commands as they are here, or refuses them, which is logged."""
    pause = _FIRST_PAUSE
    while True:
        try:
            await _synced(rest, str(rest.application.id))
        except Refused as refused:
            log.error("Discord does not take the bot's commands", extra={"why": str(refused)})  # noqa: TRY400 - a state of the world
            return
        except (Limited, OutcomeUnknown) as error:
            wait = max(pause, error.retry_after if isinstance(error, Limited) else 0.0)
            log.warning("the commands could not be compared with Discord's", extra={"why": str(error)})
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return


async def _synced(rest: Rest, application: str) -> None:
    if are_known(await _there(rest, application), COMMANDS):
        return
    await rest.call("PUT", _PATH, application_id=application, json=COMMANDS)
    log.info("Discord was told of the bot's commands")


async def _there(rest: Rest, application: str) -> Sequence[Mapping[str, Any]]:
    """Return the commands that Discord has; none, where it does not say."""
    try:
        return await rest.many(_PATH, application_id=application, params={"with_localizations": "true"})
    except Refused as refused:
        log.warning("the commands are written without a look at those that are there", extra={"why": str(refused)})
        return ()


def are_known(there: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether Discord has these commands and no others, in whatever order it lists them."""
    known = {str(one.get("name")): one for one in there}
    return len(there) == len(wanted) and all(_is_known(known.get(one["name"]), one) for one in wanted)


def _is_known(there: Any, wanted: Any) -> bool:
    """Tell whether what is wanted is there; what Discord adds, such as ids and defaults, is no difference."""
    match wanted:
        case Mapping():
            known = there if isinstance(there, Mapping) else {}
            told = ((name, value) for name, value in wanted.items() if name in known or name not in _SETTINGS)
            return all(_is_known(known.get(name), value) for name, value in told)
        case list():
            listed = there or []
            return len(listed) == len(wanted) and all(map(_is_known, listed, wanted))
    return bool((there or None) == (wanted or None))
