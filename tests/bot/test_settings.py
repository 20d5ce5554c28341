import os
import string
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.settings import VARIABLES, Role, Settings, SettingsError, default_data_dir, load
from bot.settings.texts import service_links
from tests.bot.environment import SLACK, given_, lines


def test_nothing_set_is_the_defaults() -> None:
    found = load({"HOME": "/home/ana", "PATH": "/bin"}, env_file=None)
    assert found == Settings(data_dir=default_data_dir({"HOME": "/home/ana"}))
    assert (found.http_host, found.http_port, found.roles) == ("127.0.0.1", 8080, frozenset(Role))
    assert (found.lease_seconds, found.retention_days, found.workers) == (60, 180, 200)
    assert (found.redis_url, found.packs, found.console_file) == (None, (), None)


def test_what_kubernetes_adds_for_a_service_of_the_bot_s_name_is_left_alone() -> None:
    links = {
        "STUDYBOT_SERVICE_HOST": "10.0.0.1",
        "STUDYBOT_SERVICE_PORT": "8080",
        "STUDYBOT_SERVICE_PORT_METRICS": "8080",
        "STUDYBOT_PORT": "tcp://10.0.0.1:8080",
        "STUDYBOT_PORT_8080_TCP": "tcp://10.0.0.1:8080",
        "STUDYBOT_PORT_8080_TCP_PROTO": "tcp",
        "STUDYBOT_PORT_8080_TCP_PORT": "8080",
        "STUDYBOT_PORT_8080_TCP_ADDR": "10.0.0.1",
        "STUDYBOT_HTTP_PORT": "tcp://10.0.0.2:80",  # of a service studybot-http
        "STUDYBOT_HTTP_SERVICE_HOST": "10.0.0.2",
    }
    assert load({"HOME": "/home/ana", **links}, env_file=None) == load({"HOME": "/home/ana"}, env_file=None)
    assert service_links({**links, "STUDYBOT_HTTP_PORT": "80"}) == links.keys() - {"STUDYBOT_HTTP_PORT"}
    assert len(lines(PORT="8080")) == 1


def test_everything_can_be_set(tmp_path: Path) -> None:
    found = given_(
        REDIS_URL="redis://:hunter2@h",
        DATA_DIR="~/quiz",
        HTTP_HOST="::",
        HTTP_PORT="0",
        ROLES=" Scheduler ,",
        LEASE_SECONDS="1.5",
        PACKS=f"{tmp_path}, {tmp_path}{os.pathsep}{tmp_path}",
        LOG_FORMAT="JSON",
        LOG_LEVEL="debug",
        RETENTION_DAYS="30",
        CONSOLE_FILE="room.jsonl",
        WORKERS="7",
        SLACK_BOT_TOKEN="xoxb-hunter2",
        SLACK_APP_TOKEN="xapp-hunter2",
        SLACK_SIGNING_SECRET="hunter2",
        SLACK_MODE="HTTP",
        SLACK_API_URL="http://127.0.0.1:8888/api",
        DISCORD_TOKEN="hunter2",
        DISCORD_API_URL="http://127.0.0.1:8889/api",
        DISCORD_MESSAGE_CONTENT="true",
        LLM_URL="https://llm.example.org/v1",
        LLM_KEY="sk-hunter2",
        LLM_MODEL="house/little-model:8b",
        LLM_DAILY_LIMIT="20",
        LLM_SECONDS="12.5",
    )
    assert found.redis_url is not None
    assert found.redis_url.get_secret_value() == "redis://:hunter2@h"
    assert found == Settings(
        redis_url=found.redis_url,
        data_dir=Path("~/quiz").expanduser(),
        http_host="::",
        http_port=0,
        roles=frozenset({Role.SCHEDULER}),
        lease_seconds=1.5,
        packs=(tmp_path,) * 3,
        log_format="json",
        log_level="DEBUG",
        retention_days=30,
        console_file=Path("room.jsonl"),
        workers=7,
        slack_bot_token=SecretStr("xoxb-hunter2"),
        slack_app_token=SecretStr("xapp-hunter2"),
        slack_signing_secret=SecretStr("hunter2"),
        slack_mode="http",
        slack_api_url="http://127.0.0.1:8888/api/",
        discord_token=SecretStr("hunter2"),
        discord_api_url="http://127.0.0.1:8889/api/v10/",
        discord_message_content=True,
        llm_url="https://llm.example.org/v1/",
        llm_key=SecretStr("sk-hunter2"),
        llm_model="house/little-model:8b",
        llm_daily_limit=20,
        llm_seconds=12.5,
    )


