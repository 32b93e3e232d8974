// The seal code on the back, as proto/koufu/evidence/sealcode.py has it: symbols with a 26-byte header each, joined to
// the signed payload, and the page's content out of that.

import { MAX_EVIDENCE, Malformed, crc32, equal, joined, wholeNumber } from "./bytes.js";
import { parsedContent } from "./content.js";
import { parityOf, restored } from "./erasure.js";
import { unpackedNumber } from "./numbers.js";

const MAGIC = [0x4b, 0x53];
const VERSION = 2;
const HEADER_BYTES = 26;
const MOST_IN_FOUR = 5120;
const MOST_BYTES = 6594;
const SIGNATURE_BYTES = 64;
export const KEY_ID_BYTES = 8;
const SEAL_DOMAIN = new TextEncoder().encode("koufu/seal/1\0");

/** A signature that the stated key did not make. */
export class BadSignature extends Error {}

function cutOf(length) {
  if (length < 1 || length > MOST_BYTES) return null;
  return length <= MOST_IN_FOUR ? { data: 3, parity: 1 } : { data: 6, parity: 2 };
}

/** Whether these bytes claim to be a symbol of a seal code. */
export function isSealSymbol(symbol) {
  return symbol[0] === MAGIC[0] && symbol[1] === MAGIC[1];
}

/** What the header of a symbol says, with its chunk. Throws `Malformed`. */
export function readSymbol(symbol) {
  if (symbol.length < HEADER_BYTES || !isSealSymbol(symbol) || symbol[2] !== VERSION)
    throw new Malformed("this is not a symbol of a seal code");
  const head = symbol.subarray(0, HEADER_BYTES - 4);
  const chunk = symbol.subarray(HEADER_BYTES);
  if (crc32(joined([head, chunk])) !== wholeNumber(symbol.subarray(HEADER_BYTES - 4, HEADER_BYTES)))
    throw new Malformed("a symbol of the seal code was damaged");
  const length = wholeNumber(head.subarray(18, 22));
  const cut = cutOf(length);
  // Nothing is allotted by what a header says: only the one cut there is for a length is read, with its own chunks.
  if (!cut || cut.data !== head[4] || cut.parity !== head[5] || chunk.length !== Math.ceil(length / cut.data))
    throw new Malformed("a symbol of the seal code has an impossible length");
  const [part, page, pages] = [head[3], head[16], head[17]];
  if (part >= cut.data + cut.parity || page < 1 || page > pages) throw new Malformed("an impossible number");
  return { documentNo: unpackedNumber(head.subarray(6, 16)), page, pages, part, cut, length, chunk };
}

/** Any header of the page and its whole payload, from at least as many different symbols of one page as it has of data,
 * in any order. Throws `Malformed`. */
export function join(symbols) {
  const read = symbols.map(readSymbol);
  if (!read.length) throw new Malformed("no symbol of a seal code was found");
  const header = read[0];
  for (const other of read)
    if (["documentNo", "page", "pages", "length"].some((field) => other[field] !== header[field]))
      throw new Malformed("the symbols belong to different pages");
  const parts = new Map(read.map((other) => [other.part, other.chunk]));
  if (read.some((other) => !equal(parts.get(other.part), other.chunk)))
    throw new Malformed("two symbols claim to be the same part of a page");
  const { data, parity } = header.cut;
  if (parts.size < data) throw new Malformed("too few symbols were read");
  const chunks = restored(parts, data, parity);
  const whole = [...chunks, ...parityOf(chunks, parity)];
  const payload = joined(chunks);
  if ([...parts].some(([part, chunk]) => !equal(whole[part], chunk)) || payload.subarray(header.length).some(Boolean))
    throw new Malformed("the symbols contradict each other");
  return { header, payload: payload.slice(0, header.length) };
}

/** Which key a payload names. */
export function keyIdOf(payload) {
  return payload.slice(0, KEY_ID_BYTES);
}

/** The page's content, after its signature held under a raw Ed25519 key. Throws `BadSignature` or `Malformed`. */
export async function openedPayload(payload, rawKey) {
  const signature = payload.subarray(KEY_ID_BYTES, KEY_ID_BYTES + SIGNATURE_BYTES);
  const deflated = payload.subarray(KEY_ID_BYTES + SIGNATURE_BYTES);
  if (!(await signed(rawKey, signature, joined([SEAL_DOMAIN, deflated]))))
    throw new BadSignature("the municipality's key did not sign this page");
  return parsedContent(await inflated(deflated));
}

/** Whether a raw Ed25519 key signed these bytes. */
export async function signed(rawKey, signature, evidence) {
  if (signature.length !== SIGNATURE_BYTES) return false;
  try {
    const key = await crypto.subtle.importKey("raw", rawKey, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", key, signature, evidence);
  } catch (error) {
    // A browser without Ed25519 must not look like a forged signature.
    if (error.name === "NotSupportedError") throw error;
    return false;
  }
}

/** What was deflated, never more than evidence may have. A full measure is refused as Python's zlib refuses it: it
 * stops there without having seen the end. */
async function inflated(deflated) {
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"));
  const reader = stream.getReader();
  const parts = [];
  let length = 0;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return joined(parts);
      length += value.length;
      if (length >= MAX_EVIDENCE) throw new Malformed("the content is longer than it may be");
      parts.push(value);
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    throw error instanceof Malformed ? error : new Malformed("the content of the seal code is damaged");
  }
}
