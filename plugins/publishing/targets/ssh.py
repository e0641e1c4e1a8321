"""A host reached by SSH: rsync brings a release beside the others, one rename there switches to it."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from plugins.publishing.faults import PublisherBusyError, PublishingError
from plugins.publishing.store import CHECKSUMS, KEEP, UNFINISHED
from plugins.publishing.targets.delivery import Delivery, Parcel, Say
from plugins.publishing.targets.programs import run

_LOCK = """
set -eu
mkdir -p -- "$base/releases"
cd -- "$base"
exec 9>>publish.lock
if flock -n 9; then echo locked; else echo busy; exit 0; fi
cat >/dev/null
"""

_PREPARE = """
set -eu
cd -- "$base"
for left in releases/.new-* releases/.old-*; do
    [ -e "$left" ] || continue
    chmod -R u+w -- "$left"
    rm -rf -- "$left"
done
rm -f .current-new
if [ -d "releases/$name" ]; then echo present; fi
if [ -d current/ ]; then echo "current=$(readlink current)"; fi
"""

_ACCEPT = """
set -eu
cd -- "$base/releases/$new"
sha256sum --check --quiet --strict "$sums"
cd ../..
chmod -R a-w -- "releases/$new"
sync
mv -T -- "releases/$new" "releases/$name"
"""

_SWITCH = """
set -eu
cd -- "$base"
test -d "releases/$name"
ln -s -- "releases/$name" .current-new
mv -T -- .current-new current
sync
current=$(readlink current)
ls -1 releases | grep -v '^\\.' | sort | head -n "-$keep" | while read -r old; do
    [ "releases/$old" = "$current" ] && continue
    mv -T -- "releases/$old" "releases/.old-$old"
    chmod -R u+w -- "releases/.old-$old"
    rm -rf -- "releases/.old-$old"
done
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SshTarget:
    """``host`` as ssh knows it (``user@host``), ``base`` the ``site`` folder there; needs rsync, flock and sha256sum there.

    ``ssh`` is the command with its options, ``keep`` how many releases stay.
    """

    host: str
    base: str
    ssh: tuple[str, ...] = ("ssh", "-o", "BatchMode=yes")
    keep: int = KEEP

    @property
    def title(self) -> str:
        """What an editor is told the place is."""
        return f"服务器 {self.host}:{self.base}"

    def deliver(self, parcel: Parcel, say: Say) -> Delivery:
        """Bring the release over, check it there to the byte, switch, and remove the oldest."""
        name = parcel.release.name
        with self._lock():
            state = self._script(_PREPARE, name=name).split()
            sent: tuple[str, ...] = ()
            if "present" not in state:
                say(f"正在上传到{self.title}……")
                current = next((line.removeprefix("current=") for line in state if line.startswith("current=")), "")
                sent = self._upload(parcel, current)
                self._script(_ACCEPT, name=name, new=UNFINISHED + name, sums=CHECKSUMS)
            self._script(_SWITCH, name=name, keep=str(self.keep))
        return Delivery(sent=sent)

    def _upload(self, parcel: Parcel, current: str) -> tuple[str, ...]:
        """Send the release; what ``current`` there already has is linked, not sent. Return the paths sent."""
        destination = f"{self.host}:{self.base}/releases/{UNFINISHED}{parcel.release.name}/"
        linked = [f"--link-dest=../../{current}/"] if current else []
        options = [
            "-8rptz",
            "--chmod=Du+w",
            "--checksum",
            "--out-format=%n",
            "--secluded-args",
            "-e",
            shlex.join(self.ssh),
        ]
        printed = run(["rsync", *options, *linked, f"{parcel.folder}/", destination], task="上传")
        return tuple(line for line in printed.splitlines() if line and not line.endswith("/"))

    def _script(self, script: str, **values: str) -> str:
        lines = "".join(f"{name}={shlex.quote(value)}\n" for name, value in {"base": self.base, **values}.items())
        return run([*self.ssh, self.host, "sh -s"], task=f"在{self.title}上执行命令", stdin=(lines + script).encode())

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Hold ``publish.lock`` there as long as our end of the connection lives."""
        command = f"base={shlex.quote(self.base)}\n{_LOCK}"
        holder = subprocess.Popen(
            [*self.ssh, self.host, f"sh -c {shlex.quote(command)}"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert holder.stdout and holder.stdin
        try:
            answer = holder.stdout.readline().strip()
            if answer == b"busy":
                raise PublisherBusyError(f"另一个人正在向{self.title}发布，请稍后再试。")
            if answer != b"locked":
                raise PublishingError(f"连不上{self.title}，或那里的文件夹不能写入。")
            yield
        finally:
            holder.stdin.close()
            holder.stdout.close()
            holder.wait()
