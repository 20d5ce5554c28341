"""The URL of a store, and the way to that of a chat. What is wrong with one is said without showing any of it: a part of it may be a password."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.ports import StartError

_PORT, _SENTINEL_PORT = 6379, 26379
_HIGHEST_PORT = 65535
_PARTS = re.compile(
    r"(?P<scheme>[^:/?#]+):(?://(?P<where>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:#(?P<fragment>.*))?",
    re.DOTALL,
)
"""RFC 3986, appendix B. The standard library's urlsplit takes no list of hosts with an address in brackets."""
_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9._-]+))(?::([0-9]{1,5}))?")
_DB = re.compile(r"[0-9]{1,4}")
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_TLS_FILES = ("ssl_ca_certs", "ssl_certfile", "ssl_keyfile")
_SCHEMES = ("redis", "rediss", "unix", "redis+sentinel", "rediss+sentinel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a store is. Exactly one of ``path`` (a unix socket) and ``hosts`` is set; with a ``service`` these are Sentinels."""

    hosts: tuple[tuple[str, int], ...] = ()
    path: str = ""
    service: str = ""
    db: int = 0
    tls: bool = False
    tls_options: Mapping[str, Any] = field(default_factory=dict)
    username: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)
    sentinel_username: str | None = field(default=None, repr=False)
    sentinel_password: str | None = field(default=None, repr=False)

    def shown(self) -> str:
        """Return the target as a URL without names, passwords and options, for a person to recognise it by."""
        if self.path:
            return f"unix://{self.path}" + (f"?db={self.db}" if self.db else "")
        scheme = ("rediss" if self.tls else "redis") + ("+sentinel" if self.service else "")
        hosts = ",".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in self.hosts)
        return f"{scheme}://{hosts}/{self.service}{'/' if self.service else ''}{self.db}"


def parse_url(url: str) -> Target:
    """Return what a URL says: ``redis://``, ``rediss://``, ``unix://``, ``redis+sentinel://`` or ``rediss+sentinel://``.

    A standalone server is ``redis://[user:password@]host[:port][/db]``, a socket ``unix:///path[?db=0]``, and Sentinel
    ``redis+sentinel://[user:password@]host[:port][,host[:port]…]/service[/db]``, with ``sentinel_username`` and
    ``sentinel_password`` as options for Sentinels that want some. The ``rediss`` ones take ``ssl_ca_certs``,
    ``ssl_certfile``, ``ssl_keyfile`` and ``ssl_check_hostname``. Raises StartError.
    """
    parts = _PARTS.fullmatch(url.strip())
    if parts is None or parts["scheme"].lower() not in _SCHEMES:
        raise _wrong("should begin with redis://, rediss://, unix://, redis+sentinel:// or rediss+sentinel://")
    try:
        options = dict(parse_qsl(parts["query"] or "", keep_blank_values=True, strict_parsing=bool(parts["query"])))
    except ValueError:
        raise _wrong("has something after its ? that is no option: write name=value") from None
    if parts["fragment"]:
        raise _wrong("has a # in it: write %23 if it belongs to a password")
    target = _target(parts, options)
    if options:
        raise _wrong("has an option after its ? that the bot does not know (write %3F for a ? in a password)")
    return target


def _target(parts: re.Match[str], options: dict[str, str]) -> Target:
    """Return the target, and take out of ``options`` what it knows."""
    scheme = parts["scheme"].lower()
    userinfo, _, where = (parts["where"] or "").rpartition("@")
    username, password = _credentials(userinfo)
    about: dict[str, Any] = {"username": username, "password": password}
    if scheme == "unix":
        path = os.fsdecode(unquote_to_bytes(parts["path"]))
        if where or not path.startswith("/") or "\0" in path:
            raise _wrong("should name a socket by its whole path: unix:///run/valkey.sock")
        return Target(path=path, db=_db(options.pop("db", "0")), **about)
    if scheme.startswith("rediss"):
        about |= {"tls": True, "tls_options": _tls(options)}
    if scheme.endswith("+sentinel"):
        service, db = _service(parts["path"])
        about |= {name: options.pop(name, None) for name in ("sentinel_username", "sentinel_password")}
        return Target(hosts=_hosts(where, _SENTINEL_PORT), service=service, db=_db(options.pop("db", db)), **about)
    hosts = _hosts(where, _PORT)
    if len(hosts) > 1:
        raise _wrong("names several servers: that is for redis+sentinel:// alone")
    return Target(hosts=hosts, db=_db(options.pop("db", parts["path"].strip("/") or "0")), **about)


def _credentials(userinfo: str) -> tuple[str | None, str | None]:
    if not userinfo:
        return None, None
    username, colon, password = userinfo.partition(":")
    if not colon or not password:
        raise _wrong("has no password before its @: write redis://user:password@host, or redis://:password@host")
    return unquote(username) or None, unquote(password)


def _hosts(where: str, port: int) -> tuple[tuple[str, int], ...]:
    found = [_HOST.fullmatch(one) for one in where.split(",")]
    hosts = tuple((one[1] or one[2], int(one[3] or port)) for one in found if one)
    if len(hosts) < len(found) or not all(0 < number <= _HIGHEST_PORT for _, number in hosts):
        raise _wrong(
            "should name a server as host:port (a / : # ? or @ in a password is written %2F, %3A, %23, %3F or %40)"
        )
    return hosts


def _service(path: str) -> tuple[str, str]:
    service, _, db = path.strip("/").partition("/")
    if not service:
        raise _wrong("should name the service that the Sentinels watch: redis+sentinel://host:26379/mymaster/0")
    return unquote(service), db or "0"


def _db(text: str) -> int:
    if not _DB.fullmatch(text):
        raise _wrong("should end with the number of a database, such as /0")
    return int(text)


def _tls(options: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {name: options.pop(name) for name in _TLS_FILES if name in options}
    if not all(found.values()):
        raise _wrong("has an option that should name a file and names none")
    if "ssl_keyfile" in found and "ssl_certfile" not in found:
        raise _wrong("has an ssl_keyfile without its ssl_certfile")
    if "ssl_check_hostname" in options:
        checked = _YES_NO.get(options.pop("ssl_check_hostname").lower())
        if checked is None:
            raise _wrong("has an ssl_check_hostname that is neither true nor false")
        found["ssl_check_hostname"] = checked
    return found


def _wrong(what: str) -> StartError:
    return StartError(f"STUDYBOT_REDIS_URL {what}.")


def proxy_for(api_url: str) -> str | None:
    """Return the proxy that this system has for what is out there; a plain http:// is a chat of one's own, or a proxy itself.

    aiohttp would look it up anew for each call, and take a password of ~/.netrc for our token.
    """
    parts = urlsplit(api_url)
    if parts.scheme != "https" or proxy_bypass(parts.hostname or ""):
        return None
    return getproxies().get("https")
