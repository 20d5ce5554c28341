"""Rate limits: a bucket a route and channel, server or webhook, and the global one."""

import math
import time
import zlib
from collections import deque
from dataclasses import dataclass, field

BUCKETS: dict[str, tuple[int, float]] = {
    "POST /channels/{channel}/messages": (5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "DELETE /channels/{channel}/messages/{message}": (5, 1.0),
    "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
    "DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
    "POST /channels/{channel}/messages/{message}/threads": (50, 300.0),
    "POST /webhooks/{application}/{token}": (5, 2.0),
}
"""Seen of Discord, which says that they change: how many in how many seconds. All others: see OTHER."""
OTHER = (50, 1.0)
GLOBAL = 50
"""Requests a second of one bot; interactions and their webhooks do not count."""


@dataclass(kw_only=True, slots=True)
class Bucket:
    name: str
    limit: int
    seconds: float
    left: int
    resets: float

    def headers(self) -> dict[str, str]:
        # Rounded up: who comes back after exactly this time must find the bucket filled.
        after = math.ceil(max(0.0, self.resets - time.monotonic()) * 1000) / 1000
        return {
            "X-RateLimit-Limit": str(self.limit),
            "X-RateLimit-Remaining": str(self.left),
            "X-RateLimit-Reset": f"{time.time() + after:.3f}",
            "X-RateLimit-Reset-After": f"{after:.3f}",
            "X-RateLimit-Bucket": self.name,
        }


@dataclass(kw_only=True)
class Limits:
    """`pace` shortens every bucket's time for tests: with 0.1 what Discord allows in five seconds is allowed in half of one."""

    pace: float = 0.1
    buckets: dict[tuple[str, str], Bucket] = field(default_factory=dict)
    recent: deque[float] = field(default_factory=deque)

    def bucket(self, route: str, major: str) -> Bucket:
        """The bucket of this route and top-level resource, filled anew if it is time."""
        now = time.monotonic()
        bucket = self.buckets.get((route, major))
        if bucket is None or bucket.resets <= now:
            limit, seconds = BUCKETS.get(route, OTHER)
            name = f"{zlib.crc32(route.encode()):08x}"
            ends = now + seconds * self.pace
            bucket = Bucket(name=name, limit=limit, seconds=seconds, left=limit, resets=ends)
            self.buckets[route, major] = bucket
        return bucket

    def take(self, bucket: Bucket) -> float | None:
        """Counts a request: None if it is allowed, else the seconds after which it will be."""
        if bucket.left > 0:
            bucket.left -= 1
            return None
        return max(0.001, bucket.resets - time.monotonic())

    def take_global(self) -> float | None:
        now = time.monotonic()
        while self.recent and self.recent[0] <= now - 1:
            self.recent.popleft()
        if len(self.recent) >= GLOBAL:
            return self.recent[0] + 1 - now
        self.recent.append(now)
        return None


def limited(seconds: float, scope: str) -> tuple[dict[str, object], dict[str, str]]:
    """The body and headers of a 429."""
    resource = "The resource is" if scope == "shared" else "You are"
    body = {"message": f"{resource} being rate limited.", "retry_after": seconds, "global": scope == "global"}
    headers = {"Retry-After": str(math.ceil(seconds)), "X-RateLimit-Scope": scope, "Via": "1.1 google"}
    return body, headers | ({"X-RateLimit-Global": "true"} if scope == "global" else {})
