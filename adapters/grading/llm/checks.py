"""What the doctor looks at in a grader out of the house: address, key, model, and whether it answers as it has to.

Nobody's words are sent: the question and the reply that it is asked about are its own.
"""

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from adapters.grading.llm.access import Access
from adapters.grading.llm.model import Model, open_model
from adapters.grading.llm.quotations import located
from adapters.grading.llm.trouble import Trouble
from bot.domain.question import KeyPoint, Level, Question
from bot.domain.reply import Verdict
from bot.ports import Finding, Judged
from bot.ports.operation import fault, fine, warning

_ABOUT = "llm"
_HERE = frozenset(["127.0.0.1", "::1", "localhost"])
_UNAUTHORISED = frozenset([401, 403])
_NOT_FOUND = 404
_REACH = "Look at the network of this machine, and at STUDYBOT_LLM_URL: it ends where /chat/completions begins, often in /v1/."
_LATER = "Replies are graded offline meanwhile. Try again later, or ask those who run it."
_QUESTION = Question(
    id="doctor",
    revision=1,
    topic="doctor",
    level=Level.FOUNDATION,
    text="Why does a team keep the versions of its data?",
    key_points=(
        KeyPoint(id="again", statement="An old model can be trained again from the same data.", weight=1, accepted=()),
        KeyPoint(id="blame", statement="It shows which change of the data made a model worse.", weight=1, accepted=()),
    ),
    model_answer="",
    sources=(),
    reviewed=date(2026, 1, 1),
)
_REPLY = "With the versions kept we can train last year's model again on the very same data."


async def llm(access: Access) -> Sequence[Finding]:
    """Look at one thing after the other, as far as the ones before let it."""
    found = [_encrypted(access)] if _is_in_the_clear(access) else []
    async with open_model(access) as model:
        try:
            found.append(await _listed(model, access))
            found.append(await _answer(model, access))
        except Trouble as trouble:
            found.append(_trouble(access, trouble))
    return found


def _is_in_the_clear(access: Access) -> bool:
    parts = urlsplit(access.url)
    return parts.scheme == "http" and parts.hostname not in _HERE


def _encrypted(access: Access) -> Finding:
    said = f"replies go to {urlsplit(access.url).netloc} in the clear"
    return warning(_ABOUT, said, "Use https://, unless the way there is in a network of your own.")


async def _listed(model: Model, access: Access) -> Finding:
    """Look for the model in the server's list, which not every server has, and which need not have every name."""
    try:
        names = await model.names()
    except Trouble as trouble:
        if trouble.status != _NOT_FOUND and trouble.outcome is not Judged.MALFORMED:
            raise
        return fine(_ABOUT, f"{urlsplit(access.url).netloc} does not list its models")
    if access.model not in names:
        known = ", ".join(sorted(names)[:5]) or "none"
        said = f"STUDYBOT_LLM_MODEL is {access.model}, which the server does not list (it lists {known})"
        return warning(_ABOUT, said, "Set it to the name of a model as the server has it.")
    return fine(_ABOUT, f"{access.name} is there")


async def _answer(model: Model, access: Access) -> Finding:
    """Ask about a reply of our own, again where that may help: some servers must be asked more plainly."""
    try:
        claims = await model.claims(_QUESTION, _REPLY)
    except Trouble as trouble:
        if not trouble.passing:
            raise
        claims = await model.claims(_QUESTION, _REPLY)
    right = claims["again"].verdict is not Verdict.NOT_SEEN and claims["blame"].verdict is Verdict.NOT_SEEN
    if not right or located(_REPLY, claims["again"].quotation) is None:
        said = f"{access.model} answers in the right form, and grades a plain reply wrongly"
        return warning(_ABOUT, said, "What it cannot quote is not believed, so it does little: take a more able model.")
    return fine(_ABOUT, "it grades a reply of the doctor's own, with a quotation")


def _trouble(access: Access, trouble: Trouble) -> Finding:
    where = urlsplit(access.url).netloc
    if trouble.status in _UNAUTHORISED:
        remedy = "Set it to a key of that service that may use the model."
        return fault(_ABOUT, f"STUDYBOT_LLM_KEY is refused by {where} ({trouble.status})", remedy)
    if trouble.status == _NOT_FOUND:
        return fault(_ABOUT, f"{where} knows no such address or model (404)", _REACH)
    if trouble.outcome is Judged.UNREACHABLE:
        return fault(_ABOUT, f"{where} cannot be reached", _REACH)
    if trouble.outcome is Judged.MALFORMED:
        remedy = "Take a model that keeps to a given JSON form, on a server with structured answers."
        return fault(_ABOUT, f"{access.model} does not answer in the form that it is asked for", remedy)
    code = f" ({trouble.status})" if trouble.status else ""
    return warning(_ABOUT, f"{where} gives no answer just now: {trouble.outcome}{code}", _LATER)
