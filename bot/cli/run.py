"""``python -m bot run``: start what the settings configure, until SIGTERM or Ctrl-C."""

import argparse
import asyncio
import logging
import signal

from bot import app, logs
from bot.settings import Settings, load

log = logging.getLogger(__name__)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("run", help="start what the settings configure", description=__doc__)
    parser.set_defaults(run=run)


def run(_args: argparse.Namespace) -> int:
    settings = load()
    logs.configure(settings.log_format, settings.log_level)
    asyncio.run(_run(settings))
    return 0


async def _run(settings: Settings) -> None:
    ended = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, ended.set)
    async with app.open_bot(settings):
        log.info("running")
        await ended.wait()
        log.info("ending")
