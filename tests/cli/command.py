"""Commands of the bot as real processes, with none of this environment's settings."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.packs import reviewed_today

ROOT = Path(__file__).parents[2]
_FOLDER = tempfile.TemporaryDirectory(prefix="packs")
PACK = reviewed_today(ROOT / "content/packs/mlops/deployment", Path(_FOLDER.name) / "mlops" / "deployment")
"""One topic of the bank, reviewed today: a process reads it in a tenth of the time that it takes to read all."""


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this environment with these settings of the bot and no others, and a plain terminal of 100 columns.

    Where nothing else is said, the questions are those of one topic.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("STUDYBOT_")}
    ours = {"COLUMNS": "100", "TERM": "dumb", "STUDYBOT_HTTP_PORT": "0", "STUDYBOT_PACKS": str(PACK)}
    return kept | ours | dict(settings or {})


def bot(
    *arguments: str, said: str | bytes = "", settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``python -m bot`` to its end, with ``said`` on its standard input."""
    given = said.encode() if isinstance(said, str) else said
    done = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment(settings),
        input=given,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def start(
    *arguments: str, settings: Mapping[str, str] | None = None, terminal: int | None = None
) -> subprocess.Popen[str]:
    """Start ``python -m bot`` and leave it running; ``terminal`` is the one that its input and output are."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=environment(settings),
        stdin=subprocess.DEVNULL if terminal is None else terminal,
        stdout=subprocess.PIPE if terminal is None else terminal,
        stderr=subprocess.PIPE,
        text=True,
    )


def until_running(process: subprocess.Popen[str]) -> None:
    """Wait until it says that it runs; a line that names a folder may have that word too."""
    assert process.stderr
    assert any(line.rstrip().endswith("running") or '"message": "running"' in line for line in process.stderr)


def end(process: subprocess.Popen[str]) -> None:
    """End it as an operator does, so that no store is left behind; kill it if that does not help."""
    process.terminate()
    try:
        process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
