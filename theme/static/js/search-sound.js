// Search by sound, fetched only when nothing holds everything as written; the twin of plugins/search/sound.py.
import { LONG } from "./search-files.js";
import { fold, initials, nextClass, runs, sound, tables } from "./search-text.js";

const CHAINED = 2, HEARD = 0.8, LEAST_HEARD = 0.7, CANDIDATES = 12, MOST_STEPS = 15;

const spell = (letters) => {
  const best = [...Array(letters.length).fill(null), []];
  for (let at = letters.length - 1; at >= 0; at--)
    for (let end = Math.min(letters.length, at + 6); end > at; end--) {
      const number = tables.numbers.get(letters.slice(at, end));
      if (best[end] && number !== undefined && (!best[at] || best[end].length + 1 < best[at].length)) best[at] = [number, ...best[end]];
    }
  return best[0] ?? [];
};

const hearable = (words) => {
  const made = [];
  let before = false;
  for (const word of words) {
    const spelled = /^[a-z]+$/.test(word);
    const heard = spelled ? spell(word).map((number) => [number, true]) : Array.from(word, (char) => [sound(char), false]);
    if (spelled && before && made.length && heard.length) made.push([...made.pop(), ...heard]);
    else if (heard.length) made.push(heard);
    before = spelled && heard.length > 0;
  }
  return made;
};

const candidates = async (sequence, files) => {
  const steps = await Promise.all(sequence.slice(1).map(async (second, at) => {
    const first = sequence[at], filed = ([number, spelled]) => [number, ...(spelled ? tables.also.get(number) ?? [] : [])];
    const keys = filed(first).flatMap((one) => filed(second).map((two) => [one, two])).slice(0, 2);
    return new Map((await Promise.all(keys.map(([one, two]) => files.heard(one, two)))).flatMap((found) => [...found]));
  }));
  const kept = steps.map((step) => [...step.keys()].map((term) => [...term]));
  const fit = (at, back, own, other) => {
    const meeting = new Set(kept[back].map((term) => term[other])), fitting = kept[at].filter((term) => meeting.has(term[own]));
    if (fitting.length) kept[at] = fitting;
  };
  for (let at = 1; at < kept.length; at++) fit(at, at - 1, 0, 1);
  for (let at = kept.length - 2; at >= 0; at--) fit(at, at + 1, 1, 0);
  return kept.map((own, at) => {
    const size = (term) => steps[at].get(term), terms = own.map((term) => term.join("")).sort((a, b) => size(b) - size(a) || (a < b ? -1 : 1));
    const names = [...terms.filter((term) => size(term) >= LONG).slice(0, 2), ...terms.filter((term) => size(term) < LONG)].slice(0, CANDIDATES);
    return [names, names.reduce((sum, term) => sum + size(term), 0)];
  });
};

const rankHeard = async (words, files, place, { inTitle, rank, rarity, telling, COVER, EXACT }) => {
  const heard = hearable(words).filter((own) => own.length > 1), chosen = [], gathered = new Float64Array(files.slots), later = new Float64Array(files.slots);
  if (!heard.length || heard.reduce((sum, own) => sum + own.length - 1, 0) > MOST_STEPS) return [{ found: new Map(), best: 0 }, []];
  const steps = await Promise.all(heard.map((own) => candidates(own, files))), sizes = steps.flatMap((own) => own.map(([, size]) => size));
  const asked = telling(sizes);
  let total = 0, count = 0, step = 0;
  for (const own of steps) {
    let before = null;
    for (const [terms] of own) {
      if (!asked.has(step++)) { before = null; continue; }
      const level = new Float64Array(files.slots), alive = new Uint8Array(files.slots), after = new Map();
      const lists = await Promise.all(terms.map((term) => files.find(term)));
      let unknown = files.slots, having = 0;
      terms.forEach((term, at) => {
        const { docs, loads, size, last } = place === "title" ? inTitle(lists[at]) : lists[at], [one, two] = term, reached = new Uint8Array(files.slots);
        having += size - docs.length;
        const links = before && [...before].filter(([other]) => [...other][1] === one).map(([, classes]) => classes), kind = 1 << nextClass(two);
        for (let place = 0; place < docs.length; place++) {
          const number = docs[place], linked = !links || links.some((classes) => classes[number] & kind);
          level[number] = Math.max(level[number], 2 * (loads[place] & 7) + 1);
          if (linked) { alive[number] = 1; reached[number] = loads[place] >> 4; }
        }
        if (last >= 0) { // a list cut short, as in the plan
          unknown = Math.min(unknown, last + 1);
          reached.fill(15, last + 1);
        }
        after.set(term, reached);
      });
      const weight = rarity(files.about.documents, level.reduce((sum, value) => sum + (value > 0), having));
      total += weight;
      count++;
      for (let number = 0; number < files.slots; number++) {
        if (level[number]) gathered[number] += weight * level[number] + weight * COVER + alive[number] * EXACT;
        else if (number >= unknown) later[number] += weight + weight * COVER + EXACT;
      }
      before = after;
    }
    chosen.push(own.map(([terms]) => terms));
  }
  gathered.forEach((sum, number) => { if (sum) gathered[number] += later[number]; });
  const made = rank({ gathered, total, terms: count }, CHAINED);
  for (const [number, { cover }] of made.found) if (cover < LEAST_HEARD) made.found.delete(number);
  return [made, chosen];
};

export const chain = (steps, text) => {
  let chains = [""];
  for (const terms of steps) {
    chains = chains.flatMap((own) => terms.filter((term) => !own || [...own].at(-1) === [...term][0]).map((term) => (own ? own + [...term][1] : term)));
    chains = chains.filter((own) => text.includes(own));
  }
  return chains[0] ?? "";
};

export const bySound = async (query, files, ranking, plan) => {
  const { better, rankWords } = plan;
  const letters = query.words.join("");
  if (/^[\x00-\x7f]{2,}$/.test(letters)) {
    const phrase = (await files.phrases(letters[0])).find(([text]) => initials(fold(text)) === letters);
    if (phrase) {
      const text = fold(phrase[0]);
      return [better(ranking, await rankWords(runs(text.slice(0, 100)), files, query.place), HEARD), [[[text]]]];
    }
  }
  const [made, heard] = await rankHeard(query.words, files, query.place, plan);
  return [better(ranking, made, HEARD), heard];
};
