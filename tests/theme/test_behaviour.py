"""What a visitor does: reading aids that stay and never shift the page, days that switch by themselves, keys, reading aloud."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from plugins.theming.browser import View, viewing

pytestmark = pytest.mark.browser

SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
    .observe({type: 'layout-shift', buffered: true});
  setTimeout(() => done(sum), 150);
})"""
STATES = [{}, {"size": "l"}, {"size": "xl"}, {"look": "dark"}, {"look": "contrast"}, {"size": "xl", "look": "contrast"}]


def clock(page: Page, moment: str) -> None:
    """Set the visitor's clock to ``moment`` (ISO, with its zone)."""
    page.clock.set_fixed_time(moment)


@pytest.mark.parametrize("state", STATES, ids=json.dumps)
@pytest.mark.parametrize("width", [320, 1280])
def test_a_stored_choice_is_there_before_the_first_paint(
    chromium: Browser, address: str, state: dict[str, str], width: int
) -> None:
    with viewing(chromium, View(width=width)) as page:
        page.add_init_script(f"localStorage.setItem('reading', {json.dumps(json.dumps(state))})")
        for name in ("home", "news-item"):
            page.goto(f"{address}/{name}/")
            assert page.evaluate(SHIFTS) == 0
            chosen = page.evaluate("({...document.documentElement.dataset})")
            assert {key: chosen.get(key) for key in ("size", "look")} == {
                key: state.get(key) for key in ("size", "look")
            }


def test_a_choice_is_kept_for_the_next_page(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        page.goto(f"{address}/home/")
        page.get_by_role("button", name="特大").click()
        page.get_by_role("button", name="高对比").click()
        page.goto(f"{address}/news-item/")
        expect(page.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
        expect(page.get_by_role("button", name="高对比")).to_have_attribute("aria-pressed", "true")
        assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)") >= 30
        page.get_by_role("button", name="标准").click()
        page.get_by_role("button", name="高对比").click()
        page.reload()
        assert page.evaluate("document.documentElement.dataset.size || document.documentElement.dataset.look") is None


def test_on_a_phone_the_further_aids_are_behind_one_button(chromium: Browser, address: str) -> None:
    with viewing(chromium, View(width=375)) as page:
        page.goto(f"{address}/home/")
        contrast, more = page.get_by_role("button", name="高对比"), page.get_by_role("button", name="更多", exact=True)
        expect(contrast).to_be_hidden()
        more.click()
        expect(contrast).to_be_visible()
        expect(more).to_have_attribute("aria-expanded", "true")
        more.click()
        expect(contrast).to_be_hidden()


def test_dark_follows_the_system_unless_chosen(chromium: Browser, address: str) -> None:
    with viewing(chromium, View(look="light")) as page:
        page.emulate_media(color_scheme="dark")
        page.goto(f"{address}/home/")
        dark = page.get_by_role("button", name="深色")
        expect(dark).to_have_attribute("aria-pressed", "true")
        dark.click()
        expect(dark).to_have_attribute("aria-pressed", "false")
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


def test_closed_storage_breaks_nothing(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('closed') }})")
        page.goto(f"{address}/home/")
        page.get_by_role("button", name="大字").click()
        assert page.evaluate("document.documentElement.dataset.size") == "l"
        assert errors == []


@pytest.mark.parametrize(
    ("moment", "is_grey"),
    [
        ("2099-12-12T15:59:00Z", False),
        ("2099-12-12T16:00:00Z", True),
        ("2099-12-13T15:59:00Z", True),
        ("2099-12-13T16:00:00Z", False),
    ],
)
def test_a_day_of_mourning_turns_the_page_grey_in_chinas_day(
    chromium: Browser, address: str, moment: str, is_grey: bool
) -> None:
    with viewing(chromium, View()) as page:
        clock(page, moment)
        page.goto(f"{address}/home/")
        assert page.evaluate("getComputedStyle(document.documentElement).filter") == (
            "grayscale(1)" if is_grey else "none"
        )


@pytest.mark.parametrize(("moment", "is_shown"), [("2099-01-31T12:00:00Z", False), ("2099-02-05T12:00:00Z", True)])
def test_a_dated_notice_comes_and_goes_by_itself(chromium: Browser, address: str, moment: str, is_shown: bool) -> None:
    with viewing(chromium, View()) as page:
        clock(page, moment)
        page.goto(f"{address}/home/")
        expect(page.get_by_text("示例公告：春节期间服务时间有调整。")).to_be_visible(visible=is_shown)
        assert page.evaluate(SHIFTS) == 0


