"""A person at a keyboard: ``python -m bot run`` on a terminal of its own, seen and typed at as a person does."""

import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from adapters.console import open_console
from scheduler.clock import SystemClock
from tests.adapters.console.samples import ASKED, QUESTION, ROUND
from tests.cli.command import ROOT, environment


@dataclass(slots=True, kw_only=True)
class Person:
    """Who sits at the terminal; ``room`` is the file of the chat they are in."""

    process: subprocess.Popen[str]
    terminal: int
    room: Path
    left: bool = False

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

    def leaves(self) -> None:
        """Close the terminal, as a window or a connection is closed."""
        self.left = True
        os.close(self.terminal)

    def echoes(self) -> bool:
        """Tell whether the terminal shows what is typed line by line, as a shell finds it."""
        modes: int = termios.tcgetattr(self.terminal)[3]
        return bool(modes & termios.ECHO and modes & termios.ICANON)

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
def _seated(folder: Path, kind: str = "xterm-256color", *, errors_too: bool = False) -> Iterator[Person]:
    """Sit somebody down at a terminal of this kind; ``errors_too``: what goes to stderr is seen there as well."""
    ours, theirs = pty.openpty()
    room = folder / "room.jsonl"
    settings = {"STUDYBOT_DATA_DIR": str(folder / "store"), "STUDYBOT_CONSOLE_FILE": str(room), "TERM": kind}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"],
        cwd=ROOT,
        env=environment(settings),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs if errors_too else subprocess.PIPE,
        text=True,
    )
    person = Person(process=process, terminal=ours, room=room)
    try:
        person.reads("you>")
        yield person
    finally:
        if process.poll() is None:
            process.terminate()  # killed, it would leave its store running
        process.communicate(timeout=20)
        os.close(theirs)
        if not person.left:
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


def test_a_warning_goes_above_what_is_half_typed_too(tmp_path: Path) -> None:
    with _seated(tmp_path, errors_too=True) as person:
        person.types("look at the la")
        person.reads("look at the la")

        with person.room.open("a") as room:
            room.write("no line of ours\n")

        assert re.search(r"left out length=\d+\s*you> look at the la", person.reads("left out", "look at the la"))


@pytest.mark.parametrize(
    ("kind", "pasted"), [("xterm-256color", "\x1b[200~one\ntwo\x1b[201~\r"), ("dumb", "one\ntwo\n")]
)
async def test_what_is_pasted_at_once_is_one_message(tmp_path: Path, kind: str, pasted: str) -> None:
    with _seated(tmp_path, kind) as person:
        await person.posts()
        person.reads("╯")

        person.types(pasted)
        person.reads("╯")

        assert await person.written() == ["one\ntwo"]


async def test_practice_at_the_keyboard_has_its_prompt_and_stays_private(tmp_path: Path) -> None:
    with _seated(tmp_path) as person:
        await person.posts()
        person.reads("╯")

        person.types("/quiz ask\r")
        person.reads("only you", "you, your answer>")
        person.types("look at the labels\r")
        person.reads("Comes back", "╯", "you>")
        person.types("and at the features\r")
        person.reads("nothing was posted", "you>")

        assert await person.written() == []


@pytest.mark.parametrize("typed", ["/quit\r", "\x04", "half a th\x03"], ids=["quit", "ctrl-d", "ctrl-c"])
def test_who_leaves_by_a_word_or_a_key_has_the_terminal_back_as_it_was(tmp_path: Path, typed: str) -> None:
    with _seated(tmp_path) as person:
        person.types(typed)

        assert person.ends() == (0, "")
        assert person.echoes()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_gives_the_terminal_back_as_it_was_too(tmp_path: Path, how: signal.Signals) -> None:
    with _seated(tmp_path) as person:
        person.process.send_signal(how)

        assert person.ends() == (0, "")
        assert person.echoes()


@pytest.mark.parametrize("kind", ["xterm-256color", "dumb"])
def test_a_terminal_that_goes_away_is_the_end(tmp_path: Path, kind: str) -> None:
    with _seated(tmp_path, kind) as person:
        person.leaves()

        assert person.ends() == (0, "")


def test_only_a_person_at_a_terminal_has_the_line_editor_loaded() -> None:
    loaded = "import sys, bot.cli.demo, bot.cli.run; print('prompt_toolkit' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "False\n"
