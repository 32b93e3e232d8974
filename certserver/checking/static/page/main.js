// The page: from the first touch to the three answers. Everything is done here, in the browser; see network.js for the
// little that may leave it, and when.

import { Gathering } from "../check/gathering.js";
import { judge, trustedKeys } from "../check/judge.js";
import { SeenNumbers, judgedTrustList } from "../check/trust.js";
import { fromHex, hex } from "../evidence/bytes.js";
import { CodeReader } from "../reading/reader.js";
import { contentAnswer, documentView, findingsView } from "./answer.js";
import { forgetComparing, prepareComparing, retellComparing, startComparing } from "./comparing.js";
import { button, byId, finding } from "./dom.js";
import { askStatus, fetchTrustList } from "./network.js";
import { Showing } from "./showing.js";
import { fillTexts, say, show, shown } from "./steps.js";
import { day, switchLanguage, words } from "./texts.js";

const { centre, asks, compares } = document.documentElement.dataset;
const canAsk = asks === "yes";
const reader = new CodeReader();
const showing = new Showing(reader);

let trust = { reason: "no-list" };
let gathering = new Gathering();
let findings = null;
let status = null;
let startFault = null;
let asked = 0;

function now() {
  return Math.floor(Date.now() / 1000);
}

async function loadTrustList() {
  const list = await fetchTrustList();
  if (!list) return { reason: "no-list" };
  try {
    const seen = new SeenNumbers(localStorage);
    return await judgedTrustList(list.evidence, list.signature, fromHex(centre), centre, BigInt(now()), seen);
  } catch {
    return { reason: "old-browser" };
  }
}

function tellStart() {
  const text = words();
  const blocked = byId("start-blocked");
  const sentences = trust.reason ? text.reasons[trust.reason] : startFault ? [text[startFault], ""] : null;
  blocked.hidden = !sentences;
  if (sentences) blocked.replaceChildren(...finding("", "bad", sentences, text.marks.bad).children);
  byId("use-camera").disabled = Boolean(trust.reason);
  byId("choose").disabled = Boolean(trust.reason);
  const line = navigator.onLine ? text.listLine : text.listLineOffline;
  byId("list-line").textContent = trust.trustList ? line(day(trust.trustList.expiresAt)) : "";
  byId("centre-line").textContent = text.centre(`${centre.slice(0, 8)} ${centre.slice(8, 16)}`);
}

function backToStart(fault = null) {
  startFault = fault;
  tellStart();
  show("start");
  if (fault) say(words()[fault]);
}

/** Whether the camera has seen what it was asked for: a whole back more than before. */
function wantsMore(before) {
  return (gathered) => {
    const whole = gathered.progress.filter((page) => page.whole).length;
    return whole > before.whole || (before.whole > 0 && gathered.faces > before.faces);
  };
}

async function useCamera() {
  startFault = null;
  const before = { whole: gathering.progress.filter((page) => page.whole).length, faces: gathering.faces };
  const ended = await showing.fromCamera(gathering, wantsMore(before));
  if (ended === "done") return answer();
  if (ended === "left") return undefined;
  const fault = { denied: "cameraDenied", none: "cameraNone", insecure: "cameraInsecure" }[ended];
  return findings?.contents.length ? answer() : backToStart(fault);
}

async function useFiles(files) {
  if (!files.length || trust.reason) return;
  startFault = null;
  const wrong = await showing.fromFiles(files, gathering);
  if (wrong && !gathering.progress.length && !gathering.faces) backToStart(wrong);
  else await answer();
}

async function answer() {
  try {
    findings = await judge(gathering.found(), trustedKeys(trust.trustList));
  } catch {
    trust = { reason: "old-browser" };
    return backToStart();
  }
  tellAnswer();
  show("answer");
  return undefined;
}

function tellAnswer() {
  const text = words();
  const told = contentAnswer(findings);
  byId("findings").replaceChildren(...findingsView(findings, status, canAsk, now()));
  byId("ask").hidden = !(canAsk && told.shows);
  byId("document").replaceChildren(...(told.shows ? documentView(findings) : []));
  const actions = [];
  if (told.shows && told.missing.length) actions.push(button(text.nextPage, "primary", useCamera), chooseButton());
  else if (told.mark === "more") actions.push(button(text.retry, "primary", useCamera), chooseButton());
  else if (told.shows && told.unseen) actions.push(button(text.showFace, "secondary", useCamera));
  if (told.shows && compares === "yes") actions.push(button(text.compareOffer, "secondary", startComparing));
  byId("answer-actions").replaceChildren(...actions);
  byId("again-actions").replaceChildren(button(text.again, "secondary", again));
}

function chooseButton() {
  return button(words().choosePicture, "secondary", () => byId("choose").click());
}

async function askNow(event) {
  asked += 1;
  const question = asked;
  status = null;
  if (event.target.checked) {
    say(words().asking);
    const { content, hash } = findings.contents[0];
    const told = await askStatus(content.documentNo, hex(hash));
    if (question !== asked) return;
    status = told;
  }
  const views = findingsView(findings, status, canAsk, now());
  byId("findings").replaceChildren(...views);
  say(views[2].textContent);
}

function again() {
  asked += 1;
  gathering = new Gathering();
  findings = null;
  status = null;
  byId("ask-status").checked = false;
  byId("document").replaceChildren();
  byId("findings").replaceChildren();
  forgetComparing();
  backToStart();
}

function leaveCamera() {
  showing.leave();
  if (findings) return answer();
  return backToStart();
}

function retell() {
  fillTexts();
  tellStart();
  showing.progress(gathering);
  if (findings) tellAnswer();
  retellComparing();
}

function listen() {
  byId("language").addEventListener("click", () => {
    switchLanguage();
    retell();
  });
  byId("use-camera").addEventListener("click", useCamera);
  byId("camera-back").addEventListener("click", leaveCamera);
  byId("camera-done").addEventListener("click", () => {
    showing.leave();
    return answer();
  });
  byId("choose").addEventListener("change", async (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    await useFiles(files);
  });
  byId("ask-status").addEventListener("change", askNow);
  byId("compare-back").addEventListener("click", () => show("answer"));
  byId("compared-back").addEventListener("click", () => show("answer"));
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (shown() === "start" || shown() === "answer") useFiles([...event.dataTransfer.files]);
  });
}

async function begin() {
  fillTexts();
  tellStart();
  byId("start-blocked").hidden = true;
  listen();
  prepareComparing();
  reader.warm();
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  trust = await loadTrustList();
  tellStart();
  document.documentElement.dataset.ready = "yes";
}

begin();
