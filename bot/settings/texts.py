"""What environment and ``.env`` say, as texts by variable: a secret may stand in a file that a variable names."""

import difflib
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from dotenv.parser import Binding, parse_stream
from pydantic_settings import BaseSettings, DotEnvSettingsSource

PREFIX = "STUDYBOT_"

_LINK = re.compile(
    r"STUDYBOT(_[A-Z0-9_]+)?_(SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)"
)
_LINK_URL = re.compile(r"(tcp|udp|sctp)://")
_SECRET_BYTES = 65_536
_SHOWN = 60
_ALIKE = 0.6
"""How alike two names are, from 0 to 1, where one may be a slip of the other."""


def read_texts(
    variables: Collection[str], files: Mapping[str, str], stated: Mapping[str, str], wrong: list[str]
) -> Mapping[str, str]:
    """Return the texts by variable; empty for a secret whose file will not do.

    ``files`` has the variables that may name a file, with those that they stand for. ``wrong`` gets a sentence per fault.
    """
    wrong += [_unknown(name, variables, files) for name in stated if name not in variables and name not in files]
    texts = {name: text for name, text in stated.items() if name in variables}
    for file_variable, variable in files.items():
        if file_variable not in stated:
            continue
        if variable in texts:
            wrong.append(f"{variable} and {file_variable} are both set: set one of them.")
        else:
            texts[variable] = _secret(file_variable, stated[file_variable], wrong)
    return texts


def all_stated(environ: Mapping[str, str], env_file: str | Path | None, wrong: list[str]) -> Mapping[str, str]:
    """Return what environment and file say of our variables; ``wrong`` gets a sentence per fault of the file."""
    ours, links = _stated(environ), service_links(environ)
    return {**_in_file(env_file, wrong), **{name: text for name, text in ours.items() if name not in links}}


def service_links(environ: Mapping[str, str]) -> Collection[str]:
    """Return the variables that Kubernetes adds for a service whose name begins with ours: they are nobody's settings."""
    return {
        name
        for name, text in environ.items()
        if _LINK.fullmatch(name) or (_LINK_URL.match(text) and re.fullmatch(r"STUDYBOT(_[A-Z0-9_]+)?_PORT", name))
    }


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


def _unknown(name: str, variables: Collection[str], files: Mapping[str, str]) -> str:
    if name.endswith("_FILE") and name.removesuffix("_FILE") in variables:
        return f"{shown(name)} is not a setting: only {', '.join(files)} may name a file."
    # The prefix, which all of them have, would make any name look like any other.
    known = {variable.removeprefix(PREFIX): variable for variable in (*variables, *files)}
    near = difflib.get_close_matches(name.upper().removeprefix(PREFIX), known, n=1, cutoff=_ALIKE)
    advice = f"the nearest is {known[near[0]]}" if near else "README.md lists them all"
    return f"{shown(name)} is not a setting: {advice}."


def shown(text: str) -> str:
    plain = text if text.isprintable() else ascii(text)[1:-1]
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"
