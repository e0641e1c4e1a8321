"""The proof: whatever is edited, the site built on what was there equals the site built from nothing."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from plugins.assembly.build import Built, build
from plugins.assembly.configuration import configured
from plugins.assembly.early import Options, bring_up_to_date
from plugins.assembly.memory import template_digests
from plugins.assembly.sources import database_of, look, said_last_time
from plugins.domain.pages import Page
from plugins.incremental_build.codec import digest, stamped
from plugins.incremental_build.database import HEAP
from plugins.incremental_build.folder import MARK
from plugins.navigation.head import complete
from plugins.official_document.outline import anchor_of
from plugins.theming.assets import load_assets
from plugins.theming.environment import create_environment
from plugins.theming.site import create_site

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-23T12:00:00+08:00"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fe0def46b80000000049454e44ae426082"
)


def item(title: str, kind: str = "news_item", body: str = "正文。", **fields: str) -> str:
    """A content file as an editor writes it."""
    head = {"title": title, "type": kind, "state": "published", **fields}
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in head.items()) + f"---\n{body}\n"


CONTENT = {
    "index.md": item("首页", "section", ""),
    "news/index.md": item("新闻", "section", "", order="1"),
    "notices/index.md": item("通知", "section", "", order="2"),
    "people/index.md": item("人物", "section", "", order="3"),
    "people/a.md": item("示例作者", "person"),
    "news/a.md": item(
        "甲", body="见[乙](b.md)。\n\n![图](a.png)", date="2024-05-01", source="本站", tags="[会员, 活动]", id="news-a"
    ),
    "news/b.md": item(
        "乙", date="2024-05-02", source="本站", tags="[会员]", authors="[示例作者]", people="[示例作者]", id="news-b"
    ),
    "news/c.md": item(
        "丙", body="正文。" * 400 + "末尾。", date="2024-06-01", source="本站", related="[/news/a.md]", id="news-c"
    ),
    "news/d.md": item("丁", date="2025-01-01", source="本站", tags="[活动]", attachments="[a.pdf]", id="news-d"),
    "news/later.md": item("戊", date="2026-11-24", source="本站", id="news-e"),
    "notices/n.md": item("己", "notice", date="2025-03-01", source="本站", expires="2026-11-30", id="notice-n"),
}
SETTINGS = 'SITENAME = "试验站"\nSITEURL = "https://www.example.org"\nSEARCH_INDEX = False\nTHEME = {theme!r}\n'


class Project:
    """A site in a folder: its sources, and how they are built."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.content, self.output = folder, folder / "content", folder / "output"

    def build(self, **options: object) -> Built:
        run = configured(self.folder / "pelicanconf.py")
        built = bring_up_to_date(run, Options(**{"jobs": 1, **options}), look(run))  # type: ignore[arg-type]
        assert built.succeeded, [str(problem) for problem in (*built.problems, *built.report.failures)]
        return built

    def tree(self) -> dict[str, bytes]:
        files = (path for path in self.output.rglob("*") if path.is_file() and path.name != MARK)
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in files}

    def copy(self, folder: Path) -> Project:
        shutil.copytree(self.folder, folder, symlinks=True)
        return Project(folder).settle()

    def settle(self) -> Project:
        (self.folder / "pelicanconf.py").write_text(SETTINGS.format(theme=str(self.folder / "theme")), "utf-8")
        return self

    def change(self, name: str, old: str, new: str) -> None:
        place = self.folder / name
        text = place.read_text("utf-8")
        assert old in text, f"{name} has no {old!r}"
        place.write_text(text.replace(old, new, 1), "utf-8")

    def clean_tree(self, scratch: Path) -> dict[str, bytes]:
        """The output of a build of the same sources from nothing, elsewhere."""
        other = Project(scratch)
        for name in ("content", "theme"):
            shutil.copytree(self.folder / name, scratch / name, symlinks=True)
        shutil.copy(self.folder / "pelicanconf.py", scratch)
        other.build()
        return other.tree()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("base")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XIEHUI_NOW", NOW)
        for name, text in CONTENT.items():
            (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "content" / name).write_text(text, "utf-8")
        (folder / "content/news/a.png").write_bytes(PIXEL)
        (folder / "content/news/a.pdf").write_bytes(b"%PDF-1.4 a")
        shutil.copytree(ROOT / "theme", folder / "theme")
        project = Project(folder).settle()
        project.build()
    return project


