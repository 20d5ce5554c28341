"""What the doctor looks at in the console chat: its file."""

import os
from collections.abc import Sequence
from pathlib import Path

from bot.ports import Finding
from bot.ports.operation import fault, fine


async def room(path: Path) -> Sequence[Finding]:
    """Look whether the chat's file can be written, or made."""
    there = next(one for one in (path, *path.absolute().parents) if os.path.exists(one))  # noqa: PTH110, ASYNC240 - Path.exists raises for a folder that is not ours
    if not os.access(there, os.W_OK) or (there != path and not os.path.isdir(there)):  # noqa: PTH112, ASYNC240 - the same
        remedy = "Set STUDYBOT_CONSOLE_FILE to a file that this user may write."
        return [fault("chat", f"{there}, for the console, cannot be written to", remedy)]
    return [fine("chat", f"the console's file is {path}")]
