"""The site as templates read it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from plugins.domain.dates import CHINA
from plugins.domain.pages import Link, Page
from plugins.domain.policy import inline_hash, page_policy
from plugins.domain.settings import Settings
from plugins.theming.assets import Assets
from plugins.theming.dated import Dated, classes, on_days, written

VERSION = "0.1.0"
_NOTICES = 3  # as theme/static/css/components/banner.css has classes for
_FILING_SITE = "https://beian.miit.gov.cn/"


@dataclass(frozen=True, slots=True, kw_only=True)
class FooterFact:
    """One fact of the footer: ``label`` may be empty where the text says it all; ``url`` where it leads somewhere."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteNotice:
    """A line over every page on certain days; ``name`` is the class of ``<html>`` that shows it."""

    name: str
    text: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page shares, as templates read it; the menu is the page's own, because it marks the current entry.

    ``footer_links`` are pages of the site (网站地图, 无障碍声明 …), ``footer`` the facts below them; what is not configured
    is not in them. ``now`` is the moment of the build.
    """

    name: str
    url: str
    description: str
    version: str
    assets: Assets
    has_search: bool
    now: datetime
    notices: tuple[SiteNotice, ...] = ()
    dated: tuple[Dated, ...] = ()
    footer_links: tuple[Link, ...] = ()
    footer: tuple[FooterFact, ...] = ()
    party_mark: str = ""

    def dated_on(self, page: Page) -> tuple[Dated, ...]:
        """Return the dated classes of ``page``: the site's, and its own expiry while that is still to come."""
        if page.item is None or page.item.expires is None or page.expired:
            return self.dated
        return (*self.dated, Dated(name="expired", since=page.item.expires))

    def days_of(self, page: Page) -> str:
        """Return the ``data-dated`` of ``page``; empty where nothing depends on the day."""
        return written(self.dated_on(page))

    def classes_of(self, page: Page) -> str:
        """Return the classes of ``<html>`` on the day of the build."""
        return classes(self.dated_on(page), self.now)

    def policy_of(self, page: Page) -> str:
        """Return the content security policy that ``page`` carries; its JSON-LD is named too, though it never runs."""
        scripts = (self.assets.script_hash, *map(inline_hash, page.json_ld))
        return page_policy(scripts=scripts, styles=[self.assets.style_hash])

    @property
    def digest(self) -> str:
        """A digest of all that pages show of the site; the moment counts only by what it switches on."""
        shown = (
            self.name, self.url, self.description, self.version, self.assets.style_hash, self.assets.script_hash,
            *(file.path for file in self.assets.files), self.has_search, self.notices, self.dated,
            classes(self.dated, self.now), self.footer_links, self.footer, self.party_mark,
        )  # fmt: skip
        return hashlib.sha256(repr(shown).encode()).hexdigest()


def create_site(settings: Settings, assets: Assets, footer_links: Iterable[Link] = ()) -> Site:
    """Return the site that ``settings`` describe; ``footer_links`` are pages that exist.

    Days that have passed are left out, and of the notices all but the next three: the theme has room for no more.
    """
    today = settings.now.astimezone(CHINA).date()
    mourning = (on_days("mourning", day, day) for day in settings.mourning_days if day >= today)
    coming = [notice for notice in settings.notices if notice.until >= today][:_NOTICES]
    notices = tuple(
        SiteNotice(name=f"notice-{place}", text=notice.text, url=notice.url) for place, notice in enumerate(coming)
    )
    shown = (on_days(f"notice-{place}", notice.since, notice.until) for place, notice in enumerate(coming))
    return Site(
        name=settings.name,
        url=settings.url,
        description=settings.description,
        version=VERSION,
        assets=assets,
        has_search=settings.search,
        now=settings.now,
        notices=notices,
        dated=(*mourning, *shown),
        footer_links=tuple(footer_links),
        footer=footer_facts(settings),
        party_mark=settings.party_mark,
    )


def footer_facts(settings: Settings) -> tuple[FooterFact, ...]:
    """Return the configured facts of the footer, in the order that public sites have them."""
    facts = (
        FooterFact(label="主办单位", text=settings.organiser),
        FooterFact(label="承办单位", text=settings.operator),
        FooterFact(label="地址", text=settings.address),
        FooterFact(label="电话", text=settings.phone, url=f"tel:{settings.phone}"),
        FooterFact(label="电子邮箱", text=settings.email, url=f"mailto:{settings.email}"),
        FooterFact(label="总编辑", text=settings.editor_in_chief),
        FooterFact(label="网站标识码", text=settings.site_code),
        FooterFact(label="", text=settings.icp, url=_FILING_SITE),
        FooterFact(label="", text=settings.police, url=settings.police_url),
    )
    return tuple(fact for fact in facts if fact.text)
