"""Whatever a server does, the offline suggestions come, in time, and nobody's words are anywhere else."""

import asyncio
import logging
import sys
import time
from collections.abc import Sequence

import pytest

from adapters.grading.llm import Access, open_llm
from adapters.grading.llm import grader as grader_module
from bot.ports import Grader, StartError, StoreUnavailable
from tests.adapters.grading.llm.conftest import Literal, Llm, Purse, literal
from tests.adapters.grading.sample import QUESTION
from tests.fakes.llm import MODEL, Act, cut, drip, elsewhere, flood, garbled, packed, page, raw, saying, slowly, status

REPLY = "The hunter in the rye says that the old version keeps running."
NOTHING = {point.id: {"quotation": "", "verdict": "not seen"} for point in QUESTION.key_points}
right: Act = saying(
    lambda _: {**NOTHING, "rollback": {"quotation": "the old version keeps running", "verdict": "covered"}}
)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grader_module, "_PAUSE_SECONDS", 0.0)


async def grades(grader: Grader, count: int = 1) -> Sequence[str]:
    """Grade so many replies; return which grader's suggestion stands for each. The offline ones are as without a model."""
    found = await grader.suggest(QUESTION, {}, [REPLY] * count)
    assert all(one == literal(QUESTION, REPLY, {}) for one in found if one.grader == "literal")
    return [one.grader for one in found]


@pytest.mark.parametrize(
    ("act", "outcome", "requests"),
    [
        (status(429), "limited", 2),
        (status(500), "failed", 2),
        (status(503), "failed", 2),
        (status(401), "refused", 1),
        (status(404), "refused", 1),
        (status(400), "refused", 2),  # the second time more plainly
        (cut, "unreachable", 2),
        (flood, "malformed", 1),
        (packed(lambda _: NOTHING), "malformed", 1),
        (garbled, "malformed", 1),
        (page, "malformed", 1),
        (elsewhere, "refused", 1),  # words go nowhere but where they were meant to go
        (raw(""), "malformed", 1),
        (raw("{"), "malformed", 1),
        (raw("[]"), "malformed", 1),
        (raw('{"choices": []}'), "malformed", 1),
        (raw('{"choices": [{"message": {"content": 3}}]}'), "malformed", 1),
        (saying(lambda _: "I cannot help with that."), "malformed", 1),
        (saying(lambda _: {"rollback": NOTHING["rollback"]}), "malformed", 1),
        (saying(lambda _: {**NOTHING, "four": NOTHING["rollback"]}), "malformed", 1),
    ],
)
async def test_without_an_answer_of_use_the_offline_suggestion_stands(
    llm: Llm, grader: Grader, act: Act, outcome: str, requests: int
) -> None:
    llm.fake.will(act)

    assert await grades(grader) == ["literal"]
    assert llm.told == {outcome: 1}
    assert len(llm.fake.asked) == requests


@pytest.mark.parametrize("first", [status(429), status(502), cut])
async def test_what_may_pass_is_tried_once_more(llm: Llm, grader: Grader, first: Act) -> None:
    llm.fake.will(first, right)

    assert await grades(grader) == ["llm"]
    assert llm.told == {"answered": 1}
    assert llm.purse.left == 998  # each request counts


async def test_a_server_without_structured_answers_is_asked_plainly_from_then_on(llm: Llm, grader: Grader) -> None:
    llm.fake.will(status(400), right)

    assert await grades(grader) == ["llm"]
    assert await grades(grader) == ["llm"]
    assert ["response_format" in body for body in llm.fake.asked] == [True, False, False]


async def test_nobody_there_is_no_trouble(llm: Llm) -> None:
    access = Access(url="http://127.0.0.1:9/v1/", model=MODEL)
    async with open_llm(access, Literal(), Purse(), llm._hear) as grader:
        assert await grades(grader) == ["literal"]
    assert llm.told == {"unreachable": 1}


@pytest.mark.parametrize("act", [slowly(60, right), drip])
async def test_a_request_ends_also_if_its_answer_does_not(llm: Llm, act: Act) -> None:
    llm.fake.will(act)
    async with llm.open(seconds=1.5) as grader:
        began = time.monotonic()
        assert await grades(grader) == ["literal"]

    assert time.monotonic() - began < 5
    assert llm.told == {"timeout": 1}


