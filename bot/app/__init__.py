"""The composition root: the one place where adapters meet the core. An adapter is imported where it is needed."""

import gc
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from adapters.redis.boards import RedisBoards
from adapters.redis.members import RedisMembers
from adapters.redis.once import RedisOnce
from adapters.redis.phrasings import RedisPhrasings
from adapters.redis.store import Limits, Store
from bot import __version__
from bot.address import parse_url
from bot.app.core import Core, compose
from bot.app.health import Health, gated
from bot.app.outside import open_outside
from bot.app.shelf import Shelf, load_questions
from bot.ports import (
    Boards,
    Chat,
    Gateway,
    Listening,
    MemberStore,
    Meter,
    NoMeter,
    Once,
    PhrasingStore,
    Questions,
    StartError,
    StoreUnavailable,
)
from bot.settings import Role, Settings
from scheduler.clock import SystemClock, Ticker, open_clock

if TYPE_CHECKING:
    from adapters.discord.access import Access as DiscordAccess
    from adapters.slack import Access

log = logging.getLogger(__name__)

NOTHING_CONFIGURED = (
    "Nothing to run: set STUDYBOT_SLACK_BOT_TOKEN for Slack, STUDYBOT_DISCORD_TOKEN for Discord, or STUDYBOT_CONSOLE_FILE "
    "to a file, for a chat that lives in it (python -m bot demo shows the bot without any setting)."
)
NO_CONSOLE = "STUDYBOT_CONSOLE_FILE cannot be used ({}): name a file that this user may write."
NO_STORE = "There is no store in {}: set STUDYBOT_DATA_DIR or STUDYBOT_REDIS_URL to the one that you mean."


def boards_of(store: Store) -> Boards:
    return RedisBoards(store)


def members_of(store: Store) -> MemberStore:
    return RedisMembers(store)


def phrasings_of(store: Store) -> PhrasingStore:
    return RedisPhrasings(store)


def once_of(store: Store) -> Once:
    return RedisOnce(store)


@asynccontextmanager
async def open_store(
    settings: Settings,
    *,
    exclusive: bool = False,
    existing: bool = False,
    to_be_made: bool = False,
    ended: Callable[[], bool] = lambda: False,
) -> AsyncIterator[Store]:
    """Open the store that the settings name, or the embedded one. Raises StartError.

    ``exclusive`` refuses a data folder that a run holds, ``existing`` one in which there is no store yet. Nothing is noted
    in an ``existing`` one, and one that is ``to_be_made`` may hold anything. ``ended`` tells whether we are about to end.
    """
    from adapters.redis import keys
    from adapters.redis.connection import check, open_redis
    from adapters.redis.embedded import open_embedded
    from adapters.redis.folder import holds_store
    from adapters.redis.refusals import unanswered

    folder = settings.data_dir if settings.redis_url is None else None
    try:
        async with AsyncExitStack() as stack:
            if settings.redis_url is not None:
                url = settings.redis_url.get_secret_value()
            else:
                if existing and not holds_store(settings.data_dir):
                    raise StartError(NO_STORE.format(settings.data_dir), code=66)
                url = await stack.enter_async_context(
                    open_embedded(settings.data_dir, exclusive=exclusive, ended=ended)
                )
            clients = await stack.enter_async_context(open_redis(url))
            schema = None if to_be_made else keys.SCHEMA_VERSION
            await check(clients.steady, schema_key=keys.SCHEMA, schema=schema, writes=not existing, folder=folder)
            limits = Limits(lease=settings.lease_seconds, retention_days=settings.retention_days)
            yield Store(steady=clients.steady, quick=clients.quick, limits=limits)
    except StoreUnavailable as error:
        said = f"{str(error)[:1].upper()}{str(error)[1:]}; STUDYBOT_REDIS_URL says which store is meant."
        raise StartError(said if folder is None else unanswered(folder, str(error)), code=69) from error


def store_name(settings: Settings) -> str:
    """Return where the store is, for a person: no name or password is in it."""
    if settings.redis_url is None:
        return f"embedded in {settings.data_dir}"
    return parse_url(settings.redis_url.get_secret_value()).shown()


def expect_a_chat(settings: Settings) -> None:
    """Raise StartError if the settings configure no chat: before a store is made for nobody."""
    if all(one is None for one in (settings.console_file, settings.slack_bot_token, settings.discord_token)):
        raise StartError(NOTHING_CONFIGURED)


@asynccontextmanager
async def open_chats(settings: Settings, once: Once) -> AsyncIterator[Mapping[str, Chat]]:
    """Open the chats that the settings configure, by platform; none of them listens yet."""
    async with AsyncExitStack() as stack:
        chats: dict[str, Chat] = {}
        if settings.console_file is not None:
            try:
                chats["console"] = await stack.enter_async_context(_console(settings.console_file))
            except OSError as error:
                raise StartError(NO_CONSOLE.format(error.strerror)) from error
        if settings.slack_bot_token is not None:
            from adapters.slack import open_slack

            chats["slack"] = await stack.enter_async_context(open_slack(slack_access(settings), once, SystemClock()))
        if settings.discord_token is not None:
            from adapters.discord import open_discord

            access = discord_access(settings)
            chats["discord"] = await stack.enter_async_context(open_discord(access, once, SystemClock()))
        yield chats


