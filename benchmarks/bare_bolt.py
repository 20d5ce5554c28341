"""A bolt app that only acknowledges: ``python -m benchmarks.bare_bolt``, with the settings of the bot in its environment.

It listens as bolt does by itself, by socket or by requests, says ``ready``, and works until it is killed.
"""

import asyncio
import os
import re

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

_ANY = re.compile(".*")


def bare_app() -> AsyncApp:
    client = AsyncWebClient(os.environ["STUDYBOT_SLACK_BOT_TOKEN"], base_url=os.environ["STUDYBOT_SLACK_API_URL"])
    app = AsyncApp(client=client, signing_secret=os.environ["STUDYBOT_SLACK_SIGNING_SECRET"])

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.command(_ANY)(acknowledge)
    app.action(_ANY)(acknowledge)
    app.view(_ANY)(acknowledge)
    return app


async def main() -> None:
    app = bare_app()
    if os.environ["STUDYBOT_SLACK_MODE"] == "http":
        runner = web.AppRunner(app.web_app("/slack/events"), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", int(os.environ["STUDYBOT_HTTP_PORT"])).start()
    else:
        await AsyncSocketModeHandler(app, os.environ["STUDYBOT_SLACK_APP_TOKEN"]).connect_async()
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
