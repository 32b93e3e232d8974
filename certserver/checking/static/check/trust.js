// The trust list as this browser has it: signed by the centre that the page names, in force today, and not older than one
// that was seen here before; as certserver/verify/trust.py judges it.

import { Malformed } from "../evidence/bytes.js";
import { BadSignature } from "../evidence/sealcode.js";
import { openedTrustList } from "../evidence/trustlist.js";

const CLOCKS_APART_S = 300n;

/** The highest number of a list seen of a centre (raw key in hex), in a `Storage`; a browser without one remembers none. */
export class SeenNumbers {
  #storage;

  constructor(storage) {
    this.#storage = storage;
  }

  of(centre) {
    try {
      const kept = this.#storage?.getItem(`trust-list ${centre}`) ?? "0";
      return /^[0-9]{1,20}$/.test(kept) ? BigInt(kept) : 0n;
    } catch {
      return 0n;
    }
  }

  note(centre, number) {
    try {
      if (number > this.of(centre)) this.#storage?.setItem(`trust-list ${centre}`, String(number));
    } catch {
      // Nothing to remember with: the list itself still counts.
    }
  }
}

/** `{trustList}` when it may be trusted at `now` (Unix seconds, BigInt), else `{reason}`. */
export async function judgedTrustList(evidence, signature, centre, centreHex, now, seen) {
  let trustList;
  try {
    trustList = await openedTrustList(evidence, signature, centre);
  } catch (error) {
    if (error instanceof BadSignature) return { reason: "trust-list-forged" };
    if (error instanceof Malformed) return { reason: "trust-list-malformed" };
    throw error;
  }
  if (now < trustList.issuedAt - CLOCKS_APART_S) return { reason: "trust-list-not-yet-valid" };
  // An older one is told as such, even when it ran out besides: somebody may have put it there.
  if (trustList.number < seen.of(centreHex)) return { reason: "trust-list-older" };
  if (now >= trustList.expiresAt) return { reason: "trust-list-expired" };
  seen.note(centreHex, trustList.number);
  return { trustList };
}
