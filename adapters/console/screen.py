"""What a terminal shows: the posts of one place as they come, what one person is told, and who is being listened to."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import tzinfo
from shutil import get_terminal_size

from rich.console import Console, ConsoleDimensions
from rich.text import Text

from adapters.console.bodies import view_of
from adapters.console.chat import ConsoleChat
from adapters.console.keyboard import Keyboard
from adapters.console.panels import View, panel
from adapters.console.records import Change, Message, Notice, RoomPost
from adapters.console.writing import Reader, name, said
from bot.domain.ids import MemberId, PlaceId
from bot.ports import Clock, OutcomeUnknown, Post, Refused
from bot.views import DocumentView, NoticeView

log = logging.getLogger(__name__)

INTERVAL = 0.1
"""Seconds between two looks at the room's file."""
_ECHO = 500


class Screen:
    """One terminal looking at one place. With a ``keyboard`` a person types here, and a prompt says who speaks."""

    def __init__(
        self,
        chat: ConsoleChat,
        place: PlaceId,
        out: Console,
        clock: Clock,
        zone: tzinfo,
        keyboard: Keyboard | None = None,
    ) -> None:
        self._chat = chat
        self._place = place
        self._out = out
        self._clock = clock
        self._zone = zone
        self._keyboard = keyboard
        self._prompt = ""
        self._here: set[MemberId] = set()
        self._seen = 0
        _suit(out)

    def show(self, view: View, alone: str | None = None) -> None:
        """Print a view; ``alone`` names the only one who is told."""
        reader = Reader(zone=self._zone, now=self._clock.now(), alone=alone)
        self._out.print(panel(view, reader))
        if isinstance(view, DocumentView):
            self._out.print(said(view.text), soft_wrap=True)

    def echo(self, line: str) -> None:
        """Print a line that nobody saw being typed; a very long one is cut."""
        shown = line[:_ECHO] + ("…" if len(line) > _ECHO else "")
        self._out.print(said(self._prompt + shown, "dim"))

    def listen(self, speaker: str | None, form: str = "") -> None:
        """Say who speaks from now on, and which form takes it: "ana> " or "ana, your answer> ", if a person types here."""
        self._prompt = f"{speaker or ''}{form and ', '}{form}> "
        self._ask()

    def seat(self, member: MemberId) -> None:
        """Take somebody for one who speaks at this terminal: what they write is on it already."""
        self._here.add(member)

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
        news = [one for one in changed if one.place == self._place and self._is_new(one)]
        if news and self._keyboard and self._prompt:
            self._keyboard.make_room()
        for one in news:
            self._print(one)
        if news:
            self._ask()

    async def _start(self) -> None:
        earlier, self._seen = await self._chat.changes(0)
        here = [
            one
            for one in earlier
            if one.place == self._place and not (isinstance(one, RoomPost | Message) and one.deleted)
        ]
        questions = [one for one in here if isinstance(one, RoomPost) and one.post is Post.QUESTION]
        if questions and not questions[-1].body.get("closed"):
            self._print(questions[-1])
            for one in here:
                if isinstance(one, Message) and one.post == questions[-1].ref:
                    self._print(one)

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
        if self._keyboard and self._prompt:
            self._keyboard.ask(self._prompt)

    def _is_new(self, one: Change) -> bool:
        return one.member not in self._here if isinstance(one, Message) else isinstance(one, Notice) or not one.deleted

    def _print(self, one: Change) -> None:
        match one:
            case Notice():
                self.show(NoticeView(text=one.text), alone="who looks after the quiz")
            case Message():
                self._out.print(_message(one))
            case RoomPost():
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


def _message(message: Message) -> Text:
    if message.deleted:
        return Text(f"— {name(message.member)} took a message back —", style="dim")
    return said(f"{name(message.member)}{', edited' if message.edits else ''}: {message.text}")


def _suit(out: Console) -> None:
    """Have a terminal that lacks a letter show a question mark for it, and one that can only print its whole width."""
    if out.is_dumb_terminal:
        out.size = ConsoleDimensions(*get_terminal_size())
    if isinstance(out.file, io.TextIOWrapper):
        out.file.reconfigure(errors="replace")
