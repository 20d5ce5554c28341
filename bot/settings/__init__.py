"""The settings: the only reader of the environment and of ``.env``. Each is a variable ``STUDYBOT_<NAME>``.

A secret may stand in a file instead, named by ``STUDYBOT_<NAME>_FILE``. An empty variable counts as not set, and the
environment goes before ``.env``. No secret shows in a repr or in a sentence.
"""

import os
import re
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError

from bot.address import parse_url
from bot.ports import StartError
from bot.settings import discord, llm, slack
from bot.settings.texts import PREFIX, all_stated, read_texts, service_links, shown

_FOLDER = "mlops-study-bot"


class SettingsError(StartError):
    """Settings that are wrong: a sentence for each, in ``lines``."""

    def __init__(self, lines: tuple[str, ...]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


class Role(StrEnum):
    """What a process does: talk to the chats, or carry out what is due."""

    GATEWAY = "gateway"
    SCHEDULER = "scheduler"


def _url(value: Any) -> Any:
    if isinstance(value, str):
        try:
            parse_url(value)
        except StartError as error:
            raise PydanticCustomError(slack.SENTENCE, "{sentence}", {"sentence": str(error)}) from None
    return value


def _roles(value: Any) -> Any:
    return frozenset(Role(name.lower()) for name in _parts(value, ",")) if isinstance(value, str) else value


def _path(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    if b"\0" in os.fsencode(value):
        raise ValueError
    try:
        return Path(value).expanduser()
    except RuntimeError as error:  # nobody has that home
        raise ValueError from error


def _file(value: Any) -> Any:
    path = _path(value)
    if path is not None and os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises for a long name
        raise ValueError
    return path


OWN_PACK = Path("mlops")
"""By this name the pack that comes with the bot is meant, wherever it is."""


def _packs(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = tuple(_path(part) for part in _parts(value, f",{os.pathsep}"))
    folders = [path for path in found if path != OWN_PACK]
    if not found or not all(os.path.isdir(path) for path in folders):  # noqa: PTH112 - Path.is_dir raises for a long name
        raise ValueError
    return found


def _folder_url(value: Any) -> Any:
    """Return the URL with a slash at its end, as what is joined to it needs."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"https?://[A-Za-z0-9._:\[\]%-]+(/[^\s?#]*)?", value):
        raise ValueError
    return value if value.endswith("/") else f"{value}/"


def _parts(text: str, separators: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{re.escape(separators)}]", text) if part.strip()]


def _upper(value: Any) -> Any:
    return value.upper() if isinstance(value, str) else value


def _lower(value: Any) -> Any:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseModel):
    """What the environment says; a description says what would be right. Made by ``load``."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    redis_url: Annotated[SecretStr | None, BeforeValidator(_url)] = Field(
        default=None,
        description="a URL that begins with redis://, rediss://, unix://, redis+sentinel:// or rediss+sentinel://",
    )
    data_dir: Annotated[Path, BeforeValidator(_path)] = Field(
        default_factory=lambda: default_data_dir(os.environ), description="the path of a folder"
    )
    http_host: str = Field(
        default="127.0.0.1",
        pattern=r"^[A-Za-z0-9._:%-]{1,253}$",
        description="an address to listen on, such as 127.0.0.1 or 0.0.0.0",
    )
    http_port: int = Field(
        default=8080, ge=0, le=65535, description="a whole number from 0 to 65535; 0 is for no HTTP at all"
    )
    roles: Annotated[frozenset[Role], BeforeValidator(_roles)] = Field(
        default=frozenset(Role), min_length=1, description="gateway, scheduler, or both with a comma between them"
    )
    lease_seconds: float = Field(default=60.0, ge=1, le=3600, description="a number of seconds from 1 to 3600")
    packs: Annotated[tuple[Path, ...], BeforeValidator(_packs)] = Field(
        default=(),
        description=f"folders of questions that are there, or {OWN_PACK}, with a comma or {os.pathsep} between them",
    )
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_lower)] = Field(
        default="text", description="text or json"
    )
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    retention_days: int = Field(default=180, ge=1, le=3650, description="a whole number of days from 1 to 3650")
    console_file: Annotated[Path | None, BeforeValidator(_file)] = Field(
        default=None, description="the path of a file for the chat to live in"
    )
    workers: int = Field(default=200, ge=1, le=10_000, description="a whole number from 1 to 10000")
    slack_bot_token: Annotated[SecretStr | None, BeforeValidator(slack.bot_token)] = Field(
        default=None, description=slack.BOT_TOKEN
    )
    slack_app_token: Annotated[SecretStr | None, BeforeValidator(slack.app_token)] = Field(
        default=None, description=slack.APP_TOKEN
    )
    slack_signing_secret: Annotated[SecretStr | None, BeforeValidator(slack.signing_secret)] = Field(
        default=None, description=slack.SIGNING_SECRET
    )
    slack_mode: Annotated[Literal["socket", "http"], BeforeValidator(_lower)] = Field(
        default="socket", description="socket or http"
    )
    slack_api_url: Annotated[str, BeforeValidator(_folder_url)] = Field(
        default="https://slack.com/api/", description="a URL that begins with https:// or http://"
    )
    discord_token: Annotated[SecretStr | None, BeforeValidator(discord.token)] = Field(
        default=None, description=discord.TOKEN
    )
    discord_api_url: Annotated[str, BeforeValidator(discord.api_url), BeforeValidator(_folder_url)] = Field(
        default="https://discord.com/api/v10/", description="a URL that begins with https:// or http://"
    )
    discord_message_content: bool = Field(default=False, description="true or false")
    llm_url: Annotated[str | None, BeforeValidator(_folder_url)] = Field(
        default=None, description="a URL that begins with https:// or http://, without a password in it"
    )
    llm_key: Annotated[SecretStr | None, BeforeValidator(llm.key)] = Field(default=None, description=llm.KEY)
    llm_model: str | None = Field(
        default=None, pattern=r"^[A-Za-z0-9._:/+@-]{1,100}$", description="a model's name, as its server calls it"
    )
    llm_daily_limit: int = Field(default=500, ge=1, le=1_000_000, description="a whole number from 1 to 1000000")
    llm_seconds: float = Field(default=45.0, ge=3, le=600, description="a number of seconds from 3 to 600")


