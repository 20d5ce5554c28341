"""How a model says that it cannot answer."""

from bot.ports import Judged

_LASTING = frozenset([401, 403, 404])


class Trouble(Exception):  # noqa: N818 - a state of the world that callers plan for
    """No answer of use. ``passing``: the same question may get one; ``status`` is that of HTTP, or 0. No text of anybody is in it."""

    def __init__(self, outcome: Judged, *, passing: bool, status: int = 0) -> None:
        super().__init__(outcome)
        self.outcome = outcome
        self.passing = passing
        self.status = status

    @property
    def lasts(self) -> bool:
        """Tell whether no question at all gets an answer until somebody has mended it: key, address or model are wrong."""
        return self.status in _LASTING