@asynccontextmanager
async def open_core(
    settings: Settings,
    store: Store,
    chats: Mapping[str, Chat],
    meter: Meter | None = None,
    ended: Callable[[], bool] = lambda: False,
    questions: Questions | None = None,
) -> AsyncIterator[Core]:
    """Open bank and graders, and yield the core on a store and its chats; ``meter`` is for who watches.

    ``questions`` are those of somebody who reads the packs anew; else they are read here, once.
    """
    from adapters.grading.pool import grading_pool

    questions = questions or load_questions(settings, SystemClock().now())
    async with (
        grading_pool(ended=ended) as grader,
        open_outside(settings, store, grader, meter or NoMeter()) as outside,
    ):
        yield compose(store, questions, grader, chats, meter, outside=outside)


def ticker_of(core: Core, settings: Settings, platforms: tuple[str, ...]) -> Ticker:
    """Make what carries out what falls due, once ``ticking`` is entered."""
    return Ticker(
        agenda=core.agenda,
        platforms=platforms,
        carry_out=core.rounds.carry_out,
        lease_seconds=settings.lease_seconds,
        workers=settings.workers,
    )


@asynccontextmanager
async def ticking(core: Core, ticker: Ticker) -> AsyncIterator[Ticker]:
    """Let time pass: carry out what falls due until the block ends."""
    async with open_clock(ticker, core.rounds.sweep):
        yield ticker


@asynccontextmanager
async def open_bot(
    settings: Settings,
    store: Store,
    chats: Mapping[str, Chat],
    ended: Callable[[], bool] = lambda: False,
    questions: Shelf | None = None,
) -> AsyncIterator[Core]:
    """Run what the settings configure until the block ends: core, clock, chats that listen, health and metrics.

    The clock begins last: what hinders the start does so before anything is posted, and who watches sees all that happens.
    At the end the clock stops first, and nothing comes in any more while the rest closes.
    """
    from adapters.metrics import Metrics
    from adapters.redis.presence import present
    from adapters.redis.store import script_names

    metrics = Metrics(chats, __version__, script_names())
    store = replace(store, observe=metrics.script)
    shelf = questions or load_questions(settings, SystemClock().now())
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(present(store, lambda: shelf.facts))
        core = await stack.enter_async_context(open_core(settings, store, chats, metrics, ended, shelf))
        ticker = ticker_of(core, settings, tuple(chats)) if Role.SCHEDULER in settings.roles else None
        gateways = await _listening(core, chats, stack) if Role.GATEWAY in settings.roles else {}
        for platform, gateway in gateways.items():
            metrics.gateway(platform, gateway.ready)
        for platform, chat in gated(chats).items():
            metrics.gate(platform, chat.shut_for)
        if settings.http_port:
            from adapters.http import delivered, open_server, page

            health = Health(core=core, ticker=ticker, gateways=gateways, chats=chats)
            routes = [page("/metrics", partial(metrics.scraped, health.loads))]
            routes += [delivered(route) for gateway in gateways.values() for route in gateway.routes]
            await stack.enter_async_context(
                open_server(settings.http_host, settings.http_port, ready=health.ready, routes=routes)
            )
        if ticker:
            metrics.clock(ticker.is_ticking)
            await stack.enter_async_context(ticking(core, ticker))
        # What is there now stays. Looking through it at each full collection would stop the event loop for some 50 ms.
        gc.collect()
        gc.freeze()
        yield core


async def _listening(core: Core, chats: Mapping[str, Chat], stack: AsyncExitStack) -> Mapping[str, Listening]:
    """Let the chats that listen by themselves do so, by platform, until the stack is left."""
    return {
        platform: await stack.enter_async_context(chat.listening(core.doors))
        for platform, chat in chats.items()
        if isinstance(chat, Gateway)
    }


def slack_access(settings: Settings) -> "Access":
    """Return what the settings say of Slack, whose bot token must be there."""
    from adapters.slack import Access, Mode

    return Access(
        bot_token=_plain(settings.slack_bot_token),
        app_token=_plain(settings.slack_app_token),
        signing_secret=_plain(settings.slack_signing_secret),
        mode=Mode(settings.slack_mode),
        api_url=settings.slack_api_url,
    )


def discord_access(settings: Settings) -> "DiscordAccess":
    """Return what the settings say of Discord, whose token must be there."""
    from adapters.discord.access import Access

    return Access(
        token=_plain(settings.discord_token),
        api_url=settings.discord_api_url,
        message_content=settings.discord_message_content,
        lease_seconds=settings.lease_seconds,
    )


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def _console(path: Path) -> AbstractAsyncContextManager[Chat]:
    from adapters.console import open_console

    return open_console(path, SystemClock())
