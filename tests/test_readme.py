"""What the README says is true: tasks, settings, folders and links exist, and all of them are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from plugins.domain import settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_task_is_named() -> None:
    import tasks

    for name in tasks.ns.task_names:
        assert f"inv {name}" in README, f"README.md 没有提到 inv {name}"


def test_every_named_task_exists() -> None:
    import tasks

    named = set(re.findall(r"`inv ([a-z.]+)", README)) - {"serve", "bench"}
    assert named <= set(tasks.ns.task_names), named - set(tasks.ns.task_names)


@pytest.mark.parametrize(
    "name", [*settings._TEXTS, *settings._COUNTS, *settings._SWITCHES, "MOURNING_DAYS", "SITE_KEYWORDS", "SITE_NOTICES"]
)
def test_every_setting_is_named(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize(
    "folder", sorted(path.name for path in (ROOT / "plugins").iterdir() if (path / "__init__.py").exists())
)
def test_every_capability_is_on_the_map(folder: str) -> None:
    assert f"(plugins/{folder})" in README
    assert (ROOT / "plugins" / folder / "README.md").is_file(), f"plugins/{folder} 没有 README.md"


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
