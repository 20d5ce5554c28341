"""What can be pressed, chosen or typed in: buttons, selects, and the fields of forms."""

from tests.fakes.discord.refusals import Json, Problems

BUTTON, STRING_SELECT, TEXT_INPUT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = range(2, 9)
FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = 19, 21, 22, 23
SELECTS = frozenset({STRING_SELECT, USER_SELECT, ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT})
FIELDS = frozenset({*SELECTS, TEXT_INPUT, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX})
"""What a label of a form may hold."""
LINK, PREMIUM = 5, 6

_SELECT = {"type", "id", "custom_id", "placeholder", "min_values", "max_values", "required", "disabled"}
_KNOWN: dict[int, set[str]] = {
    BUTTON: {"type", "id", "style", "label", "emoji", "custom_id", "sku_id", "url", "disabled"},
    STRING_SELECT: _SELECT | {"options"},
    USER_SELECT: _SELECT | {"default_values"},
    ROLE_SELECT: _SELECT | {"default_values"},
    MENTIONABLE_SELECT: _SELECT | {"default_values"},
    CHANNEL_SELECT: _SELECT | {"default_values", "channel_types"},
    TEXT_INPUT: {"type", "id", "custom_id", "style", "min_length", "max_length", "required", "value", "placeholder"},
    FILE_UPLOAD: {"type", "id", "custom_id", "min_values", "max_values", "required", "file_types"},
    RADIO_GROUP: {"type", "id", "custom_id", "options", "required"},
    CHECKBOX_GROUP: {"type", "id", "custom_id", "options", "min_values", "max_values", "required"},
    CHECKBOX: {"type", "id", "custom_id", "default"},
}
_OPTION = {"label", "value", "description", "default"}


def check_element(problems: Problems, path: str, element: Json, *, in_form: bool) -> None:
    """Of a known type; where it may stand is for the layout to say."""
    kind = element["type"]
    problems.fields(path, element, _KNOWN[kind])
    if kind == BUTTON:
        _button(problems, path, element)
        return
    problems.length(f"{path}.custom_id", element.get("custom_id"), 100, 1)
    if in_form and "disabled" in element:
        problems.add(f"{path}.disabled", "Components in modals cannot be disabled")
    if kind == TEXT_INPUT:
        _text_input(problems, path, element)
    elif kind in SELECTS:
        _select(problems, path, element, in_form=in_form)
    elif kind == RADIO_GROUP:
        _options(problems, path, element, least=2, most=10)
        _defaults(problems, path, element, 1)
    elif kind == CHECKBOX_GROUP:
        _options(problems, path, element, least=1, most=10)
        _range(problems, path, element, most=10, in_form=True)
        _defaults(problems, path, element, element.get("max_values", 10))


def _button(problems: Problems, path: str, button: Json) -> None:
    style = button.get("style")
    problems.within(f"{path}.style", style, 1, 6)
    if style == LINK:
        problems.length(f"{path}.url", button.get("url"), 512, 1)
    elif style == PREMIUM:
        problems.fields(path, button, {"type", "id", "style", "sku_id", "disabled"}, {"sku_id"})
    else:
        problems.length(f"{path}.custom_id", button.get("custom_id"), 100, 1)
    if "custom_id" in button and style == LINK:
        problems.add(f"{path}.custom_id", "A custom id and url cannot both be specified")
    if "url" in button and style != LINK:
        problems.add(f"{path}.url", "Only link buttons have a url")
    if "label" in button:
        problems.length(f"{path}.label", button["label"], 80)
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        problems.add(path, "A button must have a label or an emoji", "BUTTON_COMPONENT_LABEL_REQUIRED")


def _text_input(problems: Problems, path: str, field: Json) -> None:
    problems.within(f"{path}.style", field.get("style"), 1, 2)
    if "placeholder" in field:
        problems.length(f"{path}.placeholder", field["placeholder"], 100)
    if "min_length" in field:
        problems.within(f"{path}.min_length", field["min_length"], 0, 4000)
    if "max_length" in field:
        problems.within(f"{path}.max_length", field["max_length"], 1, 4000)
    if "value" in field:
        problems.length(f"{path}.value", field["value"], field.get("max_length", 4000))


def _select(problems: Problems, path: str, select: Json, *, in_form: bool) -> None:
    if select["type"] == STRING_SELECT:
        _options(problems, path, select, least=1, most=25)
        _defaults(problems, path, select, select.get("max_values", 1))
    elif len(select.get("default_values", [])) > select.get("max_values", 1):
        problems.add(f"{path}.default_values", "There are more default values than can be chosen")
    for place, default in enumerate(select.get("default_values", [])):
        problems.fields(f"{path}.default_values.{place}", default, {"id", "type"}, {"id", "type"})
    if "placeholder" in select:
        problems.length(f"{path}.placeholder", select["placeholder"], 150)
    _range(problems, path, select, most=25, in_form=in_form)


def _range(problems: Problems, path: str, field: Json, *, most: int, in_form: bool) -> None:
    least = field.get("min_values", 1)
    problems.within(f"{path}.min_values", least, 0, most)
    if "max_values" in field:
        problems.within(f"{path}.max_values", field["max_values"], max(1, least), most)
    if in_form and least == 0 and field.get("required", True):
        problems.add(f"{path}.min_values", "Must be at least 1 where the field is required")


def _options(problems: Problems, path: str, field: Json, *, least: int, most: int) -> None:
    options = field.get("options")
    if not isinstance(options, list) or not least <= len(options) <= most:
        problems.add(f"{path}.options", f"Must be between {least} and {most} in length.", "BASE_TYPE_BAD_LENGTH")
        return
    known = _OPTION | ({"emoji"} if field["type"] == STRING_SELECT else set())
    for place, option in enumerate(options):
        here = f"{path}.options.{place}"
        problems.fields(here, option, known, {"label", "value"})
        problems.length(f"{here}.label", option.get("label"), 100, 1)
        problems.length(f"{here}.value", option.get("value"), 100, 1)
        if option.get("description") is not None:
            problems.length(f"{here}.description", option["description"], 100)
    if len({option.get("value") for option in options}) < len(options):
        problems.add(f"{path}.options", "The specified option value is already used", "SELECT_OPTION_VALUE_DUPLICATED")


def _defaults(problems: Problems, path: str, field: Json, most: int) -> None:
    if sum(bool(option.get("default")) for option in field.get("options", [])) > most:
        problems.add(f"{path}.options", "There are more default options than can be chosen")
