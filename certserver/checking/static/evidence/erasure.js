// Reed-Solomon across chunks of equal length, as proto/koufu/evidence/erasure.py has it: lost data chunks from any as
// many that are left. Data chunks are numbered from 0, parity behind them.

const POLYNOMIAL = 0x11d;

const POWERS = [1];
while (POWERS.length < 255) {
  const value = POWERS.at(-1) << 1;
  POWERS.push(value > 0xff ? value ^ POLYNOMIAL : value);
}
const LOGS = new Map(POWERS.map((value, at) => [value, at]));

function product(a, b) {
  return a && b ? POWERS[(LOGS.get(a) + LOGS.get(b)) % 255] : 0;
}

function inverse(value) {
  return POWERS[(255 - LOGS.get(value)) % 255];
}

function times(chunk, by) {
  if (by === 1) return chunk;
  const multiples = Uint8Array.from({ length: 256 }, (_, value) => product(by, value));
  return chunk.map((byte) => multiples[byte]);
}

function sum(chunks) {
  const whole = new Uint8Array(chunks[0].length);
  for (const chunk of chunks) for (let at = 0; at < whole.length; at += 1) whole[at] ^= chunk[at];
  return whole;
}

/** [parity chunk][data chunk]: what a data chunk adds to a parity chunk. */
function coefficients(data, parity) {
  let generator = [1];
  for (const root of POWERS.slice(0, parity)) {
    const scaled = [0, ...generator.map((value) => product(root, value))];
    generator = [...generator, 0].map((value, at) => value ^ scaled[at]);
  }
  const columns = [generator.slice(1)];
  while (columns.length < data) {
    const [head, ...rest] = columns.at(-1);
    columns.push([...rest, 0].map((value, at) => value ^ product(head, generator[at + 1])));
  }
  columns.reverse();
  return Array.from({ length: parity }, (_, check) => columns.map((column) => column[check]));
}

/** So many parity chunks of data chunks. */
export function parityOf(chunks, count) {
  return coefficients(chunks.length, count).map((row) => sum(chunks.map((chunk, at) => times(chunk, row[at]))));
}

/** All `data` chunks from a map of at least as many, by number. */
export function restored(chunks, data, parity) {
  const rows = coefficients(data, parity);
  const known = new Map([...chunks].filter(([at]) => at < data));
  const lost = Array.from({ length: data }, (_, at) => at).filter((at) => !known.has(at));
  const checks = Array.from({ length: parity }, (_, at) => at)
    .filter((at) => chunks.has(data + at))
    .slice(0, lost.length);
  if (checks.length < lost.length) throw new RangeError("too few chunks are left");
  const left = checks.map((check) => lost.map((at) => rows[check][at]));
  const right = checks.map((check) =>
    sum([chunks.get(data + check), ...[...known].map(([at, chunk]) => times(chunk, rows[check][at]))]),
  );
  solved(left, right).forEach((chunk, at) => known.set(lost[at], chunk));
  return Array.from({ length: data }, (_, at) => known.get(at));
}

/** Gauss's elimination; every square part of the coefficients can be inverted. */
function solved(left, right) {
  for (let column = 0; column < left.length; column += 1) {
    const pivot = left.findIndex((row, at) => at >= column && row[column]);
    [left[column], left[pivot]] = [left[pivot], left[column]];
    [right[column], right[pivot]] = [right[pivot], right[column]];
    const by = inverse(left[column][column]);
    left[column] = left[column].map((value) => product(by, value));
    right[column] = times(right[column], by);
    for (let row = 0; row < left.length; row += 1) {
      const factor = left[row][column];
      if (row === column || !factor) continue;
      left[row] = left[row].map((value, at) => value ^ product(factor, left[column][at]));
      right[row] = sum([right[row], times(right[column], factor)]);
    }
  }
  return right;
}
