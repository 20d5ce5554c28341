from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.address import Target, parse_url
from bot.ports import StartError


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("redis://localhost", Target(hosts=(("localhost", 6379),))),
        ("redis://10.0.0.1:6380/3", Target(hosts=(("10.0.0.1", 6380),), db=3)),
        ("redis://[::1]:6380", Target(hosts=(("::1", 6380),))),
        ("redis://h/?db=2", Target(hosts=(("h", 6379),), db=2)),
        ("redis://:p%40ss%2F@h", Target(hosts=(("h", 6379),), password="p@ss/")),
        ("redis://ana:a:b@h", Target(hosts=(("h", 6379),), username="ana", password="a:b")),
        ("rediss://h", Target(hosts=(("h", 6379),), tls=True)),
        (
            "rediss://h?ssl_ca_certs=/ca.pem&ssl_check_hostname=false",
            Target(
                hosts=(("h", 6379),), tls=True, tls_options={"ssl_ca_certs": "/ca.pem", "ssl_check_hostname": False}
            ),
        ),
        ("unix:///run/my%20valkey.sock?db=1", Target(path="/run/my valkey.sock", db=1)),
        ("unix://:pw@/run/valkey.sock", Target(path="/run/valkey.sock", password="pw")),
        ("redis+sentinel://a/quiz", Target(hosts=(("a", 26379),), service="quiz")),
        (
            "rediss+sentinel://ana:pw@a:1,b:2,[::1]/quiz/4?sentinel_password=other",
            Target(
                hosts=(("a", 1), ("b", 2), ("::1", 26379)),
                service="quiz",
                db=4,
                tls=True,
                username="ana",
                password="pw",
                sentinel_password="other",
            ),
        ),
    ],
)
def test_a_url_says_where_the_store_is(url: str, target: Target) -> None:
    assert parse_url(url) == target
    assert parse_url(f" {url}\n") == target


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("", "should begin with redis://"),
        ("localhost:6379", "should begin with redis://"),
        ("http://h", "should begin with redis://"),
        ("redis://[::1", "host:port"),
        ("redis://h?a", "write name=value"),
        ("redis://", "host:port"),
        ("redis://h:0", "host:port"),
        ("redis://h:65536", "host:port"),
        ("redis://h:x", "host:port"),
        ("redis://a,b", "several servers"),
        ("redis://h/quiz", "number of a database"),
        ("redis://h/1/2", "number of a database"),
        ("redis://ana@h", "no password"),
        ("redis://h?protocol=2", "option"),
        ("redis://h?ssl_ca_certs=x", "option"),
        ("rediss://h?ssl_check_hostname=maybe", "neither true nor false"),
        ("rediss://h?ssl_ca_certs=", "names none"),
        ("rediss://h?ssl_keyfile=/key.pem", "without its ssl_certfile"),
        ("unix://valkey.sock", "whole path"),
        ("unix:", "whole path"),
        ("unix:///a%00b", "whole path"),
        ("redis+sentinel://a", "service"),
        ("redis+sentinel:///quiz", "host:port"),
        ("redis+sentinel://a,,b/quiz", "host:port"),
        ("redis+sentinel://a/quiz/x", "number of a database"),
    ],
)
def test_a_wrong_url_is_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(StartError, match=sentence) as caught:
        parse_url(url)
    assert str(caught.value).startswith("STUDYBOT_REDIS_URL ")
    assert caught.value.code == 78


@pytest.mark.parametrize("secret", ["hunter2", "hun/ter2", "hun?ter2", "hun#ter2", "hun:ter2", "hun@ter2", "hun[ter2"])
@pytest.mark.parametrize("url", ["redis://:{}@h:x", "redis://{}@h/q", "redis://ana:{}@h/q", "{}", "redis://:{}@h?x=1"])
def test_no_sentence_shows_a_part_of_the_url(url: str, secret: str) -> None:
    with pytest.raises(StartError) as caught:
        parse_url(url.format(secret))
    assert "ter2" not in str(caught.value)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_target_does_not_show_its_passwords() -> None:
    assert "hunter2" not in repr(parse_url("redis+sentinel://ana:hunter2@a/quiz?sentinel_password=hunter2"))


@given(
    st.text(),
    st.sampled_from(["", "redis://", "rediss://", "unix://", "redis+sentinel://", "redis://h/", "redis://h?"]),
)
def test_any_text_is_a_target_or_a_sentence(text: str, scheme: str) -> None:
    with suppress(StartError):
        parse_url(scheme + text)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://bob:secret@db.example:6380/2", "redis://db.example:6380/2"),
        ("rediss://:secret@[::1]/0?ssl_check_hostname=no", "rediss://[::1]:6379/0"),
        ("redis+sentinel://:secret@a,b:1/main/3?sentinel_password=hidden", "redis+sentinel://a:26379,b:1/main/3"),
        ("unix:///run/valkey.sock", "unix:///run/valkey.sock"),
        ("unix://:secret@/run/valkey.sock?db=4", "unix:///run/valkey.sock?db=4"),
    ],
)
def test_a_target_is_shown_without_names_and_passwords(url: str, shown: str) -> None:
    assert parse_url(url).shown() == shown
