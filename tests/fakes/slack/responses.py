"""Answers to a command or a click: in the acknowledgement itself, or by its response_url later on."""

import time

from aiohttp import web

from tests.fakes.slack import events
from tests.fakes.slack.objects import message_object
from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.server import Handler
from tests.fakes.slack.things import Message
from tests.fakes.slack.web.posting import checked_blocks, take_away
from tests.fakes.slack.workspace import ResponseUrl, Workspace

MOST_TIMES = 5
MOST_SECONDS = 30 * 60


def show(slack: Workspace, channel: str, user: str, said: Json) -> Message:
    """Shows an answer: to the person alone, unless it says `in_channel`."""
    message = Message(
        channel=channel,
        ts=slack.new_ts(),
        user=slack.bot.id,
        text=str(said.get("text") or ""),
        blocks=slack.named_blocks(checked_blocks(slack, said.get("blocks"))),
        by_bot=True,
        only_for=None if said.get("response_type") == "in_channel" else user,
    )
    if not message.text and not message.blocks:
        raise Refusal("no_text")
    if message.only_for:
        slack.private.append(message)
    else:
        slack.say(message)
        events.said(slack, message)
    return message


def respond(slack: Workspace, key: str, said: Json) -> None:
    """Uses a response_url once: shows something new, or puts it in the place of the message that was clicked."""
    url = slack.response_urls.get(key)
    if url is None or time.monotonic() - url.issued > MOST_SECONDS:
        raise Refusal("expired_url")
    if url.used >= MOST_TIMES:
        raise Refusal("used_url")
    url.used += 1
    if said.get("delete_original"):
        _take_original(slack, url)
    elif said.get("replace_original") and url.message:
        _replace(slack, url.message, said)
    else:
        show(slack, url.channel, url.user, said)


def _replace(slack: Workspace, message: Message, said: Json) -> None:
    previous = message_object(slack, message)
    message.blocks = slack.named_blocks(checked_blocks(slack, said.get("blocks")))
    message.text = str(said.get("text") or "")
    if not message.only_for:
        message.edited_ts = slack.new_ts()
        events.changed(slack, message, previous)


def _take_original(slack: Workspace, url: ResponseUrl) -> None:
    message = url.message
    if message in slack.private:
        slack.private.remove(message)
    elif message:
        take_away(slack, slack.channels[message.channel], message)


def address(slack: Workspace) -> Handler:
    """The handler of every response_url."""

    async def answered(request: web.Request) -> web.Response:
        try:
            respond(slack, request.match_info["key"], await request.json())
        except Refusal as refusal:
            over = refusal.error.endswith("_url")  # used up or too old: no fault of what was sent
            if not over:
                slack.invalid.append(f"response_url: {refusal.error}: {'; '.join(refusal.messages)}")
            return web.json_response(refusal.answer(), status=404 if over else 400)
        return web.Response(text="ok")

    return answered
