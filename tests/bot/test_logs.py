import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.round import Step
from bot.logs import configure

log = logging.getLogger("bot.service.sample")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    names = (None, "bot", "adapters", "content", "scheduler", "__main__", "apscheduler.scheduler")
    loggers = [logging.getLogger(name) for name in names]
    levels, handlers = [one.level for one in loggers], list(loggers[0].handlers)
    yield
    loggers[0].handlers[:] = handlers
    for one, level in zip(loggers, levels, strict=True):
        one.setLevel(level)


def logged(layout: str, message: str, *args: object, level: str = "INFO", **extra: object) -> str:
    stream = io.StringIO()
    configure(layout, level, stream)
    log.info(message, *args, extra=extra)
    return stream.getvalue()


def failed(layout: str, error: Exception) -> str:
    stream = io.StringIO()
    configure(layout, "INFO", stream)
    try:
        raise error
    except type(error):
        log.exception("it failed")
    return stream.getvalue()


def test_a_tick_that_is_skipped_is_no_line_of_its_own() -> None:
    stream = io.StringIO()
    configure("text", "INFO", stream)

    logging.getLogger("apscheduler.scheduler").warning("skipped")
    logging.getLogger("apscheduler.executors.default").error("failed")

    assert "skipped" not in stream.getvalue()
    assert "failed" in stream.getvalue()


def test_text_has_time_level_logger_message_and_extra() -> None:
    line = logged("text", "opened %s", "it", round="slack:T:C:2026-11-23", step=Step.OPEN, why="a b", none="")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z INFO    bot\.service\.sample: opened it "
        r'round=slack:T:C:2026-11-23 step=open why="a b" none=""\n',
        line,
    )


def test_json_is_one_object_a_line() -> None:
    event = json.loads(
        logged("json", "opened %s", "it", round="r", step=Step.OPEN, attempt=2, late=float("nan"), at={1})
    )
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event.pop("time"))
    assert event == {
        "level": "INFO",
        "logger": "bot.service.sample",
        "message": "opened it",
        "round": "r",
        "step": "open",
        "attempt": 2,
        "late": "nan",
        "at": "{1}",
    }


def test_extra_cannot_pose_as_the_rest() -> None:
    event = json.loads(logged("json", "true", level="INFO", time="never", logger="other"))
    assert event["logger"] == "bot.service.sample"
    assert event["time"] != "never"


def test_an_exception_stands_behind_a_bar_in_text() -> None:
    first, *rest = failed("text", ValueError("one\n2026-01-01 00:00:00.000Z INFO    forged: \x1b[31m")).splitlines()
    assert "it failed" in first
    assert all(line.startswith("  | ") for line in rest)
    assert "\\x1b[31m" in rest[-1]


def test_an_exception_is_a_field_in_json() -> None:
    event = json.loads(failed("json", ValueError("one\ntwo")))
    assert event["exception"].endswith("ValueError: one\ntwo")


@pytest.mark.parametrize("layout", ["text", "json"])
@given(message=st.text(), value=st.text())
def test_an_event_is_one_line_whatever_stands_in_it(layout: str, message: str, value: str) -> None:
    written = logged(layout, "%s", message + "\r\n\x85\u2028", member=value)
    assert written.endswith("\n")
    assert len(written.splitlines()) == 1
    assert written.isascii() or layout == "text"
    written.encode()


def test_a_level_keeps_quiet_what_is_below_it_and_libraries_below_a_warning() -> None:
    stream = io.StringIO()
    configure("text", "DEBUG", stream)
    log.debug("ours")
    logging.getLogger("apscheduler.executors").info("theirs")
    logging.getLogger("apscheduler.executors").warning("a warning of theirs")
    assert [line.split(": ")[1] for line in stream.getvalue().splitlines()] == ["ours", "a warning of theirs"]
    assert logged("text", "an info", level="ERROR") == ""


def test_configured_twice_writes_once() -> None:
    first = io.StringIO()
    configure("text", "INFO", first)
    assert logged("text", "once").count("once") == 1
    assert first.getvalue() == ""


def test_without_a_stream_it_writes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    configure("text", "INFO")
    log.info("there")
    captured = capsys.readouterr()
    assert "there" in captured.err
    assert captured.out == ""
