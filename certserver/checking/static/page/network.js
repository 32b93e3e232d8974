// All that this page asks of its server: the trust list when it opens, and the two things that are sent only after
// consent.

const SIGNATURE_BYTES = 64;
const STATES = ["issued", "spoiled", "voided", "recalled", "unknown"];

/** The trust list: `{evidence, signature}`, or null when there is none to be had. */
export async function fetchTrustList() {
  try {
    const answer = await fetch("/trust-list");
    if (!answer.ok) return null;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return { signature: bytes.subarray(0, SIGNATURE_BYTES), evidence: bytes.subarray(SIGNATURE_BYTES) };
  } catch {
    return null;
  }
}

/** What the municipality says of a number and the hash of a page: `{state, at}`. */
export async function askStatus(documentNo, contentHash) {
  try {
    const answer = await fetch("/status", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ document_no: documentNo, content_hash: contentHash }),
    });
    if (answer.status === 429) return { state: "busy", at: null };
    const { status, at } = await answer.json();
    if (!answer.ok || !STATES.includes(status)) return { state: "offline", at: null };
    return { state: status, at: Number.isSafeInteger(at) ? at : null };
  } catch {
    return { state: "offline", at: null };
  }
}

/** What comparing pictures found, or `{fault}`: "busy", "offline" or "failed". */
export async function comparePictures(files) {
  const form = new FormData();
  for (const file of files) form.append("pictures", file, "picture");
  let answer;
  try {
    answer = await fetch("/compare", { method: "POST", body: form });
  } catch {
    return { fault: "offline" };
  }
  if (answer.status === 503 || answer.status === 429) return { fault: "busy" };
  try {
    return answer.ok ? await answer.json() : { fault: "failed" };
  } catch {
    return { fault: "failed" };
  }
}
