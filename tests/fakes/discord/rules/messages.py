"""The limits of messages: content, embeds, flags, mentions, nonce."""

from tests.fakes.discord.refusals import Json, Problems
from tests.fakes.discord.rules.layout import check_layout
from tests.fakes.discord.things import COMPONENTS_V2, EPHEMERAL

SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12
_ALWAYS = {"content", "embeds", "allowed_mentions", "components", "attachments", "flags"}
_KNOWN = {
    "create": _ALWAYS | {"tts", "nonce", "enforce_nonce", "message_reference", "sticker_ids", "poll"},
    "edit": _ALWAYS,
    "response": _ALWAYS | {"tts", "poll"},
}
_FLAGS = {
    "create": SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2,
    "edit": SUPPRESS_EMBEDS | COMPONENTS_V2,
    "response": SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2 | EPHEMERAL,
}
_EMBED = {"title": 256, "description": 4096}


def check_message(problems: Problems, body: Json, way: str, *, v2: bool, files: set[str], before: Json) -> None:
    """A body of `create`, `edit` or (of an interaction) `response`.

    `v2` is what the message will be, `files` the names of all its files, `before` its content and embeds until now.
    """
    problems.fields("", body, _KNOWN[way])
    flags = body.get("flags") or 0
    if not isinstance(flags, int) or flags & ~_FLAGS[way]:
        problems.add("flags", f"Only {_FLAGS[way]:#x} can be set here")
    _content(problems, body, v2=v2, before=before)
    _mentions(problems, body.get("allowed_mentions"))
    if body.get("components"):
        check_layout(problems, body["components"], v2=v2, files=files)
    if body.get("nonce") is not None and len(str(body["nonce"])) > 25:
        problems.length("nonce", str(body["nonce"]), 25)
    if body.get("poll") or body.get("sticker_ids"):
        problems.add("poll", "Polls and stickers are not known here")


def is_empty(body: Json, *, files: bool) -> bool:
    """There is nothing in it to be seen."""
    return not (body.get("content") or body.get("embeds") or body.get("components") or files)


def _content(problems: Problems, body: Json, *, v2: bool, before: Json) -> None:
    stays = {name: body.get(name, before.get(name)) for name in ("content", "embeds")}
    for name, value in stays.items():
        if v2 and value:
            sentence = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            problems.add(name, sentence, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
    if body.get("content"):
        problems.length("content", body["content"], 2000)
    embeds = body.get("embeds") or []
    if len(embeds) > 10:
        problems.add("embeds", "Must be 10 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    if sum(_embed(problems, f"embeds.{place}", embed) for place, embed in enumerate(embeds)) > 6000:
        problems.add("embeds", "Embed size exceeds maximum size of 6000", "MAX_EMBED_SIZE_EXCEEDED")


def _embed(problems: Problems, path: str, embed: Json) -> int:
    """Checks it, and gives how many characters it has."""
    texts = {name: str(embed.get(name) or "") for name in _EMBED}
    for name, most in _EMBED.items():
        problems.length(f"{path}.{name}", texts[name], most)
    footer, author = str(embed.get("footer", {}).get("text", "")), str(embed.get("author", {}).get("name", ""))
    problems.length(f"{path}.footer.text", footer, 2048)
    problems.length(f"{path}.author.name", author, 256)
    fields = embed.get("fields", [])
    if len(fields) > 25:
        problems.add(f"{path}.fields", "Must be 25 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
    for place, field in enumerate(fields):
        problems.length(f"{path}.fields.{place}.name", field.get("name"), 256, 1)
        problems.length(f"{path}.fields.{place}.value", field.get("value"), 1024, 1)
    parts = [*texts.values(), footer, author, *(str(field.get(key)) for field in fields for key in ("name", "value"))]
    return sum(map(len, parts))


def _mentions(problems: Problems, allowed: object) -> None:
    if allowed is None:
        return
    if not isinstance(allowed, dict):
        problems.add("allowed_mentions", "Must be an object")
        return
    problems.fields("allowed_mentions", allowed, {"parse", "roles", "users", "replied_user"})
    parse = allowed.get("parse", [])
    for name in ("roles", "users"):
        if len(allowed.get(name, [])) > 100:
            problems.add(f"allowed_mentions.{name}", "Must be 100 or fewer in length.", "BASE_TYPE_MAX_LENGTH")
        if name in parse and allowed.get(name):
            problems.add("allowed_mentions", f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.')
    if set(parse) - {"roles", "users", "everyone"}:
        problems.add("allowed_mentions.parse", "Must be of roles, users, everyone")