@pytest.mark.parametrize(("moment", "is_shown"), [("2098-12-31T15:59:00Z", False), ("2098-12-31T16:00:00Z", True)])
def test_an_item_says_by_itself_that_it_has_expired(
    chromium: Browser, address: str, moment: str, is_shown: bool
) -> None:
    with viewing(chromium, View()) as page:
        clock(page, moment)
        page.goto(f"{address}/notice/")
        expect(page.get_by_text("本页内容已过期。")).to_be_visible(visible=is_shown)


def test_the_skip_link_is_first_and_lies_over_the_page(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        page.goto(f"{address}/news-item/")
        before = page.evaluate("document.querySelector('h1').getBoundingClientRect().top")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到正文"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") == 0
        assert page.evaluate("document.querySelector('h1').getBoundingClientRect().top") == before
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_slash_goes_to_the_search_field_and_escape_leaves_it(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        page.goto(f"{address}/news-item/")
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.name") == "q"
        page.keyboard.type("a/b")
        assert page.evaluate("document.activeElement.value") == "a/b"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement === document.body")


def test_the_link_is_copied_with_its_title(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{address}/news-item/#s1")
        page.get_by_role("button", name="复制链接").click()
        expect(page.get_by_role("status").filter(has_text="已复制")).to_be_visible()
        text = page.evaluate("navigator.clipboard.readText()")
        assert text == f"家庭健康月启动，十二个乡镇依次开展义诊与咨询 {address}/news-item/"


VOICE = """
const said = window.said = [];
let current = null;
const stub = {
  paused: false,
  getVoices: () => [{lang: 'zh-CN'}],
  addEventListener() {},
  speak(words) { said.push(words.text); current = words; },
  cancel() { current = null; said.push('stop'); },
  pause() { this.paused = true; },
  resume() { this.paused = false; },
  next() { const words = current; words.onend(); },
};
Object.defineProperty(window, 'speechSynthesis', {value: stub});
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def test_reading_aloud_goes_title_first_and_marks_what_it_reads(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        page.add_init_script(VOICE)
        page.goto(f"{address}/one-line/")
        assert page.evaluate("said") == []
        page.get_by_role("button", name="朗读").click()
        assert page.evaluate("said") == ["县协会办公地点变更"]
        assert page.evaluate("document.querySelector('.is-spoken').tagName") == "H1"
        page.get_by_role("button", name="暂停").click()
        page.get_by_role("button", name="继续").click()
        page.evaluate("speechSynthesis.next()")
        assert page.evaluate("document.querySelector('.is-spoken').textContent") == "即日起迁至新址。"
        page.evaluate("speechSynthesis.next()")
        assert page.evaluate("said.slice(0, 2)") == ["县协会办公地点变更", "即日起迁至新址。"]
        expect(page.get_by_role("button", name="停止")).to_be_hidden()
        assert page.evaluate("document.querySelector('.is-spoken')") is None


def test_without_a_chinese_voice_reading_aloud_is_not_offered(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        page.goto(f"{address}/one-line/")
        expect(page.get_by_role("button", name="朗读")).to_be_hidden()


def test_without_script_everything_but_the_aids_is_there(chromium: Browser, address: str) -> None:
    with viewing(chromium, View(has_script=False)) as page:
        page.goto(f"{address}/news-item/")
        expect(page.get_by_text("阅读辅助")).to_be_hidden()
        expect(page.get_by_role("button", name="复制链接")).to_be_hidden()
        for name in ("首页", "服务项目", "网站地图"):
            expect(page.get_by_role("link", name=name).first).to_be_visible()
        page.get_by_role("searchbox").fill("义诊")
        page.get_by_role("button", name="搜索").click()
        assert "/search/?q=" in page.url


def test_pages_keep_their_own_policy(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        messages: list[str] = []
        page.on("console", lambda message: messages.append(message.text))
        for name in ("home", "news-item", "search"):
            page.goto(f"{address}/{name}/")
        assert messages == []


def test_nothing_is_asked_of_another_host(chromium: Browser, address: str) -> None:
    with viewing(chromium, View()) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for name in ("home", "news-item", "search"):
            page.goto(f"{address}/{name}/", wait_until="networkidle")
        assert [url for url in asked if not url.startswith(address)] == []
