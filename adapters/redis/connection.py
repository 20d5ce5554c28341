"""Clients of the store, by URL: standalone, on a unix socket, or behind Sentinel; and the check at the start."""

import asyncio
import logging
import re
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redis import exceptions
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import Connection, SSLConnection, UnixDomainSocketConnection
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import (
    Sentinel,
    SentinelConnectionPool,
    SentinelManagedConnection,
    SentinelManagedSSLConnection,
)
from redis.backoff import ExponentialWithJitterBackoff, NoBackoff
from redis.maint_notifications import MaintNotificationsConfig

from adapters.redis.keys import is_restoring
from adapters.redis.overview import NOTHING, evicts, persistence_of, told
from adapters.redis.refusals import explained
from adapters.redis.store import source
from bot.address import Target, parse_url
from bot.ports import StartError

log = logging.getLogger(__name__)

_OLDEST = (7, 0)
_SENTINEL_SECONDS = 0.5


class Client(Redis):
    """A client that decodes answers, and answers or raises a RedisError within ``deadline`` seconds, retries included."""

    deadline: float = 5.0

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            async with asyncio.timeout(self.deadline):
                return await super().execute_command(*args, **options)  # type: ignore[no-untyped-call]
        except TimeoutError as error:
            raise exceptions.TimeoutError(f"no answer within {self.deadline:g} s") from error
        except (exceptions.ReadOnlyError, exceptions.MasterDownError):
            # The master that we know is a replica now: what connects anew, by Sentinel or by name, finds the next one.
            await self.connection_pool.disconnect(inuse_connections=False)
            raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """``steady`` is patient and sends again what got no answer: for idempotent scripts and reads. ``quick`` never sends twice."""

    steady: Client
    quick: Client


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pace:
    """Seconds, and how often to send again what got no answer; no ``answer`` where one try has the whole deadline."""

    deadline: float
    answer: float | None
    connect: float
    retries: int


_STEADY = _Pace(deadline=15.0, answer=5.0, connect=2.0, retries=4)
_QUICK = _Pace(deadline=1.0, answer=None, connect=1.0, retries=0)


@asynccontextmanager
async def open_redis(url: str) -> AsyncIterator[Connections]:
    """Yield the clients of the store at this URL; they connect when first used. Raises StartError for a wrong URL."""
    target = parse_url(url)
    _try_certificates(target.tls_options)
    async with AsyncExitStack() as stack:
        yield Connections(steady=await _client(target, _STEADY, stack), quick=await _client(target, _QUICK, stack))


async def check(
    client: Client, *, schema_key: str, schema: int | None, writes: bool = True, folder: Path | None = None
) -> None:
    """Return if the store will do: it answers, is not too old, and holds nothing or this schema. Raises StartError.

    ``schema`` None: whatever it holds, and nothing is noted in it. ``writes`` False: nothing is noted in it either, so that
    a full one, or a replica, will do. ``folder`` is an embedded one's, for the sentence.
    """
    async with explained(tls=issubclass(client.connection_pool.connection_class, SSLConnection), folder=folder):
        about = await told(client)
        if fault := fault_of(about, writes=writes):
            raise StartError(fault)
        if schema is not None:
            kept = await client.get(schema_key)
            if writes and kept in {None, str(schema)}:
                kept = await client.register_script(source("schema"))(keys=[schema_key], args=[schema])
            if kept not in ({str(schema)} if writes else {None, str(schema)}):
                raise StartError(_foreign(kept, schema_key, schema))
        await _warn(client, about)


def fault_of(about: Mapping[str, Any], *, writes: bool = True) -> str | None:
    """Return what makes a server unfit, by its INFO, or None; an empty INFO is that of a server that does not tell."""
    version = re.match(r"([0-9]+)\.([0-9]+)", str(about.get("redis_version", "")))
    if version and tuple(map(int, version.groups())) < _OLDEST:
        return f"The store is Redis {version[0]}: the bot needs Redis 7.0 or any Valkey."
    if about.get("cluster_enabled") == 1:
        return "The store is a Redis Cluster, which the bot does not support: set STUDYBOT_REDIS_URL to a single server or Sentinel."
    if writes and about.get("role") in {"slave", "replica"}:
        return "The store is a replica, which takes no writes: set STUDYBOT_REDIS_URL to its master, or to Sentinel."
    return None


