"""The limits of forms."""

from tests.fakes.discord.refusals import Json, Problems
from tests.fakes.discord.rules.elements import FIELDS, TEXT_INPUT, check_element
from tests.fakes.discord.rules.layout import ROW, TEXT, check_custom_ids, walk

LABEL = 18


def check_modal(problems: Problems, modal: object) -> None:
    """The data of a callback of type 9."""
    if not isinstance(modal, dict):
        problems.add("data", "This field is required", "BASE_TYPE_REQUIRED")
        return
    needed = {"custom_id", "title", "components"}
    problems.fields("data", modal, needed, needed)
    problems.length("data.custom_id", modal.get("custom_id"), 100, 1)
    problems.length("data.title", modal.get("title"), 45, 1)
    components = modal.get("components")
    if not isinstance(components, list) or not 1 <= len(components) <= 5:
        problems.add("data.components", "Must be between 1 and 5 in length.", "BASE_TYPE_BAD_LENGTH")
        return
    for place, component in enumerate(components):
        _component(problems, f"data.components.{place}", component)
    check_custom_ids(problems, list(walk(components)))


def _component(problems: Problems, path: str, component: Json) -> None:
    kind = component.get("type")
    if kind == LABEL:
        _label(problems, path, component)
    elif kind == TEXT:
        problems.fields(path, component, {"type", "id", "content"})
        problems.length(f"{path}.content", component.get("content"), 4000, 1)
    elif kind == ROW:
        problems.add(f"{path}.type", "Rows in forms are deprecated: use labels")
    else:
        problems.add(f"{path}.type", f'Value of field "type" must be one of {(TEXT, LABEL)}.', "UNION_TYPE_CHOICES")


def _label(problems: Problems, path: str, label: Json) -> None:
    problems.fields(path, label, {"type", "id", "label", "description", "component"}, {"label", "component"})
    problems.length(f"{path}.label", label.get("label"), 45, 1)
    if label.get("description") is not None:
        problems.length(f"{path}.description", label["description"], 100)
    element = label.get("component")
    if not isinstance(element, dict) or element.get("type") not in FIELDS:
        problems.add(f"{path}.component.type", f"Must be one of {sorted(FIELDS)}.", "UNION_TYPE_CHOICES")
        return
    if element["type"] == TEXT_INPUT and "label" in element:
        problems.add(f"{path}.component.label", "The label stands in the Label, not in the field")
    check_element(problems, f"{path}.component", element, in_form=True)
