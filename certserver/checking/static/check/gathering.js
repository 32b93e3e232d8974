// Gathers the symbols of a document's sheets over pictures and frames, in any order, until they make whole seal codes. It
// trusts none of them, and keeps no more than a document can have.

import { Malformed, hex } from "../evidence/bytes.js";
import { parsedFace } from "../evidence/facecode.js";
import { isSealSymbol, join, readSymbol } from "../evidence/sealcode.js";

const MOST_PAGES = 99;
const MOST_SYMBOLS_OF_A_PAGE = 16;

export class Gathering {
  #faces = new Map();
  #backs = new Map();
  #damaged = 0;

  /** Takes what was read in one picture; true when any of it is new. */
  add(symbols) {
    return symbols.map((symbol) => this.#take(symbol)).some(Boolean);
  }

  /** How far each page is, in order: page, pages, how many symbols there are, how many it takes, which were read. */
  get progress() {
    const told = [...this.#backs.values()].map(({ header, symbols }) => {
      const parts = new Set([...symbols.values()].map(({ part }) => part));
      const all = header.cut.data + header.cut.parity;
      return {
        page: header.page,
        pages: header.pages,
        all,
        needed: header.cut.data,
        read: Array.from({ length: all }, (_, part) => parts.has(part)),
        whole: parts.size >= header.cut.data,
      };
    });
    return told.sort((a, b) => a.page - b.page);
  }

  /** How many faces were seen. */
  get faces() {
    return this.#faces.size;
  }

  /** Whether any back is whole. */
  get whole() {
    return this.progress.some((page) => page.whole);
  }

  /** Everything, as `judge` takes it. */
  found() {
    const backs = [...this.#backs.values()].map(({ symbols }) => {
      try {
        return { faces: [], sealCode: join([...symbols.values()].map(({ bytes }) => bytes)), broken: null };
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        return { faces: [], sealCode: null, broken: error.message };
      }
    });
    const broken = this.#damaged && !backs.length ? "damaged" : null;
    return [{ faces: [...this.#faces.values()], sealCode: null, broken }, ...backs];
  }

  #take(symbol) {
    return isSealSymbol(symbol) ? this.#takeBack(symbol) : this.#takeFace(symbol);
  }

  #takeFace(symbol) {
    const face = readOrNull(parsedFace, symbol);
    if (!face || this.#faces.has(face.key) || this.#faces.size >= MOST_PAGES) return false;
    this.#faces.set(face.key, face);
    return true;
  }

  #takeBack(symbol) {
    const header = readOrNull(readSymbol, symbol);
    if (!header) {
      this.#damaged += 1;
      return false;
    }
    const of = `${header.documentNo} ${header.page} ${header.pages} ${header.length}`;
    if (!this.#backs.has(of)) {
      if (this.#backs.size >= MOST_PAGES) return false;
      this.#backs.set(of, { header, symbols: new Map() });
    }
    const { symbols } = this.#backs.get(of);
    const key = hex(symbol);
    // Contradicting symbols are kept, a few of them: they must be told, not overlooked.
    if (symbols.has(key) || symbols.size >= MOST_SYMBOLS_OF_A_PAGE) return false;
    symbols.set(key, { part: header.part, bytes: symbol });
    return true;
  }
}

function readOrNull(read, symbol) {
  try {
    return read(symbol);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return null;
  }
}
