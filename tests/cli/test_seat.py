"""A person at a keyboard: ``python -m bot run`` on a terminal of its own, seen and typed at as a person does."""

import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.console import open_console
from scheduler.clock import SystemClock
from tests.adapters.console.samples import ASKED, QUESTION, ROUND
from tests.cli.command import start

KINDS = pytest.mark.parametrize("kind", ["xterm-256color", "dumb"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who sits at the terminal; ``room`` is the file of the chat they are in."""

    process: subprocess.Popen[str]
    terminal: int
    room: Path

    def types(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def reads(self, until: str, *more: str) -> str:
        """Return what comes up to the last of these texts, which come one after the other, without colours and moves."""
        shown, wanted = "", [until, *more]
        deadline = time.monotonic() + 20
        while not re.search(".*".join(map(re.escape, wanted)), shown, flags=re.DOTALL):
            assert time.monotonic() < deadline, shown
            if select.select([self.terminal], [], [], 0.2)[0]:
                shown += _plain(os.read(self.terminal, 65_536).decode())
        return shown

    def ends(self) -> tuple[int, str]:
        """Return the exit code and what was said on stderr."""
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said

    async def posts(self) -> None:
        """Have a question posted in the room, as by another process."""
        async with open_console(self.room, SystemClock()) as chat:
            await chat.post_question(QUESTION)

    async def written(self) -> list[str]:
        """Return what stands under the question, for everyone to read."""
        async with open_console(self.room, SystemClock()) as chat:
            return [message.text for message in chat._room.thread(QUESTION.place, ROUND)]


def _plain(shown: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).replace("\r", "")


@contextmanager
def _seated(folder: Path, kind: str = "xterm-256color") -> Iterator[Person]:
    ours, theirs = pty.openpty()
    room = folder / "room.jsonl"
    settings = {"STUDYBOT_DATA_DIR": str(folder / "store"), "STUDYBOT_CONSOLE_FILE": str(room), "TERM": kind}
    process = start("run", settings=settings, terminal=theirs)
    os.close(theirs)
    person = Person(process=process, terminal=ours, room=room)
    try:
        person.reads("you>")
        yield person
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate(timeout=20)
        os.close(ours)


async def test_what_is_half_typed_when_a_post_comes_is_still_there_to_go_on_with(tmp_path: Path) -> None:
    with _seated(tmp_path) as person:
        person.types("look at the la")
        person.reads("look at the la")

        await person.posts()
        shown = person.reads(ASKED[:30], "╯", "look at the la")
        person.types("bels\r")
        person.reads("╯")

        assert re.search(r"╯\s*you> look at the la$", shown.rstrip())
        assert await person.written() == ["look at the labels"]


@KINDS
async def test_lines_that_are_pasted_after_a_command_stay_as_private_as_the_command(tmp_path: Path, kind: str) -> None:
    with _seated(tmp_path, kind) as person:
        await person.posts()
        person.reads("╯")

        person.types("\x1b[200~one\ntwo\x1b[201~\r" if kind != "dumb" else "one\ntwo\n")
        person.reads("╯")

        assert await person.written() == ["one\ntwo"]


@KINDS
@pytest.mark.parametrize("how", ["/quit\n", "\x04"])
def test_quit_and_the_end_of_the_input_leave_in_peace(tmp_path: Path, kind: str, how: str) -> None:
    with _seated(tmp_path, kind) as person:
        person.types(how)

        assert person.ends() == (0, "")


@KINDS
@pytest.mark.parametrize("typed", ["", "half a th"])
def test_ctrl_c_leaves_too(tmp_path: Path, kind: str, typed: str) -> None:
    with _seated(tmp_path, kind) as person:
        person.types(typed)
        if kind == "dumb":  # no terminal of a session: the key is a signal only there
            person.process.send_signal(signal.SIGINT)
        else:
            person.types("\x03")

        assert person.ends() == (0, "")


@KINDS
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_and_gives_the_terminal_back_as_it_was(tmp_path: Path, kind: str, how: signal.Signals) -> None:
    with _seated(tmp_path, kind) as person:
        person.process.send_signal(how)

        assert person.ends() == (0, "")
