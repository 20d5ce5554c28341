import asyncio
import time
from collections.abc import Sequence

import pytest
from prometheus_client.parser import text_string_to_metric_families

import adapters.metrics
from adapters.metrics import Metrics
from bot.domain.programme import ProgrammeState
from bot.domain.reply import ReceiptState
from bot.domain.round import Step
from bot.ports import Judged, StoreUnavailable
from bot.views import Load

LOAD = Load(
    platform="console",
    entries=3,
    late_s=1.5,
    overdue_s={Step.OPEN: 400, Step.REVEAL: 0, Step.SETTLE: 0, Step.REGRADE: 0, Step.AMEND: 0},
    programmes={ProgrammeState.ACTIVE: 2, ProgrammeState.PAUSED: 1},
)


async def well() -> Sequence[Load]:
    return [LOAD]


async def cut_off() -> Sequence[Load]:
    raise StoreUnavailable("the store did not answer")


async def silent() -> Sequence[Load]:
    await asyncio.sleep(10)
    return []


@pytest.fixture
def metrics() -> Metrics:
    return Metrics(["console"], "1.2.3", ["submit"])


async def value(metrics: Metrics, name: str, **labels: str) -> float | None:
    page, _ = await metrics.scraped(well)
    return sample(page, name, **labels)


def sample(page: bytes, name: str, **labels: str) -> float | None:
    found = [one for family in text_string_to_metric_families(page.decode()) for one in family.samples]
    return next((one.value for one in found if one.name == name and one.labels == labels), None)


async def test_what_happened_is_counted_by_platform(metrics: Metrics) -> None:
    metrics.opened("console", 0.4)
    metrics.opened("console", 400)
    metrics.revealed("console", 2)
    metrics.skipped("console")
    metrics.replied("console", ReceiptState.NOT_SAVED)
    metrics.refused("console")
    metrics.retried("console", Step.REVEAL)

    late = {"platform": "console", "step": "open"}
    assert await value(metrics, "studybot_rounds_total", platform="console", state="opened") == 2
    assert await value(metrics, "studybot_rounds_total", platform="console", state="revealed") == 1
    assert await value(metrics, "studybot_rounds_total", platform="console", state="skipped") == 1
    assert await value(metrics, "studybot_round_lateness_seconds_bucket", **late, le="300.0") == 1
    assert await value(metrics, "studybot_round_lateness_seconds_count", **late) == 2
    assert await value(metrics, "studybot_replies_total", platform="console", outcome="not_saved") == 1
    assert await value(metrics, "studybot_refusals_total", platform="console") == 1
    assert await value(metrics, "studybot_retries_total", platform="console", step="reveal") == 1


async def test_what_has_not_happened_yet_is_there_as_zero(metrics: Metrics) -> None:
    """Else its first time would be no increase, and no alert."""
    assert await value(metrics, "studybot_refusals_total", platform="console") == 0
    assert await value(metrics, "studybot_replies_total", platform="console", outcome="not_saved") == 0
    assert await value(metrics, "studybot_rounds_total", platform="console", state="skipped") == 0
    assert await value(metrics, "studybot_store_script_seconds_count", script="submit") == 0


async def test_an_id_that_a_stranger_made_up_makes_no_series_of_its_own(metrics: Metrics) -> None:
    for number in range(9):
        metrics.replied(f"made-up-{number}", ReceiptState.UNKNOWN_ROUND)

    page, _ = await metrics.scraped(well)

    assert b"made-up" not in page
    assert sample(page, "studybot_replies_total", platform="other", outcome="unknown_round") == 9


async def test_the_store_is_asked_at_each_scrape(metrics: Metrics) -> None:
    page, content_type = await metrics.scraped(well)

    assert content_type.startswith("text/plain; version=0.0.4")
    assert sample(page, "studybot_store_up") == 1
    assert sample(page, "studybot_agenda_entries", platform="console") == 3
    assert sample(page, "studybot_agenda_lag_seconds", platform="console") == 1.5
    assert sample(page, "studybot_overdue_seconds", platform="console", step="open") == 400
    assert sample(page, "studybot_programmes", platform="console", state="paused") == 1


async def test_a_store_that_was_never_reached_tells_nothing_and_is_down(metrics: Metrics) -> None:
    page, _ = await metrics.scraped(cut_off)

    assert sample(page, "studybot_store_up") == 0
    assert sample(page, "studybot_agenda_entries", platform="console") is None


async def test_what_the_store_alone_knows_is_not_told_while_it_is_silent_which_is_said_within_a_second(
    metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(adapters.metrics, "_STORE_SECONDS", 0.05)
    await metrics.scraped(well)
    metrics.refused("console")
    began = time.monotonic()

    page, _ = await metrics.scraped(silent)

    assert time.monotonic() - began < 1
    assert sample(page, "studybot_store_up") == 0
    assert sample(page, "studybot_agenda_entries", platform="console") is None
    assert sample(page, "studybot_overdue_seconds", platform="console", step="open") is None
    assert sample(page, "studybot_refusals_total", platform="console") == 1
    assert await value(metrics, "studybot_store_up") == 1


async def test_only_a_process_with_a_clock_tells_whether_it_ticks(metrics: Metrics) -> None:
    assert await value(metrics, "studybot_scheduler_ticking") is None
    metrics.clock(lambda: False)
    assert await value(metrics, "studybot_scheduler_ticking") == 0


async def test_only_a_process_that_listens_tells_whether_it_can_be_reached(metrics: Metrics) -> None:
    assert await value(metrics, "studybot_gateway_ready", platform="console") is None
    reached = [False, True]
    metrics.gateway("console", lambda: (reached.pop(0), {"socket": "open"}))
    assert [await value(metrics, "studybot_gateway_ready", platform="console") for _ in range(2)] == [0, 1]


async def test_no_series_says_when_another_was_created(metrics: Metrics) -> None:
    page, _ = await metrics.scraped(well)
    assert b"_created" not in page


async def test_two_bots_in_one_process_count_for_themselves(metrics: Metrics) -> None:
    other = Metrics(["console"], "1.2.3")
    metrics.refused("console")
    assert await value(other, "studybot_refusals_total", platform="console") == 0


async def test_the_version_and_the_process_are_told(metrics: Metrics) -> None:
    assert await value(metrics, "studybot_build_info", version="1.2.3") == 1
    assert await value(metrics, "process_resident_memory_bytes")


async def test_what_came_of_replies_that_a_model_was_shown_is_counted(metrics: Metrics) -> None:
    metrics.judged(Judged.OVER_LIMIT)

    assert await value(metrics, "studybot_llm_replies_total", outcome="over_limit") == 1
    assert await value(metrics, "studybot_llm_replies_total", outcome="answered") == 0
