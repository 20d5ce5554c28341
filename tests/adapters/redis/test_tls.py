"""``rediss://`` against a server that speaks TLS, with certificates of the test's own."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import trustme

from adapters.redis.connection import check, open_redis
from bot.ports import StartError
from tests.adapters.redis.servers import free_port, tls_front, valkey
from tests.cli.command import bot


@dataclass(frozen=True, kw_only=True)
class Secured:
    """A server by its two ports, and the folder with the certificates of its authority (``ca.pem``) and of another one."""

    plain: int
    tls: int
    elsewhere: int
    """Speaks TLS with the certificate of another host."""
    certificates: Path

    def url(self, **options: str) -> str:
        return f"rediss://127.0.0.1:{self.tls}?" + "&".join(f"{name}={value}" for name, value in options.items())


def context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(made)
    return made


@pytest.fixture
async def secured(tmp_path: Path) -> AsyncIterator[Secured]:
    authority, port = trustme.CA(), free_port()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    async with AsyncExitStack() as stack:
        stack.enter_context(valkey(tmp_path / "server", port, "--appendonly", "yes"))
        tls = await stack.enter_async_context(tls_front(port, context(authority, "127.0.0.1")))
        elsewhere = await stack.enter_async_context(tls_front(port, context(authority, "elsewhere.example")))
        yield Secured(plain=port, tls=tls, elsewhere=elsewhere, certificates=tmp_path)


async def checked(url: str) -> None:
    async with open_redis(url) as clients:
        await check(clients.steady, schema_key="studybot:schema", schema=1)
        assert await clients.quick.get("studybot:schema") == "1"


async def refusal(url: str) -> StartError:
    with pytest.raises(StartError) as caught:
        await checked(url)
    assert "\n" not in str(caught.value)
    return caught.value


async def test_the_authority_that_issued_the_certificate_is_trusted(secured: Secured) -> None:
    await checked(secured.url(ssl_ca_certs=f"{secured.certificates}/ca.pem"))


@pytest.mark.parametrize("options", [{}, {"ssl_ca_certs": "{}/other.pem"}], ids=["no authority", "another authority"])
async def test_a_certificate_that_nobody_vouches_for_is_one_sentence(secured: Secured, options: dict[str, str]) -> None:
    found = await refusal(secured.url(**{name: value.format(secured.certificates) for name, value in options.items()}))

    assert str(found).startswith("The store's certificate is not accepted (")
    assert "ssl_ca_certs" in str(found)
    assert found.code == 78


async def test_the_certificate_of_another_host_is_refused_unless_told_otherwise(secured: Secured) -> None:
    url = f"rediss://127.0.0.1:{secured.elsewhere}?ssl_ca_certs={secured.certificates}/ca.pem"

    found = await refusal(url)

    assert "not accepted (IP address mismatch" in str(found)
    await checked(f"{url}&ssl_check_hostname=false")


@pytest.mark.parametrize("option", ["ssl_ca_certs", "ssl_certfile"])
@pytest.mark.parametrize("file", ["nothing.pem", "server"], ids=["a missing file", "a folder"])
async def test_a_file_that_cannot_be_read_is_named_by_its_option(secured: Secured, option: str, file: str) -> None:
    found = await refusal(secured.url(**{option: f"{secured.certificates}/{file}"}))

    assert str(found).startswith(f"STUDYBOT_REDIS_URL names by {option} a file that cannot be used (")
    assert found.code == 78


async def test_a_file_without_a_certificate_is_named_by_its_option(secured: Secured) -> None:
    (secured.certificates / "words.pem").write_text("no certificate")

    found = await refusal(secured.url(ssl_ca_certs=f"{secured.certificates}/words.pem"))

    assert str(found).startswith("STUDYBOT_REDIS_URL names by ssl_ca_certs a file that cannot be used (")


async def test_plain_speech_to_a_server_with_tls_is_told_of_rediss(secured: Secured) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.close()

    async with await asyncio.start_server(hang_up, "127.0.0.1", 0) as server:
        found = await refusal(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    assert "a server that speaks TLS wants rediss://" in str(found)
    assert found.code == 69


async def test_tls_to_a_plain_server_is_told_what_rediss_is_for(secured: Secured) -> None:
    async with open_redis(f"rediss://127.0.0.1:{secured.plain}") as clients:
        with pytest.raises(StartError, match=r"rediss:// is for a server that speaks TLS") as caught:
            await check(clients.quick, schema_key="studybot:schema", schema=1)

    assert caught.value.code == 69


async def test_a_command_on_the_wrong_certificate_ends_with_the_sentence_alone(secured: Secured) -> None:
    done = await asyncio.to_thread(bot, "boards", "verify", settings={"STUDYBOT_REDIS_URL": secured.url()})

    assert done.returncode == 78
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("The store's certificate is not accepted (")


async def test_sentinel_leads_to_the_master_over_tls(tmp_path: Path) -> None:
    authority, port, watching = trustme.CA(), free_port(), free_port()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    async with AsyncExitStack() as stack:
        stack.enter_context(valkey(tmp_path / "server", port))
        mine = context(authority, "127.0.0.1")
        tls = await stack.enter_async_context(tls_front(port, mine))
        config = f"sentinel monitor quiz 127.0.0.1 {tls} 1\n"
        await asyncio.to_thread(stack.enter_context, valkey(tmp_path / "sentinel", watching, config=config))
        sentinel = await stack.enter_async_context(tls_front(watching, mine))

        await checked(f"rediss+sentinel://127.0.0.1:{sentinel}/quiz?ssl_ca_certs={tmp_path}/ca.pem")

        found = await refusal(f"rediss+sentinel://127.0.0.1:{sentinel}/quiz")
        assert "No Sentinel" in str(found)
