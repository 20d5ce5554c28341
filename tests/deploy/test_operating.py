"""What docs/operating.md tells is so: its commands run, its tables list what there is, its links lead somewhere."""

import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from bot.address import parse_url
from bot.settings import OWN_PACK, VARIABLES, Settings, load
from tests.cli.command import bot, start, until_running
from tests.deploy.promql import Sample
from tests.log_lines import log_lines

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "operating.md").read_text()
COMMANDS = re.findall(r"python -m bot ([a-z][a-z ]*[a-z])", TEXT)


def _blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


def _table(heading: str) -> Iterator[list[str]]:
    after = TEXT.partition(f"\n| {heading} ")[2]
    for line in after.splitlines()[2:]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def _named(cell: str) -> set[str]:
    return set(re.findall(r"`([a-z_]+)`", cell))


@pytest.mark.parametrize("command", sorted(set(COMMANDS)))
def test_a_command_that_is_told_of_is_there(command: str) -> None:
    assert bot(*command.split(), "--help").returncode == 0


def test_what_to_run_when_something_is_wrong_runs_beside_a_running_bot(tmp_path: Path) -> None:
    settings = {"STUDYBOT_DATA_DIR": str(tmp_path / "d"), "STUDYBOT_CONSOLE_FILE": str(tmp_path / "room.jsonl")}
    commands = re.findall(r"^\.venv/bin/python -m bot (.+)$", _blocks("console")[-1], re.MULTILINE)
    process = start("run", settings=settings)
    try:
        until_running(process)
        done = [bot(*command.split(), settings=settings) for command in commands]
    finally:
        process.terminate()
        process.communicate(timeout=20)

    assert commands == ["doctor", "status", "boards verify"]
    assert [one.returncode for one in done] == [0, 0, 0]


def test_the_secrets_are_made_as_told(tmp_path: Path) -> None:
    (block,) = [block for block in _blocks("console") if "secrets" in block]
    lines = [line for line in block.splitlines() if not line.startswith("docker ")]

    subprocess.run(["sh", "-e", "-c", "\n".join(lines)], cwd=tmp_path, check=True)

    target = parse_url((tmp_path / "secrets" / "redis-url").read_text())
    assert target.password
    assert (tmp_path / "secrets" / "store.conf").read_text() == f"requirepass {target.password}\n"
    assert (tmp_path / "secrets").stat().st_mode & 0o77 == 0
    assert all(file.stat().st_mode & 0o777 == 0o644 for file in (tmp_path / "secrets").iterdir())


def test_every_metric_is_listed_with_its_labels(exposed: Sequence[Sample]) -> None:
    listed = {re.sub(r"[`]", "", name): _named(labels) for name, labels, _ in _table("metric")}
    there: dict[str, set[str]] = {}
    for name, labels, _ in exposed:
        if name.startswith("studybot_"):
            there.setdefault(re.sub(r"_(bucket|count|sum)$", "", name), set()).update(set(labels) - {"le"})

    assert listed == there


def test_every_field_of_a_log_line_is_listed() -> None:
    listed = {field for fields, _ in _table("field") for field in _named(fields)}
    assert listed == {field for line in log_lines("bot", "adapters", "content", "scheduler") for field in line.fields}


def test_the_life_of_a_round_is_logged_in_these_words() -> None:
    told = re.findall(r'"([a-z ]+)"', TEXT.partition("one search shows its life:")[2].partition("What members")[0])
    assert len(told) == 6
    assert set(told) <= {line.message for line in log_lines("bot/service")}


def test_the_settings_it_names_are_there() -> None:
    assert set(re.findall(r"STUDYBOT_[A-Z_]+", TEXT)) <= {*VARIABLES, "STUDYBOT_REDIS_URL_FILE"}


def test_prometheus_is_led_to_the_default_port_and_the_rules() -> None:
    (block,) = [block for block in _blocks("yaml") if "scrape_configs" in block]
    config: Mapping[str, Sequence[object]] = yaml.safe_load(block)
    port = Settings.model_fields["http_port"].default

    assert f"localhost:{port}" in str(config["scrape_configs"])
    assert [(ROOT / "docs" / str(file)).exists() for file in config["rule_files"]] == [True]


def test_what_brings_a_pack_into_the_compose_file_is_about_its_bot_and_may_be_set(tmp_path: Path) -> None:
    (block,) = [block for block in _blocks("yaml") if "STUDYBOT_PACKS" in block]
    ours = yaml.safe_load(block)["services"]["bot"]
    theirs = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]["bot"]
    named = ours["environment"]["STUDYBOT_PACKS"]
    _, inside, _ = ours["volumes"][0].split(":")

    assert set(ours) <= set(theirs)
    assert load({"STUDYBOT_PACKS": named.replace(inside, str(tmp_path))}, env_file=None).packs == (OWN_PACK, tmp_path)


def test_the_url_for_sentinel_is_one() -> None:
    (url,) = re.findall(r"^STUDYBOT_REDIS_URL=(redis\+sentinel://\S+)$", TEXT, re.MULTILINE)
    target = parse_url(url)
    assert (len(target.hosts), target.service) == (3, "quiz")


@pytest.mark.parametrize(
    "page",
    [
        "README.md",
        "docs/operating.md",
        "docs/slack.md",
        "docs/discord.md",
        "docs/grading.md",
        "docs/llm.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
    ],
)
def test_a_link_to_a_file_leads_to_one(page: str) -> None:
    file = ROOT / page
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", file.read_text())
    assert not [link for link in links if not (file.parent / link).exists()]
