"""What a measurement was made on, without its name."""

import os
import platform
from contextlib import suppress
from pathlib import Path


def described() -> str:
    """Return "2 cores, <model>, <system>, Python <version>"."""
    return f"{os.cpu_count()} cores, {_model()}, {platform.system()}, Python {platform.python_version()}"


def _model() -> str:
    with suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