def test_every_variable_is_tried_above() -> None:
    assert set(VARIABLES.values()) == set(Settings.model_fields)
    assert len(VARIABLES) == 25


def test_an_empty_variable_is_not_set() -> None:
    assert given_(REDIS_URL="", HTTP_PORT=" ", ROLES="", PACKS="", CONSOLE_FILE="", REDIS_URL_FILE="") == given_()


@pytest.mark.parametrize(
    ("name", "text", "right"),
    [
        ("REDIS_URL", "localhost:6379", "begin with redis://"),
        ("REDIS_URL", "redis://h:x", "name a server as host:port"),
        ("REDIS_URL", "redis+sentinel://a", "name the service that the Sentinels watch"),
        ("DATA_DIR", "~nobody-of-that-name/quiz", "the path of a folder"),
        ("DATA_DIR", "a\0b", "the path of a folder"),
        ("HTTP_HOST", "my host", "an address to listen on"),
        ("HTTP_PORT", "65536", "a whole number from 0 to 65535"),
        ("HTTP_PORT", "http", "a whole number from 0 to 65535"),
        ("ROLES", "gateway,cook", "gateway, scheduler, or both"),
        ("ROLES", ",", "gateway, scheduler, or both"),
        ("LEASE_SECONDS", "0.5", "a number of seconds from 1 to 3600"),
        ("LEASE_SECONDS", "nan", "a number of seconds from 1 to 3600"),
        ("PACKS", "/no/such/folder", "folders of questions that are there"),
        ("PACKS", ",", "folders of questions that are there"),
        ("PACKS", "mlops,/no/such/folder", "folders of questions that are there, or mlops"),
        ("LOG_FORMAT", "xml", "text or json"),
        ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING or ERROR"),
        ("RETENTION_DAYS", "0", "a whole number of days from 1 to 3650"),
        ("CONSOLE_FILE", "\udc00\ud800", "the path of a file"),
        ("CONSOLE_FILE", "/", "the path of a file"),
        ("WORKERS", "-1", "a whole number from 1 to 10000"),
        ("LLM_DAILY_LIMIT", "0", "a whole number from 1 to 1000000"),
        ("LLM_SECONDS", "2", "a number of seconds from 3 to 600"),
        ("SLACK_MODE", "carrier pigeon", "socket or http"),
        ("SLACK_API_URL", "slack.com/api", "a URL that begins with https:// or http://"),
        ("SLACK_API_URL", "https://slack.com/api?x=1", "a URL that begins with https:// or http://"),
        ("DISCORD_API_URL", "discord.com/api", "a URL that begins with https:// or http://"),
        ("DISCORD_MESSAGE_CONTENT", "some", "true or false"),
    ],
)
def test_a_wrong_value_is_named_with_what_would_be_right(name: str, text: str, right: str) -> None:
    (line,) = lines(**{name: text})
    assert line.startswith(f"STUDYBOT_{name} ")
    assert f"should {right if name == 'REDIS_URL' else f'be {right}'}" in line


def test_all_that_is_wrong_is_named_at_once() -> None:
    found = lines(HTTP_PORT="x", LEASE_SECONDS="x", ROLES="x", REDIS_URI="x", REDIS_URL_FILE="/no/such/file")
    assert len(found) == 5
    assert len(lines(HTTP_PORT="x", REDIS_URL="redis://h:x", CONSOLE_FILE="/")) == 3


def test_an_unknown_variable_is_named_with_the_nearest_known_one() -> None:
    assert lines(REDIS_URI="x") == ("STUDYBOT_REDIS_URI is not a setting: the nearest is STUDYBOT_REDIS_URL.",)
    assert "STUDYBOT_HTTP_PORT." in lines(PORT="1")[0]
    with pytest.raises(SettingsError, match="studybot_workers is not a setting: the nearest is STUDYBOT_WORKERS"):
        load({"studybot_workers": "3"}, env_file=None)


def test_where_no_known_one_is_near_none_is_guessed() -> None:
    assert lines(TYPO="x") == ("STUDYBOT_TYPO is not a setting: README.md lists them all.",)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "redis-url"
    secret.write_text("redis://:hunter2@h\n")
    url = given_(REDIS_URL_FILE=str(secret)).redis_url
    assert url is not None
    assert url.get_secret_value() == "redis://:hunter2@h"
    assert "both set" in lines(REDIS_URL_FILE=str(secret), REDIS_URL="redis://h")[0]


