"""Views as the bodies of posts in a room's file, and back."""

from typing import Any

from pydantic import TypeAdapter

from adapters.console.records import Body, RoomPost
from bot.ports import Post
from bot.views import QuestionView, RevealView

PostView = QuestionView | RevealView

_QUESTIONS = TypeAdapter(QuestionView)
_REVEALS = TypeAdapter(RevealView)


def to_body(view: PostView) -> Body:
    """Return the view as JSON has it."""
    adapter: TypeAdapter[Any] = _QUESTIONS if isinstance(view, QuestionView) else _REVEALS
    body: Body = adapter.dump_python(view, mode="json", warnings=False)
    return body


def view_of(post: RoomPost) -> PostView:
    """Return the view that a post shows; ValueError if its body was written by a version that laid views out otherwise."""
    if post.post is Post.QUESTION:
        return _QUESTIONS.validate_python(post.body)
    return _REVEALS.validate_python(post.body)
