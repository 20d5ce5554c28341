"""The alert rules against what a bot really exposes after a day with a late post, a refusal and a reply that was lost."""

import ast
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from adapters.metrics import Metrics
from adapters.redis.overview import RedisOverview
from adapters.redis.store import Store
from bot.ports import OutcomeUnknown, Refused, StoreUnavailable
from bot.settings import VARIABLES
from tests.deploy.promql import KNOWN, grouped_by, selectors, words
from tests.world import MONDAY, TODAY, build, question

ROOT = Path(__file__).parents[2]
RULES: Sequence[Mapping[str, Any]] = [
    rule for group in yaml.safe_load((ROOT / "docs/alerts.yml").read_text())["groups"] for rule in group["rules"]
]
Sample = tuple[str, dict[str, str], float]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))


@pytest.fixture
async def exposed(store: Store) -> Sequence[Sample]:
    """What a scrape finds after such a day."""
    metrics = Metrics(["console"], "1.0")
    metrics.clock(lambda: True)
    world = build(store, [question(number) for number in range(6)], metrics=metrics)
    await world.set_up()
    world.mischief.before("post_question", OutcomeUnknown("slow"))
    await world.at(9)
    await world.later(seconds=5)
    await world.reply("ben", "alpha")
    world.mischief.before("submit", StoreUnavailable("gone"))
    await world.reply("eva", "beta")
    world.mischief.before("post_reveal", Refused("gone"))
    await world.at(16)
    await world.at(17, day=MONDAY.replace(day=5))
    assert (await world.get(TODAY)).settled
    world.room.close()
    page, _ = await metrics.scraped(lambda: _loads(world.store))
    return samples(page)


async def _loads(store: Store) -> Sequence[Any]:
    return [await RedisOverview(store).load("console")]


def samples(page: bytes) -> Sequence[Sample]:
    families = text_string_to_metric_families(page.decode())
    return [(one.name, one.labels, one.value) for family in families for one in family.samples]


@each_rule
def test_a_rule_says_what_is_wrong_and_what_to_do(rule: Mapping[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"Studybot[A-Za-z]+", rule["alert"])
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert set(rule["annotations"]) == {"summary", "action"}
    assert re.fullmatch(r"[0-9]+[smh]", rule.get("for", "0s"))
    named = set(re.findall(r"\$labels\.(\w+)", str(rule["annotations"])))
    assert named <= grouped_by(rule["expr"])


def test_no_two_rules_have_one_name() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


@each_rule
def test_a_rule_selects_what_the_bot_exposes(rule: Mapping[str, Any], exposed: Sequence[Sample]) -> None:
    asked = selectors(rule["expr"])
    assert asked
    for selector in asked:
        found = [labels for name, labels, _ in exposed if selector.selects(name, labels)]
        assert found, f"{selector} selects nothing"
        assert all(grouped_by(rule["expr"]) <= {*labels, "le"} for labels in found)
    assert words(rule["expr"]) <= KNOWN


def test_what_happened_that_day_is_in_what_the_rules_look_at(exposed: Sequence[Sample]) -> None:
    happened = {(name, *sorted(labels.values())): value for name, labels, value in exposed}
    assert happened["studybot_replies_total", "console", "not_saved"] == 1
    assert happened["studybot_refusals_total", "console"] == 1
    assert happened["studybot_retries_total", "console", "open"] == 1
    assert happened["studybot_rounds_total", "console", "revealed"] == 1
    assert happened["studybot_store_script_seconds_count", "submit"] == 1


@each_rule
def test_what_a_rule_names_is_there(rule: Mapping[str, Any]) -> None:
    """Settings, and log lines in quotes."""
    said = " ".join(rule["annotations"].values())
    assert set(re.findall(r"STUDYBOT_\w+", said)) <= set(VARIABLES)
    assert set(re.findall(r'"([^"]+)"', said)) <= _messages()


def _messages() -> set[str]:
    files = [file for package in ("bot", "scheduler") for file in sorted((ROOT / package).rglob("*.py"))]
    calls = (node for file in files for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.Call))
    return {
        str(call.args[0].value)
        for call in calls
        if ast.unparse(call.func).startswith("log.") and isinstance(call.args[0], ast.Constant)
    }
