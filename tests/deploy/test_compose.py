"""docker-compose.yml: every rule that its services keep, its secrets as the README makes them, its store for real."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from monitor import settings
from tests.conftest import debian, wait_until
from tests.deploy.tools import free_port
from tests.running import Running

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SETTINGS = (ROOT / "deploy/monitor.yaml").read_text()
FOLDER = ROOT / "deploy/secrets"
PORTS = {"monitor": 8420, "prometheus": 9090, "alertmanager": 9093, "grafana": 3000}
PROBES = {
    "monitor": ("monitor healthcheck", ""),
    "redis": ("redis-cli ping", ""),
    "prometheus": ("wget", "127.0.0.1:9090/-/ready"),
    "alertmanager": ("wget", "127.0.0.1:9093/-/ready"),
    "grafana": ("wget", "127.0.0.1:3000/api/health"),
}
DRAIN = 10

each = pytest.mark.parametrize("name", SERVICES)


def uncommented(text: str, start: str) -> str:
    """The text with the `# ` of an example taken away, in lines that begin so."""
    return re.sub(rf"^( *)# (?=[ ]*{start})", r"\1", text, flags=re.MULTILINE)


def secrets_of(service: dict[str, Any]) -> set[str]:
    return set(service.get("secrets", []))


def seconds(text: str) -> int:
    found = re.fullmatch(r"(\d+)s", text)
    assert found, text
    return int(found[1])


def test_the_services_are_these() -> None:
    assert set(SERVICES) == {*PORTS, "redis"}
    assert COMPOSE["name"] == "monitor"


@each
def test_a_service_is_hardened(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"] == "unless-stopped"
    assert any(mount.startswith("/tmp:size=") for mount in service["tmpfs"])
    asked = {"privileged", "cap_add", "devices", "network_mode", "pid", "ipc", "userns_mode", "volumes_from"}
    assert not asked & set(service)
    assert service.get("user") not in ("0", "root", "0:0")
    assert "docker.sock" not in str(service)


@each
def test_a_service_has_limits(name: str) -> None:
    service = SERVICES[name]
    assert 0 < service["pids_limit"] <= 500
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert service["logging"]["driver"] == "json-file"
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])
    assert seconds(service["stop_grace_period"]) > DRAIN


@each
def test_an_image_is_pinned_by_version(name: str) -> None:
    image = SERVICES[name]["image"]
    pinned = re.fullmatch(r"[a-z/]+:v?\d+\.\d+(\.\d+)?(-[a-z]+)?", image)
    assert pinned or image == "monitor:local"
    assert ("build" in SERVICES[name]) == (name == "monitor")


def test_monitor_is_built_here() -> None:
    build = SERVICES["monitor"]["build"]
    assert (ROOT / build["context"] / build["dockerfile"]).is_file()


@each
def test_ports_are_of_loopback_alone(name: str) -> None:
    wanted = [f"127.0.0.1:{PORTS[name]}:{PORTS[name]}"] if name in PORTS else []
    assert SERVICES[name].get("ports", []) == wanted
    assert "expose" not in SERVICES[name]


@each
def test_a_service_has_a_healthcheck(name: str) -> None:
    check = SERVICES[name]["healthcheck"]
    tool, place = PROBES[name]
    assert check["test"][0] in ("CMD", "CMD-SHELL")
    assert tool in " ".join(check["test"])
    assert place in check["test"][-1]
    assert 0 < seconds(check["timeout"]) < seconds(check["interval"])
    assert check["retries"] >= 2
    assert seconds(check["start_period"]) >= 30


@each
def test_a_service_waits_for_health_and_for_no_circle(name: str) -> None:
    waiting, seen = [name], set()
    while waiting:
        for other, how in SERVICES[waiting.pop()].get("depends_on", {}).items():
            assert how["condition"] == "service_healthy"
            assert other != name
            waiting += [other] if other not in seen else []
            seen.add(other)
    assert name != "monitor" or seen == {"redis"}
    assert name != "prometheus" or "monitor" not in seen  # it tells that monitor is down


@each
def test_mounts_are_named_volumes_or_files_of_ours_that_nobody_changes(name: str) -> None:
    for mount in SERVICES[name].get("volumes", []):
        source, target, *mode = mount.split(":")
        assert target.startswith("/")
        if source.startswith("."):
            assert source.startswith("./deploy/")
            assert mode == ["ro"]
            assert (ROOT / source).exists(), source
            assert not FOLDER.is_relative_to((ROOT / source).resolve())
        else:
            assert source in COMPOSE["volumes"]
            assert mode == []


def test_volumes_networks_and_secrets_are_declared_and_used() -> None:
    named = {m.split(":")[0] for s in SERVICES.values() for m in s.get("volumes", []) if m[0] != "."}
    assert named == set(COMPOSE["volumes"])
    assert {n for s in SERVICES.values() for n in s["networks"]} == set(COMPOSE["networks"])
    assert set().union(*map(secrets_of, SERVICES.values())) == set(COMPOSE["secrets"])


def test_the_store_is_reached_by_monitor_alone() -> None:
    assert SERVICES["redis"]["networks"] == ["store"]
    assert COMPOSE["networks"]["store"]["internal"] is True
    assert {name for name, service in SERVICES.items() if "store" in service["networks"]} == {
        "redis",
        "monitor",
    }


def test_secrets_are_files_that_git_ignores() -> None:
    for name, secret in COMPOSE["secrets"].items():
        assert secret == {"file": f"./deploy/secrets/{name}"}
    assert (FOLDER / ".gitignore").read_text().split() == ["*", "!.gitignore", "!README.md"]
    table = re.findall(r"^\| `(\w+)`", (FOLDER / "README.md").read_text(), re.MULTILINE)
    assert set(COMPOSE["secrets"]) <= set(table)


@each
def test_no_variable_and_no_command_holds_a_secret(name: str) -> None:
    service = SERVICES[name]
    for variable, value in service.get("environment", {}).items():
        if re.search("PASSWORD|TOKEN|SECRET|KEY", variable):
            assert variable.endswith("__FILE")
            assert value.removeprefix("/run/secrets/") in secrets_of(service)
    named = set(re.findall(r"/run/secrets/(\w+)", yaml.safe_dump(service)))
    assert named <= secrets_of(service)


def test_grafana_calls_nobody_and_lets_nobody_in() -> None:
    environ = SERVICES["grafana"]["environment"]
    for variable in (
        "ANALYTICS_REPORTING",
        "ANALYTICS_CHECK_FOR_UPDATES",
        "AUTH_ANONYMOUS",
        "NEWS_NEWS_FEED",
    ):
        (value,) = (v for k, v in environ.items() if variable in k and "PLUGIN" not in k)
        assert value == "false"
    assert environ["GF_PLUGINS_PREINSTALL_DISABLED"] == "true"


def made_by_the_readme(folder: Path) -> Path:
    """A folder with the secrets, made by the very commands of deploy/secrets/README.md."""
    commands = re.search(r"```sh\n(.*?)```", (FOLDER / "README.md").read_text(), re.DOTALL)
    assert commands
    (made := folder / "secrets").mkdir()
    subprocess.run(["sh", "-euc", commands[1]], cwd=made, check=True, timeout=300)
    return made


def test_the_commands_of_the_readme_make_the_secrets(tmp_path: Path) -> None:
    made = made_by_the_readme(tmp_path)
    texts = {path.name: path.read_text() for path in made.iterdir()}
    assert set(texts) == set(COMPOSE["secrets"])
    assert {path.stat().st_mode & 0o777 for path in made.iterdir()} == {0o444}
    assert made.stat().st_mode & 0o777 == 0o700
    url = texts.pop("store_url")
    assert url == f"redis://:{texts['redis_password']}@redis:6379"
    assert all(re.fullmatch("[a-z0-9]{40}", text) for text in texts.values())
    assert len(set(texts.values())) == 3


def loaded(text: str, made: Path) -> settings.Settings:
    path = made.parent / "monitor.yaml"
    path.write_text(text.replace("/run/secrets", str(made)))
    return settings.load(path, {})


def test_the_settings_load(tmp_path: Path) -> None:
    made = made_by_the_readme(tmp_path)
    one = loaded(SETTINGS, made)
    assert (one.http.host, one.http.port) == ("0.0.0.0", 8420)
    assert one.http.token is not None
    assert one.http.token.get_secret_value() == (made / "http_token").read_text()
    assert one.store.url is not None
    assert one.store.url.get_secret_value() == (made / "store_url").read_text()
    assert set(re.findall(r"^[^#\n]*/run/secrets/(\w+)", SETTINGS, re.MULTILINE)) == secrets_of(
        SERVICES["monitor"]
    )


def test_the_example_of_an_endpoint_fits_together(tmp_path: Path) -> None:
    made = made_by_the_readme(tmp_path)
    (made / "ops_url").write_text("https://example.org/hook\n")
    (made / "ops_secret").write_text("whsec_" + "QUFB" * 8 + "\n")
    one = loaded(
        uncommented(SETTINGS, "(alerts|endpoints|- name|url_file|secret_file|min_status|events)"), made
    )
    assert [endpoint.name for endpoint in one.alerts.endpoints] == ["ops"]
    whole = yaml.safe_load(uncommented(TEXT, "(- )?ops_"))
    assert {"ops_url", "ops_secret"} <= secrets_of(whole["services"]["monitor"])
    assert {"ops_url", "ops_secret"} <= set(whole["secrets"])


def test_prometheus_calls_monitor_by_a_name_and_with_a_token_that_it_takes(tmp_path: Path) -> None:
    config = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    (job,) = (job for job in config["scrape_configs"] if job["job_name"] == "monitor")
    (target,) = job["static_configs"][0]["targets"]
    host, _, port = target.partition(":")
    one = loaded(SETTINGS, made_by_the_readme(tmp_path))
    assert host in SERVICES
    assert host in one.http.hosts
    assert int(port) == one.http.port
    token = job["authorization"]["credentials_file"].removeprefix("/run/secrets/")
    assert token == "http_token"
    assert token in secrets_of(SERVICES["prometheus"])


@contextlib.contextmanager
def redis_of_compose(made: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[str], int]]:
    """Debian's Redis run by the service's own command; its process, its healthcheck's command, its port."""
    debian("redis-server")
    port = free_port()
    sh, options, script = SERVICES["redis"]["command"]
    script = script.replace("$$", "$").replace("/run/secrets", str(made))
    script = script.replace("requirepass", f"port {port}\nbind 127.0.0.1\ndir {made.parent}\nrequirepass")
    check = SERVICES["redis"]["healthcheck"]["test"][1].replace("$$", "$")
    check = check.replace("redis-cli", f"redis-cli -p {port}").replace("/run/secrets", str(made))
    process = subprocess.Popen([sh, options, script], stdout=subprocess.DEVNULL)
    try:
        yield process, ["sh", "-c", check], port
    finally:
        process.kill()
        process.wait()