def test_a_secrets_file_that_will_not_do_is_one_sentence(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty", tmp_path / "binary"
    empty.touch()
    binary.write_bytes(b"\xff\xfe")
    for path, why in ((empty, "empty"), (binary, "not UTF-8"), (tmp_path, "Is a directory"), ("\0", "cannot be read")):
        (line,) = lines(REDIS_URL_FILE=str(path))
        assert why in line


def test_no_secret_shows(tmp_path: Path) -> None:
    found = given_(REDIS_URL="redis://:hunter2@h", **{name: f"{text}-hunter2" for name, text in SLACK.items()})
    assert "hunter2" not in f"{found!r} {found} {found.model_dump()}"
    wrong = tmp_path / "wrong"
    wrong.write_text("hunter2")
    for variables in (
        {"REDIS_URL": "hunter2"},
        {"REDIS_URL_FILE": str(wrong)},
        {"REDIS_URL_FILE": "hunter2"},
        {"SLACK_BOT_TOKEN": "hunter2"},
    ):
        with pytest.raises(SettingsError) as caught:
            given_(**variables)
        assert "hunter2" not in str(caught.value)
        assert caught.value.__context__ is None


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("STUDYBOT_HTTP_PORT=1\nexport STUDYBOT_WORKERS='2'\nOTHER=x\nSTUDYBOT_ROLES\n# STUDYBOT_X=1\n")
    found = load({"STUDYBOT_HTTP_PORT": "3"}, env_file=file)
    assert (found.http_port, found.workers) == (3, 2)
    file.write_text("STUDYBOT_WORKER=2\n")
    with pytest.raises(SettingsError, match="STUDYBOT_WORKER is not a setting"):
        load({}, env_file=file)


def test_a_file_that_is_no_text_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"STUDYBOT_WORKERS=\xff\n")
    with pytest.raises(SettingsError, match=r"cannot be read .*lines of NAME=value"):
        load({}, env_file=file)
    assert load({}, env_file=tmp_path / "none").workers == 200


def test_a_broken_line_of_the_file_is_named_with_all_else_that_is_wrong(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "STUDYBOT_WORKERS=x\n\nSTUDYBOT_HTTP_PORT 8080\nSTUDYBOT_ROLES='gateway\nSTUDYBOT_DATA_DIR=${HOME}\n"
    )

    with pytest.raises(SettingsError) as caught:
        load({"STUDYBOT_LEASE_SECONDS": "x"}, env_file=file)

    assert [line[: line.index(" ", len(f"{file}, line "))] for line in caught.value.lines[:2]] == [
        f"{file}, line 3,",
        f"{file}, line 4,",
    ]
    assert [line.split()[0] for line in caught.value.lines[2:]] == ["STUDYBOT_LEASE_SECONDS", "STUDYBOT_WORKERS"]
    assert not caplog.messages


def test_without_arguments_it_reads_environment_and_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("STUDYBOT_WORKERS=2\n")
    monkeypatch.setenv("STUDYBOT_HTTP_PORT", "3")
    assert (load().workers, load().http_port) == (2, 3)


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/ana"}, "/home/ana/.local/share/mlops-study-bot"),
        ("linux", {"HOME": "/home/ana", "XDG_DATA_HOME": "/data"}, "/data/mlops-study-bot"),
        ("linux", {"HOME": "/home/ana", "XDG_DATA_HOME": "data"}, "/home/ana/.local/share/mlops-study-bot"),
        ("linux", {"HOME": "nowhere"}, "/var/lib/mlops-study-bot"),
        ("darwin", {"HOME": "/Users/ana"}, "/Users/ana/Library/Application Support/mlops-study-bot"),
    ],
)
def test_data_goes_where_the_system_keeps_a_users_data(
    platform: str, environ: dict[str, str], folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert default_data_dir(environ) == Path(folder)


variables = st.one_of(
    st.sampled_from([*VARIABLES, *(f"{name}_FILE" for name in VARIABLES)]),
    st.text(string.ascii_uppercase + "_").map(lambda name: f"STUDYBOT_{name}"),
    st.text().map(lambda name: f"STUDYBOT_{name}"),
)
texts = st.one_of(st.text(), st.text(st.characters(categories=["Cs", "Cc", "Nd"])), st.integers().map(str))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(variables, texts, max_size=6))
def test_any_text_is_settings_or_sentences(tmp_path: Path, environ: dict[str, str]) -> None:
    try:
        load(environ, env_file=None)
    except SettingsError as error:
        sentences = error.lines
        assert all(line.isprintable() and line.endswith(".") for line in sentences)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_file_is_settings_or_sentences(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"STUDYBOT_HTTP_PORT=" + content)
    with suppress(SettingsError):
        load({}, env_file=file)
