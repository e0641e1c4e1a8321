// The query plan; the twin of plugins/search/plan.py, sound.py and engine.py: same numbers, same order.
import { LONG } from "./search-files.js";
import { bySound, chain } from "./search-sound.js";
import { closed, fold, holdsAll, holdsAny, initials, mark, passage, phrases, queryTerms, runs, stripped } from "./search-text.js";

const COVER = 2 ** 18, EXACT = 2 ** 33, TITLED = 2 ** 39;
const EXACT_TITLE = 1.6, EXACT_TEXT = 1.3, SYNONYM = 0.95, KEPT = 0.7, LEAST = 0.4, MOST_TERMS = 32;
const FEATURED = ["person", "program", "section", "topic"];
export const PAGE = 10;

const enough = (best) => Math.max(LEAST, KEPT * best);

const rarity = (documents, having) => {
  let ratio = (documents + 1) / (having + 0.5), power = 0;
  if (ratio <= 1) return 1;
  for (; ratio >= 2; power++) ratio /= 2;
  return Math.max(1, Math.floor((power + ratio - 1) * 16));
};

const inTitle = ({ docs, loads, last }) => {
  const kept = [...docs.keys()].filter((at) => loads[at] & 8);
  return { docs: kept.map((at) => docs[at]), loads: kept.map((at) => loads[at]), size: kept.length, last };
};

// Places of the six rarest, the last two only if fewer documents than `least` have them, and of all others that are not common.
const telling = (sizes, least = Infinity) => {
  const rarest = [...sizes.keys()].sort((one, two) => sizes[one] - sizes[two] || one - two).slice(0, 6).filter((at, place) => place < 4 || sizes[at] < least);
  return new Set([...sizes.keys()].filter((at) => rarest.includes(at) || sizes[at] < LONG));
};

const gather = async (all, files, place) => {
  const first = all.slice(0, MOST_TERMS), sizes = await Promise.all(first.map(([term]) => files.size(term))), told = telling(sizes, Math.floor(files.slots / 16));
  const common = (at) => sizes[at] >= LONG && sizes[at] * 2 > files.slots; // what follows it is not asked
  const terms = first.map(([term, after], at) => [term, common(at) ? -1 : after]).filter((_, at) => told.has(at)), gathered = new Float64Array(files.slots), unknown = [];
  const lists = await Promise.all(terms.map(async ([term]) => (place === "title" ? inTitle(await files.find(term)) : files.find(term))));
  let total = 0;
  lists.forEach(({ docs, loads, size, last }, at) => {
    const weight = rarity(files.about.documents, size), after = terms[at][1], worth = new Float64Array(256);
    total += weight;
    for (let load = 0; load < 256; load++) {
      const follows = after < 0 ? 1 : (load >> (4 + after)) & 1;
      worth[load] = weight * (2 * (load & 7) + 1) + weight * COVER + follows * EXACT + (follows & (load >> 3)) * TITLED;
    }
    for (let place = 0; place < docs.length; place++) gathered[docs[place]] += worth[loads[place]];
    if (last >= 0) unknown.push([last, weight]);
  });
  for (const [last, weight] of unknown) // a list cut short: older documents may well have the term
    for (let number = last + 1; number < files.slots; number++) if (gathered[number]) gathered[number] += weight + weight * COVER + EXACT + TITLED;
  return { gathered, total, terms: terms.length };
};

const rank = ({ gathered, total, terms }, exact) => {
  const found = new Map(), covered = gathered.map((sum) => (Math.floor(sum / COVER) % 2 ** 15) / total), best = covered.reduce((one, two) => Math.max(one, two), 0);
  covered.forEach((cover, number) => {
    if (cover < enough(best)) return;
    const sum = gathered[number], claim = Math.floor(sum / TITLED) % 64 === terms ? EXACT_TITLE : Math.floor(sum / EXACT) % 64 === terms ? exact : 1;
    found.set(number, { number, cover, claim, score: (sum % COVER) / (15 * total) * cover * cover * cover * cover * claim });
  });
  return { found, best };
};

const rankWords = async (words, files, place) => {
  const terms = queryTerms(words);
  return terms.length ? rank(await gather(terms, files, place), EXACT_TEXT) : { found: new Map(), best: 0 };
};

