import os
import subprocess
import sys

from bot.ports import Severity
from scheduler.checks import zones

WITHOUT = """
import asyncio, sys
sys.modules["tzdata"] = None
from scheduler.checks import zones
print(*((one.severity, one.remedy) for one in asyncio.run(zones())))
"""


async def test_the_zones_of_this_machine_are_known() -> None:
    (found,) = await zones()

    assert found.severity is Severity.OK


def test_a_machine_without_zones_is_told_what_to_install() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT],
        env={**os.environ, "PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert "Severity.FAULT" in done.stdout
    assert "tzdata" in done.stdout
