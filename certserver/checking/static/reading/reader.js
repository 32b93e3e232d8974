// Asks the worker for the codes in a picture, one picture at a time; a worker that takes too long is replaced.

const FRAME_MS = 6_000;
const PICTURE_MS = 20_000;
const FRAME_SIDE = 3_840;
const PICTURE_SIDE = 4_096;

/** The picture could not be looked at. */
export class Unreadable extends Error {}

export class CodeReader {
  #worker = null;
  #asked = 0;

  /** Has everything there before the first picture, so that reading asks no network any more. */
  warm() {
    this.#begin().postMessage({ warm: true });
  }

  /** The bytes of every code in a frame of a camera, an `ImageBitmap` that is given away. */
  frame(bitmap) {
    return this.#ask(bitmap, FRAME_SIDE, FRAME_MS, [bitmap]);
  }

  /** The bytes of every code in a picture file. Throws `Unreadable`. */
  picture(file) {
    return this.#ask(file, PICTURE_SIDE, PICTURE_MS, []);
  }

  #begin() {
    this.#worker ??= new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    return this.#worker;
  }

  #ask(picture, longest, limit, given) {
    const worker = this.#begin();
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      const end = (answer) => {
        clearTimeout(late);
        worker.removeEventListener("message", answered);
        worker.removeEventListener("error", failed);
        answer();
      };
      const failed = () =>
        end(() => {
          worker.terminate();
          if (this.#worker === worker) this.#worker = null;
          reject(new Unreadable("the picture could not be read in time"));
        });
      const answered = ({ data }) => {
        if (data.id !== id) return;
        end(() => (data.symbols ? resolve(data.symbols) : reject(new Unreadable("no picture that can be read"))));
      };
      const late = setTimeout(failed, limit);
      worker.addEventListener("message", answered);
      worker.addEventListener("error", failed);
      worker.postMessage({ id, picture, longest }, given);
    });
  }
}
