"""A file for one person, handed over in their own conversation with the bot."""

import aiohttp

from adapters.slack.client import SlackClient
from bot.ports import OutcomeUnknown
from bot.receiving.persistence import persistently
from bot.views import DocumentView

_DONE = 200


async def hand_over(client: SlackClient, user: str, view: DocumentView) -> None:
    """Upload the file and share it with the member alone. Raises Limited, OutcomeUnknown or Refused."""
    content = view.text.encode()
    place = await persistently(
        lambda: client.call("files.getUploadURLExternal", filename=view.name, length=len(content))
    )
    await persistently(lambda: _uploaded(client, place["upload_url"], content))
    # A message opens the conversation, for which no scope of its own is needed, and says what comes.
    said = await persistently(lambda: client.call("chat.postMessage", user, text=view.note))
    files = [{"id": place["file_id"], "title": view.name}]
    await persistently(
        lambda: client.call(
            "files.completeUploadExternal", files=files, channel_id=said["channel"], thread_ts=said["ts"]
        )
    )


async def _uploaded(client: SlackClient, url: str, content: bytes) -> None:
    session = client.web.session
    assert session is not None  # noqa: S101 - the client was opened with one
    try:
        async with session.post(url, data=content) as answer:
            status = answer.status
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise OutcomeUnknown(f"the upload was not answered ({type(error).__name__})") from None
    if status != _DONE:
        raise OutcomeUnknown(f"the upload was answered with status {status}")
