"""Who may come in: keys, hosts, origins; and when the interface is open at all."""

import logging

import httpx
import pytest
from api_server import KEY, OTHER, serving, settings
from outside import started

from assistant.api.mount import beside, closed_because
from assistant.errors import UsageError
from assistant.services import Services
from assistant.settings import ApiSettings, Settings, WebSettings

LAW = {"law": "刑法", "article": "134-1"}


@pytest.fixture(scope="module")
def locked(built_home):
    with serving(Services(settings(built_home, keys=(KEY, OTHER), hosts=("law.example",)))) as address:
        yield address


def bearing(key):
    return {"Authorization": f"Bearer {key}"}


@pytest.mark.parametrize("key", [KEY, OTHER])
def test_each_key_opens(locked, key):
    assert httpx.get(f"{locked}/api/v1/law", params=LAW, headers=bearing(key)).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        bearing("x"),
        bearing(KEY[:-1]),
        bearing(f"{KEY}x"),
        {"Authorization": KEY},
        {"Authorization": "Bearer"},
        {"Authorization": f"Basic {KEY}"},
        {"Authorization": "Bearer 密钥密钥密钥密钥".encode()},
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/law", "/api/v1/nothing", "/mcp"])
def test_nothing_else_opens(locked, path, headers):
    response = httpx.get(f"{locked}{path}", params=LAW, headers=headers)
    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert "Authorization: Bearer" in response.json()["error"]


@pytest.mark.parametrize("path", ["/api/docs", "/api/openapi.json", "/"])
def test_the_description_and_the_page_need_no_key(locked, path):
    assert httpx.get(f"{locked}{path}").status_code == 200


def test_keys_are_not_logged(locked, caplog, capfd):
    with caplog.at_level(logging.DEBUG):
        for key in (KEY, "a-wrong-key-of-a-stranger"):
            httpx.get(f"{locked}/api/v1/law", params=LAW, headers=bearing(key))
            httpx.post(f"{locked}/mcp", json={}, headers=bearing(key))
    written = caplog.text + "".join(capfd.readouterr())
    assert KEY not in written
    assert "a-wrong-key" not in written


@pytest.mark.parametrize("path", ["/api/v1/law", "/api/docs", "/mcp"])
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:7860"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
    ],
)
def test_pages_of_other_sites_are_refused(locked, path, headers, status):
    response = httpx.get(f"{locked}{path}", params=LAW, headers=headers | bearing(KEY))
    assert response.status_code == status
    assert "error" in response.json()


@pytest.mark.parametrize(
    "headers", [{"Host": "localhost:7860"}, {"Host": "[::1]:7860"}, {"Host": "LAW.example"}, {"Origin": "http://localhost:3000"}]
)
def test_names_of_this_machine_and_those_in_the_settings_are_known(locked, headers):
    assert httpx.get(f"{locked}/api/v1/law", params=LAW, headers=headers | bearing(KEY)).status_code == 200


@pytest.mark.parametrize(
    ("host", "api", "why"),
    [
        ("127.0.0.1", {}, ""),
        ("localhost", {}, ""),
        ("[::1]", {}, ""),
        ("0.0.0.0", {}, "ANHENG_API__KEYS"),
        ("192.168.1.5", {}, "ANHENG_API__KEYS"),
        ("law.example", {}, "ANHENG_API__KEYS"),
        ("127.0.0.1", {"hosts": ("law.example",)}, "ANHENG_API__KEYS"),
        ("127.0.0.1", {"hosts": ("law.example",), "keys": (KEY,)}, ""),
        ("0.0.0.0", {"keys": (KEY,)}, ""),
        ("127.0.0.1", {"enabled": False}, "ANHENG_API__ENABLED"),
        ("0.0.0.0", {"enabled": False, "keys": (KEY,)}, "ANHENG_API__ENABLED"),
    ],
)
def test_open_on_this_machine_or_with_a_key(tmp_path, host, api, why):
    closed = closed_because(settings(tmp_path, host, **api))
    assert why in closed
    assert bool(closed) == bool(why)


def test_wanted_without_a_key_for_others_does_not_start(tmp_path):
    with pytest.raises(UsageError, match="ANHENG_API__KEYS"):
        beside(Services(settings(tmp_path, "0.0.0.0", enabled=True)))


def test_closed_says_why(built_home):
    with serving(Services(settings(built_home, enabled=False))) as address:
        for path in ("/api/v1/law", "/api/docs", "/mcp"):
            response = httpx.get(f"{address}{path}")
            assert response.status_code == 404
            assert "ANHENG_API__ENABLED" in response.json()["error"]


@pytest.mark.parametrize("given", [f"{KEY}, {OTHER}", f'["{KEY}", "{OTHER}"]'])
def test_keys_come_from_the_environment(monkeypatch, given):
    monkeypatch.setenv("ANHENG_API__KEYS", given)
    found = Settings().api
    assert [key.get_secret_value() for key in found.keys] == [KEY, OTHER]
    assert KEY not in repr(found)


def test_a_short_key_is_refused_without_showing_it(tmp_path):
    process = started("doctor", home=tmp_path, ANHENG_API__KEYS="short-secret")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "ANHENG_API__KEYS" in said
    assert "16" in said
    assert "short-secret" not in said


def test_the_defaults_of_the_settings():
    assert (WebSettings().host, ApiSettings().enabled, ApiSettings().keys) == ("127.0.0.1", None, ())
