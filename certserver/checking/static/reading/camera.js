// The rear camera: shows what it sees, hands over frame by frame, and is off whenever nobody looks.

/** No camera can be had: "denied", "none" or "insecure" in `why`. */
export class NoCamera extends Error {
  constructor(why) {
    super(`no camera: ${why}`);
    this.why = why;
  }
}

const WANTED = { facingMode: { ideal: "environment" }, width: { ideal: 3840 }, height: { ideal: 2160 } };

export class Camera {
  #video;
  #stream = null;

  constructor(video) {
    this.#video = video;
  }

  /** Begins. Throws `NoCamera`. */
  async start() {
    if (!navigator.mediaDevices?.getUserMedia) throw new NoCamera("insecure");
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({ video: WANTED, audio: false });
    } catch (error) {
      throw new NoCamera(error.name === "NotAllowedError" ? "denied" : "none");
    }
    this.#video.srcObject = this.#stream;
    await this.#video.play();
  }

  /** Ends; the lamp of the camera goes out. */
  stop() {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
    this.#video.srcObject = null;
  }

  get running() {
    return this.#stream !== null;
  }

  /** What is seen now, as an `ImageBitmap`; null while there is nothing yet. */
  async frame() {
    if (!this.running || this.#video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    return createImageBitmap(this.#video);
  }

  /** Whether the camera has a light that can be switched. */
  get hasTorch() {
    return Boolean(this.#track?.getCapabilities?.().torch);
  }

  /** Switches the light. */
  async torch(on) {
    await this.#track?.applyConstraints({ advanced: [{ torch: on }] });
  }

  get #track() {
    return this.#stream?.getVideoTracks()[0];
  }
}
