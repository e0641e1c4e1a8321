"""Real servers for the tests of publishing: nginx, and a search service behind it."""

from __future__ import annotations

import http.client
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from plugins.publishing.headers import HeaderSettings
from plugins.publishing.nginx import NginxSettings, release_files, site_configuration

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Site:
    """A served site; ``get`` returns what a browser would see, redirects not followed."""

    port: int

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())

    def raw(self, request: bytes) -> Answer:
        with closing(socket.create_connection(("127.0.0.1", self.port), timeout=10)) as connection:
            with suppress(OSError):
                connection.sendall(request)
            response = http.client.HTTPResponse(connection)
            response.begin()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    """Start nginx with the generated configuration over a folder of releases."""
    if NGINX is None:
        pytest.skip("nginx is not installed")
    running: list[subprocess.Popen[bytes]] = []

    def start(settings: NginxSettings) -> Site:
        port, home = free_port(), tmp_path / f"nginx-{len(running)}"
        folder = home / "conf"
        folder.mkdir(parents=True)
        placed = replace(settings, listen=f"127.0.0.1:{port}", listen_plain="", cache=f"{home}/cache")
        (folder / "site.conf").write_text(site_configuration(placed), "utf-8")
        (folder / "nginx.conf").write_text(main_configuration(home), "utf-8")
        command = [str(NGINX), "-p", str(home), "-e", str(home / "error.log"), "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        running.append(process)
        wait_for(port, process, home / "error.log")
        return Site(port)

    yield start
    for process in running:
        process.terminate()
        process.wait(10)


def main_configuration(home: Path) -> str:
    places = "".join(
        f"{kind}_temp_path {home}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if Path(home).owner() == "root" else ""
    return (
        f"{user}daemon off;\nmaster_process on;\nworker_processes 1;\npid {home}/pid;\nevents {{ worker_connections 256; }}\n"
        f"http {{\naccess_log off;\nkeepalive_requests 100000;\n{places}include {home}/conf/site.conf;\n}}\n"
    )


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), timeout=1)):
            return
        if process.poll() is not None:
            raise AssertionError(log.read_text() if log.exists() else process.communicate()[0].decode())
        time.sleep(0.02)
    raise AssertionError("the server did not start")


@pytest.fixture
def lay_out(tmp_path: Path) -> Callable[..., Path]:
    """Lay pages and what nginx reads into ``site/current``, as a release would; return ``site``."""

    def lay(pages: Mapping[str, str], headers: HeaderSettings, redirects: Any = (), gone: Any = ()) -> Path:
        site = tmp_path / "site"
        for path, text in pages.items():
            place = site / "current/www" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
        (site / "current/nginx").mkdir()
        for file in release_files(headers, redirects, gone):
            (site / "current/nginx" / file.path).write_bytes(file.content)
        return site

    return lay


class ThreadingWSGIServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class QuietHandler(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def wsgi() -> Iterator[Callable[[Any], int]]:
    """Serve a WSGI callable on a port of its own."""
    servers: list[WSGIServer] = []

    def serve(application: Any) -> int:
        server = make_server("127.0.0.1", 0, application, server_class=ThreadingWSGIServer, handler_class=QuietHandler)
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return int(server.server_port)

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()
