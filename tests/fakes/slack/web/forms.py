"""views.*: forms that are opened by a trigger, put on top of one another and changed, and home pages."""

from tests.fakes.slack import layout
from tests.fakes.slack.layout.rules import Rule
from tests.fakes.slack.objects import view_object
from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.things import View
from tests.fakes.slack.web.call import Call, Method
from tests.fakes.slack.workspace import Workspace

MOST_VIEWS = 3
"""Of forms on top of one another."""


def open_form(call: Call) -> Json:
    """Takes the place of whatever this person had open."""
    content = _content(call, layout.MODAL)
    trigger = call.slack.use_trigger(call.text("trigger_id"))
    view = call.slack.new_view(trigger.user, content)
    call.slack.modals[trigger.user] = [view]
    return _shown(call, view)


def push(call: Call) -> Json:
    content = _content(call, layout.MODAL)
    trigger = call.slack.use_trigger(call.text("trigger_id"))
    below = next((view for view in call.slack.open_views() if view.id == trigger.view), None)
    if below is None:
        raise Refusal("not_found")
    return _shown(call, push_view(call.slack, below, content))


def update(call: Call) -> Json:
    """Of a form or home page that is named by its own id or by the one that the app gave it."""
    named = {"id": call.text("view_id", default=""), "external_id": call.text("external_id", default="")}
    for view in [*call.slack.open_views(), *call.slack.homes.values()]:
        known_as = {"id": view.id, "external_id": view.content.get("external_id")}
        if any(name and known_as[kind] == name for kind, name in named.items()):
            content = _content(call, layout.MODAL if view.type == "modal" else layout.HOME, instead_of=view)
            _not_overtaken(call, view)
            return _shown(call, call.slack.change_view(view, content))
    raise Refusal("not_found")


def publish(call: Call) -> Json:
    user = call.slack.person(call.text("user_id")).id
    content = _content(call, layout.HOME)
    view = call.slack.homes.get(user)
    if view is None:
        view = call.slack.homes[user] = call.slack.new_view(user, content)
    else:
        _not_overtaken(call, view)
        call.slack.change_view(view, content)
    return _shown(call, view)


def push_view(slack: Workspace, below: View, content: Json) -> View:
    """Puts a form on top of another, at most three high."""
    stack = slack.modals[below.user]
    if len(stack) >= MOST_VIEWS:
        raise Refusal("push_limit_reached")
    view = slack.new_view(below.user, content, below=below)
    stack.append(view)
    return view


def checked_view(content: object, rule: Rule) -> Json:
    """The view, if Slack would show it."""
    faults = list(rule(content, "/view"))
    if not isinstance(content, dict) or faults:
        raise Refusal("invalid_arguments", messages=faults)
    if layout.bytes_of(content) > layout.MOST_BYTES_OF_VIEW:
        raise Refusal("view_too_large")
    return content


def _content(call: Call, rule: Rule, *, instead_of: View | None = None) -> Json:
    content = checked_view(call.value("view"), rule)
    external = content.get("external_id")
    others = (view for view in call.slack.open_views() if view is not instead_of)
    if external and any(view.content.get("external_id") == external for view in others):
        raise Refusal("duplicate_external_id")
    return content


def _not_overtaken(call: Call, view: View) -> None:
    if call.text("hash", default=view.hash) != view.hash:
        raise Refusal("hash_conflict")


def _shown(call: Call, view: View) -> Json:
    return {"ok": True, "view": view_object(call.slack, view)}


METHODS = {
    "views.open": Method(carry_out=open_form),
    "views.push": Method(carry_out=push),
    "views.update": Method(carry_out=update),
    "views.publish": Method(carry_out=publish),
}
