"""The examples and the pipelines hold together: every name in them exists."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from plugins.publishing.headers import HeaderSettings
from plugins.publishing.nginx import NginxSettings, release_files, site_configuration

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "plugins/publishing/deploy"
NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
PIPELINES = {".github/workflows/site.yml": "steps", ".gitlab-ci.yml": "script"}


def commands(name: str) -> str:
    """Return every shell line of a pipeline."""
    written = yaml.safe_load((ROOT / name).read_text("utf-8"))
    if PIPELINES[name] == "steps":
        return "\n".join(step.get("run", "") for job in written["jobs"].values() for step in job["steps"])
    jobs = [job for job in written.values() if isinstance(job, dict) and "script" in job]
    return "\n".join(line for job in jobs for line in (*job.get("before_script", ()), *job["script"]))


@pytest.mark.parametrize("name", PIPELINES)
def test_a_pipeline_tests_checks_previews_and_publishes(name: str) -> None:
    called = set(re.findall(r"tasks\.py (\w+)", commands(name)))
    assert called == {"test", "lint", "check", "build", "publish"}
    text = (ROOT / name).read_text("utf-8")
    assert "schedule" in text
    assert "cache" in text
    assert "preview" in text


def test_only_main_publishes() -> None:
    github = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
    assert "refs/heads/main" in github["jobs"]["publish"]["if"]
    assert "pull_request" in github["jobs"]["publish"]["if"]
    gitlab = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text("utf-8"))
    assert gitlab["publish"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]


@pytest.mark.parametrize("unit", sorted((DEPLOY / "systemd").iterdir()), ids=lambda unit: unit.name)
def test_units(unit: Path) -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(unit.read_text("utf-8"))
    assert parser["Unit"]["Description"]
    assert f"/etc/systemd/system/{unit.name}" in unit.read_text("utf-8")
    if unit.suffix == ".service":
        assert parser["Service"]["ExecStart"].lstrip("-").startswith("/")


def test_the_shell_script_is_one() -> None:
    assert subprocess.run(["sh", "-n", str(DEPLOY / "entry.sh")], check=False).returncode == 0


@pytest.mark.skipif(NGINX is None or shutil.which("openssl") is None, reason="nginx or openssl is not installed")
def test_nginx_accepts_the_configuration_with_certificate(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=example.org", "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True,
    )  # fmt: skip
    site = tmp_path / "site"
    (site / "current/nginx").mkdir(parents=True)
    for file in release_files(HeaderSettings(), [("/旧/", "/new/")], ["/gone/"]):
        (site / "current/nginx" / file.path).write_bytes(file.content)
    settings = NginxSettings(
        server_name="example.org www.example.org",
        site=str(site),
        listen="127.0.0.1:44399 ssl",
        listen_plain="127.0.0.1:44398",
        certificate=str(certificate),
        certificate_key=str(key),
        cache=str(tmp_path / "cache"),
    )
    (tmp_path / "site.conf").write_text(site_configuration(settings), "utf-8")
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{ access_log off; include {tmp_path}/site.conf; }}\n", "utf-8"
    )
    command = [
        str(NGINX),
        "-t",
        "-q",
        "-p",
        str(tmp_path),
        "-e",
        str(tmp_path / "log"),
        "-c",
        str(tmp_path / "nginx.conf"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_command_line_prints_the_configuration() -> None:
    command = [
        sys.executable,
        "-m",
        "plugins.publishing",
        "--site",
        "/srv/a",
        "--server-name",
        "example.org",
        "--listen",
        "8080",
    ]
    printed = subprocess.run(
        [*command, "--listen-plain", ""], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert (
        printed.rstrip()
        == site_configuration(
            NginxSettings(server_name="example.org", site="/srv/a", listen="8080", listen_plain="")
        ).rstrip()
    )
