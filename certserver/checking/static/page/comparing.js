// The second tier: pictures of both sides go to the municipality, once, after consent, and an answer comes back.

import { byId, finding, make } from "./dom.js";
import { comparePictures } from "./network.js";
import { say, show } from "./steps.js";
import { currentLanguage, words } from "./texts.js";

const MOST_PICTURES = 8;
const MOST_BYTES = 20 * 1024 * 1024;
const MARKS = {
  "as-issued": "good", "back-valid": "more", "face-only": "more", altered: "bad", contradicted: "bad",
  "unknown-signer": "bad", unreadable: "more", original: "good", copy: "bad", issued: "good", spoiled: "bad", voided: "bad",
  unknown: "bad",
};

let chosen = [];
let result = null;

/** Makes the step work. */
export function prepareComparing() {
  byId("compare-choose").addEventListener("change", (event) => {
    chosen = [...event.target.files];
    event.target.value = "";
    fault(null);
    showChosen();
  });
  byId("compare-send").addEventListener("click", send);
}

/** Shows the step, with nothing chosen and nothing agreed to. */
export function startComparing() {
  chosen = [];
  byId("compare-consent").checked = false;
  fault(null);
  showChosen();
  show("compare");
}

/** Forgets pictures and answer. */
export function forgetComparing() {
  chosen = [];
  result = null;
  byId("compared-findings").replaceChildren();
  byId("compared-pictures").replaceChildren();
}

/** Says again, in the language of the page, what is shown of it. */
export function retellComparing() {
  fault(null);
  showChosen();
  if (result) tell();
}

function showChosen() {
  byId("compare-chosen").textContent = chosen.length ? words().compareChosen(chosen.length) : words().compareNone;
}

function fault(text) {
  byId("compare-fault").hidden = !text;
  byId("compare-fault").textContent = text ?? "";
}

async function send() {
  const text = words();
  if (!chosen.length) return fault(text.needPictures);
  if (chosen.length > MOST_PICTURES) return fault(text.tooMany);
  if (chosen.some((file) => file.size > MOST_BYTES)) return fault(text.tooLarge);
  if (!byId("compare-consent").checked) return fault(text.needConsent);
  fault(null);
  show("comparing");
  const answer = await comparePictures(chosen);
  if (answer.fault) {
    const said = { busy: "compareBusy", offline: "compareOffline", failed: "compareFailed" };
    show("compare");
    return fault(words()[said[answer.fault]]);
  }
  chosen = [];
  result = answer;
  tell();
  show("compared");
  return undefined;
}

function tell() {
  const text = words();
  const report = result[currentLanguage()];
  const views = ["content", "sheet", "status"].map((about) => {
    const mark = MARKS[report[about].answer] ?? "unknown";
    return finding(text[about], mark, [report[about].text, ""], text.marks[mark]);
  });
  const points = [...report.content.reasons.map(reasonLine), ...report.content.differences.map(differenceLine)];
  if (points.length) views[0].append(make("ul", "points", ...points.map((point) => make("li", "", point))));
  byId("compared-findings").replaceChildren(...views);
  byId("compared-pictures").replaceChildren(...result.pictures.map(pictureView));
  say(report.content.text);
}

function reasonLine({ page, text }) {
  return page === null ? text : `${words().about(page)}: ${text}`;
}

function differenceLine({ number, page, label, entry }) {
  return `${number}. ${words().about(page)} ${label || (entry ?? "")}`;
}

function pictureView({ page, png }) {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = document.createElement("img");
  picture.alt = words().differencesPicture(page);
  const address = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  picture.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
  picture.src = address;
  return make("figure", "compared", picture, make("figcaption", "", picture.alt));
}
