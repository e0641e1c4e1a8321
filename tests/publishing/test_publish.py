"""A publication from end to end, with steps as a site brings them."""

from __future__ import annotations

import hashlib
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from plugins.domain.dates import CHINA
from plugins.domain.problems import Level, Problem
from plugins.publishing.faults import PublishingError
from plugins.publishing.history import Commit
from plugins.publishing.manifest import Manifest, Origin
from plugins.publishing.publish import Built, GateClosedError, Request, Steps, publish
from plugins.publishing.redirects import OldAddresses, Redirect
from plugins.publishing.rollback import rollback
from plugins.publishing.store import ReleaseStore
from plugins.publishing.targets.address import Place, parse_target
from plugins.publishing.targets.delivery import Delivery, Parcel
from plugins.publishing.verify import verify_folder

COMMIT = Commit(hash="0123456789abcdef0123456789abcdef01234567", time=datetime(2026, 11, 20, 9, 0, tzinfo=CHINA))
MOMENT = datetime(2026, 11, 23, 12, 0, tzinfo=CHINA)


def page(title: str, body: str = "") -> str:
    return f'<!doctype html>\n<html lang="zh-CN"><head><title>{title}</title></head><body>{body}</body></html>\n'


@pytest.fixture
def request_(tmp_path: Path) -> Request:
    return Request(commit=COMMIT, moment=MOMENT, cache=tmp_path / "cache", url="https://example.org", wait=1)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return parse_target(str(tmp_path / "site"), cache=tmp_path / "cache")


@pytest.fixture
def steps(tmp_path: Path) -> Callable[..., Steps]:
    """Steps that write the given pages (a whole site with 20 articles by default) and a search index."""

    def make(pages: Mapping[str, str] | None = None, problems: Iterable[Problem] = (), **built: object) -> Steps:
        files = site_pages() | dict(pages or {})

        def build() -> Built:
            output, index = tmp_path / "output", tmp_path / "index"
            for path, text in files.items():
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                (output / path).write_text(text, "utf-8")
            index.mkdir(exist_ok=True)
            (index / "segment").write_text("".join(sorted(files.values())), "utf-8")
            return Built(**{"www": output, "search_index": index, **built})  # type: ignore[arg-type]

        return Steps(check=lambda: problems, build=build)

    return make


def site_pages() -> dict[str, str]:
    links = "".join(f'<a href="/news/{number}/">第 {number} 篇</a>' for number in range(20))
    articles = {f"news/{n}/index.html": page(f"第 {n} 篇", "示例内容。" * 100) for n in range(20)}
    return {"index.html": page("首页", links), "404.html": page("找不到这个页面"), **articles}


