"""A round can be followed through the log by its id, whatever happens to it, and nothing that was written is in there."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot.logs import configure
from bot.ports import Limited, OutcomeUnknown, Refused, Superseded
from tests.log_lines import LogLine, log_lines
from tests.world import TODAY, World

SECRET = "alpha, which nobody else may read"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root, ours = logging.getLogger(), logging.getLogger("bot")
    before, level = list(root.handlers), ours.level
    stream = io.StringIO()
    yield stream
    root.handlers[:] = before
    ours.setLevel(level)


async def _a_bad_day(world: World) -> None:
    world.mischief.before("post_question", OutcomeUnknown("it took too long"), Limited(2))
    world.mischief.before("opened", Superseded())
    await world.at(9)
    for _ in range(3):
        await world.later(seconds=61)
    await world.reply("ben", SECRET)
    await world.admin("reveal-now")
    world.mischief.before("read_back", Refused("not allowed"))
    world.mischief.before("edit_question", Refused("not allowed"))
    world.mischief.before("post_reveal", Refused("not allowed"))
    await world.due()
    await world.later(hours=49)


@pytest.mark.parametrize("layout", ["text", "json"])
async def test_every_line_about_a_round_has_its_id(world: World, written: io.StringIO, layout: str) -> None:
    await world.set_up()
    configure(layout, "INFO", written)

    await _a_bad_day(world)

    assert (await world.get()).settled
    lines = written.getvalue().splitlines()
    told = [json.loads(line) for line in lines] if layout == "json" else lines
    without = [
        line
        for line in told
        if (line.get("round") if isinstance(line, dict) else f" round={TODAY} " in f"{line} ") not in {TODAY, True}
    ]
    assert not without
    for said in (
        "outcome unknown",
        "asks to wait",
        "took over",
        "round open",
        "reply",
        "by hand",
        "closing",
        "settled",
    ):
        assert any(said in line for line in lines), said
    assert not any(SECRET in line for line in lines)


@pytest.mark.parametrize("line", log_lines("bot/service", "scheduler"), ids=lambda line: str(line.where))
def test_where_a_round_is_at_hand_it_is_logged(line: LogLine) -> None:
    assert "round" in line.fields or not line.has_round, line.message
