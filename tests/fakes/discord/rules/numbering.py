"""What Discord adds to components: the numbers, and what was left to it."""

import copy

from tests.fakes.discord.refusals import Json
from tests.fakes.discord.rules.elements import SELECTS
from tests.fakes.discord.rules.layout import CONTAINER, FILE, SEPARATOR, walk

_DEFAULTS: dict[int, Json] = {
    CONTAINER: {"accent_color": None, "spoiler": False},
    SEPARATOR: {"divider": True, "spacing": 1},
    FILE: {"spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
}


def numbered(components: list[Json]) -> list[Json]:
    """The same, each with its `id`, as they come back in messages and interactions."""
    result = copy.deepcopy(components)
    everything = list(walk(result))
    taken = {component["id"] for component in everything if component.get("id")}
    following = 1
    for component in everything:
        component |= {key: value for key, value in _DEFAULTS.get(component["type"], {}).items() if key not in component}
        if not component.get("id"):
            while following in taken:
                following += 1
            component["id"] = following
            taken.add(following)
    return result
