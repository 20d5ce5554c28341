"""What may stand where in a message: Components V2, and the rows of before."""

from collections.abc import Iterator

from tests.fakes.discord.refusals import Json, Problems
from tests.fakes.discord.rules.elements import BUTTON, SELECTS, check_element

ROW, SECTION, TEXT, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 1, 9, 10, 11, 12, 13, 14, 17
MOST_COMPONENTS, MOST_TEXT, MOST_ROWS = 40, 4000, 5

_TOP = {ROW, SECTION, TEXT, GALLERY, FILE, SEPARATOR, CONTAINER}
_MAY_HOLD: dict[int, frozenset[int]] = {
    ROW: frozenset({BUTTON, *SELECTS}),
    SECTION: frozenset({TEXT}),
    CONTAINER: frozenset(_TOP - {CONTAINER}),
}
_KNOWN: dict[int, set[str]] = {
    ROW: {"type", "id", "components"},
    SECTION: {"type", "id", "components", "accessory"},
    TEXT: {"type", "id", "content"},
    THUMBNAIL: {"type", "id", "media", "description", "spoiler"},
    GALLERY: {"type", "id", "items"},
    FILE: {"type", "id", "file", "spoiler"},
    SEPARATOR: {"type", "id", "divider", "spacing"},
    CONTAINER: {"type", "id", "components", "accent_color", "spoiler"},
}


def check_layout(problems: Problems, components: object, *, v2: bool, files: set[str]) -> None:
    """The components of a message, whose attached files (those that came before too) have these names."""
    if not isinstance(components, list):
        problems.add("components", "Only iterables may be used in a ListType", "LIST_TYPE_CONVERT")
        return
    allowed = frozenset(_TOP) if v2 else frozenset({ROW})
    _children(problems, "components", components, allowed, files)
    if not v2 and len(components) > MOST_ROWS:
        problems.add("components", f"Must be {MOST_ROWS} or fewer in length.", "BASE_TYPE_BAD_LENGTH")
    everything = list(walk(components))
    if v2 and len(everything) > MOST_COMPONENTS:
        problems.add("components", f"There are {len(everything)} components, of at most {MOST_COMPONENTS}")
    text = sum(len(str(each.get("content", ""))) for each in everything if each.get("type") == TEXT)
    if text > MOST_TEXT:
        problems.add("components", f"There are {text} characters of text, of at most {MOST_TEXT}")
    check_custom_ids(problems, everything)


def walk(components: object) -> Iterator[Json]:
    """Every component, from top to bottom, whatever it stands in."""
    for component in components if isinstance(components, list) else []:
        if isinstance(component, dict):
            yield component
            yield from walk(component.get("components"))
            yield from walk([component.get("accessory"), component.get("component")])


def check_custom_ids(problems: Problems, components: list[Json]) -> None:
    """No two are the same, nor two of the numbers."""
    for name, code in (("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED"), ("id", "COMPONENT_ID_DUPLICATED")):
        given = [component[name] for component in components if component.get(name)]
        for twice in sorted({str(each) for each in given if given.count(each) > 1}):
            problems.add("components", f"Component {name} cannot be duplicated: {twice}", code)


def _children(problems: Problems, path: str, children: list[Json], allowed: frozenset[int], files: set[str]) -> None:
    for place, child in enumerate(children):
        here = f"{path}.{place}"
        if not isinstance(child, dict) or child.get("type") not in allowed:
            problems.add(
                f"{here}.type", f'Value of field "type" must be one of {sorted(allowed)}.', "UNION_TYPE_CHOICES"
            )
        else:
            _component(problems, here, child, files)


def _component(problems: Problems, path: str, component: Json, files: set[str]) -> None:
    kind = component["type"]
    if kind not in _KNOWN:
        check_element(problems, path, component, in_form=False)
        return
    problems.fields(path, component, _KNOWN[kind])
    if kind in _MAY_HOLD:
        _holder(problems, path, component, files)
    if kind == TEXT:
        problems.length(f"{path}.content", component.get("content"), MOST_TEXT, 1)
    elif kind == SEPARATOR:
        problems.within(f"{path}.spacing", component.get("spacing", 1), 1, 2)
    elif kind == CONTAINER and component.get("accent_color") is not None:
        problems.within(f"{path}.accent_color", component["accent_color"], 0, 0xFFFFFF)
    elif kind == FILE:
        _file(problems, f"{path}.file", component.get("file"), files)
    elif kind == GALLERY and not 1 <= len(component.get("items", [])) <= 10:
        problems.add(f"{path}.items", "Must be between 1 and 10 in length.", "BASE_TYPE_BAD_LENGTH")


def _holder(problems: Problems, path: str, holder: Json, files: set[str]) -> None:
    kind, children = holder["type"], holder.get("components")
    most = {ROW: 5, SECTION: 3, CONTAINER: MOST_COMPONENTS}[kind]
    if not isinstance(children, list) or not 1 <= len(children) <= most:
        problems.add(f"{path}.components", f"Must be between 1 and {most} in length.", "BASE_TYPE_BAD_LENGTH")
        return
    _children(problems, f"{path}.components", children, _MAY_HOLD[kind], files)
    if kind == ROW and len(children) > 1 and any(child.get("type") in SELECTS for child in children):
        problems.add(f"{path}.components", "A select stands in a row of its own", "COMPONENT_LAYOUT_WIDTH_EXCEEDED")
    if kind == SECTION:
        accessory = holder.get("accessory")
        _children(problems, f"{path}.accessory", [accessory or {}], frozenset({BUTTON, THUMBNAIL}), files)


def _file(problems: Problems, path: str, item: object, files: set[str]) -> None:
    url = item.get("url", "") if isinstance(item, dict) else ""
    name = str(url).removeprefix("attachment://")
    if not str(url).startswith("attachment://") or name not in files:
        problems.add(path, f"The file {url!r} is not attached", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND")
