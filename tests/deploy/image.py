"""The Dockerfile: read into instructions, and its steps as a shell script for a machine without Docker.

What such a script cannot do is done in its place by the programs in ``_stands_in``: wheels come from this environment
instead of an index (only those that the lock names), no user is made and nothing is given away to one.
"""

import json
import re
import shlex
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PLACES = re.compile(r"(?<![\w./-])/(?=(?:opt/venv|app|data)\b)")
"""The folders that the image makes for itself."""


@dataclass(frozen=True, kw_only=True)
class Instruction:
    name: str
    text: str

    def words(self) -> list[str]:
        """Return the parts of an exec form, or the words of any other."""
        return list(json.loads(self.text)) if self.text.startswith("[") else shlex.split(self.text)


def instructions() -> Sequence[Instruction]:
    lines = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if not line.startswith("#")]
    found = re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines()
    return [Instruction(name=line.split()[0], text=line.partition(" ")[2].strip()) for line in found if line.strip()]


def last_stage() -> Sequence[Instruction]:
    """Return the instructions of what is shipped."""
    all_ = instructions()
    return all_[max(index for index, one in enumerate(all_) if one.name == "FROM") :]


def only(name: str) -> Instruction:
    (found,) = [one for one in last_stage() if one.name == name]
    return found


def environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in only("ENV").words())


def health_command() -> list[str]:
    return list(json.loads(only("HEALTHCHECK").text.partition(" CMD ")[2]))


def in_context(path: str) -> bool:
    """Tell whether the ignore file lets this path be copied: it lets nothing through but what it names."""
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    return "*" in ignored and f"!{path.removeprefix('./').rstrip('/')}" in ignored


def script(folder: Path) -> str:
    """Return the steps as a shell script that builds in the folder; what is shipped is then in its ``stage1``."""
    lines, stage, names, at = ["set -eu", *_stands_in(folder)], -1, {}, "/"
    for one in instructions():
        root = folder / f"stage{stage}"
        if one.name == "FROM":
            stage, at = stage + 1, "/"
            names[one.text.partition(" AS ")[2]] = stage
            lines.append(f"mkdir -p {folder}/stage{stage}/opt && cd {folder}/stage{stage}")
        elif one.name == "WORKDIR":
            at = one.text
            lines.append(f"mkdir -p {root}{at} && cd {root}{at}")
        elif one.name == "COPY":
            lines.append(_copied(one.words(), folder, names, f"{root}{at}"))
        elif one.name == "RUN":
            lines.append(f"cd {root}{at}\n" + PLACES.sub(f"{root}/", one.text))
    return "\n".join(lines) + "\n"


def _copied(words: Sequence[str], folder: Path, names: dict[str, int], here: str) -> str:
    *options, source, target = words
    if options:
        stage = names[options[0].removeprefix("--from=")]
        return f"cp -R {folder}/stage{stage}{source} {folder}/stage{stage + 1}{target}"
    assert in_context(source), f".dockerignore keeps {source} out"
    return f"cp -R {ROOT / source} {here}/{target}; find {here} -name __pycache__ -prune -exec rm -r {{}} +"


def _stands_in(folder: Path) -> list[str]:
    programs = {
        "python": f'exec {sys.executable} "$@"',
        "pip": f'case "$*" in uninstall*) exit;; esac; exec {sys.executable} {Path(__file__).with_name("wheels.py")} "$@"',
        "groupadd": "exit",
        "useradd": "exit",
        "install": "while [ $# -gt 1 ]; do case $1 in -m) mode=$2; shift;; esac; shift; done; mkdir -m $mode $1",
    }
    made = [f"mkdir -p {folder}/bin"]
    for name, body in programs.items():
        made.append(f"cat > {folder}/bin/{name} <<'END'\n#!/bin/sh\n{body}\nEND\nchmod +x {folder}/bin/{name}")
    return [*made, f"PATH={folder}/bin:$PATH"]
