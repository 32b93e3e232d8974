// The one byte encoding of all evidence, as proto/koufu/evidence/codec.py has it: a domain string, then fields in a fixed
// order, each behind its length. A reader stops at the first byte that is not exactly what was announced.

/** Most bytes of one piece of evidence that a reader looks at. */
export const MAX_EVIDENCE = 65_536;

const LENGTH_BYTES = 4;
const NUMBER_BYTES = 8;
const LARGEST = 2n ** 64n - 1n;

/** The bytes are not what they claim to be. */
export class Malformed extends Error {}

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Whether two arrays of bytes are the same. */
export function equal(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Bytes in hex. */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes from hex. Throws `Malformed`. */
export function fromHex(text) {
  if (!/^([0-9a-f]{2})*$/.test(text)) throw new Malformed("not hex");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** Arrays of bytes, one behind the other. */
export function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The SHA-256 of bytes. */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

/** A big-endian whole number of at most 6 bytes. */
export function wholeNumber(bytes) {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as zlib has it. */
export function crc32(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC[(value ^ byte) & 0xff] ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** Takes fields in the order they were written. Every method throws `Malformed` on anything unexpected. */
export class Reader {
  #evidence;
  #at = 0;

  constructor(domain, evidence, limit = MAX_EVIDENCE) {
    if (evidence.length > limit) throw new Malformed("evidence is over its limit");
    this.#evidence = evidence;
    if (this.text(64) !== domain) throw new Malformed("evidence is of another domain");
  }

  /** The next field, of at most `limit` bytes. */
  raw(limit = MAX_EVIDENCE) {
    const start = this.#at + LENGTH_BYTES;
    if (start > this.#evidence.length) throw new Malformed("evidence ends inside a length");
    const length = wholeNumber(this.#evidence.subarray(this.#at, start));
    if (length > limit || start + length > this.#evidence.length) throw new Malformed("a field is longer than it may be");
    this.#at = start + length;
    return this.#evidence.subarray(start, this.#at);
  }

  /** The next field, of just so many bytes. */
  exactly(length) {
    const field = this.raw();
    if (field.length !== length) throw new Malformed("a field has another length than it must");
    return field;
  }

  /** The next field as UTF-8 of at most `limit` bytes. */
  text(limit = 4096) {
    const field = this.raw(limit);
    try {
      return strict.decode(field);
    } catch {
      throw new Malformed("a text is not UTF-8");
    }
  }

  /** The next field as a whole number up to 2^64 - 1: an instant, as BigInt. */
  instant() {
    const field = this.exactly(NUMBER_BYTES);
    return new DataView(field.buffer, field.byteOffset, NUMBER_BYTES).getBigUint64(0);
  }

  /** The next field as a whole number of at most `limit`. */
  number(limit) {
    const value = this.instant();
    if (value > BigInt(limit)) throw new Malformed("a number is over its limit");
    return Number(value);
  }

  /** At most `most` things in a row, behind their count. */
  several(most, read) {
    return Array.from({ length: this.number(most) }, () => read(this));
  }

  /** Says that nothing may follow. */
  finish() {
    if (this.#at !== this.#evidence.length) throw new Malformed("evidence goes on after its last field");
  }
}

/** Collects fields; `done` gives the bytes. */
export class Writer {
  #parts = [];

  constructor(domain) {
    this.text(domain);
  }

  /** Adds bytes as they are. */
  raw(value) {
    const length = new Uint8Array(LENGTH_BYTES);
    new DataView(length.buffer).setUint32(0, value.length);
    this.#parts.push(length, value);
  }

  /** Adds a text as UTF-8, never normalised. */
  text(value) {
    this.raw(encoder.encode(value));
  }

  /** Adds a whole number from 0 to 2^64 - 1. */
  number(value) {
    const wide = BigInt(value);
    if (wide < 0n || wide > LARGEST) throw new RangeError("a number of evidence has 8 bytes");
    const bytes = new Uint8Array(NUMBER_BYTES);
    new DataView(bytes.buffer).setBigUint64(0, wide);
    this.raw(bytes);
  }

  /** The evidence. */
  done() {
    return joined(this.#parts);
  }
}
