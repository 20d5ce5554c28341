"""What is configured of the model, as values."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """``url`` is the base of the API, with a slash at its end. ``key`` may be empty, where none is asked for; no repr shows it.

    ``seconds``: so long a call of the grader waits for the model at most.
    """

    url: str
    model: str
    key: str = field(default="", repr=False)
    seconds: float = 45.0

    @property
    def name(self) -> str:
        """What answers, and where, for people."""
        return f"{self.model} at {urlsplit(self.url).netloc}"

    @property
    def request_seconds(self) -> float:
        """A request that takes longer has failed: there is time for a second one, and some to wait for one's turn."""
        return self.seconds / 3