Edit = Callable[[Project], object]


def changed(name: str, old: str, new: str) -> Edit:
    return lambda project: project.change(name, old, new)


def added(name: str, text: str | bytes) -> Edit:
    content = text.encode() if isinstance(text, str) else text
    return lambda project: (project.folder / name).write_bytes(content)


def deleted(name: str) -> Edit:
    return lambda project: (project.folder / name).unlink()


def moved(name: str, target: str) -> Edit:
    return lambda project: (project.folder / name).rename(project.folder / target)


def setting(line: str) -> Edit:
    return lambda project: (project.folder / "pelicanconf.py").open("a", encoding="utf-8").write(line + "\n")


def all_of(*edits: Edit) -> Edit:
    return lambda project: [edit(project) for edit in edits]


NEW = item("庚", date="2026-01-02", source="本站", tags="[会员, 新词]", people="[示例作者]", id="news-g")
EDITS: dict[str, Edit] = {
    "nothing": lambda project: None,
    "body": changed("content/news/a.md", "见[乙]", "请见[乙]"),
    "heading in body": changed(
        "content/news/b.md", "正文。", "## 一、甲\n\n正文。\n\n## 二、乙\n\n正文。\n\n## 三、丙\n\n正文。"
    ),
    "link in body": changed("content/news/b.md", "正文。", "见[丙](c.md)。"),
    "title": changed("content/news/b.md", "title: 乙", "title: 乙改"),
    "summary": changed("content/news/b.md", "source:", "summary: 新的摘要\nsource:"),
    "date": changed("content/news/b.md", "2024-05-02", "2025-12-02"),
    "month of a date": changed("content/news/c.md", "2024-06-01", "2024-07-01"),
    "tags": changed("content/news/b.md", "[会员]", "[活动, 志愿]"),
    "people": changed("content/news/b.md", "people: [示例作者]\n", ""),
    "related": changed("content/news/c.md", "/news/a.md", "/news/d.md"),
    "slug": changed("content/news/c.md", "source:", "slug: bing\nsource:"),
    "state to private": changed("content/news/b.md", "state: published", "state: private"),
    "state to withdrawn": changed("content/news/b.md", "state: published", "state: withdrawn"),
    "expires": changed("content/news/b.md", "source:", "expires: 2025-01-01\nsource:"),
    "pinned": changed("content/news/a.md", "source:", "pinned: true\nsource:"),
    "correction": changed(
        "content/news/a.md", "source:", "correction: {date: 2024-06-01, text: 日期有误，已改正}\nsource:"
    ),
    "new item": added("content/news/g.md", NEW),
    "deleted item": deleted("content/news/d.md"),
    "renamed item": moved("content/news/d.md", "content/news/ding.md"),
    "moved item": moved("content/news/c.md", "content/notices/c.md"),
    "new section": lambda project: [
        (project.content / "new").mkdir(),
        added("content/new/index.md", item("新栏目", "section", ""))(project),
        added("content/new/x.md", item("辛", date="2026-02-02", source="本站", id="news-x"))(project),
    ],
    "section title": changed("content/news/index.md", "title: 新闻", "title: 要闻"),
    "section order": changed("content/news/index.md", "order: 1", "order: 9"),
    "section closed": changed("content/notices/index.md", "state: published", "state: private"),
    "person renamed": all_of(
        changed("content/people/a.md", "title: 示例作者", "title: 示例人"),
        changed("content/news/b.md", "people: [示例作者]", "people: [示例人]"),
    ),
    "picture": added("content/news/a.png", PIXEL + b"more"),
    "attachment": added("content/news/a.pdf", b"%PDF-1.4 longer"),
    "site name": setting('SITENAME = "改名站"'),
    "site address": setting('SITEURL = "https://new.example.org"'),
    "keywords": setting('SITE_KEYWORDS = ["一", "二"]'),
    "organiser": setting('ORGANISER = "示例单位"'),
    "site code": setting('SITE_CODE = "1234567890"'),
    "corrections": setting('CORRECTIONS = "mailto:a@example.org?subject={id}"'),
    "page size": setting("PAGE_SIZE = 2"),
    "home size": setting("HOME_SIZE = 1"),
    "feed size": setting("FEED_SIZE = 1"),
    "template": changed("theme/templates/types/notice.html", "{%", "{# 改 #}<!-- 改 -->{%"),
    "base template": changed("theme/templates/base.html", "</body>", "<p>改</p></body>"),
    "shared macro": changed("theme/templates/article.html", "<article", '<article lang="zh-CN"'),
    "style": lambda project: (project.folder / "theme/static/css/print.css").open("a").write("\n.x { color: red; }\n"),
    "tampered output": added("output/news/b/index.html", "改过"),
    "deleted output": deleted("output/news/b/index.html"),
    "foreign output": added("output/news/b/old.html", "旧稿"),
    "tampered asset": added("output/feed.xml", "改过"),
    "tag that sounds like another": changed("content/news/d.md", "[活动]", "[活洞]"),
    "new person": added("content/people/z.md", item("示例作者乙", "person")),
    "person of an author gone": all_of(
        deleted("content/people/a.md"), changed("content/news/b.md", "people: [示例作者]\n", "")
    ),
    "end of a long body": changed("content/news/c.md", "末尾。", "结尾。"),
    "link at the end of a long body": changed("content/news/c.md", "末尾。", "见[甲](a.md)。"),
    "end of a long body and a title": all_of(
        changed("content/news/c.md", "末尾。", "结尾。"), changed("content/notices/n.md", "title: 己", "title: 辰")
    ),
    "beginning of a body": changed("content/news/d.md", "正文。", "另一个开头。"),
    "link to what is closed": all_of(
        changed("content/news/b.md", "正文。", "见[己](../notices/n.md)。"),
        changed("content/notices/n.md", "state: published", "state: private"),
    ),
    "program with news": all_of(
        added("content/news/p.md", item("示例项目", "program", summary="示例", id="p")),
        changed("content/news/d.md", "source:", "programs: [示例项目]\nsource:"),
    ),
    "pinned collection": added(
        "content/news/k.md", item("辑", "collection", query="{tags: [会员]}", pinned="true", summary="辑", id="k")
    ),
    "lead picture": changed("content/news/d.md", "source:", "lead_image: a.png\nlead_image_alt: 图\nsource:"),
    "lost database": lambda project: database_of(configured(project.folder / "pelicanconf.py").settings).unlink(),
    "lost heaps": all_of(
        lambda project: [heap.unlink() for heap in heaps_of(project)],
        changed("theme/templates/base.html", "</body>", "<p>改</p></body>"),
    ),
    "damaged heaps": all_of(
        lambda project: [heap.write_bytes(heap.read_bytes()[::-1]) for heap in heaps_of(project)],
        changed("theme/templates/base.html", "</body>", "<p>改</p></body>"),
    ),
}


