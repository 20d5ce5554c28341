"""Clients of the store: a patient one and a quick one, to one server or behind Sentinel."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.backoff import ExponentialBackoff, NoBackoff
from redis.exceptions import AuthenticationError, RedisError, ResponseError

from adapters.redis.store import Client
from bot.ports import StartError

log = logging.getLogger(__name__)

_SENTINEL = ("redis+sentinel", "rediss+sentinel")
_SCHEMES = ("redis", "rediss", "unix", *_SENTINEL)
_OLDEST = (7, 0)
_SENTINEL_PORT = 26_379
_CONNECTIONS = 64
WRONG_URL = (
    "STUDYBOT_REDIS_URL is not an address of a store: write redis://host:6379/0, rediss://…, unix:///path/to/socket "
    "or redis+sentinel://host:26379,host2:26379/service/0."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Connections:
    """``steady`` waits 5 s and tries again, for what may be repeated; ``quick`` answers or fails within a second."""

    steady: Client
    quick: Client


@asynccontextmanager
async def open_redis(url: str) -> AsyncIterator[Connections]:
    """Open both clients; they connect when they are first used. Raises StartError for what is no address."""
    steady = _client(url, timeout=5.0, retry=Retry(ExponentialBackoff(cap=1.0, base=0.05), 3))
    quick = _client(url, timeout=1.0, retry=Retry(NoBackoff(), 0))
    try:
        yield Connections(steady=steady, quick=quick)
    finally:
        await steady.aclose()
        await quick.aclose()


async def check(client: Client, *, schema_key: str, schema: int) -> None:
    """See that the server answers, is new enough and holds our schema. Raises StartError with what to do."""
    try:
        info = await client.info("server")
        version = str(info.get("redis_version", "0.0"))
        if tuple(int(part) for part in version.split(".")[:2]) < _OLDEST:
            raise StartError(f"The store is Redis {version}; 7.0 or newer (or Valkey) is needed.", 69)
        await _check_schema(client, schema_key, schema)
        await _warn_if_forgetful(client)
    except AuthenticationError as error:
        raise StartError("The store refuses the password in STUDYBOT_REDIS_URL.", 69) from error
    except RedisError as error:
        raise StartError(
            f"The store does not answer ({type(error).__name__}). Is the server up, and STUDYBOT_REDIS_URL right?", 69
        ) from error


async def _check_schema(client: Client, key: str, schema: int) -> None:
    await client.set(key, schema, nx=True)
    found = await client.get(key)
    if found != str(schema):
        raise StartError(
            f"The store has schema {found}, this version of the bot knows {schema}: "
            "run the version that wrote it, or point STUDYBOT_REDIS_URL at another store.",
            69,
        )


async def _warn_if_forgetful(client: Client) -> None:
    """Say so if the server keeps nothing on disk; managed services may not tell, and know what they do."""
    try:
        kept = await client.config_get("appendonly", "save")
    except ResponseError:
        return
    if kept.get("appendonly") == "no" and not kept.get("save"):
        log.warning("the store keeps nothing on disk: a restart of the server loses everything (set appendonly yes)")


def _client(url: str, *, timeout: float, retry: Retry) -> Client:
    parts = _parts(url)
    common: dict[str, Any] = {
        "decode_responses": True,
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "retry": retry,
        "health_check_interval": 30,
    }
    try:
        if parts.scheme in _SENTINEL:
            return _behind_sentinel(parts, common)
        pool = BlockingConnectionPool.from_url(url, max_connections=_CONNECTIONS, timeout=timeout, **common)
    except ValueError as error:
        raise StartError(WRONG_URL) from error
    return Redis.from_pool(pool)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise StartError(WRONG_URL) from error
    if parts.scheme not in _SCHEMES or not (parts.netloc or parts.path):
        raise StartError(WRONG_URL)
    return parts


def _behind_sentinel(parts: SplitResult, common: dict[str, Any]) -> Client:
    """Return a client of the service's present master. ValueError for what is no address of one."""
    user, _, hosts = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    service, _, database = parts.path.strip("/").partition("/")
    if not service:
        raise ValueError("no service")
    nodes = [_node(host) for host in hosts.split(",")]
    login = {"username": unquote(name) or None, "password": unquote(password) or None} if user else {}
    sentinel = Sentinel(nodes, sentinel_kwargs={"socket_timeout": common["socket_timeout"]})  # type: ignore[no-untyped-call]
    pool = SentinelConnectionPool(  # type: ignore[no-untyped-call]
        service,
        sentinel,
        db=int(database or 0),
        ssl=parts.scheme.startswith("rediss"),
        max_connections=_CONNECTIONS,
        **login,
        **common,
    )
    return Redis.from_pool(pool)


def _node(host: str) -> tuple[str, int]:
    name, _, port = host.partition(":")
    if not name:
        raise ValueError("no host")
    return name, int(port or _SENTINEL_PORT)
