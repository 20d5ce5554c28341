"""What Slack's errors mean, in sentences for admins; docs/slack.md has the same table for people."""

import re
from collections.abc import Mapping

from adapters.slack.scopes import APP_METHODS, METHODS
from bot.ports import BotRefused, Refused

GONE = frozenset({"message_not_found"})
"""What is to be changed or taken away is not there (any more)."""

NO_THREAD = frozenset(
    {
        "cannot_reply_to_message",
        "invalid_thread_ts",
        "message_not_found",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "thread_not_found",
    }
)
"""The post is not there, or may not be replied to: nothing stands in its thread, nothing can be posted there."""

WITHOUT_METADATA = frozenset(
    {"invalid_arg_name", "invalid_arguments", "invalid_metadata_filter_keys", "missing_scope", "no_permission"}
)
"""Messages may be read, but perhaps not what they carry unseen: worth asking without."""

_SOON, _LATER, _MUCH_LATER = 1.0, 30.0, 300.0
LIMITED: Mapping[str, float] = {"ratelimited": _SOON, "rate_limited": _SOON, "message_limit_exceeded": _MUCH_LATER}
"""Come back later: after so many seconds, unless the answer says when, or it is a post."""
_POSTS = frozenset({"chat.postMessage", "chat.update"})

PASSING = frozenset(
    {
        "external_channel_migrating",
        "fatal_error",
        "internal_error",
        "invalid_cursor",
        "org_login_required",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "update_failed",
    }
)
"""Slack has trouble of its own: it may have happened, and passes."""

BY_TOKEN: Mapping[str, str] = {
    "account_inactive": "the app was removed from the workspace, or its bot user switched off: install the app again and set STUDYBOT_SLACK_BOT_TOKEN to its new token",
    "app_access_restricted": "the workspace does not let the bot use its app: a workspace admin has to allow it",
    "access_denied": "the workspace does not let the bot in: a workspace admin has to allow its app",
    "accesslimited": "the workspace does not take calls from this network: a workspace admin has to allow its address",
    "enterprise_is_restricted": "the app cannot be used from the whole organisation: install it in one workspace",
    "invalid_auth": "Slack does not know the bot token: copy it anew from the app's page OAuth & Permissions into STUDYBOT_SLACK_BOT_TOKEN",
    "no_permission": "the bot token lacks a permission: install the app again from the manifest",
    "not_allowed_token_type": "the token is of the wrong kind: STUDYBOT_SLACK_BOT_TOKEN takes the bot token, which begins with xoxb-",
    "not_authed": "no token reached Slack: set STUDYBOT_SLACK_BOT_TOKEN",
    "team_access_not_granted": "the app is not installed in this workspace: install it there",
    "token_expired": "the bot token has run out: switch token rotation off, as the manifest has it, and install the app again",
    "token_revoked": "the bot token was revoked: install the app again and set STUDYBOT_SLACK_BOT_TOKEN to its new token",
    "two_factor_setup_required": "the workspace asks for two-factor authentication first: a workspace admin has to look into it",
}
"""The token or the app is at fault: every call will be refused."""

BY_PLACE: Mapping[str, str] = {
    "cant_delete_message": "the workspace does not let the bot delete its post: delete it by hand",
    "cant_update_message": "the workspace does not let the bot edit its post",
    "channel_is_limited_access": "the bot may not see this channel: use an ordinary one",
    "channel_not_found": "the channel is gone, or is private and the bot was taken out of it: invite it again with /invite, or set the quiz up elsewhere",
    "edit_window_closed": "the workspace does not let messages be edited so late: a workspace admin can change that",
    "ekm_access_denied": "the workspace's admins have suspended posting: ask them to allow it",
    "is_archived": "the channel is archived: unarchive it, or set the quiz up elsewhere",
    "is_inactive": "the channel is archived or frozen: unarchive it, or set the quiz up elsewhere",
    "method_not_supported_for_channel_type": "the quiz cannot be held in this kind of conversation: use a channel",
    "not_in_channel": "the bot is not in the channel: invite it there with /invite",
    "restricted_action": "the workspace lets only some people post in this channel: an admin has to let the bot",
    "restricted_action_read_only_channel": "nobody may post in this channel: use another one, or let the bot post",
    "restricted_action_thread_only_channel": "this channel takes replies in threads only: use another one",
    "messages_tab_disabled": "the app's messages are switched off: switch Messages Tab on, on the app's page App Home",
    "user_disabled": "this person's account is switched off",
    "user_not_found": "Slack does not know this person (any more)",
    "user_not_in_channel": "this person is not in the channel",
    "user_not_visible": "the bot may not see this person",
}
"""The channel, the post or the person is at fault: other calls may succeed."""

OURS = frozenset(
    {
        "block_mismatch",
        "duplicate_external_id",
        "invalid_arg_name",
        "invalid_arguments",
        "invalid_array_arg",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_charset",
        "invalid_form_data",
        "invalid_json",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "invalid_post_type",
        "invalid_ts_latest",
        "invalid_ts_oldest",
        "metadata_too_large",
        "method_deprecated",
        "missing_argument",
        "missing_post_type",
        "msg_blocks_too_long",
        "msg_too_long",
        "no_text",
        "too_many_attachments",
        "unknown_method",
        "view_too_large",
    }
)
"""Nobody's fault but the bot's: what it sent is not as Slack takes it. Logged as an error."""

UNKNOWN = frozenset({"unknown_method"})
"""For looks that can be gone without, where what answers is not the whole of Slack."""

_OF_THE_WHOLE_WORKSPACE = frozenset({"ekm_access_denied", "missing_scope"})

_CODE = re.compile(r"[a-z0-9_]{1,64}")
_SCOPES = re.compile(r"[a-z.:,_]{1,200}")


class SlackRefusal(Refused):
    """A refusal with Slack's own word for it in ``error``; the message is a clause for admins, without a full stop."""

    def __init__(self, error: str, sentence: str) -> None:
        super().__init__(sentence)
        self.error = error


class SlackBotRefusal(SlackRefusal, BotRefused):
    """A refusal of the bot itself: by its token, its scopes, or what it sent."""


def unnamed_wait(method: str, error: str) -> float:
    """Return how long to wait where Slack does not say: a post has time, for all else somebody waits."""
    seconds = LIMITED.get(error, _SOON)
    return max(seconds, _LATER) if method in _POSTS else seconds


def refusal(method: str, error: str, needed: str = "") -> SlackRefusal:
    """Return what admins are told of an error that will not pass; ``needed`` is the scope that Slack names as missing."""
    code = error if _CODE.fullmatch(error) else "unreadable"
    of_the_bot = code in BY_TOKEN or code in OURS or code in _OF_THE_WHOLE_WORKSPACE
    return (SlackBotRefusal if of_the_bot else SlackRefusal)(
        code, _sentence(method, code, needed if _SCOPES.fullmatch(needed) else "")
    )


def _sentence(method: str, code: str, needed: str) -> str:
    if code == "missing_scope":
        scope = needed or " or ".join({**METHODS, **APP_METHODS}.get(method, ()))
        return (
            f"the app lacks the scope {scope}, for {method}: add it as the manifest has it, then install the app again"
        )
    if code in OURS:
        return (
            f"the bot sent what Slack does not take ({code}, {method}): this is a fault of the bot, its log says more"
        )
    known = BY_TOKEN.get(code) or BY_PLACE.get(code)
    return known or f"Slack refused {method} ({code})"


def other_workspace() -> SlackRefusal:
    return SlackRefusal(
        "other_workspace",
        "the channel belongs to another workspace than the bot token: use the token of that workspace's app",
    )
