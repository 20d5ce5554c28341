"""files.*: an upload in three steps, of which the last one shares the file."""

from tests.fakes.slack import events
from tests.fakes.slack.refusals import Json, Refusal
from tests.fakes.slack.things import File, Message
from tests.fakes.slack.web.call import Call, Method


def begin(call: Call) -> Json:
    name, length = call.text("filename"), call.number("length", 0, 10**9)
    if not length:
        raise Refusal("invalid_arguments", messages=["[ERROR] missing required field: length"])
    file = File(id=call.slack.new_id("F"), name=name, length=length)
    call.slack.files[file.id] = file
    return {"ok": True, "file_id": file.id, "upload_url": f"{call.slack.address}/upload/{file.id}"}


def complete(call: Call) -> Json:
    slack, listed = call.slack, call.value("files") or []
    files = [slack.files.get(each["id"]) for each in listed]
    if not listed or any(file is None or file.content is None for file in files):
        raise Refusal("file_not_found")
    uploaded = [file for file in files if file]
    for file, each in zip(uploaded, listed, strict=True):
        file.title, file.shared = each.get("title", file.name), True
    if call.has("channel_id"):
        _share(call, uploaded)
    return {"ok": True, "files": [{"id": file.id, "title": file.title} for file in uploaded]}


def _share(call: Call, files: list[File]) -> None:
    slack, channel = call.slack, call.channel("channel_id")
    if slack.bot.id not in channel.members:
        raise Refusal("not_in_channel")
    message = Message(
        channel=channel.id,
        ts=slack.new_ts(),
        user=slack.bot.id,
        text=call.text("initial_comment", default=""),
        thread_ts=call.text("thread_ts") if call.has("thread_ts") else None,
        by_bot=True,
        subtype="file_share",
        files=files,
    )
    slack.say(message)
    events.said(slack, message)


METHODS = {
    "files.getUploadURLExternal": Method(carry_out=begin, scope="files:write"),
    "files.completeUploadExternal": Method(carry_out=complete, scope="files:write"),
}
