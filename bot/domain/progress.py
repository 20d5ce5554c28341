"""What a member's grades say about topics and levels."""

from collections.abc import Mapping, Sequence

ENOUGH = 2
"""Rounds of a topic before anything is said about it: one bad day is no weakness."""
_KNOWN = 0.75
"""Whoever makes so much of the key points of a topic knows it."""


def mean(shares: Sequence[float]) -> float:
    """Return the mean of shares from 0 to 1, of which there is at least one."""
    return sum(shares) / len(shares)


def weakest(shares: Mapping[str, Sequence[float]]) -> str:
    """Return the topic with the lowest mean share of its rounds; empty if there is not enough to tell, or nothing weak."""
    weak = {topic: mean(known) for topic, known in shares.items() if len(known) >= ENOUGH and mean(known) < _KNOWN}
    return min(weak, key=lambda topic: (weak[topic], topic), default="")
