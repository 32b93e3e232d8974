// The document number on paper (発行番号), as proto/koufu/evidence/numbers.py has it: 75 random bits in base32 with a
// check character.

import { Malformed } from "./bytes.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 16;
const PACKED_BYTES = 10;
const LOOKALIKES = { I: "1", L: "1", O: "0", "-": "", " ": "" };

/** The number as 16 plain characters from what a code held. Throws `Malformed`. */
export function parsedNumber(text) {
  const plain = text.toUpperCase().replace(/[ILO \-]/g, (character) => LOOKALIKES[character]);
  if (plain.length !== CHARACTERS || [...plain].some((character) => !ALPHABET.includes(character)))
    throw new Malformed("a document number has 16 characters");
  if (checkCharacter(plain.slice(0, -1)) !== plain.at(-1)) throw new Malformed("the check character is wrong");
  return plain;
}

/** The number from its 10 bytes. Throws `Malformed` when its check character is wrong. */
export function unpackedNumber(packed) {
  if (packed.length !== PACKED_BYTES) throw new Malformed("a packed document number has 10 bytes");
  let value = packed.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let place = 0; place < CHARACTERS; place += 1) {
    text = ALPHABET[Number(value & 31n)] + text;
    value >>= 5n;
  }
  return parsedNumber(text);
}

/** As people are shown it: all but the last four characters hidden. */
export function maskedNumber(number) {
  return `••••-••••-••••-${number.slice(-4)}`;
}

/** Luhn's algorithm, widened to 32 characters. */
function checkCharacter(digits) {
  const base = ALPHABET.length;
  let total = 0;
  [...digits].reverse().forEach((character, place) => {
    const value = ALPHABET.indexOf(character) * (place % 2 === 0 ? 2 : 1);
    total += Math.floor(value / base) + (value % base);
  });
  return ALPHABET[(base - (total % base)) % base];
}
