"""As much of Prometheus's language as our rules use: which series a rule selects, and by which labels it groups them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Sample = tuple[str, dict[str, str], float]
"""A series with its labels, and its value."""

KNOWN = {
    *(
        "absent",
        "and",
        "by",
        "histogram_quantile",
        "increase",
        "max",
        "max_over_time",
        "min",
        "on",
        "or",
        "rate",
        "sum",
    ),
    *("time", "unless"),
}
_SELECTOR = re.compile(r"\b([a-z]+_[a-z_]+|up)(?:\{([^}]*)\})?(?=[\[\s)]|$)")
_MATCHER = re.compile(r'(\w+)(=~|=)"([^"]*)"')


@dataclass(frozen=True, kw_only=True)
class Selector:
    metric: str
    matchers: tuple[tuple[str, str, str], ...]

    def selects(self, name: str, labels: Mapping[str, str]) -> bool:
        return name == self.metric and all(
            label in labels and (re.fullmatch(value, labels[label]) if how == "=~" else labels[label] == value)
            for label, how, value in self.matchers
        )


def selectors(expression: str) -> Sequence[Selector]:
    return [
        Selector(metric=name, matchers=tuple(_MATCHER.findall(inside)))
        for name, inside in _SELECTOR.findall(expression)
        if name not in KNOWN
    ]


def grouped_by(expression: str) -> set[str]:
    return {label.strip() for group in re.findall(r"\bby \(([^)]*)\)", expression) for label in group.split(",")}


def labels_of(expression: str) -> set[str]:
    """Return the labels that are left at the end: those it is grouped by, or all."""
    return grouped_by(expression) or {"job", "instance"}


def words(expression: str) -> set[str]:
    """Return every word that is no metric, label, number or duration."""
    bare = re.sub(r'"[^"]*"|\[[^\]]*\]|\b(by|on) \([^)]*\)', " by ", re.sub(r"\{[^}]*\}", " ", expression))
    named = {one.metric for one in selectors(expression)}
    return set(re.findall(r"\b[a-z][a-z_]*\b", bare)) - named
