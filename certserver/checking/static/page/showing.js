// The steps in which pictures are taken in: the camera, with what was found so far, and picture files.

import { Camera, NoCamera } from "../reading/camera.js";
import { refusal } from "../reading/dimensions.js";
import { Unreadable } from "../reading/reader.js";
import { byId, make } from "./dom.js";
import { say, show, shown } from "./steps.js";
import { words } from "./texts.js";

function rest(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export class Showing {
  #reader;
  #camera = new Camera(byId("video"));
  #torchOn = false;
  #round = 0;

  constructor(reader) {
    this.#reader = reader;
    byId("torch").addEventListener("click", () => this.#switchTorch());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden && this.#camera.running) this.#close();
    });
  }

  /** Shows the camera and gathers until `done` says so. Returns "done", "left", or why there is no camera. */
  async fromCamera(gathering, done) {
    this.#round += 1;
    const round = this.#round;
    show("camera");
    this.progress(gathering);
    byId("camera-done").hidden = true;
    try {
      await this.#camera.start();
    } catch (error) {
      if (error instanceof NoCamera) return error.why;
      throw error;
    }
    byId("torch").hidden = !this.#camera.hasTorch;
    while (this.#camera.running && round === this.#round) {
      const frame = await this.#camera.frame();
      if (!frame) await rest(50);
      else if (gathering.add(await this.#read(frame)) && round === this.#round) this.progress(gathering);
      if (done(gathering)) {
        this.#close();
        return round === this.#round ? "done" : "left";
      }
      byId("camera-done").hidden = !gathering.progress.length;
    }
    return "left";
  }

  /** Ends the camera, whoever waits for it. */
  leave() {
    this.#round += 1;
    this.#close();
  }

  /** Gathers from picture files. Returns null, or the name of a text that says what is wrong. */
  async fromFiles(files, gathering) {
    show("reading");
    let wrong = null;
    for (const file of files) {
      const refused = await refusal(file);
      if (refused) {
        wrong = refused === "kind" ? "pictureKind" : "pictureSize";
        continue;
      }
      try {
        gathering.add(await this.#reader.picture(file));
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        wrong = "pictureUnreadable";
      }
    }
    return wrong;
  }

  /** Says how many symbols of how many were found. */
  progress(gathering) {
    const text = words();
    const rows = gathering.progress.map((page) => {
      const read = page.read.filter(Boolean).length;
      const several = page.pages > 1;
      let line = text.progress(read, page.all);
      if (several) line = text.progressPage(page.page, page.pages, read, page.all);
      if (page.whole) line = text.progressWhole(page.page, page.pages);
      const squares = make("span", "squares", ...page.read.map((is) => make("span", is ? "square read" : "square")));
      squares.setAttribute("aria-hidden", "true");
      return make("p", "progress-row", squares, line);
    });
    if (gathering.faces) rows.push(make("p", "progress-row", text.faceSeen));
    if (!rows.length) rows.push(make("p", "progress-row", text.progressNone));
    byId("camera-progress").replaceChildren(...rows);
    if (shown() === "camera") say(rows.map((row) => row.textContent).join("。"));
  }

  async #read(frame) {
    try {
      return await this.#reader.frame(frame);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      await rest(500);
      return [];
    }
  }

  #close() {
    this.#camera.stop();
    this.#torchOn = false;
    byId("torch").setAttribute("aria-pressed", "false");
  }

  async #switchTorch() {
    this.#torchOn = !this.#torchOn;
    await this.#camera.torch(this.#torchOn);
    byId("torch").setAttribute("aria-pressed", String(this.#torchOn));
  }
}
