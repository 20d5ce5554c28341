"""A process of its own that posts questions into a room's file and says, line by line, what the chat answered.

It begins when it is sent a line.
Arguments: the file, the name of the rounds, how many posts (0: until killed), and how many characters each has.
"""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from adapters.console import open_console
from bot.domain.ids import RoundId
from tests.adapters.console.samples import QUESTION


class WallClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


async def main(path: str, name: str, posts: int, size: int) -> None:
    sys.stdin.readline()  # wait until all are there
    async with open_console(Path(path), WallClock()) as chat:
        for number in range(posts) if posts else count():
            round_ = RoundId(f"{name}-{number}")
            ref = await chat.post_question(replace(QUESTION, round=round_, text="x" * size))
            sys.stdout.write(f"{ref} {round_}\n")
            sys.stdout.flush()


asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
