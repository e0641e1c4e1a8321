"""The settings of the site as one typed value, read from ``pelicanconf.py``."""

from __future__ import annotations

import os
import re
import runpy
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from plugins.domain.dates import CHINA
from plugins.domain.problems import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNotice:
    """A line over every page from the day ``since`` to the day ``until``, both included; ``url`` is where it leads."""

    text: str
    since: date
    until: date
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings that matter; each says what a visitor or editor sees of it.

    ``url`` has no slash at its end; ``""`` gives addresses that begin at the host's root. ``now`` is the moment the
    build is for: items dated later are held back, expired ones leave the lists. ``preview`` shows what is not public,
    with a banner, and is never published.
    """

    name: str
    url: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    content: Path
    output: Path
    theme: Path
    cache: Path
    now: datetime
    preview: bool = False
    page_size: int = 20
    home_size: int = 6
    feed_size: int = 20
    organiser: str = ""  # 主办单位
    operator: str = ""  # 承办单位
    address: str = ""
    phone: str = ""
    email: str = ""
    icp: str = ""  # ICP备案号
    police: str = ""  # 公安备案号
    police_url: str = ""
    site_code: str = ""  # 网站标识码 (SiteIDCode)
    party_mark: str = ""  # 党政机关网站标识, an address inside the site
    corrections: str = ""  # 我要纠错: mailto: or an address; {url} and {id} are filled in
    mourning_days: tuple[date, ...] = ()
    notices: tuple[SiteNotice, ...] = ()
    editor_in_chief: str = ""
    security_contact: str = ""
    legacy_hosts: tuple[str, ...] = ()  # hosts that this site answers for now: old addresses there are redirected
    hsts_preload: bool = False
    checks_off: tuple[str, ...] = ()  # names of rules that are not to be run
    search: bool = True
    search_service: bool = True

    @property
    def domain(self) -> str:
        """The host name, for the SiteDomain tag."""
        return self.url.partition("://")[2].partition("/")[0]


_TEXTS = {
    "SITENAME": "name",
    "SITEURL": "url",
    "SITE_DESCRIPTION": "description",
    "ORGANISER": "organiser",
    "OPERATOR": "operator",
    "ADDRESS": "address",
    "PHONE": "phone",
    "EMAIL": "email",
    "ICP_NUMBER": "icp",
    "POLICE_NUMBER": "police",
    "POLICE_URL": "police_url",
    "SITE_CODE": "site_code",
    "PARTY_MARK": "party_mark",
    "CORRECTIONS": "corrections",
    "EDITOR_IN_CHIEF": "editor_in_chief",
    "SECURITY_CONTACT": "security_contact",
}
_COUNTS = {"PAGE_SIZE": "page_size", "HOME_SIZE": "home_size", "FEED_SIZE": "feed_size"}
_SWITCHES = {
    "PREVIEW": "preview",
    "SEARCH_INDEX": "search",
    "SEARCH_SERVICE": "search_service",
    "HSTS_PRELOAD": "hsts_preload",
}


def settings_from(
    values: Mapping[str, object], *, root: Path, now: datetime | None = None, file: str = "pelicanconf.py"
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the typed settings of a Pelican settings mapping, and what is wrong with them.

    Relative folders are taken from ``root``. A wrong value is a problem and leaves its default in place.
    """
    problems: list[Problem] = []

    def fault(key: str, want: str) -> None:
        problems.append(Problem(path=file, message=f"设置 {key} 的值 {values[key]!r} 不对", hint=want))

    fields: dict[str, object] = {}
    for key, name in _TEXTS.items():
        if isinstance(value := values.get(key, ""), str):
            fields[name] = value.rstrip("/") if key == "SITEURL" else value
        else:
            fault(key, "应为一段文字")
    for key, name in _COUNTS.items():
        if key in values:
            value = values[key]
            if isinstance(value, int) and not isinstance(value, bool) and value > 0:
                fields[name] = value
            else:
                fault(key, "应为大于 0 的整数")
    for key, name in _SWITCHES.items():
        if key in values:
            fields[name] = bool(values[key])
    if not fields.get("name"):
        problems.append(
            Problem(path=file, message="没有设置 SITENAME", hint='写上网站名称，例如 SITENAME = "某某计划生育协会"')
        )
        fields["name"] = "（未命名）"
    fields["keywords"] = _words(values.get("SITE_KEYWORDS", ()))
    fields["legacy_hosts"] = _words(values.get("LEGACY_HOSTS", ()))
    fields["checks_off"] = _words(values.get("CHECKS_OFF", ()))
    for key, pattern, want in _ADDRESSES:
        if isinstance(value := values.get(key), str) and not pattern.fullmatch(value):
            fault(key, want)
            fields[_TEXTS[key]] = ""
    days = values.get("MOURNING_DAYS", ())
    if not isinstance(days, (list, tuple)) or not all(isinstance(day, date) for day in days):
        fault("MOURNING_DAYS", "应为日期的列表，例如 [date(2026, 12, 13)]")
    fields["mourning_days"] = (
        tuple(day for day in days if isinstance(day, date)) if isinstance(days, (list, tuple)) else ()
    )
    try:
        fields["notices"] = tuple(SiteNotice(**notice) for notice in values.get("SITE_NOTICES", ()))  # type: ignore[attr-defined]
    except TypeError:
        fault("SITE_NOTICES", '每条写作 {"text": "…", "since": date(…), "until": date(…)}，可加 "url"')
    folders = {name: root / str(values.get(key, default)) for key, name, default in _FOLDERS}
    return Settings(**fields, **folders, now=now or build_moment()), tuple(problems)  # type: ignore[arg-type]