@pytest.mark.debian
async def test_the_store_keeps_its_password_and_its_data(tmp_path: Path) -> None:
    made = made_by_the_readme(tmp_path)
    password = (made / "redis_password").read_text()
    with redis_of_compose(made) as (process, check, port):

        def healthy() -> bool:
            return subprocess.run(check, stderr=subprocess.DEVNULL, timeout=60).returncode == 0

        def ask(*words: str, **environ: str) -> str:
            command = ["redis-cli", "-p", str(port), *words]
            return subprocess.check_output(command, env={**os.environ, **environ}, text=True, timeout=60)

        await wait_until(healthy, what="the store answers")
        for part in ("cmdline", "environ"):
            assert password.encode() not in Path(f"/proc/{process.pid}/{part}").read_bytes()
        assert b"redis-server" in Path(f"/proc/{process.pid}/cmdline").read_bytes()
        assert "NOAUTH" in ask("PING")
        kept = {"appendonly": "yes", "appendfsync": "everysec", "maxmemory-policy": "noeviction", "save": ""}
        for name, value in {**kept, "maxmemory": str(512 * 1024 * 1024)}.items():
            said = ask("CONFIG", "GET", name, REDISCLI_AUTH=password)
            assert said.split("\n")[:2] == [name, value]
        os.chmod(made / "redis_password", 0o644)
        (made / "redis_password").write_text("another")
        assert not healthy()
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0


