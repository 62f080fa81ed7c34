"""What browsers are told to refuse: the server itself and nginx say the same."""

import re

import pytest

from components.headers import HEADERS, build_policy
from tests.harness.serving import ROOT

NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
SENT_BY_NGINX = {
    name: value.strip('"')
    for name, value in re.findall(r"^ *add_header (\S+) (\".*\"|\S+) always;$", NGINX, re.MULTILINE)
}


def test_nginx_sends_what_the_server_sends_and_says_who_may_frame_it():
    framed = "; frame-ancestors 'self'"

    assert {
        "Set-Cookie": "$new_cookie",
        **HEADERS,
        "X-Frame-Options": "SAMEORIGIN",
        "Content-Security-Policy": build_policy("$http_host") + framed,
    } == SENT_BY_NGINX


@pytest.mark.parametrize("name", [*HEADERS, "Content-Security-Policy"])
def test_no_header_reaches_a_reader_of_nginx_twice(name):
    assert f"proxy_hide_header {name};" in NGINX


def test_the_policy_lets_no_text_run_as_a_program_and_nothing_come_from_elsewhere():
    policy = dict(part.split(" ", 1) for part in build_policy("example.org:8501").split("; "))

    assert policy.pop("connect-src") == "'self' ws://example.org:8501 wss://example.org:8501"
    assert policy["default-src"] == "'none'"
    assert "'unsafe-eval'" not in policy["script-src"]
    assert "'unsafe-inline'" not in policy["script-src"]
    sources = {source for sources in policy.values() for source in sources.split()}
    assert {source for source in sources if not source.startswith("'")} == {"blob:", "data:"}
    assert "data:" not in policy["script-src"]
