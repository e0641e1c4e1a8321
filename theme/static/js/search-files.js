// Reads the static files of the index: slices of the segments that the service maps. The twin of plugins/search/packing.py.
import { bucketOf, bucketOfTerm, fold, initials, needsFolding, readFolding, readSounds, sound } from "./search-text.js";

const OWN_BLOB = 0x80000000;
const MAYBE = 0.05; // the share of older documents from which a list that was cut short says of each that it may have the term
export const LONG = 600;

const inflate = async (stream) => new Uint8Array(await new Response(stream.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer());
const headed = (octets) => {
  const end = octets.indexOf(10);
  return [JSON.parse(new TextDecoder().decode(octets.subarray(0, end))), octets.subarray(end + 1)];
};
const decoded = (octets) => (octets[0] === 255 ? new TextDecoder().decode(octets.subarray(1)) : new TextDecoder("gb18030").decode(octets));
const wide = (octets, at, size) => Uint16Array.from({ length: size }, (_, place) => octets[at + place] | (octets[at + size + place] << 8));

const undoGaps = (octets, start, total, size, planes) => {
  const docs = new Uint32Array(size);
  for (let at = 0, number = 0; at < size; at++) {
    for (let plane = 0; plane < planes; plane++) number += octets[plane * total + start + at] << (8 * plane);
    docs[at] = number;
  }
  return docs;
};

class Segment {
  constructor(files, { folder, count, bits, deleted }, offset) {
    Object.assign(this, { files, folder, count, bits, offset, gone: new Set(deleted), buckets: new Map(), lists: new Map() });
  }

  get(name) { return this.files.get(`${this.folder}/${name}`); }
  path(number, rest) { return `b/${(number >> 8).toString(16).padStart(2, "0")}/${number}${rest}.bin`; }

  bucket(number) {
    if (!this.buckets.has(number)) this.buckets.set(number, this.get(this.path(number, "")).then((octets) => {
      const view = new DataView(octets.buffer), count = view.getUint32(0, true), texts = view.getUint32(4, true), kind = view.getUint32(8, true), apart = kind >> 8;
      const names = new TextDecoder().decode(octets.subarray(12, 12 + texts)).split("\n"), terms = new Map();
      let start = 0, place = apart;
      for (let at = 0; at < count; at++) {
        const size = view.getUint32(12 + texts + 4 * at, true);
        if (size >= OWN_BLOB) terms.set(names[at], [size - OWN_BLOB, -1, place++]);
        else { terms.set(names[at], [size, start, -1]); start += size; }
      }
      return { terms, planes: kind & 255, body: apart ? null : octets.subarray(12 + texts + 4 * count) };
    }));
    return this.buckets.get(number);
  }

  async size(term) { return this.count ? (await this.bucket(bucketOfTerm(term, this.bits))).terms.get(term)?.[0] ?? 0 : 0; }

  async find(term) {
    const none = { docs: new Uint32Array(), loads: new Uint8Array(), size: 0, last: -1 };
    if (!this.count) return none;
    const number = bucketOfTerm(term, this.bits), { terms, planes, body: own } = await this.bucket(number);
    const [size, start, place] = terms.get(term) ?? [0, -1, -1];
    if (start >= 0) {
      const body = own ?? await this.get(this.path(number, "-0")), total = body.length / (planes + 1), at = planes * total + start;
      return { docs: undoGaps(body, start, total, size, planes), loads: body.subarray(at, at + size), size, last: -1 };
    }
    if (place < 0) return none;
    const octets = await this.get(this.path(number, `-${place}`)), total = octets.length / (planes + 1);
    const docs = undoGaps(octets, 0, total, total, planes);
    const last = docs[total - 1] ?? -1, rest = (size - total) / (this.count - last);
    return { docs, loads: octets.subarray(planes * total), size, last: rest > MAYBE ? last : -1 };
  }

  async heard(one, two) {
    if (!this.count) return [];
    const { terms } = await this.bucket(bucketOf(one, two, this.bits));
    return [...terms].filter(([term]) => { const [a, b] = term; return b && sound(a) === one && sound(b) === two; }).map(([term, [size]]) => [term, size]);
  }
}

export class Files {
  constructor(base) { this.base = base; this.kept = new Map(); this.bytes = 0; }

  get(name) {
    if (!this.kept.has(name)) {
      const made = this.load(name);
      made.catch(() => this.kept.delete(name));
      this.kept.set(name, made);
    }
    return this.kept.get(name);
  }

  async load(name) {
    const answer = await fetch(this.base + name);
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return inflate(answer.body);
  }

  async open() {
    const answer = await fetch(this.base + "current.json", { cache: "no-cache" });
    if (!answer.ok) throw new Error(`current.json: ${answer.status}`);
    this.about = await answer.json();
    readSounds(await this.get(this.about.sounds));
    this.slots = 0;
    this.segments = this.about.segments.map((own) => { const made = new Segment(this, own, this.slots); this.slots += own.count; return made; });
    this.alive = new Uint8Array(this.slots).fill(1);
    for (const own of this.segments) for (const at of own.gone) this.alive[own.offset + at] = 0;
    this.whole = this.about.documents === this.slots;
    this.order = new Uint32Array(this.slots);
    const first = this.segments[0].count, taken = new Set(this.about.ranks);
    for (let at = 0, rank = 0; at < first; rank++) if (!taken.has(rank)) this.order[at++] = rank;
    this.about.ranks.forEach((rank, at) => { this.order[first + at] = rank; });
    return this;
  }

  async ready(text) { if (needsFolding(text)) readFolding(await this.get(this.about.fold)); }

  async find(term) {
    const parts = await Promise.all(this.segments.map((own) => own.find(term)));
    if (parts.length === 1 && this.whole) return parts[0];
    const docs = [], loads = [];
    let size = 0;
    parts.forEach((part, at) => {
      size += part.size;
      part.docs.forEach((number, place) => {
        const own = number + this.segments[at].offset;
        if (this.alive[own]) { docs.push(own); loads.push(part.loads[place]); } else size--;
      });
    });
    return { docs, loads, size, last: parts[0].last };
  }

  async size(term) { return (await Promise.all(this.segments.map((own) => own.size(term)))).reduce((sum, size) => sum + size); }

  async heard(one, two) {
    const found = new Map();
    for (const own of await Promise.all(this.segments.map((segment) => segment.heard(one, two))))
      for (const [term, size] of own) found.set(term, (found.get(term) ?? 0) + size);
    return found;
  }

  home(number) {
    const own = this.segments.filter((segment) => segment.offset <= number).pop();
    return [own, number - own.offset];
  }

  async record(number) {
    const [own, at] = this.home(number);
    const text = decoded(await own.get(`r/${(at >> 8).toString(16).padStart(2, "0")}/${at}.bin`)), end = text.indexOf("\n");
    const [id, url, title, section, section_title, type, type_title, date, more] = JSON.parse(text.slice(0, end));
    return { id, url, title, section, section_title, type, type_title, date, more, head: text.slice(end + 1) };
  }

  async text(number) {
    const record = await this.record(number), [own, at] = this.home(number);
    if (!record.more) return record.head;
    return record.head + decoded(await own.get(`r/${(at >> 8).toString(16).padStart(2, "0")}/${at}t.bin`));
  }

  // Section, type and year of every document; numbers begin with 1, 0 is none.
  async columns() {
    const made = { section: new Int32Array(this.slots), type: new Int32Array(this.slots), year: new Int32Array(this.slots), names: { section: [], type: [], year: [] } };
    for (const own of this.segments) {
      const [head, body] = headed(await own.get("columns.bin")), codes = wide(body, 0, own.count);
      ["section", "type"].forEach((name, place) => {
        const numbers = head.names[name].map((pair) => named(made.names[name], pair));
        codes.forEach((code, at) => { const value = head.pairs[code][place]; made[name][own.offset + at] = value && numbers[value - 1] + 1; });
      });
      for (const [year, first, last] of head.years) made.year.fill(named(made.names.year, [`${year}`, `${year}年`]) + 1, own.offset + first, own.offset + last);
    }
    return made;
  }

  async days() {
    const made = new Int32Array(this.slots);
    for (const own of this.segments) {
      const [{ dated, first }, body] = headed(await own.get("days.bin")), steps = wide(body, 0, dated);
      for (let at = 0, day = first; at < dated; at++) made[own.offset + at] = day -= steps[at];
    }
    return made;
  }

  // Documents and value numbers of a field that has several values: person, program or tag.
  async field(name) {
    const made = { docs: [], codes: [], names: [] };
    for (const own of this.segments) {
      const [{ sizes, names }, body] = headed(await own.get(name === "person" ? "people.bin" : "labels.bin"));
      let at = 0;
      for (const field in sizes) {
        const codes = wide(body, at + own.count, sizes[field]);
        if (field === name) {
          const numbers = names[name].map((pair) => named(made.names, pair));
          for (let number = 0, use = 0; number < own.count; number++)
            for (let left = body[at + number]; left; left--) { made.docs.push(own.offset + number); made.codes.push(numbers[codes[use++]]); }
        }
        at += own.count + 2 * sizes[field];
      }
    }
    return made;
  }

  // Phrases whose sound begins with the letter, most used first: [text, count, kind, url].
  async phrases(letter) {
    const found = new Map();
    for (const own of this.segments)
      for (const [text, count, kind, url] of JSON.parse(new TextDecoder().decode(await own.get(`lexicon/${/[a-z]/.test(letter) ? letter : "_"}.bin`))))
        found.set(text, [text, count + (found.get(text)?.[1] ?? 0), kind, url || (found.get(text)?.[3] ?? "")]);
    for (const word of this.about.hot) if (initials(fold(word))[0] === letter && !found.has(word)) found.set(word, [word, 1, "hot", ""]);
    return [...found.values()].sort((one, two) => two[1] - one[1] || (one[0] < two[0] ? -1 : 1));
  }
}

const named = (names, pair) => {
  const at = names.findIndex(([key]) => key === pair[0]);
  return at < 0 ? names.push(pair) - 1 : at;
};
