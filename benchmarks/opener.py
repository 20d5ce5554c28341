"""A process that opens what falls due: ``python -m benchmarks.opener SECONDS``, the time that its chat takes for a call.

It is the bot with the settings of its environment and no HTTP. It says ``ready``, works until its standard input ends, and then
prints one line of JSON: the rounds that it posted, its calls of the chat, and the longest time for which its event loop let nothing
else run, in all and, of that, on the processor: the rest is the machine's, which ran something else.
"""

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass

from benchmarks.stage import PLATFORM, SlowChat
from bot import logs
from bot.app import open_bot, open_store
from bot.settings import load

_LOOK_SECONDS = 0.002


@dataclass(slots=True)
class Gaps:
    """The longest gaps between two turns of the event loop, in seconds."""

    longest: float = 0.0
    busiest: float = 0.0

    async def watch(self) -> None:
        at, spent = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            now, used = time.perf_counter(), time.thread_time()
            self.longest = max(self.longest, now - at - _LOOK_SECONDS)
            self.busiest = max(self.busiest, used - spent)
            at, spent = now, used


async def main(seconds: float) -> None:
    settings = load(os.environ, env_file=None)
    logs.configure(settings.log_format, settings.log_level)
    chat, gaps = SlowChat(seconds), Gaps()
    ended = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(ended), sys.stdin)
    async with open_store(settings, exclusive=True) as store, open_bot(settings, store, {PLATFORM: chat}):
        await asyncio.sleep(0.5)  # the first sweep
        watch = asyncio.create_task(gaps.watch())
        spent = time.process_time()
        print("ready", flush=True)
        await ended.read()
        watch.cancel()
        report = {"posts": chat.posts, "calls": chat.calls, "longest": gaps.longest, "busiest": gaps.busiest}
        print(json.dumps({**report, "spent": time.process_time() - spent}))


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
