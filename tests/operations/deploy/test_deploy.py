"""What stands in deploy/ is valid, strict, and true to the program. Nothing here needs a container
engine: the container file is linted and read, the rest is checked by schema. nginx and the unit
of systemd have files of their own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from ruamel.yaml import YAML

from tests.conftest import AppMaker
from tests.support.keys import COOKIE_KEY
from tests.support.redis_server import free_port, wait_for_port
from wizard.settings import read_settings
from wizard.web.rate_limits import limiter

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = DEPLOY / "Containerfile"
COMPOSE = DEPLOY / "compose.yaml"
UNIT = DEPLOY / "systemd" / "terugkeerwijzer.service"
KUBERNETES = DEPLOY / "kubernetes" / "terugkeerwijzer.yaml"
TOOLS = Path(sys.executable).parent


def run(*command: str | Path, status: int = 0) -> str:
    """Run a tool; what it said."""
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == status, made.stdout + made.stderr
    return made.stdout + made.stderr


def test_the_container_file_has_no_fault_that_the_linter_knows():
    run(TOOLS / "hadolint", CONTAINERFILE)


def test_the_linter_would_see_a_fault(tmp_path: Path):
    file = tmp_path / "Containerfile"
    file.write_text("FROM python:latest\nRUN cd / && sudo apt-get install x\n")
    run(TOOLS / "hadolint", file, status=1)


def instructions() -> list[str]:
    """The instructions of the container file, each in one line."""
    text = re.sub(r"\\\n\s*", " ", CONTAINERFILE.read_text(encoding="utf-8"))
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_container_is_not_root_and_looks_after_its_health():
    last_stage = instructions()[max(n for n, i in enumerate(instructions()) if "FROM" in i) :]
    [user] = [each for each in last_stage if each.startswith("USER ")]
    assert int(user.split()[1].split(":")[0]) > 0
    assert [each for each in last_stage if each.startswith("HEALTHCHECK ") and "/readyz" in each]
    assert not [each for each in last_stage if "--chown" in each]


def test_the_container_installs_only_what_has_the_right_hash():
    installs = [
        part for each in instructions() for part in each.split("&&") if "pip install" in part
    ]
    assert installs
    assert all("--require-hashes" in each for each in installs)


def test_the_container_copies_what_the_program_needs_and_the_ignore_file_lets_it():
    copied = {
        word
        for each in instructions()
        if each.startswith("COPY ") and "--from" not in each
        for word in each.split()[1:-1]
    }
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    assert copied == allowed
    needed = {"questions", "rules", "serving", "templates", "translations", "wizard"}
    assert needed | {"gunicorn.conf.py", "wsgi.py"} < copied
    assert all((ROOT / name).exists() for name in copied)


def test_the_program_runs_from_what_the_container_copies_with_nothing_to_write_to(tmp_path: Path):
    """As near to the image as it gets without an engine: the same files, the same settings."""
    app = tmp_path / "app"
    for name in ("questions", "rules", "serving", "templates", "translations", "wizard"):
        shutil.copytree(ROOT / name, app / name, ignore=shutil.ignore_patterns("proof"))
    for name in ("gunicorn.conf.py", "wsgi.py"):
        shutil.copy(ROOT / name, app / name)
    code = (
        "from wizard import create_app; app = create_app(); "
        "http = app.test_client(); "
        "assert http.get('/readyz').status_code == 200; "
        "assert http.get('/nl/rules').status_code == 200"
    )
    made = subprocess.run(
        [sys.executable, "-c", code],
        cwd=app,
        env={"COOKIE_KEYS": COOKIE_KEY, "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr


def test_the_compose_file_fits_its_schema():
    run(TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", COMPOSE)


def compose() -> dict[str, Any]:
    """The compose file."""
    document: dict[str, Any] = YAML(typ="safe").load(COMPOSE)
    return document


@pytest.mark.parametrize("name", ["app", "redis", "nginx"])
def test_no_service_can_write_gain_rights_or_be_root(name: str):
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service


def test_no_service_leaves_an_image_of_its_memory_on_a_disk():
    services = compose()["services"]
    cores = {name: each.get("ulimits", {}).get("core") for name, each in services.items()}
    assert cores == dict.fromkeys(services, 0)


def test_only_nginx_can_be_reached_and_the_app_can_reach_nobody():
    document = compose()
    assert [name for name, each in document["services"].items() if "ports" in each] == ["nginx"]
    assert document["networks"]["inside"]["internal"] is True
    assert document["services"]["app"]["networks"] == ["inside"]


def test_the_keys_that_the_compose_file_tells_to_make_can_be_read_by_nobody_else(tmp_path: Path):
    told = [line.removeprefix("#     ") for line in COMPOSE.read_text().splitlines()]
    makes = [line for line in told if "deploy/secrets" in line and not line.startswith("sudo ")]
    (tmp_path / "deploy" / "nginx").mkdir(parents=True)
    script = "umask 022; " + "; ".join(each for each in makes if "#" not in each)
    made = subprocess.run(["bash", "-euc", script], cwd=tmp_path, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr
    folder = tmp_path / "deploy" / "secrets"
    modes = {file.name: file.stat().st_mode & 0o777 for file in (folder, *folder.iterdir())}
    assert modes == {"secrets": 0o700, "cookie_keys": 0o400, "redis_password": 0o440}
    assert Fernet((folder / "cookie_keys").read_text().strip())
    assert set(compose()["secrets"]) == set(modes) - {"secrets"}


@pytest.mark.parametrize("name", ["app", "redis", "nginx"])
def test_no_service_can_take_all_memory_or_processes(name: str):
    limits = compose()["services"][name]["deploy"]["resources"]["limits"]
    assert limits["memory"]
    assert limits["pids"] <= 64


def images() -> list[str]:
    """Every image of others that deploy/ names."""
    named = [each["image"] for each in compose()["services"].values() if "image" in each]
    named += [each.split()[1] for each in instructions() if each.startswith("FROM ")]
    [redis] = of_kind("Deployment", "terugkeerwijzer-redis")["spec"]["template"]["spec"][
        "containers"
    ]
    return [*named, redis["image"]]


def test_every_image_of_others_is_named_by_its_exact_version():
    assert len(images()) >= 5
    moving = [each for each in images() if not re.search(r":\d+\.\d+\.\d+", each)]
    assert moving == []


def redis_scripts() -> dict[str, str]:
    """How compose and Kubernetes start Redis, by where the password is."""
    of_compose = compose()["services"]["redis"]["command"]
    pod = of_kind("Deployment", "terugkeerwijzer-redis")["spec"]["template"]["spec"]
    [of_kubernetes] = [each["command"] for each in pod["containers"]]
    for program, option, _ in (of_compose, of_kubernetes):
        assert (program, option) == ("sh", "-c")
    return {
        "/run/secrets/redis_password": of_compose[2],
        "/run/secrets/redis/password": of_kubernetes[2],
    }


@pytest.mark.parametrize("place", ["/run/secrets/redis_password", "/run/secrets/redis/password"])
def test_redis_asks_for_a_password_that_the_app_knows_and_no_argument_tells(
    place: str, tmp_path: Path, make_app: AppMaker, monkeypatch: pytest.MonkeyPatch
):
    import redis as client

    file = tmp_path / "password"
    file.write_text("a-long-password\n")
    port = free_port()
    script = redis_scripts()[place].replace(place, str(file))
    options = f"--port {port} --bind 127.0.0.1 --dir {tmp_path}"
    command = ["sh", "-c", f"{script} {options}"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        arguments = Path(f"/proc/{process.pid}/cmdline").read_bytes()
        assert b"a-long-password" not in arguments
        with client.Redis(port=port) as stranger, pytest.raises(client.AuthenticationError):
            stranger.keys("*")
        monkeypatch.setattr(limiter, "enabled", True)
        app = make_app(
            RATELIMIT_ENABLED="true",
            RATELIMIT_STORAGE_URI=f"redis://127.0.0.1:{port}/0",
            RATELIMIT_PASSWORD_FILE=str(file),
        )
        app.test_client().get("/")
        with client.Redis(port=port, password="a-long-password") as known:
            assert known.keys("*")
    finally:
        with client.Redis(port=port, password="a-long-password") as known:
            known.shutdown(nosave=True)
        process.wait(20)


def settings_named() -> set[str]:
    """Every setting that the program documents."""
    documented = (read_settings.__doc__ or "") + (ROOT / "gunicorn.conf.py").read_text()
    documented += (ROOT / "serving" / "folders.py").read_text()
    return set(re.findall(r"\b[A-Z][A-Z_]{3,}\b", documented))


def test_every_setting_in_deploy_is_one_that_the_program_knows():
    used = set(compose()["services"]["app"]["environment"])
    used |= {each["name"] for each in containers()[0]["env"]}
    for line in UNIT.read_text(encoding="utf-8").splitlines():
        if line.startswith("Environment="):
            used |= {pair.split("=")[0] for pair in line.removeprefix("Environment=").split()}
    used |= set(re.findall(r"\b([A-Z_]{3,})=", " ".join(i for i in instructions() if "ENV" in i)))
    of_others = {"PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "HOME"}
    assert used - of_others <= settings_named()


def test_every_kubernetes_manifest_fits_its_schema():
    said = run(TOOLS / "kubernetes-validate", "--strict", KUBERNETES)
    assert said.count("passed for resource") == len(manifests())


def test_the_schema_validator_would_see_a_fault(tmp_path: Path):
    file = tmp_path / "wrong.yaml"
    text = KUBERNETES.read_text(encoding="utf-8")
    file.write_text(text.replace("runAsNonRoot: true", "runAsNonroot: true", 1), encoding="utf-8")
    made = subprocess.run(
        [TOOLS / "kubernetes-validate", "--strict", file], capture_output=True, check=False
    )
    assert made.returncode != 0


def manifests() -> list[dict[str, Any]]:
    """Every object in the manifests."""
    return list(YAML(typ="safe").load_all(KUBERNETES))


def of_kind(kind: str, name: str = "terugkeerwijzer") -> dict[str, Any]:
    """The one object of this kind with this name."""
    [found] = [m for m in manifests() if m["kind"] == kind and m["metadata"]["name"] == name]
    return found


def containers() -> list[dict[str, Any]]:
    """The containers of the app."""
    found: list[dict[str, Any]] = of_kind("Deployment")["spec"]["template"]["spec"]["containers"]
    return found


@pytest.mark.parametrize("name", ["terugkeerwijzer", "terugkeerwijzer-redis"])
def test_no_pod_can_write_gain_rights_or_be_root(name: str):
    pod = of_kind("Deployment", name)["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    for container in pod["containers"]:
        assert container["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }


def test_a_pod_keeps_nothing_and_is_asked_whether_it_can_decide():
    spec = of_kind("Deployment")["spec"]["template"]["spec"]
    assert all("emptyDir" in each or "secret" in each for each in spec["volumes"])
    [app] = containers()
    assert app["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert app["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_every_selector_finds_the_pods():
    labels = of_kind("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert of_kind("Service")["spec"]["selector"] == labels
    for kind, place in (("PodDisruptionBudget", "selector"), ("NetworkPolicy", "podSelector")):
        assert of_kind(kind)["spec"][place]["matchLabels"] == labels
    assert of_kind("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]["name"] == "terugkeerwijzer"


def test_the_figures_are_not_among_the_ports_of_the_service():
    assert [each["name"] for each in of_kind("Service")["spec"]["ports"]] == ["http"]
