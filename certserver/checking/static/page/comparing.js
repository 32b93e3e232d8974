// The second tier: pictures of both sides go to the municipality, once, after consent, and an answer comes back.

import { byId, finding, make } from "./dom.js";
import { comparePictures } from "./network.js";
import { say, show } from "./steps.js";
import { currentLanguage, words } from "./texts.js";

const MOST_PICTURES = Number(document.documentElement.dataset.mostPictures);
const MOST_MEGABYTES = Number(document.documentElement.dataset.mostMegabytes);
const GRADES = ["good", "bad", "more", "unknown"];

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
  byId("compare-bounds").textContent = words().compareBounds(MOST_PICTURES, MOST_MEGABYTES);
  byId("compare-chosen").textContent = chosen.length ? words().compareChosen(chosen.length) : words().compareNone;
}

function fault(text) {
  byId("compare-fault").hidden = !text;
  byId("compare-fault").textContent = text ?? "";
}

async function send() {
  const text = words();
  if (!chosen.length) return fault(text.needPictures);
  if (chosen.length > MOST_PICTURES) return fault(text.tooMany(MOST_PICTURES));
  if (chosen.some((file) => file.size > MOST_MEGABYTES * 1024 * 1024)) return fault(text.tooLarge(MOST_MEGABYTES));
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
    const grade = GRADES.includes(report[about].grade) ? report[about].grade : "unknown";
    return finding(text[about], grade, headlineAndDetail(report[about].text), text.marks[grade]);
  });
  const { reasons, differences } = report.content;
  if (reasons.length) views[0].append(make("ul", "points", ...reasons.map((one) => make("li", "", reasonLine(one)))));
  if (differences.length) views[0].append(make("ul", "differences", ...differences.map(differenceView)));
  byId("compared-findings").replaceChildren(...views);
  byId("compared-pictures").replaceChildren(...result.faces.map(faceView));
  say(report.content.text);
}

/** The first sentence says what was found, the others what that means and what to do. */
function headlineAndDetail(text) {
  const end = text.search(/[。.](?!$)/) + 1;
  return end ? [text.slice(0, end), text.slice(end).trim()] : [text, ""];
}

function reasonLine({ page, text }) {
  return page === null ? text : `${words().about(page)}: ${text}`;
}

function differenceView({ number, page, called }) {
  const line = make("p", "", `${number}. ${words().about(page)} ${called}`);
  const closeup = result.faces.find((face) => face.page === page)?.closeups[number - 1];
  return make("li", "", line, closeup ? pictureView(closeup, words().closeup(called), words().closeupSides) : null);
}

function faceView({ page, framed }) {
  return pictureView(framed, words().differencesPicture(page), words().differencesPicture(page));
}

function pictureView(png, meaning, caption) {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const picture = document.createElement("img");
  picture.alt = meaning;
  const address = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  picture.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
  picture.src = address;
  return make("figure", "compared", picture, make("figcaption", "", caption));
}
