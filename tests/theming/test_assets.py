"""The theme's assets are small, named by their bytes, and allowed by their hashes."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import brotli

from plugins.domain.policy import page_policy
from plugins.theming.assets import Assets, asset_outputs, load_assets
from plugins.theming.stylesheets import stylesheet_files


def test_style_and_script_keep_their_budgets(assets: Assets) -> None:
    script = next(file.content for file in assets.files if file.url == assets.script_url)
    assert len(brotli.compress(assets.css.encode())) <= 6_000
    assert len(brotli.compress(script + assets.head_script.encode())) <= 3_000


def test_file_names_carry_the_hash_of_the_bytes(assets: Assets) -> None:
    for file in assets.files:
        assert hashlib.sha256(file.content).hexdigest()[:12] in file.path


def test_the_same_theme_gives_the_same_assets(theme: Path, assets: Assets) -> None:
    assert load_assets(theme) == assets


def test_outputs_hold_the_files(assets: Assets) -> None:
    outputs = asset_outputs(assets)
    assert {output.path: output.make() for output in outputs} == {file.path: file.content for file in assets.files}


def test_the_policy_names_what_stands_inline(assets: Assets) -> None:
    digest = base64.b64encode(hashlib.sha256(assets.css.encode()).digest()).decode()
    assert assets.style_hash == f"sha256-{digest}"
    policy = page_policy(scripts=[assets.script_hash], styles=[assets.style_hash])
    assert f"style-src 'self' '{assets.style_hash}'" in policy
    assert "unsafe" not in policy


def test_every_stylesheet_is_in_the_cascade_once(theme: Path) -> None:
    folder = theme / "static" / "css"
    files = stylesheet_files(folder / "main.css")
    assert len(set(files)) == len(files)
    assert set(files) == set(folder.rglob("*.css")) - {folder / "main.css"}
