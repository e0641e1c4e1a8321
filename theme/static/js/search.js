// search.js — results as one types, on the search page only. Asks the service where there is one, else reads the static files.
import { Files } from "./search-files.js";
import { FORBIDDEN, mark, runs } from "./search-text.js";
import { answer, around, facets, PAGE, people } from "./search-plan.js";

const form = document.querySelector("form[role=search][data-static], main form[role=search]");
const field = form?.querySelector("[name=q]"), box = document.getElementById("search-results"), status = document.getElementById("search-status");
const TITLES = { section: "栏目", type: "类型", year: "年份", person: "人物" };
const KINDS = { person: "人物", program: "项目", section: "栏目", topic: "专题" };
const hint = (document.getElementById("search-hint")?.content ?? box)?.cloneNode(true);
let files, service = true, turn = 0, timer, active = -1;

const make = (name, attributes = {}, ...children) => {
  const node = document.createElement(name);
  for (const key in attributes) if (attributes[key] !== undefined) node.setAttribute(key, attributes[key]);
  node.append(...children.filter((child) => child !== ""));
  return node;
};
const say = (text) => { status.textContent = text; };
const marked = (pieces) => pieces.map(([text, on]) => (on ? make("mark", {}, text) : text));
const address = (values, changes) => {
  const made = new URLSearchParams(values);
  made.delete("page");
  for (const key in changes) changes[key] ? made.set(key, changes[key]) : made.delete(key);
  return `${form.getAttribute("action")}?${made}`;
};
const asked = () => new URLSearchParams(location.search);

const open = () => (files ??= new Files(form.dataset.static || "/search-index/").open().catch((fault) => { files = null; throw fault; }));

const pieces = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) => [node.textContent, node.nodeName === "MARK"]);

const fromService = async (values) => {
  const found = await fetch(`/search.json?${values}`);
  if (found.status === 400) return { problem: (await found.json()).error };
  if (!found.ok || !found.headers.get("content-type")?.includes("json")) { service = found.status >= 500 || found.status === 429; throw new Error(`${found.status}`); }
  const made = await found.json(), words = [...runs(made.query), ...runs(made.suggestion || "")];
  return { ...made, hits: made.hits.map((hit) => ({ ...hit, snippet: pieces(hit.snippet), heading: mark(hit.title, words) })) };
};

const fromFiles = async (values, retry = true) => {
  const own = await open();
  try { return { ...await answer(values, own), own, facets: null }; } catch (fault) {
    files = null; // the site was published anew since this page was opened: the slices have other names now
    if (retry && (await open()).about.generation !== own.about.generation) return fromFiles(values, false);
    throw fault;
  }
};

const find = async (values) => {
  const text = values.get("q");
  if (text.length > 100 || FORBIDDEN.test(text)) return { problem: "查询内容太长，或者含有不可见的控制字符。" };
  if (service) try { return await fromService(values); } catch (fault) { service &&= !(fault instanceof TypeError); }
  return fromFiles(values);
};

const item = (hit) => make("li", { class: "hit" },
  make("h2", { class: "hit__title" }, make("a", { href: hit.url }, ...marked(hit.heading))),
  make("p", { class: "hit__meta" }, [hit.section_title, hit.date && " · "].filter(Boolean).join(""), hit.date ? make("time", { datetime: hit.date }, hit.date) : ""),
  make("p", { class: "hit__text" }, ...marked(hit.snippet)));

const group = (name, values, given, isOpen) => make("details", isOpen ? { open: "" } : {}, make("summary", {}, TITLES[name]), make("ul", {}, ...values.map((value) => {
  const chosen = given.get(name) === value.key;
  return make("li", {}, make("a", { href: address(given, { [name]: chosen ? "" : value.key }), "aria-current": chosen ? "true" : undefined }, value.title), ` ${value.count}`);
})));

const choices = (given) => [
  given.get("sort") === "date" ? [{ sort: "" }, "按相关度排序"] : [{ sort: "date" }, "按日期排序"],
  given.get("in") === "title" ? [{ in: "" }, "搜索全文"] : [{ in: "title" }, "只搜索标题"],
].map(([changes, text]) => make("p", {}, make("a", { href: address(given, changes) }, text)));

const notes = (made, given) => [
  made.suggestion && make("p", { class: "search__note" }, "您要找的是不是：", make("a", { href: address(given, { q: made.suggestion }) }, made.suggestion)),
  ...made.notes.map((text) => make("p", { class: "search__note" }, text)),
].filter(Boolean);

const tops = (found, given) => found.map(({ kind, title, url, count }) => make("p", { class: "search__featured" }, make("span", {}, KINDS[kind]), " ",
  make("a", { href: url || address(given, { [kind]: title }) }, title), `（${count} 篇）`));

const help = () => make("div", { class: "search__help" }, make("p", {}, "可以试试："), make("ul", {},
  ...["检查有没有错别字，也可以输入拼音", "换一个更短、更常用的词", "去掉引号和筛选条件"].map((text) => make("li", {}, text)),
  make("li", {}, "浏览各个栏目，或者查看", make("a", { href: "/sitemap/" }, "网站地图"))));

