"""Every place in the code that logs: what it says, with which fields, and whether a round is at hand there."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_LEVELS = {"debug", "info", "warning", "error", "exception", "log"}
_AT_HAND = {"lease", "round_", "posts", "reply"}
"""Names that are those of a round, or of something that has one."""


@dataclass(frozen=True, kw_only=True)
class LogLine:
    where: str
    message: str
    fields: frozenset[str]
    has_round: bool


def log_lines(*packages: str) -> Sequence[LogLine]:
    files = (file for package in packages for file in sorted((ROOT / package).rglob("*.py")))
    return [line for file in files for line in _of(file)]


def _of(file: Path) -> Iterator[LogLine]:
    tree = ast.parse(file.read_text())
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            names = {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and _logs(call):
                    yield LogLine(
                        where=f"{file.relative_to(ROOT)}:{call.lineno}",
                        message=str(ast.literal_eval(call.args[ast.unparse(call.func) == "log.log"])),
                        fields=frozenset(_fields(call, function)),
                        has_round=bool(names & _AT_HAND),
                    )


def _targets(node: ast.Assign | ast.AnnAssign) -> set[str]:
    return {ast.unparse(one) for one in (node.targets if isinstance(node, ast.Assign) else [node.target])}


def _logs(call: ast.Call) -> bool:
    called = call.func
    return isinstance(called, ast.Attribute) and called.attr in _LEVELS and ast.unparse(called.value) == "log"


def _fields(call: ast.Call, function: ast.AST) -> Iterator[str]:
    """Return the names in the call's ``extra``, also where that is a name or is spread from one."""
    said = [keyword.value for keyword in call.keywords if keyword.arg == "extra"]
    while said:
        value = said.pop()
        if isinstance(value, ast.Name):
            said += [
                node.value
                for node in ast.walk(function)
                if isinstance(node, ast.Assign | ast.AnnAssign) and value.id in _targets(node) and node.value
            ]
        if isinstance(value, ast.IfExp):
            said += [value.body, value.orelse]
        if isinstance(value, ast.Dict):
            for key, inner in zip(value.keys, value.values, strict=True):
                if key is None:
                    said.append(inner)
                else:
                    yield str(ast.literal_eval(key))
