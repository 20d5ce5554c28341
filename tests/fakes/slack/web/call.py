"""One call of a Web API method: who calls, with what, and whether they may."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.things import Channel, Token
from tests.fakes.slack.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Call:
    """The arguments may have come as JSON, as a form or in the address: a list or object may be written as a string."""

    slack: Workspace
    args: Json
    token: Token

    def require(self, scope: str) -> None:
        if scope not in self.token.scopes:
            raise Refusal("missing_scope", needed=scope, provided=",".join(sorted(self.token.scopes)))

    def has(self, name: str) -> bool:
        return self.args.get(name) is not None

    def text(self, name: str, default: str | None = None) -> str:
        value = self.args.get(name)
        if value is None or value == "":
            if default is None:
                raise Refusal("invalid_arguments", messages=[f"[ERROR] missing required field: {name}"])
            return default
        return str(value)

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def number(self, name: str, default: int, most: int) -> int:
        value = self.args.get(name)
        try:
            number = default if value is None or value == "" else int(value)
        except ValueError:
            raise Refusal("invalid_limit") from None
        if number < 0:
            raise Refusal("invalid_limit")
        return min(number or default, most)

    def value(self, name: str) -> Any:
        """A list or an object, or nothing."""
        value = self.args.get(name)
        try:
            return json.loads(value) if isinstance(value, str) and value else value
        except ValueError:
            raise Refusal("invalid_arguments", messages=[f"[ERROR] invalid JSON: {name}"]) from None

    def channel(self, name: str = "channel") -> Channel:
        """A channel that the bot knows of, or is in if it is private."""
        return self.slack.channel(self.text(name))


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method of the Web API, the scope that it always needs, and the kinds of token that it takes."""

    carry_out: Callable[[Call], Json]
    scope: str | None = None
    kinds: frozenset[str] = frozenset({"bot", "user"})


def admitted(slack: Workspace, method: Method, value: str) -> Token:
    """The token by this name, if it may call this method."""
    if not value:
        raise Refusal("not_authed")
    token = slack.tokens.get(value)
    if token is None:
        raise Refusal("invalid_auth")
    if token.revoked:
        raise Refusal("token_revoked")
    if token.kind not in method.kinds:
        raise Refusal("not_allowed_token_type")
    return token
