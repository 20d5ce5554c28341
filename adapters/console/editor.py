"""A line that is edited below all that is shown meanwhile. Imported only for a terminal that a person types at."""

import logging
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.patch_stdout import patch_stdout


class LineEditor:
    """A keyboard whose half-typed line stays last on the screen, with what was sent before on the up key."""

    def __init__(self) -> None:
        self._prompt = ""
        output = create_output()
        if isinstance(output, Vt100_Output):
            # Asked where its cursor is, a slow or simple terminal answers late or never: into the line, or the next program.
            output.enable_cpr = False
        self._session: PromptSession[str] = PromptSession(
            lambda: FormattedText([("bold", self._prompt)]), output=output, key_bindings=_keys(), enable_suspend=True
        )

    def ask(self, prompt: str) -> None:
        self._prompt = prompt
        self._session.app.invalidate()

    def make_room(self) -> None:
        """Nothing: whatever is printed while the editor is open goes above the line."""

    @contextmanager
    def open(self) -> Iterator[AsyncIterator[str]]:
        with patch_stdout(raw=True), _logs_above_the_line():
            yield self._lines()

    async def _lines(self) -> AsyncIterator[str]:
        while True:
            try:
                # Signals and failures are the program's, as they are without an editor.
                yield await self._session.prompt_async(handle_sigint=False, set_exception_handler=False)
            except (EOFError, OSError):  # a terminal that went away is an end too
                return


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def interrupt(_event: KeyPressEvent) -> None:
        """Do what the key does in a terminal that nobody edits in."""
        signal.raise_signal(signal.SIGINT)

    return keys


@contextmanager
def _logs_above_the_line() -> Iterator[None]:
    """Have what is logged to this very terminal printed as everything else is: a handler keeps the stream it was made with."""
    here = sys.__stderr__
    with ExitStack() as undo:
        for handler in logging.getLogger().handlers:
            if here and here.isatty() and isinstance(handler, logging.StreamHandler) and handler.stream is here:
                undo.callback(handler.setStream, here)
                handler.setStream(sys.stderr)
        yield