const better = (one, other, factor) => {
  for (const [number, { cover, score }] of other.found) {
    const own = one.found.get(number) ?? { number, cover: 0, score: 0, claim: 1 };
    one.found.set(number, { ...own, cover: Math.max(own.cover, cover), score: Math.max(own.score, score * factor) });
  }
  return { found: one.found, best: Math.max(one.best, other.best) };
};

const variants = (query, synonyms) => {
  const made = new Map();
  for (const synonym of synonyms) {
    const names = synonym[0].map(fold).sort((a, b) => [...b].length - [...a].length || (a < b ? -1 : 1)), found = names.find((name) => query.includes(name));
    if (found) for (const other of names) if (other !== found) { const text = query.replaceAll(found, other); if (!made.has(text)) made.set(text, synonym); }
  }
  return [...made].slice(0, 3);
};

const note = ([names, old, since, until]) =>
  old && `“${old}”是“${names.find((name) => name !== old) ?? ""}”${since || until ? `${since ?? ""}—${until ?? ""}年` : "以前"}的名称。`;

const dayNumber = (text) => Date.parse(text) / 864e5 + 719163;
const SINGLE = ["section", "type", "year"];

const allowed = async (query, files) => {
  const tests = [], filters = Object.entries(query.filters);
  const columns = filters.some(([name]) => SINGLE.includes(name)) ? await files.columns() : null, days = query.since || query.until ? await files.days() : null;
  for (const [name, key] of filters) {
    if (SINGLE.includes(name)) {
      const code = columns.names[name].findIndex((pair) => pair[0] === key) + 1;
      tests.push((number) => code && columns[name][number] === code);
    } else {
      const { docs, codes, names } = await files.field(name), code = names.findIndex((pair) => pair[0] === key);
      const having = new Set(docs.filter((_, at) => codes[at] === code));
      tests.push((number) => having.has(number));
    }
  }
  if (query.since) tests.push((number) => days[number] >= dayNumber(query.since));
  if (query.until) tests.push((number) => days[number] && days[number] <= dayNumber(query.until));
  return tests;
};

// Whether every phrase stands in the document: in its title, in the first part of its text, or, read only then if at all, in the rest.
const standing = async (wanted, number, query, files, whole) => {
  const { title, head, more } = await files.record(number), all = (text) => wanted.every((phrase) => text.includes(phrase.join("\n")));
  if (all(stripped(title))) return EXACT_TITLE;
  if (query.place === "title") return 1;
  return all(stripped(title) + stripped(head)) || (whole && more && all(stripped(title) + stripped(await files.text(number)))) ? EXACT_TEXT : 1;
};

const proven = async (order, query, files) => {
  if (!query.phrases.length) return order;
  const wanted = query.page * query.limit, kept = [];
  const most = Math.min(order.length, 120 + wanted);
  for (let read = 0; read < most; read += query.limit) {
    const next = order.slice(read, Math.min(most, read + query.limit)), own = await Promise.all(next.map(({ number }) => standing(query.phrases, number, query, files, true)));
    for (let at = 0; at < next.length; at++) {
      if (kept.length === wanted) return [...kept, ...order.slice(read + at)];
      if (own[at] > 1) kept.push(next[at]);
    }
  }
  return kept;
};

const pageOf = async (order, query, files) => {
  const shown = order.slice((query.page - 1) * query.limit, query.page * query.limit), long = query.words.some((word) => [...word].length > 2);
  const made = await Promise.all(shown.map(async ({ number, score, claim }, at) => {
    if (claim > 1 && long) {
      const truth = await standing(query.words.map((word) => [word]), number, query, files, at < 5);
      score = score / claim * Math.min(truth, claim);
      claim = truth;
    }
    return { number, score, claim };
  }));
  return query.sort === "date" ? made : made.sort((one, two) => two.score - one.score);
};

// The rest of a long text is fetched where the wording stands in it, and for the first three hits if their beginnings show nothing.
const hitOf = async ({ number, score, claim }, at, words, query, files) => {
  const { head, more, ...record } = await files.record(number);
  const enough = claim > 1 ? holdsAll(head, query.words) : at > 2 || holdsAny(head, words), text = more && !enough ? await files.text(number) : head;
  return { ...record, score, heading: mark(record.title, words), snippet: passage(text, words) };
};

export const parse = (values) => {
  const text = values.get("q") ?? "";
  const filters = Object.fromEntries([...SINGLE, "person", "program", "tag"].filter((name) => values.get(name)).map((name) => [name, values.get(name)]));
  return {
    text: text.trim(), words: runs(text), phrases: phrases(text), place: values.get("in") || "all", sort: values.get("sort") || "relevance", filters,
    since: values.get("from"), until: values.get("to"),
    page: Math.max(1, +values.get("page") || 1), limit: +values.get("limit") || PAGE,
  };
};

