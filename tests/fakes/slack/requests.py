"""HTTP mode: each payload is a signed request to the app's own address."""

import hashlib
import hmac
import json
import random
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

import aiohttp

from tests.fakes.slack.deliveries import Again, Answer
from tests.fakes.slack.payloads import VERIFICATION_TOKEN
from tests.fakes.slack.things import Json

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


@dataclass(kw_only=True)
class Requests:
    """Every address of the app; each payload goes to one, any of them."""

    signing_secret: str
    addresses: list[str] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(0))
    clock_shift: float = 0.0
    """Added to the time stamp of requests: who is far off must be turned away."""
    _session: aiohttp.ClientSession | None = None

    async def send(self, kind: str, payload: Json, again: Again, patience: float) -> Answer:
        headers = (
            {"X-Slack-Retry-Num": str(again.attempt), "X-Slack-Retry-Reason": again.reason} if again.attempt else {}
        )
        if kind == "events_api":
            return await self._post(json.dumps(payload), _JSON, headers, patience)
        form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return await self._post(urlencode(form), _FORM, headers, patience)

    async def verify(self) -> bool:
        """Whether the app answers Slack's challenge, as it must before an address may be saved."""
        asked = {"token": VERIFICATION_TOKEN, "challenge": "3eZbrw1aB10gbVqd", "type": "url_verification"}
        answer = await self._post(json.dumps(asked), _JSON, {}, 3.0)
        said = answer.payload or {}
        return asked["challenge"] in {said.get("challenge"), said.get("text")}

    async def stop(self) -> None:
        if self._session:
            await self._session.close()

    def sign(self, body: str, timestamp: str) -> str:
        signed = f"v0:{timestamp}:{body}".encode()
        return "v0=" + hmac.new(self.signing_secret.encode(), signed, hashlib.sha256).hexdigest()

    async def _post(self, body: str, content_type: str, more: dict[str, str], patience: float) -> Answer:
        timestamp = str(int(time.time() + self.clock_shift))
        headers = {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": self.sign(body, timestamp),
            **more,
        }
        self._session = self._session or aiohttp.ClientSession()
        address, limit = self.dice.choice(self.addresses), aiohttp.ClientTimeout(total=patience)
        of_event = content_type == _JSON
        try:
            async with self._session.post(address, data=body.encode(), headers=headers, timeout=limit) as response:
                return await _read(response, of_event=of_event)
        except TimeoutError:
            return Answer(error="http_timeout" if of_event else "operation_timeout")
        except aiohttp.ClientError:
            return Answer(error="connection_failed" if of_event else "dispatch_failed")


async def _read(response: aiohttp.ClientResponse, *, of_event: bool) -> Answer:
    said = await response.text()
    if response.status != 200:
        retry = response.headers.get("X-Slack-No-Retry") != "1"
        return Answer(error="http_error" if of_event else "dispatch_failed", retry=retry)
    if not said:
        return Answer()
    return Answer(payload=json.loads(said) if response.content_type == _JSON else {"text": said})
