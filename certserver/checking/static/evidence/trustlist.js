// The signed trust list, as proto/koufu/evidence/trustlist.py has it: which keys speak for which municipality, and when.
// Instants are BigInt, in Unix seconds.

import { Malformed, Reader, hex, sha256 } from "./bytes.js";
import { HASH_BYTES } from "./content.js";
import { BadSignature, KEY_ID_BYTES, signed } from "./sealcode.js";

const DOMAIN = "koufu/trust/1";
const KEY_BYTES = 32;
const MAX_SIGNATORIES = 2000;
const MAX_KEYS = 64;
const MAX_BUNDLES = 512;
const MAX_TRUST_LIST = 8 * 1024 * 1024;
const REVOCATION_REASONS = ["ceased", "lost", "compromised"];

/** The list, after its signature held under the centre's raw key. Throws `BadSignature` or `Malformed`. */
export async function openedTrustList(evidence, signature, centre) {
  if (evidence.length > MAX_TRUST_LIST) throw new Malformed("a trust list is over its limit");
  if (!(await signed(centre, signature, evidence)))
    throw new BadSignature("the issuance centre's key did not sign this trust list");
  return parsedTrustList(evidence);
}

/** The list in these bytes; each key has its id in hex. Throws `Malformed`. */
export async function parsedTrustList(evidence) {
  const reader = new Reader(DOMAIN, evidence, MAX_TRUST_LIST);
  const [number, issuedAt, expiresAt] = [reader.instant(), reader.instant(), reader.instant()];
  if (number === 0n || issuedAt >= expiresAt) throw new Malformed("a trust list has no number, or no time");
  const signatories = reader.several(MAX_SIGNATORIES, readSignatory);
  reader.finish();
  const codes = signatories.map((signatory) => signatory.municipality);
  if (codes.some((code, at) => at > 0 && code <= codes[at - 1])) throw new Malformed("municipalities are out of order");
  const keys = signatories.flatMap((signatory) => signatory.keys);
  for (const key of keys) key.id = hex((await sha256(key.raw)).subarray(0, KEY_ID_BYTES));
  requireUnique(keys.map((key) => key.id));
  return { number, issuedAt, expiresAt, signatories };
}

/** What a key counts for in something that says it was signed at an instant. */
export function standing(key, at) {
  const { revocation } = key;
  if (revocation && (revocation.reason === "compromised" || at >= revocation.at)) return "revoked";
  if (at < key.period.since) return "not-yet-valid";
  if (key.period.until !== null && at >= key.period.until) return "expired";
  return "speaks";
}

function readSignatory(reader) {
  const municipality = reader.text(6);
  if (!/^[0-9]{6}$/.test(municipality)) throw new Malformed("a municipality has no code of 6 digits");
  const signatory = {
    municipality,
    name: reader.text(256),
    nameKana: reader.text(256),
    nameEn: reader.text(256),
    prefecture: reader.text(256),
    prefectureEn: reader.text(256),
    keys: reader.several(MAX_KEYS, readKey),
    bundles: reader.several(MAX_BUNDLES, () => ({ hash: hex(reader.exactly(HASH_BYTES)), period: readPeriod(reader) })),
  };
  requireUnique(signatory.bundles.map((bundle) => bundle.hash));
  return signatory;
}

function readKey(reader) {
  const key = { raw: reader.exactly(KEY_BYTES), period: readPeriod(reader), revocation: null };
  if (reader.number(1)) {
    const at = reader.instant();
    const reason = reader.text(16);
    if (!REVOCATION_REASONS.includes(reason)) throw new Malformed("a reason of revocation that there is not");
    key.revocation = { at, reason };
  }
  return key;
}

function readPeriod(reader) {
  const since = reader.instant();
  const until = reader.number(1) ? reader.instant() : null;
  if (until !== null && until < since) throw new Malformed("a period ends before it begins");
  return { since, until };
}

function requireUnique(values) {
  if (new Set(values).size !== values.length) throw new Malformed("something stands twice in a trust list");
}
