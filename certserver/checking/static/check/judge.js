// Is this document true: the same as certserver/verify/judge.py says of codes that were found. Holds seal codes against
// the keys, faces against backs, and pages against each other. A doubt is never good.

import { Malformed, equal, hex, sha256 } from "../evidence/bytes.js";
import { contentBytes } from "../evidence/content.js";
import { BUNDLE_PREFIX_BYTES, CONTENT_PREFIX_BYTES } from "../evidence/facecode.js";
import { BadSignature, keyIdOf, openedPayload } from "../evidence/sealcode.js";
import { standing } from "../evidence/trustlist.js";

/** Reasons that say nothing against the document; all others do. */
const NOTHING_SAID = new Set([
  ...["no-code", "no-face", "no-seal-code", "broken-seal-code", "page-missing"],
  ...["trust-list-forged", "trust-list-malformed", "trust-list-older", "trust-list-not-yet-valid", "trust-list-expired"],
]);

/** Whether a reason speaks against a document. */
export function speaksAgainst(reason) {
  return !NOTHING_SAID.has(reason);
}

/** Keys by their id, each with its signatory. */
export function trustedKeys(trustList) {
  return new Map(
    trustList.signatories.flatMap((signatory) => signatory.keys.map((key) => [key.id, { key, signatory }])),
  );
}

/** Judges codes by picture, `{faces, sealCode: {header, payload} | null, broken}`: verdict, document number, how many
 * pages it has, doubts `{reason, page}` (page null: the whole), and the signed pages, each with its hash and signatory. */
export async function judge(found, keys) {
  const doubts = [];
  const faces = new Map();
  const pages = new Map();
  for (const picture of found) {
    for (const face of picture.faces) faces.set(face.key, face);
    if (picture.broken) doubts.push({ reason: "broken-seal-code", page: null });
    if (!picture.sealCode) continue;
    const opened = await openedPage(picture.sealCode, keys);
    if (opened.reason) {
      doubts.push({ reason: opened.reason, page: picture.sealCode.header.page });
      continue;
    }
    const { page } = opened.content;
    if (!pages.has(page)) pages.set(page, opened);
    else if (pages.get(page).content.documentNo !== opened.content.documentNo)
      doubts.push({ reason: "several-documents", page: null });
    else if (!equal(pages.get(page).bytes, opened.bytes)) doubts.push({ reason: "two-backs", page });
  }
  const inOrder = [...pages.values()].sort((a, b) => a.content.page - b.content.page);
  if (!inOrder.length) {
    if (!doubts.length) doubts.push({ reason: faces.size ? "no-seal-code" : "no-code", page: null });
    return findings(doubts, []);
  }
  doubts.push(...doubtsBetween(inOrder));
  doubts.push(...doubtsAboutFaces(inOrder, [...faces.values()]));
  return findings(doubts, inOrder);
}

function findings(doubts, pages) {
  const different = [...new Map(doubts.map((doubt) => [`${doubt.reason} ${doubt.page}`, doubt])).values()];
  const against = different.some((doubt) => speaksAgainst(doubt.reason));
  return {
    verdict: against ? "bad" : different.length ? "unreadable" : "good",
    documentNo: pages.length ? pages[0].content.documentNo : null,
    pages: pages.length ? pages[0].content.pages : 0,
    doubts: different,
    contents: pages,
  };
}

/** The signed page of a back, or the reason why there is none. */
async function openedPage({ header, payload }, keys) {
  const trusted = keys.get(hex(keyIdOf(payload)));
  if (!trusted) return { reason: "unknown-key" };
  let content;
  try {
    content = await openedPayload(payload, trusted.key.raw);
  } catch (error) {
    if (error instanceof BadSignature) return { reason: "wrong-signature" };
    if (error instanceof Malformed) return { reason: "wrong-content" };
    throw error;
  }
  if (trusted.signatory.municipality !== content.municipality) return { reason: "key-of-another-municipality" };
  // The instant that was signed counts: paper outlives its key, and a key signs nothing before or after its time.
  const counts = standing(trusted.key, content.issuedAt);
  if (counts !== "speaks") return { reason: `key-${counts}` };
  if (["documentNo", "page", "pages"].some((field) => content[field] !== header[field]))
    return { reason: "wrong-content" };
  const bytes = contentBytes(content);
  return { content, bytes, hash: await sha256(bytes), signatory: trusted.signatory };
}

function doubtsBetween(pages) {
  const first = pages[0].content;
  if (new Set(pages.map(({ content }) => content.documentNo)).size !== 1)
    return [{ reason: "several-documents", page: null }];
  const shared = ({ municipality, kind, form, bundle, pages: count, issuedAt, ground }) =>
    [municipality, kind, form, hex(bundle), count, issuedAt, ground].join("\0");
  const doubts = pages
    .slice(1)
    .filter(({ content }) => shared(content) !== shared(first))
    .map(({ content }) => ({ reason: "pages-differ", page: content.page }));
  const before = new Map(pages.map(({ content, hash }) => [content.page + 1, hash]));
  for (const { content } of pages)
    if (!equal(before.get(content.page) ?? content.previous, content.previous))
      doubts.push({ reason: "pages-differ", page: content.page });
  const there = new Set(pages.map(({ content }) => content.page));
  for (let page = 1; page <= first.pages; page += 1)
    if (!there.has(page)) doubts.push({ reason: "page-missing", page });
  return doubts;
}

/** Each page has one face, and its code names the signed content of this page, and so all pages before it. */
function doubtsAboutFaces(pages, faces) {
  const doubts = [];
  const backs = new Map(pages.map((back) => [back.content.page, back]));
  const { documentNo, pages: count } = pages[0].content;
  const seen = new Set();
  for (const face of faces.sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (seen.has(face.page)) doubts.push({ reason: "two-faces", page: face.page });
    seen.add(face.page);
    const back = backs.get(face.page);
    const ofDocument = face.documentNo === documentNo && face.pages === count && face.page <= count;
    if (!ofDocument || (back && !belongs(face, back))) doubts.push({ reason: "face-of-another", page: face.page });
  }
  const missing = pages.filter(({ content }) => !seen.has(content.page));
  return [...doubts, ...missing.map(({ content }) => ({ reason: "no-face", page: content.page }))];
}

function belongs(face, { content, hash }) {
  return (
    face.municipality === content.municipality &&
    face.documentNo === content.documentNo &&
    face.pages === content.pages &&
    face.contentPrefix === hex(hash.subarray(0, CONTENT_PREFIX_BYTES)) &&
    face.bundlePrefix === hex(content.bundle.subarray(0, BUNDLE_PREFIX_BYTES))
  );
}