export const answer = async (values, files) => {
  await files.ready(values.get("q") ?? "");
  const query = parse(values), joined = query.words.join(" ");
  let ranking = await rankWords(query.words, files, query.place), heard = [];
  const others = query.phrases.length ? [] : variants(joined, files.about.synonyms);
  for (const [text] of others) ranking = better(ranking, await rankWords(runs(text.slice(0, 100)), files, query.place), SYNONYM);
  const han = [...joined].filter((char) => char > "\x7f").length;
  if (ranking.best < 1 && !query.phrases.length && query.words.length && (han < 5 || ranking.best >= 0.25)) {
    [ranking, heard] = await bySound(query, files, ranking, { better, inTitle, rank, rankWords, rarity, telling, COVER, EXACT });
  }
  let kept = [...ranking.found.values()].filter(({ cover }) => cover >= enough(ranking.best));
  for (const phrase of query.phrases) {
    const { gathered, terms } = await gather(queryTerms(phrase, true), files, query.place);
    kept = kept.filter(({ number }) => Math.floor(gathered[number] / EXACT) % 64 === terms);
  }
  for (const test of await allowed(query, files)) kept = kept.filter(({ number }) => test(number));
  const age = ({ number }) => files.order[number];
  kept.sort(query.sort === "date" ? (one, two) => age(one) - age(two) : (one, two) => two.score - one.score || age(one) - age(two));
  let meant = "";
  if (heard.length && kept.length) {
    const { number } = kept[0], text = closed(fold(`${(await files.record(number)).title}\n${await files.text(number)}`));
    const found = heard.filter((steps) => steps[0].length).map((steps) => ([...steps[0][0]].length === 2 ? chain(steps, text) : steps[0][0]));
    meant = found.every(Boolean) && found.join(" ") !== joined ? found.join(" ") : "";
  }
  const order = await proven(kept, query, files);
  const words = [...new Set([...query.words, ...others.flatMap(([text]) => runs(text.slice(0, 100))), ...meant.split(" ").filter(Boolean)])];
  const hits = await Promise.all((await pageOf(order, query, files)).map((one, at) => hitOf(one, at, words, query, files)));
  return {
    query: query.text, total: order.length, hits, suggestion: meant, notes: [...new Set(others.map(([, own]) => note(own)).filter(Boolean))],
    page: query.page, pages: Math.max(1, Math.ceil(order.length / query.limit)), numbers: order.map(({ number }) => number),
  };
};

const counted = (codes, names, order) => {
  const counts = new Map();
  for (const code of codes) if (code >= 0) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].map(([code, count]) => ({ key: names[code][0], title: names[code][1], count }))
    .sort(order ?? ((one, two) => two.count - one.count || (one.key < two.key ? -1 : 1))).slice(0, 12);
};

export const facets = async (numbers, files) => {
  const columns = await files.columns(), of = (name, order) => counted(numbers.map((number) => columns[name][number] - 1), columns.names[name], order);
  return { section: of("section"), type: of("type"), year: of("year", (one, two) => two.key - one.key) };
};

export const people = async (numbers, files) => {
  const { docs, codes, names } = await files.field("person"), inside = new Set(numbers);
  return counted(codes.filter((_, at) => inside.has(docs[at])), names);
};

// The person, program or column that is named; and phrases that begin like what was typed.
export const around = async (text, files) => {
  const words = runs(text), found = [], wanted = [...new Set([words.join(" "), ...words])].filter(Boolean).slice(0, 3);
  for (const word of wanted) {
    const own = (await files.phrases(initials(word)[0])).find(([name, , kind]) => fold(name) === word && FEATURED.includes(kind));
    if (own) found.push({ title: own[0], count: own[1], kind: own[2], url: own[3] });
  }
  const start = fold(text).replaceAll(" ", "");
  const begins = (name) => name !== start && (name.startsWith(start) || (/^[a-z]+$/.test(start) && initials(name).startsWith(start)));
  const suggested = start ? (await files.phrases(initials(start)[0])).filter(([name]) => begins(fold(name))).slice(0, 6).map(([name]) => name) : [];
  return { featured: found.slice(0, 2), suggested };
};
