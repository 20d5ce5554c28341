"""A person who types at a terminal, and what happens to a half-typed line when something is to be shown meanwhile."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console
from rich.text import Text

from adapters.console.lines import lines_of


class Keyboard(Protocol):
    def ask(self, prompt: str) -> None:
        """Show the prompt from now on."""
        ...

    def make_room(self) -> None:
        """Get ready for something to be shown while a line is being typed; ``ask`` follows."""
        ...

    def open(self) -> AbstractContextManager[AsyncIterator[str]]:
        """Take what is typed: give what comes until the end, each time what one Enter sent."""
        ...


class PlainKeyboard:
    """A keyboard at a terminal that can do no more than print: what is half typed keeps its line, above what came meanwhile."""

    def __init__(self, out: Console) -> None:
        self._out = out

    def ask(self, prompt: str) -> None:
        self._out.print(Text(prompt, style="bold"), end="")
        self._out.file.flush()

    def make_room(self) -> None:
        self._out.print()

    @contextmanager
    def open(self) -> Iterator[AsyncIterator[str]]:
        yield lines_of(sys.stdin.fileno())
