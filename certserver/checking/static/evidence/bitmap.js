// 1-bit pictures in evidence, as proto/koufu/evidence/bitmap.py has them: each row is told by how its edges moved against
// the row above. A picture has exactly one such form; any other is malformed.

import { Malformed, equal } from "./bytes.js";

const MAX_SIDE = 1200;
const MAX_CODED = 65_536;
const SAME = 0;
const OTHER = 1;
const FARTHEST = 8;
const STILL = 16;
const MORE = 255;

/** The next picture of a reader: width and height in dots, `rows` the columns of the edges of each row, and its code. */
export function readBitmap(reader) {
  const width = reader.number(MAX_SIDE);
  const height = reader.number(MAX_SIDE);
  const code = reader.raw(MAX_CODED);
  if (!width || !height) throw new Malformed("a picture has no dots");
  return { width, height, rows: decoded(width, height, code), code };
}

/** Adds a picture to a writer. */
export function writeBitmap(writer, bitmap) {
  writer.number(bitmap.width);
  writer.number(bitmap.height);
  writer.raw(bitmap.code);
}

function decoded(width, height, code) {
  const numbers = new Numbers(code);
  const rows = [];
  let above = [];
  for (let row = 0; row < height; row += 1) {
    above = readRow(numbers, above);
    const bounded = [-1, ...above, width];
    if (bounded.some((edge, at) => at > 0 && edge <= bounded[at - 1])) throw new Malformed("edges are out of order");
    rows.push(above);
  }
  if (!equal(coded(rows), code)) throw new Malformed("a picture is not told in its one form");
  return rows;
}

class Numbers {
  #code;
  #at = 0;

  constructor(code) {
    this.#code = code;
  }

  byte() {
    if (this.#at >= this.#code.length) throw new Malformed("a picture has fewer rows than it says");
    this.#at += 1;
    return this.#code[this.#at - 1];
  }

  number() {
    let number = 0;
    let part;
    while ((part = this.byte()) === MORE) number += part;
    return number + part;
  }
}

function readRow(numbers, above) {
  const moved = (before) => before + numbers.byte() - STILL;
  if (numbers.byte() === SAME) return above.map(moved);
  const [left, right, count] = [numbers.number(), numbers.number(), numbers.number()];
  if (left + right > above.length || count > MAX_SIDE) throw new Malformed("a row keeps to edges that are not there");
  const edges = above.slice(0, left).map(moved);
  let last = edges.at(-1) ?? 0;
  for (let at = 0; at < count; at += 1) {
    last += numbers.number();
    edges.push(last);
  }
  return [...edges, ...above.slice(above.length - right).map(moved)];
}

function coded(rows) {
  const out = [];
  let above = [];
  for (const edges of rows) {
    const moves = edges.map((edge, at) => edge - above[at]);
    if (edges.length === above.length && moves.every((move) => Math.abs(move) <= FARTHEST))
      out.push(SAME, ...moves.map((move) => STILL + move));
    else writeOther(out, edges, above);
    above = edges;
  }
  return Uint8Array.from(out);
}

function writeOther(out, edges, above) {
  const most = Math.min(edges.length, above.length);
  const near = (a, b) => Math.abs(a - b) <= FARTHEST;
  let left = 0;
  let right = 0;
  while (left < most && near(edges[left], above[left])) left += 1;
  while (right < most - left && near(edges.at(-1 - right), above.at(-1 - right))) right += 1;
  const fresh = edges.slice(left, edges.length - right);
  out.push(OTHER);
  for (const number of [left, right, fresh.length]) writeNumber(out, number);
  for (let at = 0; at < left; at += 1) out.push(STILL + edges[at] - above[at]);
  let last = left ? edges[left - 1] : 0;
  for (const edge of fresh) {
    writeNumber(out, edge - last);
    last = edge;
  }
  for (let at = right; at > 0; at -= 1) out.push(STILL + edges.at(-at) - above.at(-at));
}

function writeNumber(out, number) {
  let rest = number;
  for (; rest >= MORE; rest -= MORE) out.push(MORE);
  out.push(rest);
}