async def test_a_reveal_waits_no_longer_than_was_said_and_keeps_what_was_answered_by_then(llm: Llm) -> None:
    llm.fake.will(*[right] * 8, slowly(0.8, right))
    async with llm.open(seconds=3) as grader:
        began = time.monotonic()
        found = await grades(grader, 100)
        took = time.monotonic() - began

    assert 3 <= took < 5
    assert 8 <= found.count("llm") < 60
    assert llm.told["no time"] == 100 - found.count("llm")


async def test_no_more_are_asked_about_at_a_time_than_was_said(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grader_module, "MOST_ASKED", 10)
    llm.fake.will(slowly(0.1, right))
    async with llm.open() as grader:
        found = await asyncio.gather(grades(grader, 7), grades(grader, 7))
        again = await grades(grader, 7)

    assert [one.count("llm") for one in found] == [7, 3]
    assert again.count("llm") == 7
    assert llm.fake.most_running == 8


async def test_after_the_day_s_requests_the_offline_suggestion_stands(llm: Llm, grader: Grader) -> None:
    llm.fake.will(right)
    llm.purse.left = 3

    found = await grades(grader, 5)

    assert (found.count("llm"), found.count("literal")) == (3, 2)
    assert len(llm.fake.asked) == 3
    assert llm.told == {"answered": 3, "over limit": 2}


async def test_a_store_that_does_not_say_what_is_left_costs_nothing(llm: Llm, grader: Grader) -> None:
    llm.purse.trouble = StoreUnavailable("away")

    assert await grades(grader) == ["literal"]
    assert llm.fake.asked == []


@pytest.mark.parametrize(("act", "most"), [(status(401), 8), (status(500), 12)])
async def test_trouble_that_lasts_is_not_met_again_at_every_reveal(
    llm: Llm, grader: Grader, act: Act, most: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    llm.fake.will(act)
    assert await grades(grader, 30) == ["literal"] * 30
    asked = len(llm.fake.asked)

    assert asked <= most
    assert await grades(grader, 30) == ["literal"] * 30
    assert len(llm.fake.asked) == asked
    assert [record.levelname for record in caplog.records if record.name.startswith("adapters")] == ["WARNING"]

    later = asyncio.get_running_loop().time() + grader_module.REST_SECONDS
    monkeypatch.setattr(grader_module, "_now", lambda: later)
    llm.fake.will(right)
    assert await grades(grader) == ["llm"]


async def test_whoever_gives_up_waiting_leaves_nothing_running(llm: Llm, grader: Grader) -> None:
    llm.fake.will(slowly(30, right))
    waiting = asyncio.create_task(grades(grader, 5))
    while not llm.fake.running:
        await asyncio.sleep(0.01)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    llm.fake.will(right)
    assert await grades(grader) == ["llm"]


async def test_no_log_has_a_word_of_a_reply_or_the_key(
    llm: Llm, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        async with llm.open() as grader:
            for act in (right, status(400), status(500), cut, raw(REPLY), flood, status(401)):
                llm.fake.will(act)
                await grades(grader)

    said = caplog.text + "".join(capfd.readouterr())
    assert "hunter" not in said
    assert repr(llm.access()).count("hunter") == 0


async def test_what_leaves_has_no_mention_and_tells_nothing_of_who_and_where_we_are(
    llm: Llm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-from-the-environment")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "project-from-the-environment")
    llm.fake.will(right)
    async with llm.open() as grader:
        await grader.suggest(QUESTION, {}, [f"As <@U012AB3CD> (ana@example.org) and @ben said: {REPLY}"])

    sent = f"{llm.fake.asked} {llm.fake.headers}"
    assert "old version keeps running" in sent
    for word in ("U012AB3CD", "ana@", "@ben", "from-the-environment", "Linux", "CPython"):
        assert word not in sent


async def test_without_the_extra_a_sentence_says_so(llm: Llm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "adapters.grading.llm.client", raising=False)
    monkeypatch.setitem(sys.modules, "openai", None)

    with pytest.raises(StartError, match=r"install the bot's extra \[llm\]"):
        async with llm.open():
            pass