@pytest.mark.debian
async def test_monitor_runs_with_these_settings_and_that_store(tmp_path: Path) -> None:
    """All but the names of the containers: the store's host, and the port that others may hold."""
    made = made_by_the_readme(tmp_path)
    token = (made / "http_token").read_text()
    with redis_of_compose(made) as (_, check, port):
        await wait_until(lambda: subprocess.run(check, timeout=60).returncode == 0, what="the store answers")
        os.chmod(made / "store_url", 0o644)
        url = (made / "store_url").read_text()
        (made / "store_url").write_text(url.replace("redis:6379", f"127.0.0.1:{port}"))
        values = yaml.safe_load(SETTINGS.replace("/run/secrets", str(made)))
        values["http"]["port"] = free_port()
        running = Running(tmp_path, **values, sources={"push": {"kind": "push"}}).start()
        try:
            name = {"Host": f"monitor:{values['http']['port']}"}
            assert running.request("GET", "/metrics", **name)[0] == 401
            status, body, _ = running.request("GET", "/metrics", Authorization=f"Bearer {token}", **name)
            assert status == 200
            assert b"\nmonitor_store_up 1.0\n" in body
            assert (
                running.request("GET", "/metrics", Authorization=f"Bearer {token}", Host="evil.example")[0]
                == 421
            )
            assert running.stop() == 0
        finally:
            running.kill()