def _foreign(kept: Any, key: str, schema: int) -> str:
    if is_restoring(kept):
        return "A restore into the store has not ended: let it end, or restore once more with --again."
    if not re.fullmatch(r"[0-9]{1,9}", str(kept)):
        return f"The store's key {key} holds something else than a schema: set STUDYBOT_REDIS_URL to a store of the bot's own."
    if int(kept) > schema:
        return f"The store was written by a newer bot (schema {kept}, this one knows {schema}): update this one."
    return f"The store was written by an older bot (schema {kept}), which this one (schema {schema}) cannot take over: start that one, or an empty store."


async def _warn(client: Client, about: Mapping[str, Any]) -> None:
    """Log what may lose data; a server that does not tell is trusted."""
    if evicts(about):
        log.warning("the store drops keys when its memory is full: set its maxmemory-policy to noeviction")
    if await persistence_of(client) == NOTHING:
        log.warning("the store keeps nothing on disk: set its appendonly to yes, or a restart of it loses everything")


async def _client(target: Target, pace: _Pace, stack: AsyncExitStack) -> Client:
    client = Client.from_pool(await _pool(target, pace, stack))
    assert isinstance(client, Client)  # noqa: S101 - from_pool makes one of its class; its annotation forgets that
    client.deadline = pace.deadline
    return await stack.enter_async_context(client)


class _Pool(BlockingConnectionPool):
    """Waits for a free connection, but only if there is none: the lock and the timer for that cost a fifth of a short read."""

    async def get_connection(self, *_unused: Any, **_options: Any) -> Any:
        if not self.can_get_connection():
            return await super().get_connection()  # type: ignore[no-untyped-call]
        connection = self.get_available_connection()  # type: ignore[no-untyped-call]
        try:
            await self.ensure_connection(connection)
        except BaseException:
            await self.release(connection)
            raise
        return connection


class _SentinelPool(SentinelConnectionPool, _Pool):
    """Waits for a free connection, and asks the Sentinels for the master whenever one is made."""


async def _pool(target: Target, pace: _Pace, stack: AsyncExitStack) -> _Pool:
    options: dict[str, Any] = {
        **_credentials(target.username, target.password),
        **target.tls_options,
        "db": target.db,
        "decode_responses": True,
        "socket_timeout": pace.answer,
        "socket_connect_timeout": pace.connect,
        "retry": Retry(ExponentialWithJitterBackoff(base=0.05, cap=1.0), pace.retries),
        # Waiting for a free connection is part of the deadline.
        "timeout": None,
        # A managed service's moves are noticed by its errors; the announcements are one product's own.
        "maint_notifications_config": MaintNotificationsConfig(enabled=False),
    }
    if target.path:
        return _Pool(connection_class=UnixDomainSocketConnection, path=target.path, **options)
    if not target.service:
        host, port = target.hosts[0]
        kind = SSLConnection if target.tls else Connection
        return _Pool(connection_class=kind, host=host, port=port, **options)
    managed = SentinelManagedSSLConnection if target.tls else SentinelManagedConnection
    sentinels = await stack.enter_async_context(_sentinels(target))
    return _SentinelPool(target.service, sentinels, connection_class=managed, **options)  # type: ignore[no-untyped-call]


def _sentinels(target: Target) -> Sentinel:
    options: dict[str, Any] = {
        **_credentials(target.sentinel_username, target.sentinel_password),
        **target.tls_options,
        "ssl": target.tls,
        "socket_timeout": _SENTINEL_SECONDS,
        "socket_connect_timeout": _SENTINEL_SECONDS,
        "retry": Retry(NoBackoff(), 0),
        "maint_notifications_config": MaintNotificationsConfig(enabled=False),
    }
    return Sentinel(target.hosts, sentinel_kwargs=options)  # type: ignore[no-untyped-call]


def _try_certificates(options: Mapping[str, Any]) -> None:
    """Raise StartError for a file that cannot be used: a client would take until it connects to find out."""
    trial = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    name = "ssl_ca_certs"
    try:
        if name in options:
            trial.load_verify_locations(options[name])
        name = "ssl_certfile"
        if name in options:
            # The empty password: who protects the key by one would be asked for it on the terminal, at every connection.
            trial.load_cert_chain(options[name], options.get("ssl_keyfile"), password="")
    except OSError as error:
        why = (error.reason if isinstance(error, ssl.SSLError) else error.strerror) or "no such file"
        raise StartError(f"STUDYBOT_REDIS_URL names by {name} a file that cannot be used ({why}).") from error


def _credentials(username: str | None, password: str | None) -> dict[str, str | None]:
    return {"username": username, "password": password}