def test_publishes_whole_and_provable(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    origins = {"news/1/index.html": Origin(source="content/news/1.md", commit="abc")}
    done = publish(steps(origins=origins), place, request_)
    store = ReleaseStore(root=place.store)
    assert done.is_new
    assert store.current() == done.release
    assert store.damage(done.release) == ()
    www = store.current_link / "www"
    manifest = Manifest.from_json((www / ".well-known/manifest.json").read_bytes())
    assert verify_folder(www, manifest) == ()
    assert manifest.commit == COMMIT.hash
    assert manifest.by_path()["news/1/index.html"].source == "content/news/1.md"
    assert manifest.pages == 21
    assert (www / "news/1/index.html.br").is_file()
    assert (store.current_link / "search-index/segment").is_file()
    assert "Content-Security-Policy" in (store.current_link / "nginx/headers.conf").read_text()


def test_publishing_the_same_again_changes_nothing(
    steps: Callable[..., Steps], place: Place, request_: Request
) -> None:
    first = publish(steps(), place, request_)
    again = publish(steps(), place, request_)
    assert not again.is_new
    assert again.release == first.release
    assert len(ReleaseStore(root=place.store).releases()) == 1


def test_what_was_tampered_with_is_put_right(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    first = publish(steps(), place, request_)
    served = place.store / "current/www/news/3/index.html"
    served.chmod(0o644)
    served.write_text("changed", "utf-8")
    second = publish(steps(), place, request_)
    assert second.is_new
    assert ReleaseStore(root=place.store).damage(second.release) == ()
    assert first.release != second.release


@pytest.mark.parametrize("name", ["MANIFEST.json", "MANIFEST.sha256", "RELEASE.json", "www/.well-known/manifest.json"])
def test_a_release_with_a_damaged_record_is_left_without_hand_work(
    steps: Callable[..., Steps], place: Place, request_: Request, name: str
) -> None:
    publish(steps(), place, request_)
    record = place.store / "current" / name
    record.chmod(0o644)
    record.write_bytes(record.read_bytes()[:50])
    done = publish(steps({"news/7/index.html": page("改过")}), place, request_)
    store = ReleaseStore(root=place.store)
    assert store.current() == done.release
    assert store.damage(done.release) == ()


def test_a_disk_that_refuses_is_told_plainly(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    first = publish(steps(), place, request_)
    with pytest.raises(PublishingError, match="线上内容没有变化"):
        publish(steps({"index.html": page("改")}), place, replace(request_, cache=Path("/proc/xiehui")))
    assert ReleaseStore(root=place.store).current() == first.release


def test_an_edit_sends_and_purges_exactly_what_changed(
    steps: Callable[..., Steps], place: Place, request_: Request
) -> None:
    publish(steps(), place, request_)
    done = publish(steps({"news/7/index.html": page("改过", "示例内容，改过。" * 100)}), place, request_)
    assert done.purge == ("https://example.org/news/7/",)
    sent = {path for path in done.delivery.sent if path.startswith("www/")}
    assert sent == {
        "www/news/7/index.html",
        "www/news/7/index.html.br",
        "www/news/7/index.html.gz",
        "www/.well-known/manifest.json",
    }


def test_same_commit_same_bytes(
    steps: Callable[..., Steps], place: Place, request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(steps(), place, request_)
    monkeypatch.setenv("TZ", "America/New_York")
    before = os.umask(0o077)
    try:
        other = parse_target(str(tmp_path / "other"), cache=tmp_path / "cache2")
        second = publish(steps(), other, replace(request_, cache=tmp_path / "cache2"))
    finally:
        os.umask(before)
    sums = [ReleaseStore(root=p.store).digests(r.release) for p, r in ((place, first), (other, second))]
    assert sums[0] == sums[1]


def test_the_steps_know_the_moment_and_nothing_of_it_remains(
    place: Place, request_: Request, steps: Callable[..., Steps]
) -> None:
    seen: dict[str, str] = {}

    def check() -> tuple[Problem, ...]:
        seen.update({name: os.environ[name] for name in ("SOURCE_DATE_EPOCH", "XIEHUI_NOW")})
        return ()

    publish(replace(steps(), check=check), place, request_)
    assert seen == {"SOURCE_DATE_EPOCH": str(int(COMMIT.time.timestamp())), "XIEHUI_NOW": MOMENT.isoformat()}
    assert "XIEHUI_NOW" not in os.environ


INJECTED = "<script>alert(1)</script>"
CLOSED = [
    ({"problems": [Problem(path="news/a.md", line=2, message="未知的类型")]}, "news/a.md:2: 未知的类型"),
    ({"pages": {"news/1/index.html": page("第 1 篇", INJECTED)}}, "内容安全策略"),
    ({"pages": {"news/1/index.html": page("第 1 篇", '<a href="/nothing/">x</a>')}}, "链接失效"),
    ({"pages": {"news/1/index.html": page("第 1 篇", "<p>待审核 · 预览，尚未发布</p>")}}, "未公开内容的标记"),
    ({"pages": {"news/secret.sh": "#!/bin/sh"}}, "不允许发布的文件类型"),
    ({"pages": {"news/1/index.html": "<!doctype html><html><p>cut"}}, "页面不完整"),
]


@pytest.mark.parametrize(("wrong", "message"), CLOSED, ids=[message for _, message in CLOSED])
def test_the_gate(
    steps: Callable[..., Steps], place: Place, request_: Request, wrong: dict[str, object], message: str
) -> None:
    first = publish(steps(), place, request_)
    with pytest.raises(GateClosedError, match=message) as closed:
        publish(steps(**wrong), place, request_)
    assert closed.value.problems
    store = ReleaseStore(root=place.store)
    assert store.current() == first.release
    assert store.damage(first.release) == ()


def test_far_fewer_pages_need_a_word(
    steps: Callable[..., Steps], place: Place, request_: Request, tmp_path: Path
) -> None:
    publish(steps(), place, request_)
    fewer = tmp_path / "fewer"
    fewer.mkdir()
    (fewer / "index.html").write_text(page("首页"), "utf-8")
    few = steps(www=fewer)
    with pytest.raises(GateClosedError, match="从 21 个减少到 1 个"):
        publish(few, place, request_)
    assert publish(few, place, replace(request_, confirmed=True)).release.pages == 1


def test_a_warning_is_told_and_does_not_stop(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    warning = Problem(path="news/a.md", message="快要过期", level=Level.WARNING)
    assert publish(steps(problems=[warning]), place, request_).warnings == (warning,)


def test_a_security_txt_about_to_expire_is_told(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    text = "Contact: mailto:a@example.org\nExpires: 2026-12-01T00:00:00Z\n"
    (warning,) = publish(steps({".well-known/security.txt": text}), place, request_).warnings
    assert "还有 7 天过期" in warning.message


def test_private_bytes_stay_private(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    text = "%PDF-1.7 示例"
    leaked = steps({"news/plan.pdf": text}, private_digests=frozenset({hashlib.sha256(text.encode()).hexdigest()}))
    with pytest.raises(GateClosedError, match="未公开内容的文件"):
        publish(leaked, place, request_)


def test_rollback_and_forth(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    store = ReleaseStore(root=place.store)
    first = publish(steps(), place, request_).release
    second = publish(steps({"news/7/index.html": page("改过")}), place, request_).release
    back = rollback(place, url="https://example.org")
    assert (back.release, store.current()) == (first, first)
    assert back.purge == ("https://example.org/news/7/",)
    assert "第 7 篇" in (store.current_link / "www/news/7/index.html").read_text()
    with pytest.raises(PublishingError, match="没有更早的版本"):
        rollback(place)
    assert rollback(place, second.name).release == second
    third = publish(steps({"news/8/index.html": page("又改过")}), place, request_).release
    assert third.sequence == 3


def test_no_rollback_to_what_is_damaged(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    store = ReleaseStore(root=place.store)
    first = publish(steps(), place, request_).release
    second = publish(steps({"news/7/index.html": page("改过")}), place, request_).release
    index = store.path_of(first) / "search-index/segment"
    index.chmod(0o644)
    index.write_bytes(b"\0" * 10)
    with pytest.raises(PublishingError, match="已损坏"):
        rollback(place)
    assert store.current() == second


def test_redirects_and_gone_pages_go_with_the_release(
    steps: Callable[..., Steps], place: Place, request_: Request
) -> None:
    old = OldAddresses(redirects=(Redirect(old="/old/", new="/news/1/", source="news/1.md"),), gone=("/lost/",))
    publish(steps(old=old), place, request_)
    nginx = place.store / "current/nginx"
    assert (nginx / "redirects.map").read_text() == '"/old/" "/news/1/";\n'
    assert (nginx / "gone.map").read_text() == '"/lost/" 1;\n'


def test_a_failing_build_leaves_all_as_it_was(steps: Callable[..., Steps], place: Place, request_: Request) -> None:
    first = publish(steps(), place, request_)

    def broken() -> Built:
        raise PublishingError("构建失败")

    with pytest.raises(PublishingError, match="构建失败"):
        publish(replace(steps(), build=broken), place, request_)
    assert ReleaseStore(root=place.store).current() == first.release
    assert publish(steps(), place, request_).release == first.release


class Remote:
    """A place elsewhere: what it is given is kept in a folder that is served."""

    title = "别处"

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, parcel: Parcel, say: Callable[[str], object]) -> Delivery:
        shutil.copytree(parcel.www, self.folder, dirs_exist_ok=True)
        return Delivery(sent=tuple(parcel.public_digests()))


def test_a_lost_store_is_compared_with_what_is_live(
    steps: Callable[..., Steps], request_: Request, tmp_path: Path
) -> None:
    live = tmp_path / "live"
    handler = partial(SimpleHTTPRequestHandler, directory=str(live))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        here = replace(request_, url=f"http://127.0.0.1:{server.server_port}")
        publish(steps(), Place(target=Remote(live), store=tmp_path / "store"), here)
        fewer = tmp_path / "fewer"
        fewer.mkdir()
        (fewer / "index.html").write_text(page("首页"), "utf-8")
        with pytest.raises(GateClosedError, match="从 21 个减少到 1 个"):
            publish(steps(www=fewer), Place(target=Remote(live), store=tmp_path / "lost"), here)
        server.shutdown()


def test_a_failed_delivery_is_made_again(
    steps: Callable[..., Steps], request_: Request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(target=Remote(tmp_path / "live"), store=tmp_path / "store")
    request = replace(request_, url="")

    def broken(parcel: Parcel, say: Callable[[str], object]) -> Delivery:
        raise PublishingError("连不上")

    with monkeypatch.context() as patch:
        patch.setattr(place.target, "deliver", broken)
        with pytest.raises(PublishingError, match="连不上"):
            publish(steps(), place, request)
    assert ReleaseStore(root=place.store).current() is None
    assert publish(steps(), place, request).is_new
    assert (tmp_path / "live/index.html").is_file()
