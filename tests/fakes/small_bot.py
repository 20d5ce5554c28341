"""A small bot on the unmodified slack_bolt: it posts a question, opens a form, keeps what it hears."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack import FakeSlack

QUESTION: list[dict[str, Any]] = [
    {"type": "section", "block_id": "question", "text": {"type": "mrkdwn", "text": "What is drift?"}},
    {
        "type": "actions",
        "elements": [
            {"type": "button", "action_id": "answer", "value": "r1", "text": {"type": "plain_text", "text": "Answer"}},
        ],
    },
]


def form(title: str = "Your answer") -> dict[str, Any]:
    typed = {"type": "plain_text_input", "action_id": "value", "multiline": True, "initial_value": "as before"}
    level = {
        "type": "static_select",
        "action_id": "value",
        "options": [{"text": {"type": "plain_text", "text": text}, "value": text.lower()} for text in ("Easy", "Hard")],
    }
    return {
        "type": "modal",
        "callback_id": "form",
        "title": {"type": "plain_text", "text": title},
        "submit": {"type": "plain_text", "text": "Send"},
        "blocks": [
            {"type": "input", "block_id": "text", "label": {"type": "plain_text", "text": "Answer"}, "element": typed},
            {
                "type": "input",
                "block_id": "level",
                "optional": True,
                "label": {"type": "plain_text", "text": "Level"},
                "element": level,
            },
        ],
    }


@dataclass(kw_only=True)
class SmallBot:
    """What it was told, in order."""

    app: AsyncApp
    heard: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of events."""
    pressed: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of whatever is pressed or chosen, and of forms that are closed."""
    respond_to_press: dict[str, Any] | None = None
    """What it says by the response_url then."""
    sent: list[dict[str, Any]] = field(default_factory=list)
    """The bodies of forms."""
    respond_to_form: dict[str, Any] | None = None
    """What it says to the next form; otherwise it looks at the text."""


def small_bot(slack: FakeSlack) -> SmallBot:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    app = AsyncApp(client=client, token=slack.bot_token, signing_secret=slack.signing_secret)
    bot = SmallBot(app=app)
    _commands(bot)
    _buttons(bot)
    _forms(bot)
    _events(bot)
    return bot


def _commands(bot: SmallBot) -> None:
    @bot.app.command("/quiz")
    async def command(ack: Any, body: dict[str, Any], client: AsyncWebClient, respond: Any) -> None:
        if body["text"] == "ask":
            await ack()
            await client.chat_postMessage(channel=body["channel_id"], text="What is drift?", blocks=QUESTION)
        elif body["text"] == "later":
            await ack()
            await respond("Later")
        else:
            await ack("Try /quiz ask")


def _buttons(bot: SmallBot) -> None:
    @bot.app.action("answer")
    async def answer(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await ack()
        opened = await client.views_open(trigger_id=body["trigger_id"], view=form("Loading"))
        await client.views_update(view_id=opened["view"]["id"], hash=opened["view"]["hash"], view=form())

    @bot.app.action(re.compile("other"))
    async def other(ack: Any, body: dict[str, Any], respond: Any) -> None:
        await ack()
        bot.pressed.append(body)
        if bot.respond_to_press is not None:
            await respond(**bot.respond_to_press)


def _forms(bot: SmallBot) -> None:
    @bot.app.view_closed("form")
    async def closed(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        bot.pressed.append(body)

    @bot.app.view("form")
    async def sent(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        bot.sent.append(body)
        if bot.respond_to_form is not None:
            await ack(**bot.respond_to_form)
            return
        if body["view"]["state"]["values"]["text"]["value"]["value"] == "?":
            await ack(response_action="errors", errors={"text": "That is no answer"})
            return
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="Thank you")


def _events(bot: SmallBot) -> None:
    @bot.app.event("app_home_opened")
    async def home(event: dict[str, Any], client: AsyncWebClient) -> None:
        blocks = [{"type": "header", "text": {"type": "plain_text", "text": "Welcome"}}]
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    @bot.app.event("message")
    @bot.app.event("member_joined_channel")
    @bot.app.event("member_left_channel")
    @bot.app.event("channel_archive")
    @bot.app.event("channel_rename")
    @bot.app.event("user_change")
    @bot.app.event("app_uninstalled")
    @bot.app.event("tokens_revoked")
    async def event(body: dict[str, Any]) -> None:
        bot.heard.append(body)


@asynccontextmanager
async def over_sockets(slack: FakeSlack, bot: SmallBot, *, ping_interval: float = 0.2) -> AsyncIterator[None]:
    """The bot connected in Socket Mode."""
    handler = AsyncSocketModeHandler(bot.app, slack.app_token, web_client=bot.app.client, ping_interval=ping_interval)
    await handler.connect_async()
    await slack.until(lambda: slack.sockets.connections)
    try:
        yield
    finally:
        await handler.close_async()


@asynccontextmanager
async def over_requests(slack: FakeSlack, bot: SmallBot) -> AsyncIterator[None]:
    """The bot behind an address of its own."""
    runner = web.AppRunner(bot.app.web_app("/slack/events"), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.requests.addresses.append(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    try:
        yield
    finally:
        await runner.cleanup()
