"""The tasks as an editor runs them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from invoke import Collection, Program

from plugins.domain.problems import Problem
from plugins.publishing.configuration import PublishingSettings, publishing_settings
from plugins.publishing.faults import PublishingError
from plugins.publishing.publish import Built, Steps
from plugins.publishing.tasks import Wiring, publishing_tasks

PAGE = '<!doctype html><html lang="zh-CN"><head><title>示例</title></head><body>{}</body></html>\n'


class Editor:
    """A site in a git repository, and the command line over it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys = root, capsys
        self.problems: tuple[Problem, ...] = ()
        (root / "content").mkdir()
        self.git("init", "-q")
        self.write("首页")

    def git(self, *arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", "-C", str(self.root), *identity, *arguments], check=True, capture_output=True)

    def write(self, text: str, *, commit: bool = True) -> None:
        (self.root / "content/index.md").write_text(text, "utf-8")
        if commit:
            self.git("add", "content")
            self.git("commit", "-q", "-m", text)

    def build(self) -> Built:
        output = self.root / "output"
        output.mkdir(exist_ok=True)
        (output / "index.html").write_text(PAGE.format((self.root / "content/index.md").read_text("utf-8")), "utf-8")
        return Built(www=output)

    def wire(self) -> Wiring:
        return Wiring(
            root=self.root,
            cache=self.root / ".cache",
            url="https://example.org",
            settings=PublishingSettings(target=str(self.root / "site"), server_name="example.org"),
            steps=lambda: Steps(check=lambda: self.problems, build=self.build),
            sources=("content",),
        )

    def inv(self, line: str) -> tuple[int, str]:
        self.capsys.readouterr()
        try:
            Program(namespace=Collection(*publishing_tasks(self.wire))).run(f"inv {line}")
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = self.capsys.readouterr()
        return code, (captured.out + captured.err).replace("\n", "")


@pytest.fixture
def editor(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Editor:
    return Editor(tmp_path, capsys)


def test_publish_and_back(editor: Editor) -> None:
    code, said = editor.inv("publish")
    assert code == 0
    assert "1 个页面" in said
    assert "内容没有变化" in editor.inv("publish")[1]
    editor.write("改过")
    assert editor.inv("publish")[0] == 0
    served = editor.root / "site/current/www/index.html"
    assert "改过" in served.read_text("utf-8")
    assert (editor.root / "site/purge.txt").read_text() == "https://example.org/\n"
    assert editor.inv("rollback")[0] == 0
    assert "首页" in served.read_text("utf-8")
    code, said = editor.inv("releases")
    assert said.count("正在使用") == 1


def test_verify(editor: Editor) -> None:
    editor.inv("publish")
    site = editor.root / "site"
    for place in (site, site / "current", site / "current/www"):
        assert editor.inv(f"verify {place}") == (0, "1 个文件与清单一致。")
    page = site / "current/www/index.html"
    page.chmod(0o644)
    page.write_text("changed", "utf-8")
    code, said = editor.inv(f"verify {site}")
    assert code == 1
    assert "已改动 index.html" in said


def test_what_is_wrong_is_said_without_a_traceback(editor: Editor) -> None:
    editor.problems = (Problem(path="index.md", line=3, message="缺少标题", hint="写上 title"),)
    code, said = editor.inv("publish")
    assert code == 1
    assert "index.md:3: 缺少标题（写上 title）" in said
    assert "Traceback" not in said
    assert editor.inv("rollback") == (1, "没有更早的版本可以退回。")


def test_uncommitted_changes(editor: Editor) -> None:
    editor.write("没有提交", commit=False)
    code, said = editor.inv("publish")
    assert code == 1
    assert "content/index.md" in said
    assert editor.inv("publish --uncommitted")[0] == 0
    assert "-modified" in (editor.root / "site/current/RELEASE.json").read_text()


def test_nginx(editor: Editor) -> None:
    code, said = editor.inv("nginx --folder /srv/a/site")
    assert code == 0
    assert "/srv/a/site/current/www" in said
    settings = replace(editor.wire().settings, server_name="")
    with pytest.raises(PublishingError, match="SERVER_NAME"):
        settings.nginx(Path("/srv"))


def test_settings(tmp_path: Path) -> None:
    values: dict[str, Any] = {
        "PUBLISH_TARGET": "s3://bucket/a",
        "PUBLISH_ENDPOINT": "http://127.0.0.1:9",
        "SIGNING_KEY": "key",
        "KEEP_RELEASES": 7,
        "LEGACY_HOSTS": ["old.example.org"],
    }
    settings = publishing_settings(values, root=tmp_path)
    assert settings.keep == 7
    assert settings.signing.key == tmp_path / "key"
    assert settings.legacy_hosts == ("old.example.org",)
    assert "s3://bucket/a" in settings.place("", cache=tmp_path).target.title
    assert publishing_settings({}, root=tmp_path).target == str(tmp_path / "site")


@pytest.mark.parametrize("values", [{"KEEP_RELEASES": 1}, {"KEEP_RELEASES": "5"}, {"PUBLISH_TARGET": 5}])
def test_wrong_settings(values: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match=next(iter(values))):
        publishing_settings(values, root=tmp_path)


def test_every_setting_and_task_is_in_the_readme(editor: Editor) -> None:
    readme = (Path(__file__).resolve().parents[2] / "plugins/publishing/README.md").read_text("utf-8")
    source = (Path(__file__).resolve().parents[2] / "plugins/publishing/configuration.py").read_text("utf-8")
    settings = {
        word for word in source.replace('"', " ").split() if word.isupper() and "_" in word and word.isidentifier()
    }
    assert settings > {"PUBLISH_TARGET", "SIGNING_KEY"}
    names: list[Callable[..., Any]] = [task.name for task in publishing_tasks(editor.wire)]
    assert [
        name for name in (*sorted(settings - {"TARGET_OPTIONS"}), *(f"inv {n}" for n in names)) if name not in readme
    ] == []
