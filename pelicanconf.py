"""Settings of the site, for ``inv build`` and for plain ``pelican content`` alike.

Every name is explained in README.md, "Settings"; a missing footer line prints nothing.
"""

from datetime import date

SITENAME = "计划生育协会（示例站）"
SITEURL = ""
SITE_DESCRIPTION = (
    "计划生育协会的公开网站：资讯快递、会长话改革、服务项目、通知公告与活动。本站为示例，内容取自公开资料，由编者摘要。"
)
SITE_KEYWORDS = ["计划生育协会", "计生协", "优生优育", "青春健康", "暖心行动", "家庭健康"]

# The footer. All of it is an example: an association writes its own here.
ORGANISER = "计划生育协会（示例）"
OPERATOR = ""
ADDRESS = ""
PHONE = ""
EMAIL = "webmaster@example.org"
ICP_NUMBER = ""
POLICE_NUMBER = ""
POLICE_URL = ""
SITE_CODE = ""
PARTY_MARK = ""
CORRECTIONS = "mailto:webmaster@example.org?subject=网站纠错&body={url}（{id}）"
EDITOR_IN_CHIEF = ""
SECURITY_CONTACT = "mailto:webmaster@example.org"

# Days on which the whole site turns grey, set in advance; 12-13 is the national memorial day.
MOURNING_DAYS = [date(2026, 12, 13), date(2027, 12, 13)]

PAGE_SIZE = 20
HOME_SIZE = 6
FEED_SIZE = 20
SEARCH_INDEX = True

# ---- Pelican: our own generator serves typed items, Pelican's article and page generators idle ----
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["plugins.assembly"]
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh-cn"
ARTICLE_PATHS: list[str] = []
PAGE_PATHS: list[str] = []
STATIC_PATHS: list[str] = []
THEME_STATIC_PATHS: list[str] = []
DIRECT_TEMPLATES: list[str] = []
DELETE_OUTPUT_DIRECTORY = False
CACHE_CONTENT = False
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TAG_FEED_ATOM = None
READERS = {"rst": None, "html": None, "htm": None, "md": None, "markdown": None, "mkd": None, "mdown": None}
