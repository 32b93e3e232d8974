// The small code at the foot of a face, as proto/koufu/evidence/facecode.py has it.

import { Malformed, crc32, hex, wholeNumber } from "./bytes.js";
import { unpackedNumber } from "./numbers.js";

const MAGIC = [0x4b, 0x46, 0x01];
const FACE_CODE_BYTES = 41;
export const CONTENT_PREFIX_BYTES = 16;
export const BUNDLE_PREFIX_BYTES = 3;

/** The code in these 41 bytes; `key` is its bytes in hex. Throws `Malformed`. */
export function parsedFace(code) {
  if (code.length !== FACE_CODE_BYTES || MAGIC.some((byte, at) => code[at] !== byte))
    throw new Malformed("this is not the code of a face");
  if (crc32(code.subarray(0, -4)) !== wholeNumber(code.subarray(-4)))
    throw new Malformed("the code of the face was damaged");
  const municipality = wholeNumber(code.subarray(3, 6));
  const [page, pages] = [code[16], code[17]];
  if (municipality > 999_999 || page < 1 || page > pages) throw new Malformed("an impossible number");
  return {
    key: hex(code),
    municipality: String(municipality).padStart(6, "0"),
    documentNo: unpackedNumber(code.subarray(6, 16)),
    page,
    pages,
    contentPrefix: hex(code.subarray(18, 34)),
    bundlePrefix: hex(code.subarray(34, 37)),
  };
}
