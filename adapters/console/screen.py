"""What a terminal shows: the posts of one place as they come, what one person is told, and who is being listened to."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import tzinfo

from rich.console import Console
from rich.text import Text

from adapters.console.bodies import view_of
from adapters.console.chat import ConsoleChat
from adapters.console.panels import View, panel
from adapters.console.records import Notice, RoomPost
from adapters.console.writing import Reader, said
from bot.domain.ids import PlaceId
from bot.ports import Clock, OutcomeUnknown, Post, Refused
from bot.views import DocumentView, NoticeView

log = logging.getLogger(__name__)

INTERVAL = 0.1
"""Seconds between two looks at the room's file."""
_ECHO = 500


class Screen:
    """One terminal looking at one place. ``interactive``: a person types here, so a prompt says who speaks."""

    def __init__(
        self, chat: ConsoleChat, place: PlaceId, out: Console, clock: Clock, zone: tzinfo, *, interactive: bool = False
    ) -> None:
        self._chat = chat
        self._place = place
        self._out = out
        self._clock = clock
        self._zone = zone
        self._interactive = interactive
        self._prompt = ""
        self._seen = 0
        _spare_what_it_lacks(out)

    def show(self, view: View, alone: str | None = None) -> None:
        """Print a view; ``alone`` names the only one who is told."""
        reader = Reader(zone=self._zone, now=self._clock.now(), alone=alone)
        self._out.print(panel(view, reader))
        if isinstance(view, DocumentView):
            self._out.print(said(view.text), soft_wrap=True)

    def echo(self, line: str) -> None:
        """Print a line that came from a file or a pipe, where nobody saw it being typed; a very long one is cut."""
        if not self._interactive:
            shown = line[:_ECHO] + ("…" if len(line) > _ECHO else "")
            self._out.print(said(self._prompt + shown, "dim"))

    def listen(self, speaker: str | None) -> None:
        """Say who speaks from now on: "ana> ", printed if a person types here."""
        self._prompt = f"{speaker or ''}> "
        self._ask()

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        """Show the open question, and posts as they come while the block runs; what came last is shown before it ends."""
        if not self._seen:
            await self._start()
        watch = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
        await self._try_to_look()

    async def look(self) -> None:
        """Print what is new in the place since the last look."""
        changed, self._seen = await self._chat.changes(self._seen)
        news = [one for one in changed if one.place == self._place and not _is_gone(one)]
        if news and self._interactive:
            self._out.print()  # what is being typed keeps its line
        for one in news:
            self._print(one)
        if news:
            self._ask()

    async def _start(self) -> None:
        earlier, self._seen = await self._chat.changes(0)
        questions = [one for one in earlier if isinstance(one, RoomPost) and one.post is Post.QUESTION]
        here = [one for one in questions if one.place == self._place and not one.deleted]
        if here and not here[-1].body.get("closed"):
            self._print(here[-1])

    async def _watch(self) -> None:
        while True:
            await self._try_to_look()
            await asyncio.sleep(INTERVAL)

    async def _try_to_look(self) -> None:
        try:
            await self.look()
        except (OutcomeUnknown, Refused) as trouble:
            log.warning("the room cannot be read", extra={"reason": str(trouble)})

    def _ask(self) -> None:
        if self._interactive and self._prompt:
            self._out.print(Text(self._prompt, style="bold"), end="")
            self._out.file.flush()

    def _print(self, one: RoomPost | Notice) -> None:
        if isinstance(one, Notice):
            self.show(NoticeView(text=one.text), alone="who looks after the quiz")
        else:
            self._print_post(one)

    def _print_post(self, post: RoomPost) -> None:
        """A closed question is one line: the reveal that follows says it all again."""
        if post.post is Post.QUESTION and post.body.get("closed"):
            self._out.print(Text("— the question is closed —", style="dim"))
            return
        try:
            view = view_of(post)
        except ValueError:
            log.warning("a post of another version cannot be shown", extra={"round": post.round})
            return
        self.show(view)


def _is_gone(one: RoomPost | Notice) -> bool:
    return isinstance(one, RoomPost) and one.deleted


def _spare_what_it_lacks(out: Console) -> None:
    """Have a terminal that lacks a letter show a question mark for it instead of failing."""
    if isinstance(out.file, io.TextIOWrapper):
        out.file.reconfigure(errors="replace")
