"""``python -m bot run``: start what the settings configure, until SIGTERM, Ctrl-C or, in a terminal, /quit."""

import argparse
import asyncio
import logging
import signal
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from rich.console import Console
from rich.rule import Rule

from adapters.console import ConsoleChat
from adapters.console.panels import WIDTH
from bot import app, logs
from bot.app.core import Core
from bot.app.shelf import Shelf, load_questions
from bot.cli.hangup import terminal_watch
from bot.cli.seat import has_keyboard, take_seat
from bot.domain.ids import place_id
from bot.ports import Chat
from bot.settings import Role, Settings, ignored, load

log = logging.getLogger(__name__)

_TERMINAL_LINGERS_SECONDS = 1.0

PLACE = place_id("console", "home", "general")
"""Where who starts the bot in a terminal sits down."""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("run", help="start what the settings configure", description=__doc__)
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    settings = load()
    app.expect_a_chat(settings)
    seated = has_keyboard() and settings.console_file is not None and Role.GATEWAY in settings.roles
    # On a screen that people talk on, only what they should know is logged, unless somebody asks for more.
    quiet = seated and "log_level" not in settings.model_fields_set
    logs.configure(settings.log_format, "WARNING" if quiet else settings.log_level)
    if names := ignored():
        log.warning("left alone, for Kubernetes adds them for a service: %s", ", ".join(names))
    asyncio.run(_run(settings, seated=seated))
    return 0


async def _run(settings: Settings, *, seated: bool) -> None:
    """Run until a signal comes. One that comes earlier ends the start, whatever it is waiting for."""
    started, ended, anew = asyncio.Event(), asyncio.Event(), asyncio.Event()
    is_terminal_gone = terminal_watch()
    log.debug("starting")
    bot = asyncio.create_task(_serve(settings, started, ended, anew, seated=seated))

    def end() -> None:
        if not started.is_set() and not ended.is_set():
            bot.cancel()
        ended.set()

    def end_without_terminal() -> None:
        if is_terminal_gone():
            end()

    def hang_up() -> None:
        end_without_terminal()
        anew.set()
        # A shell that ends tells its jobs so a moment before the terminal is gone.
        loop.call_later(_TERMINAL_LINGERS_SECONDS, end_without_terminal)

    loop = asyncio.get_running_loop()
    for name, handle in ((signal.SIGTERM, end), (signal.SIGINT, end), (signal.SIGHUP, hang_up)):
        loop.add_signal_handler(name, handle)
    try:
        await bot
    except asyncio.CancelledError:
        if not ended.is_set():
            raise
        log.info("ended while starting")


async def _serve(
    settings: Settings, started: asyncio.Event, ended: asyncio.Event, anew: asyncio.Event, *, seated: bool
) -> None:
    questions = load_questions(settings, datetime.now(UTC))
    async with (
        app.open_store(settings, exclusive=True, ended=ended.is_set) as store,
        app.open_chats(settings, app.once_of(store)) as chats,
        app.open_bot(settings, store, chats, ended.is_set, questions) as core,
    ):
        started.set()
        log.info("running")
        waits: list[asyncio.Task[Any]] = [
            asyncio.create_task(ended.wait()),
            asyncio.create_task(_read_anew(questions, anew)),
        ]
        if seated:
            waits.append(asyncio.create_task(_sit_down(core, chats)))
        try:
            done, _ = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
            await asyncio.wait(waits)
        log.info("ending")
        for wait in done:
            wait.result()


async def _read_anew(questions: Shelf, wanted: asyncio.Event) -> None:
    """Read the packs whenever it is wanted, also if that was while the bot started. The bot goes on meanwhile."""
    while True:
        await wanted.wait()
        wanted.clear()
        await asyncio.to_thread(questions.read_anew, datetime.now(UTC))


async def _sit_down(core: Core, chats: Mapping[str, Chat]) -> None:
    chat = chats["console"]
    assert isinstance(chat, ConsoleChat)  # noqa: S101 - the settings say which chat it is
    out = Console(highlight=False)
    out.print(Rule("the chat is open", style="dim"), width=min(out.width, WIDTH))
    out.print("/quiz-admin setup begins, /as NAME says who you are, /help lists more, /quit ends.", style="dim")
    await take_seat(core.desk, chat, PLACE, out, keyboard=True).at_keyboard()
