"""What follows a first response: it waits for its turn, so that a rush of it holds no first response up."""

import asyncio
from collections import deque


class Turns:
    """Lets who waits go on, in the order in which they came: one in each turn of the event loop.

    So a turn is as long as one of them takes of the processor, however many wait, and none waits for how slow others are.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def next(self) -> None:
        loop = asyncio.get_running_loop()
        mine: asyncio.Future[None] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._turn)
        self._waiting.append(mine)
        await mine

    def _turn(self) -> None:
        first = self._waiting.popleft()
        if not first.done():  # or it was cancelled
            first.set_result(None)
        if self._waiting:
            asyncio.get_running_loop().call_soon(self._turn)
