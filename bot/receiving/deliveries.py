"""What was delivered lately: a platform sends again what it believes was not heard."""

from collections import OrderedDict

_MOST = 20_000


class Deliveries:
    """A memory of this process alone: that nothing is done twice is the store's care, that nothing is said twice is this one's."""

    def __init__(self, most: int = _MOST) -> None:
        self._seen: OrderedDict[str, None] = OrderedDict()
        self._most = most

    def first(self, delivery: str) -> bool:
        """Tell whether the delivery is new; it is known from then on, until ``most`` others came."""
        if delivery in self._seen:
            return False
        self._seen[delivery] = None
        if len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return True
