"""The bank: the questions of all packs, in rotation as they were when they were read."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.domain.question import Question
from content.page import MAX_FILE_BYTES, Fault
from content.schema import parse

_SUFFIX = ".md"
_ABOUT = {"README.md", "LICENSE.md"}
"""Files about a pack, which may stand in its folders beside the questions."""


def default_packs() -> tuple[Path, ...]:
    """Return the folders of the packs that come with the bot."""
    return (Path(__file__).parent / "packs" / "mlops",)


def packs_of(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the folders that settings mean: of none, those that come with the bot, each of which may also be called by its name."""
    ours = {Path(pack.name): pack for pack in default_packs()}
    return tuple(ours.get(path, path) for path in paths) or default_packs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The questions without fault, by id, and their files; the faults of those that were left out, sorted by file and line."""

    questions: Mapping[str, Question]
    files: Mapping[str, Path]
    faults: tuple[Fault, ...] = ()

    @classmethod
    def load(cls, paths: Sequence[Path]) -> "Bank":
        """Read the question files at and below the paths (folders or files). Nothing that is wrong with one is an exception."""
        files: dict[str, Path] = {}
        questions: dict[str, Question] = {}
        faults: list[Fault] = []
        for path in paths:
            found, wrong = _files(path)
            faults += wrong
            for file in found:
                files.setdefault(os.path.realpath(file), file)  # a file that is reached twice is one file
        read: dict[str, Path] = {}
        taken: dict[str, Path] = {}
        for file in files.values():
            match _read(file, taken):
                case Question() as question:
                    questions[question.id] = question
                    read[question.id] = file
                case left_out:
                    faults += left_out
            taken.setdefault(file.stem, file)
        return cls(questions=questions, files=read, faults=tuple(sorted(faults)))

    def all(self) -> tuple[Question, ...]:
        """Return the questions in the order of the packs and, within one, of topic and id."""
        return tuple(self.questions.values())

    def get(self, question_id: str) -> Question | None:
        return self.questions.get(question_id)


def _read(file: Path, taken: Mapping[str, Path]) -> Question | tuple[Fault, ...]:
    try:
        if not file.is_file():  # opening a named pipe would wait for ever
            return (_fault(file, "this is no file that can be read"),)
        with file.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
        return parse(data, file, folder=file.parent.resolve().name, taken=taken)
    except OSError as error:
        return (_unreadable(file, error),)


def _files(path: Path) -> tuple[list[Path], list[Fault]]:
    """Return the question files that a path stands for, and why others are not among them."""
    try:
        if path.is_dir():
            return _below(path)
        if path.is_file() and path.suffix == _SUFFIX:
            return [path], []
        path.stat()  # exists() is silent about a name that no system takes
        wrong = f"a question file's name ends in {_SUFFIX}"
    except FileNotFoundError:
        wrong = "there is no such file or folder"
    except OSError as error:
        return [], [_unreadable(path, error)]
    return [], [_fault(path, wrong)]


def _below(folder: Path) -> tuple[list[Path], list[Fault]]:
    files: list[Path] = []
    faults: list[Fault] = []
    seen: set[str] = set()  # a link may lead back to a folder above
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        where = os.path.realpath(here)
        if where in seen:
            continue
        seen.add(where)
        try:
            folders, found = _inside(here)
        except OSError as error:
            faults.append(_unreadable(here, error))
        else:
            waiting += folders
            files += found
    if not files and not faults:
        faults.append(_fault(folder, f"there is no question file in this folder: put them at <topic>/<id>{_SUFFIX}"))
    return sorted(files), faults


def _inside(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the folders and the question files in a folder. Hidden ones belong to editors, version control or mounts."""
    folders: list[Path] = []
    files: list[Path] = []
    for entry in folder.iterdir():
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            folders.append(entry)
        elif entry.suffix == _SUFFIX and entry.name not in _ABOUT:
            files.append(entry)
    return folders, files


def _unreadable(path: Path, error: OSError) -> Fault:
    return _fault(path, f"this cannot be read: {error.strerror}")


def _fault(path: Path, message: str) -> Fault:
    return Fault(path=path, line=1, message=message)
