"""The alert rules against what a bot really exposes after a day with a late post, a refusal and a reply that was lost."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import VARIABLES
from tests.deploy.promql import KNOWN, Sample, grouped_by, labels_of, selectors, words
from tests.log_lines import log_lines

ROOT = Path(__file__).parents[2]
RULES: Sequence[Mapping[str, Any]] = [
    rule for group in yaml.safe_load((ROOT / "docs/alerts.yml").read_text())["groups"] for rule in group["rules"]
]

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule["alert"]))


@each_rule
def test_a_rule_says_what_is_wrong_and_what_to_do(rule: Mapping[str, Any]) -> None:
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert re.fullmatch(r"Studybot[A-Za-z]+", rule["alert"])
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert set(rule["annotations"]) == {"summary", "action"}
    assert re.fullmatch(r"[0-9]+[smh]", rule.get("for", "0s"))
    named = set(re.findall(r"\$labels\.(\w+)", str(rule["annotations"])))
    assert named <= labels_of(rule["expr"])


def test_no_two_rules_have_one_name() -> None:
    assert len({rule["alert"] for rule in RULES}) == len(RULES)


@each_rule
def test_a_rule_selects_what_the_bot_exposes(rule: Mapping[str, Any], exposed: Sequence[Sample]) -> None:
    asked = selectors(rule["expr"])
    assert asked
    for selector in asked:
        found = [labels for name, labels, _ in exposed if selector.selects(name, labels)]
        assert found, f"{selector} selects nothing"
        if selector.metric.startswith("studybot_"):  # others are there to be compared with these
            assert all(grouped_by(rule["expr"]) <= {*labels, "le"} for labels in found)
    assert words(rule["expr"]) <= KNOWN


@each_rule
def test_a_rule_about_a_single_event_sees_also_what_was_done_before_the_first_scrape(rule: Mapping[str, Any]) -> None:
    """A bot that was down for long posts, skips or is refused within its first second."""
    if re.search(r"increase\(.*> 0\.5", rule["expr"], re.DOTALL):
        counters = set(re.findall(r"increase\((\w+(?:\{[^}]*\})?)", rule["expr"]))
        young = r" and on (job, instance) time() - process_start_time_seconds < 3600)"
        assert [one for one in counters if f"({one}{young}" not in rule["expr"]] == []


def test_the_job_that_a_rule_names_is_the_one_that_is_told_of() -> None:
    told = re.findall(r"job_name: (\w+)", (ROOT / "docs/operating.md").read_text())
    assert {job for rule in RULES for job in re.findall(r'job="(\w+)"', rule["expr"])} == set(told)


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
    assert set(re.findall(r'"([^"]+)"', said)) <= {line.message for line in log_lines("bot/service")}
