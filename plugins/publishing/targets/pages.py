"""A branch that GitHub Pages, Gitee Pages or the like serve: one commit, pushed whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.faults import PublishingError
from plugins.publishing.targets.delivery import Delivery, Parcel, Say, without_twins
from plugins.publishing.targets.programs import run


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesTarget:
    """``remote`` is an address that git can push to; ``work`` a bare repository of our own, made when missing.

    ``domain`` writes ``CNAME``. Author and committer are ``identity``, their time that of the built commit.
    """

    remote: str
    work: Path
    branch: str = "gh-pages"
    domain: str = ""
    identity: tuple[str, str] = ("xiehui", "publisher@localhost")

    @property
    def title(self) -> str:
        """What an editor is told the place is."""
        return f"{self.remote} 的分支 {self.branch}"

    def deliver(self, parcel: Parcel, say: Say) -> Delivery:
        """Push one commit that holds exactly the release; nothing where the branch already holds it."""
        say(f"正在提交到{self.title}……")
        self._git("init", "--quiet", "--bare", str(self.work), at=None)
        parent = self._fetch()
        tree = self._write_tree(parcel)
        if parent and self._git("rev-parse", f"{parent}^{{tree}}").strip() == tree:
            return Delivery()
        sent, deleted = self._difference(parent, tree)
        commit = self._commit(parcel, tree, parent)
        self._git("push", "--quiet", self.remote, f"{commit}:refs/heads/{self.branch}")
        self._git("update-ref", "refs/heads/published", commit)
        return Delivery(sent=sent, deleted=deleted)

    def _fetch(self) -> str:
        """Return the tip of the branch, fetched; ``""`` where there is none yet."""
        listed = self._git("ls-remote", self.remote, f"refs/heads/{self.branch}").split()
        if not listed:
            return ""
        self._git("fetch", "--quiet", "--depth=1", self.remote, f"+refs/heads/{self.branch}:refs/heads/fetched")
        return listed[0]

    def _write_tree(self, parcel: Parcel) -> str:
        paths = sorted(without_twins(parcel))
        files = "".join(f"{parcel.www.resolve() / path}\n" for path in paths)
        blobs = self._git("hash-object", "-w", "--no-filters", "--stdin-paths", stdin=files).split()
        extra = {".nojekyll": ""} | ({"CNAME": f"{self.domain}\n"} if self.domain else {})
        listed = dict(zip(paths, blobs, strict=True))
        for path, text in extra.items():
            listed[path] = self._git("hash-object", "-w", "--stdin", stdin=text).strip()
        index = self.work / "publishing.index"
        index.unlink(missing_ok=True)
        lines = "".join(f"100644 {blob}\t{path}\0" for path, blob in sorted(listed.items()))
        self._git("update-index", "-z", "--add", "--index-info", stdin=lines, index=index)
        return self._git("write-tree", index=index).strip()

    def _difference(self, parent: str, tree: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        before = parent or self._git("hash-object", "-t", "tree", "-w", "--stdin").strip()
        lines = self._git("diff-tree", "-r", "-z", "--no-renames", "--name-status", before, tree).split("\0")[:-1]
        pairs = list(zip(lines[::2], lines[1::2], strict=True))
        return tuple(path for letter, path in pairs if letter != "D"), tuple(
            path for letter, path in pairs if letter == "D"
        )

    def _commit(self, parcel: Parcel, tree: str, parent: str) -> str:
        message = f"{parcel.release.commit}\n"
        parents = ["-p", parent] if parent else []
        when = parcel.manifest.committed
        return self._git("commit-tree", tree, *parents, stdin=message, when=when).strip()

    def _git(
        self, *arguments: str, stdin: str = "", at: bool | None = True, index: Path | None = None, when: str = ""
    ) -> str:
        name, email = self.identity
        variables = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_TERMINAL_PROMPT": "0"}
        variables |= {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email}
        if index:
            variables["GIT_INDEX_FILE"] = str(index)
        if when:
            variables |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        if not self.remote:
            raise PublishingError("没有设置要推送的仓库地址。")
        clean = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
        place = ["--git-dir", str(self.work)] if at else []
        return run(["git", *place, *arguments], task="推送到页面分支", stdin=stdin.encode(), env=clean | variables)
