"""The Web API: each method that the fake knows, and how a call is answered."""

from tests.fakes.slack.refusals import TOO_LARGE_OR_MISSHAPEN, Json, Refusal
from tests.fakes.slack.web import forms, posting, reactions, reading, uploads
from tests.fakes.slack.web.call import Call, Method, admitted
from tests.fakes.slack.workspace import Workspace


def _who_am_i(call: Call) -> Json:
    slack = call.slack
    if call.token.kind == "app":
        return {"ok": True, "app_name": slack.bot.real_name, "app_id": slack.app}
    answer = {
        "ok": True,
        "url": f"https://{slack.domain}.slack.com/",
        "team": slack.domain.title(),
        "user": slack.bot.name,
        "team_id": slack.team,
        "user_id": slack.bot.id,
        "is_enterprise_install": False,
    }
    if call.token.kind == "bot":
        known = answer | {"bot_id": slack.bot_id}
        return {name: value for name, value in known.items() if name not in slack.unsaid}
    owner = next(person for person in slack.people.values() if not person.is_bot)
    return answer | {"user": owner.name, "user_id": owner.id}


def _ticket(call: Call) -> Json:
    slack, ticket = call.slack, call.slack.new_id("t")
    slack.tickets.add(ticket)
    address = slack.address.replace("http", "ws", 1)
    return {"ok": True, "url": f"{address}/link/?ticket={ticket}&app_id={slack.app}"}


METHODS: dict[str, Method] = {
    "auth.test": Method(carry_out=_who_am_i, kinds=frozenset({"app", "bot", "user"})),
    "apps.connections.open": Method(carry_out=_ticket, scope="connections:write", kinds=frozenset({"app"})),
    **forms.METHODS,
    **posting.METHODS,
    **reactions.METHODS,
    **reading.METHODS,
    **uploads.METHODS,
}


def answer(slack: Workspace, name: str, args: Json, token: str) -> Json:
    """What Slack says to this call."""
    try:
        return _carry_out(slack, name, args, token)
    except Refusal as refusal:
        if refusal.error in TOO_LARGE_OR_MISSHAPEN:
            slack.invalid.append(": ".join([name, refusal.error, *refusal.messages]))
        return refusal.answer()


def _carry_out(slack: Workspace, name: str, args: Json, token: str) -> Json:
    if name not in METHODS:
        raise Refusal("unknown_method", req_method=name)
    method = METHODS[name]
    call = Call(slack=slack, args=args, token=admitted(slack, method, token))
    if method.scope:
        call.require(method.scope)
    return method.carry_out(call)