const pager = (made, given) => make("nav", { class: "search__pager", "aria-label": "分页" },
  made.page > 1 ? make("a", { rel: "prev", href: address(given, { page: made.page - 1 }) }, "上一页") : "",
  made.page < made.pages ? make("a", { rel: "next", href: address(given, { page: made.page + 1 }) }, "下一页") : "");

// What may come after the results: counts, and names that were meant; read from files of their own.
const extras = async (made, given, filters, top, own) => {
  if (made.facets) { // the service counted already
    for (const name in made.facets) filters.prepend(group(name, made.facets[name], given, name !== "person"));
    top.append(...tops(made.featured, given));
    return;
  }
  const { featured, suggested } = await around(given.get("q"), made.own);
  if (own !== turn) return;
  top.append(...tops(featured, given));
  if (suggested.length) top.append(make("p", { class: "search__note" }, "相关的词：", ...suggested.flatMap((text) => [make("a", { href: address(given, { q: text }) }, text), " "])));
  const count = async (names) => { const counts = await facets(made.numbers, made.own); for (const name of names) if (counts[name].length) filters.prepend(group(name, counts[name], given, true)); };
  const later = make("details", {}, make("summary", {}, TITLES.person));
  later.addEventListener("toggle", async () => later.replaceWith(group("person", await people(made.numbers, made.own), given, true)), { once: true });
  filters.append(later);
  if (made.own.about.facets) await count(["year", "type", "section"]);
  else {
    const all = make("button", { type: "button" }, "按栏目、类型、年份筛选");
    all.addEventListener("click", () => { all.remove(); count(["year", "type", "section"]); }, { once: true });
    filters.prepend(all);
  }
};

const show = (made, given, own) => {
  active = -1;
  if (made.problem) { say(made.problem); box.replaceChildren(help()); return; }
  say(made.total ? `共 ${made.total} 条结果，第 ${made.page} 页，共 ${made.pages} 页` : `没有找到与“${made.query}”有关的内容`);
  const filters = make("nav", { class: "search__filters", "aria-label": "筛选" }, ...choices(given)), top = make("div", {}, ...notes(made, given));
  box.replaceChildren(top,
    ...(made.total ? [make("div", { class: "search__columns" }, filters, make("ol", { class: "search__hits", start: (made.page - 1) * PAGE + 1 }, ...made.hits.map(item))), pager(made, given)] : [help()]));
  extras(made, given, filters, top, own).catch(() => {});
};

const selects = [...(form?.querySelectorAll("select") ?? [])];
const chosen = () => Object.fromEntries(selects.map((select) => [select.name, select.selectedIndex ? select.value : ""])); // the first is the default
const showAsked = () => {
  field.value = asked().get("q") ?? "";
  for (const select of selects) select.value = asked().get(select.name) || select.options[0].value;
};

const run = async () => {
  const own = ++turn, given = asked();
  if (!given.get("q")?.trim()) { box.replaceChildren(...hint.cloneNode(true).childNodes); say(""); return; }
  const slow = setTimeout(() => own === turn && say("正在搜索…"), 300);
  try {
    const made = await find(given);
    if (own === turn) show(made, given, own);
  } catch {
    if (own === turn) { say("搜索暂时不可用"); box.replaceChildren(make("p", { class: "search__note" }, "搜索暂时不可用，请浏览栏目或查看", make("a", { href: "/sitemap/" }, "网站地图"), "。")); }
  } finally { clearTimeout(slow); }
};

const go = (target, push) => { history[push ? "pushState" : "replaceState"](null, "", target); run(); };
const move = (step) => {
  const hits = [...box.querySelectorAll(".hit")];
  if (!hits.length) return;
  hits[active]?.classList.remove("hit--active");
  active = Math.max(-1, Math.min(hits.length - 1, active + step));
  hits[active]?.classList.add("hit--active");
  (hits[active]?.querySelector("a") ?? field).focus();
};

if (field && box && status) {
  if (location.search) showAsked();
  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(() => go(address(asked(), { q: field.value.trim() }), false), 180);
  });
  field.addEventListener("compositionend", () => field.dispatchEvent(new Event("input")));
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); go(address(asked(), { q: field.value.trim(), ...chosen() }), true); });
  for (const select of selects) select.addEventListener("change", () => go(address(asked(), chosen()), true));
  box.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !new URL(link.href).searchParams.has("q") || new URL(link.href).pathname !== location.pathname) return;
    event.preventDefault();
    go(link.href, true);
    showAsked();
    if (link.rel) scrollTo(0, 0);
  });
  addEventListener("popstate", () => { showAsked(); run(); });
  addEventListener("keydown", (event) => {
    const inside = event.target === field || box.contains(event.target);
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/" && !event.target.closest("input, textarea, select")) { event.preventDefault(); field.focus(); field.select(); }
    else if (inside && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "Escape" && box.contains(event.target)) { active = -1; field.focus(); }
    else if (event.key === "Escape" && event.target === field && field.value) { field.value = ""; go(form.getAttribute("action"), false); }
  });
  field.addEventListener("focus", () => { if (!service) open().catch(() => {}); }, { once: true });
  if (asked().get("q")) run();
}
