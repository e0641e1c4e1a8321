"""What a publication needs of the site: checks, a public build, and the origin of every file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from plugins.assembly.build import build
from plugins.assembly.built import Built as SiteBuilt
from plugins.assembly.check import check_site
from plugins.assembly.configuration import Configured, configured
from plugins.assembly.console import progress
from plugins.assembly.headers import header_settings
from plugins.assembly.settings_file import values_of
from plugins.assembly.sources import index_folder
from plugins.domain.problems import Problem
from plugins.navigation.published import published_files
from plugins.publishing.configuration import publishing_settings
from plugins.publishing.faults import PublishingError
from plugins.publishing.history import history
from plugins.publishing.manifest import Origin
from plugins.publishing.publish import Built, Steps
from plugins.publishing.tasks import Wiring

SOURCES = ("content", "theme", "plugins", "pelicanconf.py", "publishconf.py")


def wiring(root: Path) -> Wiring:
    """Return what the publishing tasks need of the project at ``root``."""
    file = root / "publishconf.py"
    site = configured(file)
    return Wiring(
        root=root,
        cache=site.settings.cache,
        url=site.settings.url,
        settings=publishing_settings(values_of(file), root=root),
        steps=lambda: Steps(check=lambda: _check(file), build=lambda: _build(file, root)),
        sources=SOURCES,
    )


def _check(file: Path) -> tuple[Problem, ...]:
    return check_site(configured(file))


def _build(file: Path, root: Path) -> Built:
    run = configured(file)  # read now: the moment that is built for is in the environment
    with progress("生成网页") as on_progress:
        built = build(run, renames=root, on_progress=on_progress)
    if not built.succeeded or built.site is None or built.composed is None:
        raise PublishingError("\n".join(["构建没有成功：", *map(str, (*built.problems, *built.report.failures))]))
    return Built(
        www=run.settings.output,
        search_index=index_folder(run.settings) if run.settings.search else None,
        origins=_origins(built, root, run),
        old=built.composed.old,
        headers=header_settings(run.settings),
        private_digests=private_digests(built),
    )


def _origins(built: SiteBuilt, root: Path, run: Configured) -> Mapping[str, Origin]:
    """Return the content file and its last commit for every output that has one."""
    assert built.composed is not None
    folder = run.settings.content.relative_to(root).as_posix()
    touched = history(root, folder).touched
    return {
        output.path: Origin(source=f"{folder}/{output.source}", commit=touched.get(f"{folder}/{output.source}", ""))
        for output in built.composed.outputs
        if output.source
    }


def private_digests(built: SiteBuilt) -> frozenset[str]:
    """Return the SHA-256 of every file of the content folder that no public page refers to."""
    assert built.site is not None and built.composed is not None
    shown = {path for path, _ in published_files(built.composed.composition.pages())}
    content = built.site.settings.content
    digests = {
        file.path: hashlib.sha256((content / file.path).read_bytes()).hexdigest() for file in built.site.loaded.files
    }
    return frozenset(digests.values()) - {digests[path] for path in shown}