def heaps_of(project: Project) -> list[Path]:
    found = list((project.folder / ".cache").glob(f"*{HEAP}"))
    assert found
    return found


def place_of(base: Project, tmp_path: Path) -> Project:
    """A copy of the base site, its database too, at a place of its own: caches must not depend on where they lie."""
    project = base.copy(tmp_path / "site")
    old = database_of(configured(base.folder / "pelicanconf.py").settings)
    if old.exists():
        new = database_of(configured(project.folder / "pelicanconf.py").settings)
        for file in (project.folder / ".cache").glob(f"{old.name}*"):
            file.rename(new.with_name(file.name.replace(old.name, new.name)))
    return project


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_every_kind_of_edit_ends_as_a_clean_build(
    base: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("XIEHUI_NOW", NOW)
    project = place_of(base, tmp_path)
    EDITS[name](project)
    project.build()
    assert project.tree() == project.clean_tree(tmp_path / "clean")


@pytest.mark.parametrize("seed", [1, 2])
def test_several_edits_a_crash_and_two_workers_end_as_a_clean_build(
    base: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setenv("XIEHUI_NOW", NOW)
    chance = random.Random(seed)
    project = place_of(base, tmp_path)
    names = chance.sample(SAFE, 12)
    for step in range(3):
        for name in names[4 * step : 4 * step + 4]:
            EDITS[name](project)
        if step == 1:
            crash(project)
        project.build(jobs=2)
    assert project.tree() == project.clean_tree(tmp_path / "clean")


SAFE = [
    name for name in EDITS if name not in ("deleted item", "renamed item", "moved item", "person renamed", "people")
]
SAFE = [
    name for name in SAFE if not name.startswith(("state", "heading", "link", "date", "month", "body", "title", "tags"))
]


def crash(project: Project) -> None:
    """Build in a process that dies in the middle of its writing."""
    if (child := os.fork()) == 0:
        import plugins.incremental_build.folder as place

        write, left = place.write, iter(range(5))
        place.write = lambda *words: write(*words) if next(left, None) is not None else os._exit(9)  # type: ignore[assignment]
        build(configured(project.folder / "pelicanconf.py"), jobs=1)
        os._exit(0)
    os.waitpid(child, 0)


MUTATIONS: list[tuple[str, Callable[..., object], str]] = [
    ("plugins.assembly.outputs._shown", lambda settings: None, "keywords"),
    (
        "plugins.assembly.outputs.template_digests",
        lambda settings, sources: dict.fromkeys(template_digests(settings, sources), ""),
        "shared macro",
    ),
    ("plugins.assembly.composition.stamped", lambda page: (digest(page.url), stamped(page)[1]), "title"),
    ("plugins.navigation.families._digest", lambda parts: "always the same", "title"),
    ("plugins.assembly.site.Site.shown", lambda self, item: "", "title"),
    ("plugins.assembly.site.Site.own", lambda self, item: "", "end of a long body and a title"),
    ("plugins.assembly.site.Site.own", lambda self, item: item.digest, "picture"),
    ("plugins.assembly.texts.Texts._digest", lambda self, path: path, "body"),
    ("plugins.incremental_build.plan._reason", lambda output, last, state: "" if last else "new", "tampered output"),
    ("plugins.incremental_build.folder.foreign", lambda folder, owned, known, opened: iter(()), "foreign output"),
]


@pytest.mark.parametrize(
    ("place", "mutation", "edit"), MUTATIONS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_the_proof_has_teeth(
    base: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
    mutation: Callable[..., object],
    edit: str,
) -> None:
    """With one dependency left out on purpose the law above does not hold."""
    monkeypatch.setenv("XIEHUI_NOW", NOW)
    wanted = place_of(base, tmp_path / "right")
    EDITS[edit](wanted)
    wanted.build()
    project = place_of(base, tmp_path / "wrong")
    monkeypatch.setattr(place, mutation)
    project.build()
    EDITS[edit](project)
    project.build()
    assert project.tree() != wanted.tree()


MOMENTS = ("2026-11-24T00:00:30+08:00", "2026-11-30T12:00:00+08:00", "2026-12-02T09:00:00+08:00")


@pytest.mark.parametrize("first", range(len(MOMENTS)))
def test_what_time_alone_changes_is_changed(
    base: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    """Items appear and expire, events begin and end, without an edit."""
    monkeypatch.setenv("XIEHUI_NOW", NOW)
    project = place_of(base, tmp_path)
    for name, text in TIMED.items():
        added(f"content/{name}", text)(project)
    project.build()
    for moment in MOMENTS[first:]:
        monkeypatch.setenv("XIEHUI_NOW", moment)
        project.build()
    assert project.tree() == project.clean_tree(tmp_path / "clean")


TIMED = {
    "news/e.md": item(
        "会", "event", date="2026-01-01", source="本站", starts="2026-11-24 09:00", ends="2026-11-30", id="e"
    ),
    "news/p.md": item("项", "program", date="2026-01-02", starts="2026-11-24", ends="2026-12-01", id="p", summary="项"),
    "notices/o.md": item(
        "废", "notice", date="2026-01-03", source="本站", repealed_on="2026-11-30", id="o", summary="废"
    ),
}


def test_other_zone_locale_and_hash_seed_give_the_same_bytes(base: Project, tmp_path: Path) -> None:
    for number, zone in enumerate(("America/New_York", "Asia/Tokyo")):
        project = base.copy(tmp_path / zone.partition("/")[2])
        shutil.rmtree(project.output)
        shutil.rmtree(project.folder / ".cache")
        words = [
            sys.executable,
            "-m",
            "invoke",
            "build",
            "--settings",
            str(project.folder / "pelicanconf.py"),
            "--jobs",
            "2",
        ]
        surroundings = {"TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": str(number), "XIEHUI_NOW": NOW}
        subprocess.run(words, cwd=ROOT, env={**os.environ, **surroundings}, check=True, capture_output=True)
        assert project.tree() == base.tree()


QUIET = ["end of a long body", "heading in a long body", "fault in a long body", "fault and no fault"]
LOUD = ["body", "link in body", "title", "anchor that another refers to", "new item"]


@pytest.mark.parametrize("name", QUIET + LOUD)
def test_an_edit_of_a_text_alone_looks_at_nothing_else(
    base: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """And what it leaves, to read and to be told of, is what a clean build leaves."""
    monkeypatch.setenv("XIEHUI_NOW", NOW)
    project = place_of(base, tmp_path)
    project.build()
    for edit in SHORT.get(name) or [EDITS[name]]:
        edit(project)
        built = project.build()
    assert (built.site is None) == (name in QUIET)
    again = project.build()
    assert not again.report.written and not again.report.plan.delete
    clean = Project(tmp_path / "clean")
    assert project.tree() == project.clean_tree(clean.folder)
    said = [said_last_time(configured(each.folder / "pelicanconf.py")) for each in (project, clean)]
    assert sorted(map(str, (one.problem for one in said[0]))) == sorted(map(str, (one.problem for one in said[1])))


SHORT = {
    "heading in a long body": [
        changed("content/news/c.md", "末尾。", "末尾。\n\n## 一、甲\n\n## 二、乙\n\n## 三、丙\n\n正文。")
    ],
    "fault in a long body": [changed("content/news/c.md", "末尾。", "末尾。\n\n见[某处](#nowhere)。")],
    "fault and no fault": [
        changed("content/news/c.md", "末尾。", "末尾。\n\n见[某处](#nowhere)。"),
        changed("content/news/c.md", "见[某处](#nowhere)。", "见某处。"),
        changed("content/news/d.md", "正文。\n", "正文。\n\n"),
    ],
    "anchor that another refers to": [
        changed("content/news/c.md", "末尾。", "末尾。\n\n## 一、甲\n\n正文。"),
        changed("content/news/d.md", "正文。", f"见[丙](c.md#{anchor_of('甲')})。"),
        changed("content/news/c.md", "## 一、甲\n\n正文。", "## 一、甲\n\n正文。\n\n## 二、乙\n\n正文。"),
    ],
}


class Traced:
    """A value that notes which of its attributes are read."""

    def __init__(self, value: object, read: set[str]) -> None:
        self.value, self.read = value, read

    def __getattr__(self, name: str) -> object:
        self.read.add(name)
        return getattr(self.value, name)


def test_templates_read_nothing_that_no_fingerprint_knows(base: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XIEHUI_NOW", NOW)
    built = base.build()
    assert built.site and built.composed
    theme, read_of_page, read_of_site = base.folder / "theme", set[str](), set[str]()
    environment = create_environment(theme / "templates", lambda html, targets, pictures: html)
    site = create_site(built.site.settings, load_assets(theme))
    for page in map(built.composed.composition.page, [facts.url for facts in built.composed.composition.pages()]):
        whole = complete(page, built.site.body(page.source) if page.body_key else None, built.site.settings)
        traced = {"page": Traced(whole, read_of_page), "site": Traced(site, read_of_site)}
        environment.get_template(page.template).render(**traced)
    follow = {"body", "metas", "json_ld"}  # of the page and the settings, both in the fingerprint
    assert read_of_page - follow <= {field.name for field in fields(Page)}
    assert "now" not in read_of_site
