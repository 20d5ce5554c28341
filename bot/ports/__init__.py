"""What the core needs from outside, and what it offers. Each adapter of a port passes the port's contract suite."""

from bot.ports.agenda import LONGEST_WAIT, Agenda, Later, Lease, StartError, StoreUnavailable, Superseded
from bot.ports.allowance import Allowance
from bot.ports.around import Calendar, Clock, Grader, Questions
from bot.ports.chats import BotRefused, Chat, Limited, OutcomeUnknown, Post, Refused
from bot.ports.desk import Caller, Desk, SetupRequest
from bot.ports.feedback import FeedbackStore
from bot.ports.gateway import Doors, Gated, Gateway, HttpAnswer, HttpRequest, Listening, Route
from bot.ports.leases import Held, Leases
from bot.ports.members import MemberStore, Result
from bot.ports.meter import Judged, Meter, NoMeter
from bot.ports.once import Once, once_only
from bot.ports.operation import Check, Finding, Overview, Severity
from bot.ports.phrasings import PhrasingStore
from bot.ports.planning import Change, Changes, Plans
from bot.ports.practice import PracticeStore, Reviews
from bot.ports.review import News, ReviewStore, Ruling, Waiting
from bot.ports.stores import (
    AskNow,
    Begin,
    BoardPage,
    Boards,
    CheckState,
    Difference,
    Ledger,
    ProgrammeStore,
    ReplyStore,
    RoundStore,
    Skipping,
    Verified,
)

__all__ = [
    "LONGEST_WAIT",
    "Agenda",
    "Allowance",
    "AskNow",
    "Begin",
    "BoardPage",
    "Boards",
    "BotRefused",
    "Calendar",
    "Caller",
    "Change",
    "Changes",
    "Chat",
    "Check",
    "CheckState",
    "Clock",
    "Desk",
    "Difference",
    "Doors",
    "FeedbackStore",
    "Finding",
    "Gated",
    "Gateway",
    "Grader",
    "Held",
    "HttpAnswer",
    "HttpRequest",
    "Judged",
    "Later",
    "Lease",
    "Leases",
    "Ledger",
    "Limited",
    "Listening",
    "MemberStore",
    "Meter",
    "News",
    "NoMeter",
    "Once",
    "OutcomeUnknown",
    "Overview",
    "PhrasingStore",
    "Plans",
    "Post",
    "PracticeStore",
    "ProgrammeStore",
    "Questions",
    "Refused",
    "ReplyStore",
    "Result",
    "ReviewStore",
    "Reviews",
    "RoundStore",
    "Route",
    "Ruling",
    "SetupRequest",
    "Severity",
    "Skipping",
    "StartError",
    "StoreUnavailable",
    "Superseded",
    "Verified",
    "Waiting",
    "once_only",
]
