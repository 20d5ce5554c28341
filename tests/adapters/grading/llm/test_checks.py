"""The doctor on a model: each planted mistake is found, named and has its remedy; no secret and nobody's words are shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from aiohttp import web

from adapters.grading.llm import Access
from adapters.grading.llm.checks import llm as look
from bot.ports import Finding, Severity
from tests.adapters.grading.llm.conftest import Llm
from tests.fakes.llm import KEY, Act, data_of, listed, page, saying, status


def right(_: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "again": {"quotation": "train last year's model again", "verdict": "covered"},
        "blame": {"quotation": "", "verdict": "not seen"},
    }


def blind(_: Mapping[str, Any]) -> Mapping[str, Any]:
    return {id_: {"quotation": "not there", "verdict": "covered"} for id_ in ("again", "blame")}


def severities(found: Sequence[Finding]) -> list[Severity]:
    return [one.severity for one in found]


async def test_where_all_is_well_it_says_so_and_asks_about_words_of_its_own_once(llm: Llm) -> None:
    llm.fake.will(saying(right))

    found = await look(llm.access())

    assert severities(found) == [Severity.OK, Severity.OK]
    assert "little-model at 127.0.0.1" in found[0].said
    assert len(llm.fake.asked) == 1
    assert "versions" in data_of(llm.fake.asked[0])["reply"]


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """``planted`` changes what is configured, ``act`` what the server does."""

    said: str
    remedy: str
    planted: Callable[[Access], Access] = lambda access: access
    act: Act = field(default_factory=lambda: saying(right))
    severity: Severity = Severity.FAULT


MISTAKES = {
    "wrong key": Mistake(
        planted=lambda access: replace(access, key="sk-hunter3"),
        said="STUDYBOT_LLM_KEY is refused by 127.0.0.1",
        remedy="a key of that service",
    ),
    "no key": Mistake(
        planted=lambda access: replace(access, key=""), said="STUDYBOT_LLM_KEY is refused", remedy="a key"
    ),
    "another model": Mistake(
        planted=lambda access: replace(access, model="large-model"),
        said="STUDYBOT_LLM_MODEL is large-model, which the server does not list (it lists another-model, little-model)",
        remedy="as the server has it",
        severity=Severity.WARNING,
    ),
    "another path": Mistake(
        planted=lambda access: replace(access, url=access.url.replace("/v1/", "/")),
        said="knows no such address or model (404)",
        remedy="STUDYBOT_LLM_URL",
    ),
    "nobody there": Mistake(
        planted=lambda access: replace(access, url="http://127.0.0.1:9/v1/"),
        said="127.0.0.1:9 cannot be reached",
        remedy="STUDYBOT_LLM_URL",
    ),
    "no form": Mistake(act=saying(lambda _: "All covered!"), said="does not answer in the form", remedy="JSON form"),
    "a page": Mistake(act=page, said="does not answer in the form", remedy="JSON form"),
    "cannot quote": Mistake(
        act=saying(blind), said="grades a plain reply wrongly", remedy="more able", severity=Severity.WARNING
    ),
    "out of order": Mistake(
        act=status(503), said="gives no answer just now: failed (503)", remedy="later", severity=Severity.WARNING
    ),
    "over its limit": Mistake(act=status(429), said="limited (429)", remedy="later", severity=Severity.WARNING),
}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=MISTAKES)
async def test_a_mistake_is_named_with_what_to_do(llm: Llm, mistake: Mistake) -> None:
    llm.fake.will(mistake.act)

    found = await look(mistake.planted(llm.access()))

    worst = [one for one in found if one.severity is not Severity.OK]
    assert [one.severity for one in worst] == [mistake.severity]
    assert mistake.said in worst[0].said
    assert mistake.remedy in worst[0].remedy
    assert KEY not in str(found)
    assert "hunter" not in str(found)


async def test_a_server_that_lists_no_models_may_do_all_the_same(llm: Llm) -> None:
    llm.fake.will(saying(right))
    for answer in (web.Response(status=404), listed(), web.json_response(["another", "shape"])):
        llm.fake.models = lambda answer=answer: answer  # type: ignore[misc]
        found = await look(llm.access())
        assert found[-1].severity is Severity.OK


async def test_a_server_that_wants_to_be_asked_plainly_is(llm: Llm) -> None:
    llm.fake.will(status(400), saying(right))

    assert severities(await look(llm.access())) == [Severity.OK, Severity.OK]


async def test_words_in_the_clear_are_warned_of(llm: Llm) -> None:
    found = await look(replace(llm.access(), url="http://nobody.invalid/v1/"))

    assert found[0].severity is Severity.WARNING
    assert "in the clear" in found[0].said
