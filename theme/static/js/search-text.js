// Text as the index sees it: folding, runs, sounds, passages. The twin of plugins/search/characters.py, analysis.py, snippets.py.
const WORD = "0-9a-z\\u00df-\\u00f6\\u00f8-\\u024f\\u0370-\\u03ff\\u0400-\\u052f\\u3005\\u3007\\u3041-\\u3096\\u30a1-\\u30fa" +
  "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3347f}";
const HAN = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3347f}";
const RUN = new RegExp(`[${WORD}]+`, "gu"), GAP = new RegExp(`[^${WORD}]+`, "gu");
const IDLE = new RegExp(`(?<=[${HAN}])[ \\t]+(?=[0-9a-z])|(?<=[0-9a-z])[ \\t]+(?=[${HAN}])`, "gu");
const LETTER = new RegExp(`[${HAN}]`, "u");
const QUOTED = /["“”「『]([^"“”「」『』]*)["“”」』]/g;
export const FORBIDDEN = /[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]|\p{Cs}/u;

export const tables = { sounds: new Map(), syllables: [], numbers: new Map(), also: new Map(), simple: null };

const gb = () => {
  const codes = [];
  for (let high = 0xb0; high < 0xf8; high++)
    for (let low = 0xa1; low < 0xff; low++) if (high !== 0xd7 || low < 0xfa) codes.push(high, low);
  return new TextDecoder("gbk").decode(new Uint8Array(codes));
};

export const readSounds = (octets) => {
  const end = octets.indexOf(10), rest = octets.subarray(end + 1), half = rest.length / 2;
  const [names, runs, also] = JSON.parse(new TextDecoder().decode(octets.subarray(0, end)));
  tables.syllables = names.split(" ");
  tables.syllables.forEach((name, at) => tables.numbers.set(name, at));
  for (const key in also) tables.also.set(tables.numbers.get(key), also[key].map((name) => tables.numbers.get(name)));
  const numbers = [];
  for (let at = 0; at < runs.length; at += 2) for (let left = runs[at + 1]; left; left--) numbers.push(runs[at]);
  for (let at = 0; at < half; at++) numbers.push(rest[at] + 256 * rest[half + at]);
  [...gb()].forEach((char, at) => tables.sounds.set(char, numbers[at]));
};

export const readFolding = (octets) => {
  const size = octets.length / 4, chars = [...gb()], wide = (at) => octets[at] | (octets[at + size] << 8);
  tables.simple = new Map();
  for (let at = 0, code = 0; at < size; at++) tables.simple.set(String.fromCodePoint((code += wide(at))), chars[wide(at + 2 * size)]);
};

export const needsFolding = (text) => !tables.simple && [...text].some((char) => LETTER.test(char) && !tables.sounds.has(char));
const exchange = (text) => (tables.simple ? Array.from(text, (char) => tables.simple.get(char) ?? char).join("") : text);
export const fold = (text) => exchange(text.normalize("NFKC").toLowerCase());
export const closed = (text) => text.replace(IDLE, "");
export const runs = (text) => closed(fold(text)).match(RUN) ?? [];
export const phrases = (text) => Array.from(text.matchAll(QUOTED), (match) => runs(match[1])).filter((phrase) => phrase.length);

export const sound = (char) => tables.sounds.get(char) ?? 512 + char.codePointAt(0);
const said = (text, name) => Array.from(text, (char) => (tables.sounds.has(char) ? name(tables.syllables[sound(char)]) : char)).join("");
export const pinyin = (text) => said(text, (name) => name);
export const initials = (text) => said(text, (name) => name[0]);

export const nextClass = (char) => { const code = char.codePointAt(0); return (code ^ (code >> 3) ^ (code >> 7)) & 3; };
export const bucketOf = (first, second, bits) => {
  if (!bits) return 0;
  let value = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 12)) >>> (32 - bits);
};
export const bucketOfTerm = (term, bits) => { const [one, two] = term; return bucketOf(sound(one), two ? sound(two) : 0xfffff, bits); };

export const queryTerms = (words, whole) => {
  const found = new Map();
  for (const word of words) {
    const chars = [...word], last = chars.length - 2, step = whole ? 1 : /^[a-z]+$/.test(word) ? 4 : chars.length > 10 ? 2 : 1; // fewer pairs of letters and of a long word
    for (let at = 0; at <= Math.max(0, last); at = at < last ? Math.min(at + step, last) : at + 1) {
      const text = chars.slice(at, at + 2).join("");
      if (!found.has(text)) found.set(text, chars[at + 2] ? nextClass(chars[at + 2]) : -1);
    }
  }
  return [...found];
};

// One character for one, so that places in the folded text are places in the text.
export const plain = (text) => exchange(Array.from(text, (char) => {
  const folded = char.normalize("NFKC").toLowerCase();
  return [...folded].length === 1 ? folded : char;
}).join(""));
export const stripped = (text) => "\n" + closed(plain(text)).replace(GAP, "\n") + "\n";

const LENGTH = 90, PIECE = /[^。！？；!?;\n]*[。！？；!?;\n”’）」』]*/g;
const pairsOf = (words) => words.flatMap((word) => [...word].slice(1).map((char, at) => [...word][at] + char));

export const mark = (text, words) => {
  const folded = plain(text), covered = new Uint8Array(folded.length);
  const missing = words.filter((word) => !folded.includes(word));
  for (const needle of [...words.filter((word) => folded.includes(word)), ...missing, ...pairsOf(missing)])
    for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) covered.fill(1, at, at + needle.length);
  const made = [];
  for (let at = 0, start = 0; at < text.length; at++)
    if (at + 1 === text.length || covered[at + 1] !== covered[at]) { made.push([text.slice(start, at + 1), !!covered[at]]); start = at + 1; }
  return made;
};

export const holdsAll = (text, words) => { const folded = plain(text); return words.every((word) => folded.includes(word)); };
export const holdsAny = (text, words) => { const folded = plain(text); return [...words, ...pairsOf(words)].some((needle) => folded.includes(needle)); };

const worth = (folded, words) => words.reduce((sum, word) =>
  sum + (folded.includes(word) ? [...word].length ** 2 * 4 : new Set(pairsOf([word]).filter((pair) => folded.includes(pair))).size), 0);

const shorten = (pieces, most) => {
  let first = 0;
  for (const [text, marked] of pieces) { if (marked) break; first += text.length; }
  const skip = first > most * 0.75 ? Math.max(0, first - (most >> 1)) : 0, made = skip ? [["…", false]] : [];
  let at = 0, left = most;
  for (const [text, marked] of pieces) {
    const part = text.slice(Math.max(0, skip - at)).slice(0, left);
    at += text.length;
    left -= part.length;
    if (part) made.push([part, marked]);
    if (left <= 0) { made.push(["…", false]); break; }
  }
  return made;
};

export const passage = (text, words) => {
  const spans = [...text.matchAll(PIECE)].filter((match) => match[0].trim()).map((match) => [match.index, match.index + match[0].length]);
  if (!spans.length) return [];
  const folded = plain(text);
  let best = 0, value = -1;
  spans.forEach(([start, end], at) => { const own = worth(folded.slice(start, end), words); if (own > value) { best = at; value = own; } });
  let [start, end] = spans[best];
  for (let at = best + 1; end - start < LENGTH && at < spans.length; at++) end = spans[at][1];
  return shorten(mark(text.slice(start, end).trim().split(/\s+/).join(" "), words), LENGTH * 2);
};