VARIABLES = {f"{PREFIX}{name.upper()}": name for name in Settings.model_fields}
_SECRETS = {
    variable for variable, name in VARIABLES.items() if SecretStr in get_args(Settings.model_fields[name].annotation)
}
_FILES = {f"{variable}_FILE": variable for variable in VARIABLES if variable in _SECRETS}


def load(environ: Mapping[str, str] | None = None, env_file: str | Path | None = ".env") -> Settings:
    """Return what the environment (or the mapping given in its place) and the file say. Raises SettingsError."""
    environ = os.environ if environ is None else environ
    wrong: list[str] = []
    texts = read_texts(VARIABLES, _FILES, all_stated(environ, env_file, wrong), wrong)
    values: dict[str, Any] = {"data_dir": default_data_dir(environ)}
    values |= {VARIABLES[variable]: text for variable, text in texts.items() if text}
    faults = _faults(values)
    wrong += faults.values()
    settings = Settings(**{name: value for name, value in values.items() if name not in faults})
    if faults.keys().isdisjoint({"slack_mode", "roles", "http_port"}):
        listens = Role.GATEWAY in settings.roles
        wrong += slack.missing(texts, mode=settings.slack_mode, listens=listens, http_port=settings.http_port)
    wrong += llm.missing(texts)
    if wrong:
        raise SettingsError(tuple(wrong))
    return settings


def ignored() -> Sequence[str]:
    """Return the variables of the environment that look like settings and are left alone: Kubernetes adds them."""
    return sorted(service_links(os.environ))


def _faults(values: Mapping[str, Any]) -> Mapping[str, str]:
    """Return a sentence per value that is wrong."""
    try:
        Settings(**values)
    except ValidationError as error:
        found = {str(fault["loc"][0]): fault for fault in error.errors(include_input=False, include_context=False)}
        own = {name: fault["msg"] for name, fault in found.items() if fault["type"] == slack.SENTENCE}
        return {
            name: own.get(name) or _sentence(name, str(values[name])) for name in VARIABLES.values() if name in found
        }
    return {}


def default_data_dir(environ: Mapping[str, str]) -> Path:
    """Return this system's place for a user's data: ``~/.local/share/…``, under ``$XDG_DATA_HOME`` if that is set.

    On macOS it is ``~/Library/Application Support/…``; for a user without a home ``/var/lib/…``.
    """
    home = environ.get("HOME") or os.path.expanduser("~")  # noqa: PTH111 - Path.home() raises where there is none
    named = environ.get("XDG_DATA_HOME", "")
    if sys.platform == "darwin":
        return Path(home, "Library", "Application Support", _FOLDER)
    if named.startswith("/"):
        return Path(named, _FOLDER)
    return Path(home, ".local", "share", _FOLDER) if os.path.isabs(home) else Path("/var/lib", _FOLDER)  # noqa: PTH117 - it is no Path


def _sentence(name: str, text: str) -> str:
    variable, right = f"{PREFIX}{name.upper()}", Settings.model_fields[name].description
    is_now = "" if variable in _SECRETS else f" is '{shown(text)}': it"
    return f"{variable}{is_now} should be {right}."
