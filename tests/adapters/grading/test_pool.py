import asyncio
import logging
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from adapters.grading.lexical import suggest_all
from adapters.grading.pool import SMALL_BATCH, grading_pool
from tests.adapters.grading.sample import GOOD, QUESTION

ROOT = Path(__file__).parents[3]
REPLIES = [f"{GOOD} {number}" if number % 3 else f"no idea {number} \ud83d" for number in range(200)]
EXPECTED = suggest_all(QUESTION, {}, REPLIES)


def workers_of(pool: Any) -> list[int]:
    return [] if pool._executor is None else list(pool._executor._processes)


def is_alive(pid: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until_gone(pids: list[int], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while any(map(is_alive, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    return not any(map(is_alive, pids))


async def test_a_few_replies_are_graded_without_a_process() -> None:
    async with grading_pool(2) as pool:
        assert await pool.suggest(QUESTION, {}, REPLIES[:SMALL_BATCH]) == EXPECTED[:SMALL_BATCH]
        assert await pool.suggest(QUESTION, {}, []) == []
        assert workers_of(pool) == []


async def test_many_are_graded_in_processes_in_order_and_these_end_with_the_pool() -> None:
    async with grading_pool(2) as pool:
        assert await pool.suggest(QUESTION, {}, REPLIES) == EXPECTED
        workers = workers_of(pool)
        assert len(workers) == 2

    assert wait_until_gone(workers)


async def test_learnt_phrasings_reach_the_processes() -> None:
    async with grading_pool(1) as pool:
        found = await pool.suggest(
            QUESTION, {"small-share": ["dip a toe in the water"]}, ["we dip a toe in the water"] * 30
        )

    assert {suggestion.ticks for suggestion in found} == {(True, False, False)}


async def test_the_event_loop_runs_on_meanwhile() -> None:
    turns = 0

    async def run_on() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    async with grading_pool(1) as pool:
        running = asyncio.create_task(run_on())
        await pool.suggest(QUESTION, {}, [(GOOD + " ") * 18] * 300)
        running.cancel()

    assert turns > 100


async def test_a_batch_whose_worker_is_killed_is_graded_again() -> None:
    async with grading_pool(2) as pool:
        await pool.suggest(QUESTION, {}, REPLIES)
        first = workers_of(pool)
        grading = asyncio.create_task(pool.suggest(QUESTION, {}, REPLIES * 20))
        await asyncio.sleep(0.05)
        os.kill(first[0], signal.SIGKILL)

        assert await grading == EXPECTED * 20
        assert await pool.suggest(QUESTION, {}, REPLIES) == EXPECTED
        second = workers_of(pool)

    assert set(first).isdisjoint(second)
    assert wait_until_gone(first + second)


@pytest.mark.parametrize(("ended", "level"), [(False, logging.WARNING), (True, logging.INFO)])
async def test_a_death_is_a_warning_unless_the_end_of_everything_has_begun(
    caplog: pytest.LogCaptureFixture, ended: bool, level: int
) -> None:
    with caplog.at_level(logging.INFO):
        async with grading_pool(1, lambda: ended) as pool:
            await pool.suggest(QUESTION, {}, REPLIES)
            os.kill(workers_of(pool)[0], signal.SIGKILL)
            await pool.suggest(QUESTION, {}, REPLIES)

    assert [record.levelno for record in caplog.records if "a grading process died" in record.message] == [level]


async def test_several_batches_survive_the_same_death() -> None:
    async with grading_pool(2) as pool:
        await pool.suggest(QUESTION, {}, REPLIES)
        batches = [asyncio.create_task(pool.suggest(QUESTION, {}, REPLIES * 5)) for _ in range(4)]
        await asyncio.sleep(0.05)
        for worker in workers_of(pool):
            os.kill(worker, signal.SIGKILL)

        assert await asyncio.gather(*batches) == [EXPECTED * 5] * 4


async def test_processes_that_die_time_and_again_leave_the_batch_to_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.grading.worker.start", os._exit)
    async with grading_pool(1) as pool:
        assert await pool.suggest(QUESTION, {}, REPLIES) == EXPECTED


async def test_a_batch_that_nobody_waits_for_any_more_stops_nothing() -> None:
    async with grading_pool(1) as pool:
        given_up = asyncio.create_task(pool.suggest(QUESTION, {}, REPLIES * 50))
        await asyncio.sleep(0.3)
        given_up.cancel()
        with suppress(asyncio.CancelledError):
            await given_up

        assert await pool.suggest(QUESTION, {}, REPLIES) == EXPECTED


PARENT = """
import asyncio, sys
from adapters.grading.pool import grading_pool
from tests.adapters.grading.sample import GOOD, QUESTION

async def main():
    async with grading_pool(2) as pool:
        await pool.suggest(QUESTION, {}, [GOOD] * 100)
        print(*pool._executor._processes, flush=True)
        await asyncio.to_thread(sys.stdin.readline)
        print(len(await pool.suggest(QUESTION, {}, [GOOD] * 100)), flush=True)

if __name__ == "__main__":
    asyncio.run(main())
"""


def parent() -> tuple[subprocess.Popen[str], list[int]]:
    process = subprocess.Popen(
        [sys.executable, "-c", PARENT], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    return process, [int(pid) for pid in process.stdout.readline().split()]


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")
def test_workers_die_with_a_parent_that_is_killed() -> None:
    process, workers = parent()
    assert len(workers) == 2
    assert all(map(is_alive, workers))

    with process:
        process.kill()

    assert wait_until_gone(workers)


@pytest.mark.skipif(not Path("/proc").exists(), reason="looks processes up in /proc")
def test_ctrl_c_is_left_to_the_parent() -> None:
    process, workers = parent()
    for worker in workers:
        os.kill(worker, signal.SIGINT)

    said, _ = process.communicate("go on\n", timeout=30)

    assert said.strip() == "100"
    assert process.returncode == 0
    assert wait_until_gone(workers)


def test_a_worker_imports_the_grader_and_the_domain_alone() -> None:
    script = "import adapters.grading.lexical, adapters.grading.worker, sys; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)

    ours = {
        name for name in found.stdout.split() if name.partition(".")[0] in {"adapters", "bot", "content", "scheduler"}
    }
    assert {name for name in ours if not name.startswith(("adapters.grading", "bot.domain"))} == {"adapters", "bot"}
    assert not {"asyncio", "redis", "pydantic", "yaml", "aiohttp"} & set(found.stdout.split())
