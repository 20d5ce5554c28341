"""The settings: the only reader of the environment and of ``.env``. Each is a variable ``STUDYBOT_<NAME>``.

A secret may stand in a file instead, named by ``STUDYBOT_<NAME>_FILE``. An empty variable counts as not set, and the
environment goes before ``.env``. No secret shows in a repr or in a sentence.
"""

import difflib
import os
import re
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from dotenv.parser import Binding, parse_stream
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, DotEnvSettingsSource

from bot.address import parse_url
from bot.ports import StartError

PREFIX = "STUDYBOT_"

_FOLDER = "mlops-study-bot"
_SECRET_BYTES = 65_536
_SHOWN = 60
_ALIKE = 0.6
"""How alike two names are, from 0 to 1, where one may be a slip of the other."""
_SENTENCE = "sentence"
"""The kind of a fault whose message is a whole sentence of its own."""


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
            raise PydanticCustomError(_SENTENCE, "{sentence}", {"sentence": str(error)}) from None
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


def _packs(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    found = tuple(_path(part) for part in _parts(value, f",{os.pathsep}"))
    if not found or not all(os.path.isdir(path) for path in found):  # noqa: PTH112 - Path.is_dir raises for a long name
        raise ValueError
    return found


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
        default=(), description=f"folders of questions that are there, with a comma or {os.pathsep} between them"
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


VARIABLES = {f"{PREFIX}{name.upper()}": name for name in Settings.model_fields}
_SECRETS = {
    variable for variable, name in VARIABLES.items() if SecretStr in get_args(Settings.model_fields[name].annotation)
}
_FILES = {f"{variable}_FILE": variable for variable in VARIABLES if variable in _SECRETS}


def load(environ: Mapping[str, str] | None = None, env_file: str | Path | None = ".env") -> Settings:
    """Return what the environment (or the mapping given in its place) and the file say. Raises SettingsError."""
    environ = os.environ if environ is None else environ
    wrong: list[str] = []
    texts = _texts(environ, env_file, wrong)
    values: dict[str, Any] = {"data_dir": default_data_dir(environ)}
    values |= {VARIABLES[variable]: text for variable, text in texts.items()}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        found = {str(fault["loc"][0]): fault for fault in error.errors(include_input=False, include_context=False)}
        for name in [name for name in VARIABLES.values() if name in found]:
            own = found[name]["type"] == _SENTENCE
            wrong.append(found[name]["msg"] if own else _sentence(name, str(values[name])))
    if wrong:
        raise SettingsError(tuple(wrong))
    return settings


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


def _texts(environ: Mapping[str, str], env_file: str | Path | None, wrong: list[str]) -> dict[str, str]:
    """Return the texts by variable, those in files included; ``wrong`` gets a sentence per fault."""
    stated = {**_in_file(env_file, wrong), **_stated(environ)}
    wrong += [_unknown(name) for name in stated if name not in VARIABLES and name not in _FILES]
    texts = {name: text for name, text in stated.items() if name in VARIABLES}
    for file_variable, variable in _FILES.items():
        if file_variable not in stated:
            continue
        if variable in texts:
            wrong.append(f"{variable} and {file_variable} are both set: set one of them.")
        elif secret := _secret(file_variable, stated[file_variable], wrong):
            texts[variable] = secret
    return texts


def _stated(variables: Mapping[str, str | None]) -> dict[str, str]:
    """Return our variables that are set to something."""
    ours = ((name, (text or "").strip()) for name, text in variables.items() if name.upper().startswith(PREFIX))
    return {name: text for name, text in ours if text}


def _in_file(env_file: str | Path | None, wrong: list[str]) -> dict[str, str]:
    if env_file is None:
        return {}
    try:
        bindings = _bindings(Path(env_file))
        if broken := [_broken(env_file, binding) for binding in bindings if binding.error]:
            wrong += broken
            # The source would log each broken line once more; what it makes of a ${NAME} is judged when they are mended.
            return _stated({one.key: one.value for one in bindings if one.key and "$" not in (one.value or "")})
        return _stated(DotEnvSettingsSource(BaseSettings, env_file=env_file, case_sensitive=True).env_vars)
    except (OSError, ValueError) as error:
        wrong.append(f"{env_file} cannot be read ({_why(error)}): it should be lines of NAME=value in UTF-8.")
        return {}


def _bindings(env_file: Path) -> list[Binding]:
    """Return the file's statements, the broken ones too; none of a pipe, which can be read only once."""
    if not env_file.is_file():
        return []
    with env_file.open(encoding="utf-8") as file:
        return list(parse_stream(file))


def _broken(env_file: str | Path, binding: Binding) -> str:
    text = binding.original.string
    line = binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")
    return (
        f"{env_file}, line {line}, is not NAME=value: write it so, with quotes around a value that holds spaces or #."
    )


def _secret(variable: str, path: str, wrong: list[str]) -> str:
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a Path of it may raise before it is opened
            text = file.read(_SECRET_BYTES).decode().strip()
    except (OSError, ValueError) as error:
        wrong.append(
            f"{variable} names a file that cannot be read ({_why(error)}): it should hold the secret as UTF-8 text."
        )
        return ""
    if not text:
        wrong.append(f"{variable} names a file that is empty: it should hold the secret.")
    return text


def _why(error: OSError | ValueError) -> str:
    return (error.strerror or "no file") if isinstance(error, OSError) else "it is not UTF-8 text"


def _unknown(name: str) -> str:
    if name.endswith("_FILE") and name.removesuffix("_FILE") in VARIABLES:
        return f"{_shown(name)} is not a setting: only {', '.join(_FILES)} may name a file."
    # The prefix, which all of them have, would make any name look like any other.
    known = {variable.removeprefix(PREFIX): variable for variable in (*VARIABLES, *_FILES)}
    near = difflib.get_close_matches(name.upper().removeprefix(PREFIX), known, n=1, cutoff=_ALIKE)
    advice = f"the nearest is {known[near[0]]}" if near else "README.md lists them all"
    return f"{_shown(name)} is not a setting: {advice}."


def _sentence(name: str, text: str) -> str:
    variable, right = f"{PREFIX}{name.upper()}", Settings.model_fields[name].description
    is_now = "" if variable in _SECRETS else f" is '{_shown(text)}': it"
    return f"{variable}{is_now} should be {right}."


def _shown(text: str) -> str:
    plain = text if text.isprintable() else ascii(text)[1:-1]
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"
