"""Detached signatures of a manifest, through ``ssh-keygen -Y`` (OpenSSH 8.2 or newer; no key format of our own)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from plugins.publishing.faults import PublishingError

NAMESPACE = "xiehui-manifest"
TIMEOUT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningSettings:
    """``key``: private key file to sign with. ``allowed_signers``: file of trusted keys. ``identity``: who signs."""

    key: Path | None = None
    allowed_signers: Path | None = None
    identity: str = "publisher"


def sign(content: bytes, settings: SigningSettings) -> bytes | None:
    """Return the armoured signature of ``content``; None where no key is configured."""
    if settings.key is None:
        return None
    if not settings.key.is_file():
        raise PublishingError(f"找不到签名密钥 {settings.key}。")
    done = _ssh_keygen(["-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(settings.key)], content)
    if done.returncode != 0:
        raise PublishingError(f"签名失败：{done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def is_signed(content: bytes, signature: bytes, settings: SigningSettings) -> bool:
    """Whether ``signature`` was made over exactly ``content`` by a trusted key; needs ``allowed_signers``."""
    if settings.allowed_signers is None or not settings.allowed_signers.is_file():
        raise PublishingError("没有可信公钥文件，不能核对签名。")
    with tempfile.NamedTemporaryFile(suffix=".sig") as file:
        file.write(signature)
        file.flush()
        trusted = ["-f", str(settings.allowed_signers), "-I", settings.identity]
        return _ssh_keygen(["-Y", "verify", "-n", NAMESPACE, *trusted, "-s", file.name], content).returncode == 0


def _ssh_keygen(arguments: list[str], content: bytes) -> subprocess.CompletedProcess[bytes]:
    program = shutil.which("ssh-keygen")
    if program is None:
        raise PublishingError("本机没有 ssh-keygen，不能签名或核对签名，请安装 OpenSSH。")
    return subprocess.run([program, *arguments], input=content, capture_output=True, timeout=TIMEOUT, check=False)
