"""A question stays ready for many rounds: what it remembers of people's words has bounds."""

import gc

import pytest

from adapters.grading import vocabulary
from adapters.grading.lexical import AnswerKey
from tests.world import question

MOST = 50


def test_words_that_nobody_says_twice_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_REMEMBERED", MOST)
    key = AnswerKey.of(question(), {"alpha": ["the harbour pilot boards first"]})

    for number in range(20):
        key.suggest(" ".join(f"harb{number}x{word}" for word in range(20)) + " and so it is with the pilot.")

    kept = [one for one in _dicts(key) if len(one) > MOST]
    assert [sorted(map(str, one))[:3] for one in kept] == []


def _dicts(key: AnswerKey) -> list[dict[object, object]]:
    """Return the dictionaries of what was made ready and holds words of replies."""
    found: list[dict[object, object]] = []
    waiting: list[object] = [key.own, key.learnt]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen or isinstance(one, type):
            continue
        seen.add(id(one))
        if isinstance(one, dict):
            found.append(one)
        if isinstance(one, dict | list | tuple) or type(one).__module__.startswith("adapters.grading"):
            waiting += gc.get_referents(one)
    return found