_SITE = re.compile(r"(https?://[^\s/?#@\"'<>\\]+(/[^\s?#\"'<>\\]*)?)?")
_LINK = re.compile(r"((https?://|mailto:|tel:|/(?!/))[^\s\"<>\\]+)?")
_ADDRESSES = (
    ("SITEURL", _SITE, "写完整的网址，例如 https://www.example.org，末尾不要斜杠；不知道就留空"),
    ("POLICE_URL", _LINK, "写完整的网址，以 https:// 开头"),
    ("CORRECTIONS", _LINK, "写 mailto: 开头的邮箱，或 https:// 开头的网址"),
    ("SECURITY_CONTACT", _LINK, "写 mailto: 开头的邮箱，或 https:// 开头的网址"),
)
_FOLDERS = (
    ("PATH", "content", "content"),
    ("OUTPUT_PATH", "output", "output"),
    ("THEME", "theme", "theme"),
    ("CACHE", "cache", ".cache"),
)


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, (list, tuple)) else ()


def read_settings(path: Path, **overrides: object) -> tuple[Settings, tuple[Problem, ...]]:
    """Run a settings file as Pelican would and return its typed settings; ``overrides`` are further Pelican settings.

    A file that cannot be run is a problem with its line, and leaves every default in place.
    """
    try:
        values = {key: value for key, value in runpy.run_path(str(path)).items() if key.isupper()}
    except (Exception, SystemExit) as error:
        settings, _ = settings_from(overrides, root=path.parent, file=path.name)
        return settings, (_broken(path, error),)
    return settings_from({**values, **overrides}, root=path.parent, file=path.name)


def _broken(path: Path, error: BaseException) -> Problem:
    """Return why the settings file at ``path`` cannot be run, at the line of it, or of the one it imports, that is to blame."""
    if not path.is_file():
        return Problem(path=path.name, message="没有这个设置文件", hint="检查 --settings 后面的路径")
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError) and error.filename:
        frames.append((error.filename, error.lineno or 1))
    own = [(Path(name), line) for name, line in frames if Path(name).parent == path.parent]
    file, line = own[-1] if own else (path, 1)
    reason = error.msg if isinstance(error, SyntaxError) else str(error)
    message = f"设置文件运行不了：{type(error).__name__} {reason}".rstrip()
    return Problem(path=file.name, line=line, message=message, hint="设置文件要是正确的 Python")


def build_moment() -> datetime:
    """Return the moment a build is for: ``XIEHUI_NOW`` (ISO 8601) or ``SOURCE_DATE_EPOCH`` where set, else the clock, to the minute."""
    if written := os.environ.get("XIEHUI_NOW"):
        moment = datetime.fromisoformat(written)
        return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC).astimezone(CHINA)
    return datetime.now(CHINA).replace(second=0, microsecond=0)
