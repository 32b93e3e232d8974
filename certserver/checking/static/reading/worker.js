// Reads codes in pictures, apart from the page, so that no picture can keep it waiting. The reader comes from our own
// server, like everything here.

import { prepareZXingModule, readBarcodes } from "../vendor/zxing-wasm/reader/index.js";

const MOST_SYMBOLS = 24;

const overrides = { locateFile: (file) => new URL(`../vendor/zxing-wasm/reader/${file}`, import.meta.url).href };

function ready() {
  return prepareZXingModule({ overrides, fireImmediately: true });
}

self.onmessage = async ({ data: { warm, id, picture, longest } }) => {
  if (warm) return ready().catch(() => undefined);
  try {
    const symbols = await read(picture, longest);
    self.postMessage({ id, symbols });
  } catch {
    self.postMessage({ id, symbols: null });
  }
  return undefined;
};

async function read(picture, longest) {
  const bitmap = picture instanceof Blob ? await createImageBitmap(picture) : picture;
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale));
  const surface = canvas.getContext("2d", { willReadFrequently: true });
  surface.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const raster = surface.getImageData(0, 0, canvas.width, canvas.height);
  await ready();
  const found = await readBarcodes(raster, { formats: ["QRCode"], maxNumberOfSymbols: MOST_SYMBOLS });
  return found.filter((symbol) => symbol.isValid).map((symbol) => symbol.bytes);
}
