"""The same corpus as a Hugo site, as fair to Hugo as can be made.

The frame of its pages (inline style and script, header, menu, footer) is copied from a page of ours, so both write about
the same bytes. Lists hold 20 by column, tag, author, year and month; feeds and site map are Hugo's own. Related articles,
JSON feeds and people's pages are ours only.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from build_corpus import COLUMNS, PEOPLE, Article, articles

_CONFIG = """
baseURL = "/"
languageCode = "zh-CN"
title = "计划生育协会（示例站）"
hasCJKLanguage = true
disableKinds = []
timeZone = "Asia/Shanghai"
[pagination]
pagerSize = 20
[taxonomies]
tag = "tags"
author = "authors"
year = "archive"
month = "months"
[outputs]
home = ["html", "rss"]
section = ["html", "rss"]
term = ["html", "rss"]
taxonomy = ["html"]
[markup.goldmark.extensions]
typographer = false
"""

_METAS = """
<title>{{ .Title }}_{{ .CurrentSection.Title }}_{{ site.Title }}</title>
<meta name="SiteName" content="{{ site.Title }}">
<meta name="ColumnName" content="{{ .CurrentSection.Title }}">
{{ if .IsPage }}{{ $tags := delimit .Params.tags "," }}{{ $author := delimit (.Params.authors | default (slice)) "," }}
<meta name="ArticleTitle" content="{{ .Title }}">
<meta name="PubDate" content="{{ .Date.Format "2006-01-02 15:04" }}">
<meta name="ContentSource" content="{{ .Params.source }}">
<meta name="Keywords" content="{{ $tags }}">
<meta name="Author" content="{{ $author }}">
<meta name="Description" content="{{ .Params.summary }}">
<meta name="DC.title" content="{{ .Title }}">
<meta name="DC.language" content="zh-CN">
<meta name="DC.publisher" content="{{ site.Title }}">
<meta name="DC.creator" content="{{ $author }}">
<meta name="DC.date" content="{{ .Date.Format "2006-01-02" }}">
<meta name="DC.subject" content="{{ $tags }}">
<meta name="DC.description" content="{{ .Params.summary }}">
<meta property="og:title" content="{{ .Title }}">
<meta property="og:type" content="article">
<meta property="og:description" content="{{ .Params.summary }}">
<meta property="article:published_time" content="{{ .Date.Format "2006-01-02T15:04:05+08:00" }}">
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "NewsArticle" "headline" .Title "description" .Params.summary "datePublished" (.Date.Format "2006-01-02T15:04:05+08:00") "keywords" $tags "inLanguage" "zh-CN" | jsonify | safeJS }}</script>
<script type="application/ld+json">{{ dict "@context" "https://schema.org" "@type" "BreadcrumbList" "itemListElement" (slice (dict "@type" "ListItem" "position" 1 "name" "首页" "item" "/") (dict "@type" "ListItem" "position" 2 "name" .CurrentSection.Title "item" .CurrentSection.RelPermalink)) | jsonify | safeJS }}</script>
{{ end }}
<link rel="canonical" href="{{ .RelPermalink }}">
"""

_SINGLE = """{{ define "main" }}
<nav aria-label="当前位置"><ol class="breadcrumbs">
<li class="breadcrumbs__entry"><a class="breadcrumbs__link" href="/">首页</a></li>
<li class="breadcrumbs__entry"><a class="breadcrumbs__link" href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a></li>
<li class="breadcrumbs__entry"><span aria-current="page">正文</span></li></ol></nav>
<article class="stack" data-spoken><header><h1>{{ .Title }}</h1><div class="article__line">
<span>来源：{{ .Params.source }}</span>
{{ range .GetTerms "authors" }}<span>作者：<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></span>{{ end }}
<span>发布时间：<time datetime="{{ .Date.Format "2006-01-02T15:04:05+08:00" }}">{{ .Date.Format "2006年1月2日 15:04" }}</time></span>
</div></header>
{{ $chapters := findRE "<h2" .Content }}{{ if ge (len $chapters) 3 }}{{ .TableOfContents }}{{ end }}
<div class="prose">{{ .Content }}</div>
<p>（责任编辑：{{ .Params.editor }}）</p>
<ul class="tags">{{ range .GetTerms "tags" }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul></article>
<nav class="neighbours">{{ with .PrevInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}
{{ with .NextInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>{{ end }}</nav>
{{ end }}"""

_ENTRIES = """<ul class="list">{{ range %s }}<li class="list__entry"><a class="list__link" href="{{ .RelPermalink }}">{{ .LinkTitle }}</a>
<time class="list__date" datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006-01-02" }}</time></li>{{ end }}</ul>"""

_LIST = (
    '{{ define "main" }}<h1>{{ .Title }}</h1>{{ $pages := .Paginate .RegularPages }}'
    + _ENTRIES % "$pages.Pages"
    + """<nav class="pager">{{ with $pages.Prev }}<a rel="prev" href="{{ .URL }}">上一页</a>{{ end }}
<span>第 {{ $pages.PageNumber }} 页，共 {{ $pages.TotalPages }} 页</span>
{{ with $pages.Next }}<a rel="next" href="{{ .URL }}">下一页</a>{{ end }}</nav>{{ end }}"""
)

_TERMS = """{{ define "main" }}<h1>{{ .Title }}</h1><ul class="list">{{ range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ul>{{ end }}"""

_HOME = (
    '{{ define "main" }}<h1>{{ site.Title }}</h1>{{ range .Site.Sections }}<section><h2>{{ .Title }}</h2>'
    + _ENTRIES % "first 6 .RegularPages"
    + "</section>{{ end }}{{ end }}"
)


def write_hugo(folder: Path, count: int, page_of_ours: str) -> None:
    """Write a Hugo site with ``count`` articles whose frame is that of ``page_of_ours``."""
    before, _, rest = page_of_ours.partition("<title>")
    script = re.search(r"<script>.*?</script>", rest, re.DOTALL)
    style = re.search(r"<style>.*?</style>", rest, re.DOTALL)
    top = re.search(r"<body>.*?<main[^>]*>", rest, re.DOTALL)
    end = re.search(r"</main>.*", rest, re.DOTALL)
    if not (script and style and top and end):
        raise ValueError("the page of ours has not the parts that are looked for")
    frame = [before, "%METAS%", script[0], style[0], "</head>", top[0], "%MAIN%", end[0]]
    base = "".join(frame).replace("{{", "{ {").replace("}}", "} }")
    base = base.replace("%METAS%", _METAS).replace("%MAIN%", '{{ block "main" . }}{{ end }}')
    layouts = {"baseof": base, "single": _SINGLE, "list": _LIST, "term": _LIST, "taxonomy": _TERMS, "terms": _TERMS}
    for name, text in layouts.items():
        _put(folder / "layouts" / "_default" / f"{name}.html", text)
    _put(folder / "layouts" / "index.html", _HOME)
    _put(folder / "layouts" / "404.html", '{{ define "main" }}<h1>找不到这个页面</h1>{{ end }}')
    _put(folder / "hugo.toml", _CONFIG)
    for column, title in COLUMNS.items():
        _put(folder / "content" / column / "_index.md", f"---\ntitle: {title}\n---\n")
    for person in PEOPLE:
        _put(folder / "content" / "authors" / person / "_index.md", f"---\ntitle: {person}\n---\n虚构的作者。\n")
    for each in articles(count):
        _put(hugo_file(folder, each), hugo_text(each))


def hugo_file(folder: Path, each: Article) -> Path:
    """Return where an article lies in a Hugo site."""
    return folder / "content" / each.column / f"{each.name}.md"


def hugo_text(each: Article) -> str:
    """Return an article as Hugo reads it."""
    names = [f"title: {json.dumps(each.title, ensure_ascii=False)}", f"date: {each.date:%Y-%m-%dT%H:%M:00+08:00}"]
    names += ["source: 示例县计生协", "editor: 本站编辑", f"summary: {each.summary}", f"tags: [{', '.join(each.tags)}]"]
    names += [f"archive: ['{each.date:%Y}']", f"months: ['{each.date:%Y-%m}']"]
    names += [f"authors: [{each.people[0]}]"] if each.people else []
    body = each.body.replace("{{", "/").replace("}}", "/")
    return "---\n" + "\n".join(names) + f"\n---\n{body}"


def _put(place: Path, text: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
