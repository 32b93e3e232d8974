// How large a PNG or JPEG says it is, from its first bytes, so that a small file with an enormous picture is never
// unpacked.

const MAX_PIXELS = 110_000_000;
const MAX_BYTES = 40 * 1024 * 1024;
const LOOKED_AT = 512 * 1024;

/** Why a file is not looked at: "kind" (no PNG, JPEG, WebP or HEIC), "size" (file or picture), or null. */
export async function refusal(file) {
  if (file.size > MAX_BYTES) return "size";
  const head = new Uint8Array(await file.slice(0, LOOKED_AT).arrayBuffer());
  const view = new DataView(head.buffer);
  const size = pngSize(view) ?? jpegSize(view) ?? webpSize(view);
  if (size) return size.width * size.height > MAX_PIXELS || !size.width || !size.height ? "size" : null;
  return isHeic(view) ? null : "kind";
}

function ascii(view, at, length) {
  if (at + length > view.byteLength) return "";
  return String.fromCharCode(...new Uint8Array(view.buffer, at, length));
}

function pngSize(view) {
  if (view.byteLength < 24 || ascii(view, 1, 3) !== "PNG" || ascii(view, 12, 4) !== "IHDR") return null;
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

function jpegSize(view) {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(view) {
  if (view.byteLength < 30 || ascii(view, 0, 4) !== "RIFF" || ascii(view, 8, 4) !== "WEBP") return null;
  const short = (at) => view.getUint16(at, true) & 0x3fff;
  switch (ascii(view, 12, 4)) {
    case "VP8 ":
      return { width: short(26), height: short(28) };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
    }
    case "VP8X": {
      const wide = (at) => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
      return { width: wide(24), height: wide(27) };
    }
    default:
      return null;
  }
}

/** HEIC of a phone: only a browser that knows it opens it, and bounds it itself. */
function isHeic(view) {
  return view.byteLength > 12 && ascii(view, 4, 4) === "ftyp" && /^(heic|heix|mif1|msf1)$/.test(ascii(view, 8, 4));
}
