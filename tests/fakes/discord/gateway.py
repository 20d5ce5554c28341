"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, and how it ends a connection."""

import asyncio
import json
import math
import time
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.fakes.discord import objects, packets
from tests.fakes.discord.connections import (
    ALREADY,
    DECODE,
    DISALLOWED_INTENTS,
    INVALID_INTENTS,
    INVALID_SEQ,
    NOT_AUTHENTICATED,
    TIMED_OUT,
    UNKNOWN_OPCODE,
    WRONG_SHARD,
    WRONG_TOKEN,
    WRONG_VERSION,
    Closed,
    Connection,
)
from tests.fakes.discord.sessions import Session
from tests.fakes.discord.things import Guild, Json
from tests.fakes.discord.world import GUILDS, PRIVILEGED, Event, World

STARTS_A_DAY = 1000
MOST_BYTES = 4096
KNOWN_INTENTS = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25


@dataclass(kw_only=True)
class Gateway:
    """Every session and socket, and what goes wrong with them on demand."""

    world: World
    shards: int = 1
    """How many are recommended."""
    heartbeat: float = 41.25
    """Seconds between heartbeats, as HELLO says."""
    acknowledging: bool = True
    """Heartbeats are acknowledged."""
    twice: bool = False
    """Every event is delivered twice."""
    refusing: bool = False
    """No new socket is let in."""
    resumable: bool = True
    """Sessions live on after their socket."""
    unwilling: bool = False
    """Whoever resumes is told to try again, for ever."""
    terse: bool = False
    """RESUMED has nothing in it."""
    resume_url: bool = True
    """READY says where a session is to be resumed."""
    max_concurrency: int = 1
    start_pause: float = 0.0
    """Seconds between two starts of the same key; Discord's are 5, and who is faster is told INVALID_SESSION."""
    starts_left: int = STARTS_A_DAY
    identifies: int = 0
    resumes: int = 0
    closes: list[int] = field(default_factory=list)
    """The codes with which connections were ended from this side."""
    connections: list[Connection] = field(default_factory=list)
    sessions: dict[str, Session] = field(default_factory=dict)
    _starts: dict[int, float] = field(default_factory=dict)
    _dropping: "asyncio.Task[None] | None" = None

    def __post_init__(self) -> None:
        self.world.listeners.append(self._tell)

    # What REST says of it

    @property
    def url(self) -> str:
        return self.world.address.replace("http://", "ws://") + "/gateway/"

    def as_object(self) -> Json:
        return {
            "url": self.url,
            "shards": self.shards,
            "session_start_limit": {
                "total": STARTS_A_DAY,
                "remaining": max(0, self.starts_left),
                "reset_after": 14_400_000,
                "max_concurrency": self.max_concurrency,
            },
        }

    # What goes wrong on demand

    def drop(self, *, code: int | None = None, resumable: bool = True) -> None:
        """Cuts every socket: without a word, or with this close code. Sessions that are not resumable are forgotten."""
        if not resumable:
            self.sessions.clear()
        for connection in list(self.connections):
            if code is None:
                connection.transport.abort()
            else:
                self._close(connection, code)

    def reconnect(self) -> None:
        """Asks every client to connect anew and to resume (op 7)."""
        self._to_all(packets.control(packets.RECONNECT))

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tells every client that its session is over (op 9), or that it may try to resume it."""
        if not resumable:
            self.sessions.clear()
        self._to_all(packets.control(packets.INVALID_SESSION, resumable))

    def zombify(self) -> None:
        """Lets every open socket stand as it is, but nothing comes out of it any more: neither events nor ACKs."""
        for connection in self.connections:
            connection.zombie = True

    def drop_every(self, seconds: float) -> None:
        """From now on cuts every socket again and again."""

        async def again_and_again() -> None:
            while True:
                await asyncio.sleep(seconds)
                self.drop()

        self._dropping = asyncio.ensure_future(again_and_again())

    def reset_token(self) -> None:
        """As at the owner's wish, or when the day's starts are used up: every session ends, and the token is worth nothing."""
        self.world.token = f"{self.world.token}-reset"
        self.sessions.clear()
        for connection in list(self.connections):
            self._close(connection, WRONG_TOKEN)

    def _to_all(self, packet: Json) -> None:
        for connection in list(self.connections):
            connection.send(packet)

    # Connections

    async def connect(self, request: web.Request) -> web.StreamResponse:
        if self.refusing or request.transport is None:
            return web.Response(status=503)
        socket = web.WebSocketResponse(timeout=0.5, max_msg_size=MOST_BYTES * 4)
        await socket.prepare(request)
        squeeze = packets.squeezing(request.query.get("compress"))
        connection = Connection(socket=socket, transport=request.transport, squeeze=squeeze)
        self.connections.append(connection)
        writing = asyncio.create_task(connection.write())
        try:
            await self._serve(connection, request)
        finally:
            self.connections.remove(connection)
            self._detach(connection)
            if not connection.closing:
                writing.cancel()
            await asyncio.gather(writing, return_exceptions=True)
        return socket

    async def _serve(self, connection: Connection, request: web.Request) -> None:
        try:
            _check_version(request)
            connection.send(packets.control(packets.HELLO, {"heartbeat_interval": round(self.heartbeat * 1000)}))
            await self._listen(connection)
        except Closed as closed:
            self._close(connection, closed.code)

    def _close(self, connection: Connection, code: int) -> None:
        self.closes.append(code)
        connection.close(code)

    def _detach(self, connection: Connection) -> None:
        """The socket is gone. Who closed it with 1000 or 1001 has no session any more."""
        session = connection.session
        if session and session.wire is connection:
            session.wire = None
            given_up = not connection.closing and connection.socket.close_code in {1000, 1001}
            if given_up or not self.resumable:
                self.sessions.pop(session.id, None)

    async def _listen(self, connection: Connection) -> None:
        while True:
            try:
                message = await connection.socket.receive(timeout=self.heartbeat * 2)
            except TimeoutError:
                raise Closed(TIMED_OUT) from None
            if message.type is not WSMsgType.TEXT:
                return
            connection.count()
            self._received(connection, *_unpacked(message.data))

    def _received(self, connection: Connection, op: int, body: Json) -> None:
        if op == packets.HEARTBEAT:
            if self.acknowledging:
                connection.send(packets.control(packets.ACK))
        elif op == packets.IDENTIFY:
            self._identify(connection, body)
        elif op == packets.RESUME:
            self._resume(connection, body)
        elif op not in {packets.PRESENCE, packets.VOICE, packets.REQUEST_MEMBERS}:
            raise Closed(UNKNOWN_OPCODE)
        elif connection.session is None:
            raise Closed(NOT_AUTHENTICATED)

    # Sessions

    def _identify(self, connection: Connection, body: Json) -> None:
        self.identifies += 1
        self.starts_left -= 1
        if self.starts_left < 0:
            self.reset_token()
        if connection.session:
            raise Closed(ALREADY)
        if body.get("token") != self.world.token:
            raise Closed(WRONG_TOKEN)
        shard = _shard(body.get("shard", [0, 1]))
        self._check_intents(body.get("intents"))
        if self._too_fast(shard[0]):
            connection.send(packets.control(packets.INVALID_SESSION, False))
            return
        session = Session(intents=body["intents"], shard=shard, wire=connection)
        connection.session = self.sessions[session.id] = session
        self._greet(session)

    def _too_fast(self, shard: int) -> bool:
        """Shards of the same remainder start one after the other."""
        now, key = time.monotonic(), shard % self.max_concurrency
        before, self._starts[key] = self._starts.get(key, -math.inf), now
        return now - before < self.start_pause

    def _check_intents(self, intents: object) -> None:
        if not isinstance(intents, int) or intents < 0 or intents & ~KNOWN_INTENTS:
            raise Closed(INVALID_INTENTS)
        if any(intents & bit and name not in self.world.privileged for name, bit in PRIVILEGED.items()):
            raise Closed(DISALLOWED_INTENTS)

    def _greet(self, session: Session) -> None:
        """READY, and then each server of the shard."""
        bot = self.world.bot.id
        own = [guild for guild in self.world.guilds.values() if bot in guild.members and session.hears(_of(guild))]
        session.dispatch("READY", self._ready(session, own))
        for guild in own if session.intents & GUILDS else []:
            if guild.unavailable:
                session.dispatch("GUILD_DELETE", {"id": guild.id, "unavailable": True})
            else:
                session.dispatch("GUILD_CREATE", objects.guild_create(self.world, guild))

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        application = objects.application_object(self.world)
        return {
            "v": 10,
            "user_settings": {},
            "user": objects.own_user(self.world),
            "session_type": "normal",
            "session_id": session.id,
            **({"resume_gateway_url": self.url} if self.resume_url else {}),
            "relationships": [],
            "private_channels": [],
            "presences": [],
            "guilds": [{"id": guild.id, "unavailable": True} for guild in guilds],
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "auth": {},
            "application": {"id": application["id"], "flags": application["flags"]},
            "_trace": [],
            "shard": list(session.shard),
        }

    def _resume(self, connection: Connection, body: Json) -> None:
        self.resumes += 1
        if body.get("token") != self.world.token:
            raise Closed(WRONG_TOKEN)
        session = None if self.unwilling else self.sessions.get(str(body.get("session_id")))
        if session is None:
            connection.send(packets.control(packets.INVALID_SESSION, self.unwilling))
            return
        number = body.get("seq")
        if not isinstance(number, int) or not 0 <= number <= len(session.sent):
            raise Closed(INVALID_SEQ)
        connection.session, session.wire = session, connection
        for packet in session.since(number):
            connection.send(packet)
        session.dispatch("RESUMED", None if self.terse else {"_trace": []})

    def _tell(self, event: Event) -> None:
        for session in self.sessions.values():
            if session.hears(event):
                for _ in range(1 + self.twice):
                    session.tell(event)

    async def stop(self) -> None:
        if self._dropping:
            self._dropping.cancel()
            await asyncio.gather(self._dropping, return_exceptions=True)
        for connection in list(self.connections):
            await connection.socket.close()


def _unpacked(text: str) -> tuple[int, Json]:
    """Op and body of a packet."""
    try:
        packet = json.loads(text)
        op, body = packet["op"], packet["d"]
    except (ValueError, KeyError, TypeError):
        raise Closed(DECODE) from None
    if len(text.encode()) > MOST_BYTES:
        raise Closed(DECODE)
    return op, body


def _check_version(request: web.Request) -> None:
    if (request.query.get("v"), request.query.get("encoding")) != ("10", "json"):
        raise Closed(WRONG_VERSION)


def _shard(given: object) -> tuple[int, int]:
    if isinstance(given, list) and len(given) == 2 and all(isinstance(each, int) for each in given):
        number, of = given
        if 0 <= number < of:
            return number, of
    raise Closed(WRONG_SHARD)


def _of(guild: Guild) -> Event:
    return Event(name="GUILD_CREATE", guild=guild.id, intent=0, body=lambda _: {})
