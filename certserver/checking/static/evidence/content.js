// The canonical content of one printed page, as proto/koufu/evidence/content.py has it.

import { Malformed, Reader, Writer } from "./bytes.js";
import { readBitmap, writeBitmap } from "./bitmap.js";
import { parsedNumber } from "./numbers.js";

const DOMAIN = "koufu/page/3";
export const HASH_BYTES = 32;
const MAX_PAGES = 99;
const MAX_ENTRIES = 512;
const MAX_PICTURES = 4;
const MAX_NAME = 64;
const MAX_LABEL = 512;

/** The text of an entry that stands on the page and that the municipality does not sign. */
export const NOT_COVERED = "【署名の対象外】";

/** The name of the picture of a registered seal. */
export const REGISTERED_SEAL = "imprint";

/** Every kind of certificate there is (CertificateKind). */
export const KINDS = Object.freeze([
  ...["residence", "residence-items", "seal-registration", "koseki-full", "koseki-individual", "koseki-supplement"],
  ...["income-tax", "non-taxation", "tax-payment", "disaster-victim"],
]);

/** The page in these bytes. Throws `Malformed`. */
export function parsedContent(evidence) {
  const reader = new Reader(DOMAIN, evidence);
  const content = {
    municipality: reader.text(6),
    kind: kindOf(reader.text(32)),
    form: reader.text(64),
    bundle: reader.exactly(HASH_BYTES),
    documentNo: parsedNumber(reader.text(16)),
    page: reader.number(MAX_PAGES),
    pages: reader.number(MAX_PAGES),
    previous: reader.exactly(HASH_BYTES),
    issuedAt: reader.instant(),
    ground: reader.text(MAX_NAME),
    entries: reader.several(MAX_ENTRIES, () => ({
      name: reader.text(MAX_NAME),
      label: reader.text(MAX_LABEL),
      text: reader.text(),
    })),
    pictures: reader.several(MAX_PICTURES, () => ({ name: reader.text(MAX_NAME), bitmap: readBitmap(reader) })),
  };
  reader.finish();
  if (content.page < 1 || content.page > content.pages) throw new Malformed("an impossible page number");
  if ((content.page === 1) !== content.previous.every((byte) => byte === 0))
    throw new Malformed("only the first page of a document has none before it");
  for (const named of [content.entries, content.pictures])
    if (new Set(named.map((one) => one.name)).size !== named.length) throw new Malformed("a page says one thing twice");
  return content;
}

/** The canonical bytes of a page. */
export function contentBytes(content) {
  const writer = new Writer(DOMAIN);
  writer.text(content.municipality);
  writer.text(content.kind);
  writer.text(content.form);
  writer.raw(content.bundle);
  writer.text(content.documentNo);
  writer.number(content.page);
  writer.number(content.pages);
  writer.raw(content.previous);
  writer.number(content.issuedAt);
  writer.text(content.ground);
  writer.number(content.entries.length);
  for (const entry of content.entries) {
    writer.text(entry.name);
    writer.text(entry.label);
    writer.text(entry.text);
  }
  writer.number(content.pictures.length);
  for (const picture of content.pictures) {
    writer.text(picture.name);
    writeBitmap(writer, picture.bitmap);
  }
  return writer.done();
}

function kindOf(text) {
  if (!KINDS.includes(text)) throw new Malformed("a kind of certificate that there is not");
  return text;
}
