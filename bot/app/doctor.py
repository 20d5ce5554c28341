"""The doctor: every check of this machine and its settings, composed. A chat's own checks join in the branch that opens it."""

from collections.abc import Sequence
from functools import partial

from bot.app import NOTHING_CONFIGURED, discord_access, open_store, slack_access, store_name
from bot.app.outside import llm_access
from bot.domain.ids import PlaceId
from bot.domain.programme import ProgrammeState
from bot.ports import Check, Finding, StartError, StoreUnavailable
from bot.ports.operation import fault, fine, warning
from bot.settings import Settings
from content.bank import packs_of


def checks_of(settings: Settings) -> Sequence[Check]:
    """Return what there is to check for these settings, in the order in which it is told."""
    from adapters.http.checks import port
    from content.checks import packs
    from scheduler.checks import zones

    chosen: list[Check] = [
        partial(packs, packs_of(settings.packs)),
        zones,
        partial(_store, settings),
        partial(port, settings.http_host, settings.http_port),
    ]
    access = llm_access(settings)
    if access is not None:
        from adapters.grading.llm.checks import llm

        chosen.append(partial(llm, access))
    return [*chosen, *_chats(settings)]


async def examine(checks: Sequence[Check]) -> Sequence[Finding]:
    """Carry out one check after the other. What one of them could not look at is a fault too."""
    found: list[Finding] = []
    for check in checks:
        try:
            found += await check()
        except (StartError, StoreUnavailable) as error:
            found.append(fault("start", str(error)))
    return found


def _chats(settings: Settings) -> Sequence[Check]:
    chosen: list[Check] = []
    if settings.console_file is not None:
        from adapters.console.checks import room

        chosen.append(partial(room, settings.console_file))
    if settings.slack_bot_token is not None:
        from adapters.slack.checks import slack

        chosen.append(partial(slack, slack_access(settings), partial(_places, settings, "slack")))
    if settings.discord_token is not None:
        from adapters.discord.checks import discord

        chosen.append(partial(discord, discord_access(settings), partial(_places, settings, "discord")))
    return chosen or [_no_chat]


async def _places(settings: Settings, platform: str) -> Sequence[PlaceId]:
    """Return the places of a platform in which the quiz runs."""
    from adapters.redis.folder import holds_store
    from adapters.redis.programmes import RedisProgrammes

    if settings.redis_url is None and not holds_store(settings.data_dir):
        return []
    async with open_store(settings, existing=True) as store:
        programmes = await RedisProgrammes(store).all(platform)
    return [one.place for one in programmes if one.state is ProgrammeState.ACTIVE]


async def _no_chat() -> Sequence[Finding]:
    return [warning("chat", "none is configured", NOTHING_CONFIGURED)]


async def _store(settings: Settings) -> Sequence[Finding]:
    from adapters.redis.checks import examined, folder
    from adapters.redis.embedded import server_program
    from adapters.redis.folder import holds_store

    found: list[Finding] = []
    try:
        if settings.redis_url is None:
            found += folder(settings.data_dir)
            server_program()
            if not holds_store(settings.data_dir):
                return [*found, fine("store", f"there is none in {settings.data_dir} yet: the first run makes one")]
        async with open_store(settings, existing=True) as store:
            return [*found, fine("store", f"{store_name(settings)} answers"), *await examined(store)]
    except (StartError, StoreUnavailable) as error:
        return [*found, fault("store", str(error))]
