"""The only reader of the environment: variables ``STUDYBOT_…``, ``.env`` and, for secrets, ``…_FILE``."""

import os
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

from dotenv import dotenv_values
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from bot.ports import StartError

PREFIX = "STUDYBOT_"


class Role(StrEnum):
    GATEWAY = "gateway"
    SCHEDULER = "scheduler"


class SettingsError(StartError):
    """Every wrong value, a line each, with what would be right."""


def _listed(text: object) -> object:
    return [part.strip() for part in text.split(",") if part.strip()] if isinstance(text, str) else text


def _paths(text: object) -> object:
    return (
        [Path(part.strip()).expanduser() for part in text.split(",") if part.strip()] if isinstance(text, str) else text
    )


def _path(text: object) -> object:
    return Path(text).expanduser() if isinstance(text, str) else text


def _data_folder() -> Path:
    """Return where this kind of system keeps a user's data."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "mlops-study-bot"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "mlops-study-bot"


class Settings(BaseModel):
    """What an operator may set; the defaults run on one machine without any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    redis_url: SecretStr | None = None
    data_dir: Annotated[Path, BeforeValidator(_path)] = Field(default_factory=_data_folder)
    http_host: str = Field(default="127.0.0.1", min_length=1, max_length=253)
    http_port: int = Field(default=8080, ge=0, le=65_535)
    roles: Annotated[frozenset[Role], BeforeValidator(_listed)] = Field(default=frozenset(Role), min_length=1)
    lease_seconds: float = Field(default=60.0, ge=1, le=3_600)
    packs: Annotated[tuple[Path, ...], BeforeValidator(_paths)] = ()
    log_format: Literal["text", "json"] = "text"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    retention_days: int = Field(default=180, ge=7, le=3_650)
    console_file: Annotated[Path | None, BeforeValidator(_path)] = None
    workers: int = Field(default=200, ge=1, le=10_000)


_RIGHT = {
    "redis_url": "an address such as redis://localhost:6379/0 or redis+sentinel://host:26379/service/0",
    "data_dir": "a folder",
    "http_host": "an address to listen on, such as 127.0.0.1 or 0.0.0.0",
    "http_port": "a port from 0 to 65535; 0 turns the server off",
    "roles": "gateway, scheduler or both, separated by a comma",
    "lease_seconds": "a number of seconds from 1 to 3600",
    "packs": "folders separated by commas",
    "log_format": "text or json",
    "log_level": "DEBUG, INFO, WARNING or ERROR",
    "retention_days": "a whole number of days from 7 to 3650",
    "console_file": "a file",
    "workers": "a whole number from 1 to 10000",
}
_SECRETS = ("redis_url",)


def load(environ: Mapping[str, str] | None = None, env_file: str | None = ".env") -> Settings:
    """Return the settings of the environment, which beats those of ``env_file``. Raises SettingsError naming every fault."""
    given, faults = _given(os.environ if environ is None else environ, env_file)
    try:
        settings = Settings(**given)
    except ValidationError as error:
        wrong = dict.fromkeys(str(fault["loc"][0]) for fault in error.errors(include_input=False, include_url=False))
        faults += [f"{PREFIX}{name.upper()} is not right: it must be {_RIGHT[name]}." for name in wrong]
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def _given(environ: Mapping[str, str], env_file: str | None) -> tuple[dict[str, Any], list[str]]:
    """Return the values that are set, by field, and what is wrong with their names or files. An empty value is not set."""
    from_file = dotenv_values(env_file, interpolate=False) if env_file and Path(env_file).is_file() else {}
    both = {name: value for name, value in {**from_file, **environ}.items() if name.startswith(PREFIX) and value}
    given: dict[str, Any] = {}
    faults: list[str] = []
    for name, value in sorted(both.items()):
        field = name.removeprefix(PREFIX).lower()
        secret = field.removesuffix("_file")
        if field in Settings.model_fields:
            given[field] = value
        elif secret in _SECRETS:
            read, fault = _read(name, value)
            given.setdefault(secret, read)
            faults += fault
        else:
            faults.append(_unknown(name))
    return given, faults


def _read(name: str, path: str) -> tuple[str | None, list[str]]:
    try:
        return Path(path).read_text(encoding="utf-8").strip() or None, []
    except (OSError, ValueError):
        return None, [f"{name} names a file that cannot be read: give the path of a file that holds the secret."]


def _unknown(name: str) -> str:
    known = [PREFIX + field.upper() for field in Settings.model_fields] + [
        f"{PREFIX}{s.upper()}_FILE" for s in _SECRETS
    ]
    near = get_close_matches(name, known, n=1)
    return f"{name[:80]} is no setting; " + (
        f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(known))}."
    )
