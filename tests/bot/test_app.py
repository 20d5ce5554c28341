"""The bot as a process of its own, from within."""

import subprocess
import sys
from pathlib import Path

from tests.cli.command import ROOT, environment

_COUNT_WHAT_IS_LOOKED_THROUGH = """
import asyncio, gc
from bot.app import open_bot, open_chats
from bot.settings import load

async def main():
    settings = load(env_file=None)
    async with open_chats(settings) as chats, open_bot(settings, chats):
        print(len(gc.get_objects()))

asyncio.run(main())
"""


def test_a_garbage_collection_does_not_stop_everything_to_look_through_what_always_stays(tmp_path: Path) -> None:
    settings = {"STUDYBOT_DATA_DIR": str(tmp_path / "d"), "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl")}

    done = subprocess.run(
        [sys.executable, "-c", _COUNT_WHAT_IS_LOOKED_THROUGH],
        cwd=ROOT,
        env=environment(settings),
        capture_output=True,
        text=True,
        check=True,
    )

    assert int(done.stdout) < 1_000  # of some 75,000
