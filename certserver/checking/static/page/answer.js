// Says what was found: three answers apart from each other, then what the municipality signed, in reading order.

import { speaksAgainst } from "../check/judge.js";
import { maskedNumber } from "../evidence/numbers.js";
import { NOT_COVERED } from "../evidence/content.js";
import { finding, make } from "./dom.js";
import { currentLanguage, day, words } from "./texts.js";

const DAY_S = 86_400;

/** What the content's answer is: its mark, its sentences, and whether what was signed may be shown. */
export function contentAnswer(findings) {
  const text = words();
  const against = findings.doubts.filter(({ reason }) => speaksAgainst(reason));
  if (against.length) return { mark: "bad", sentences: reasonText(against[0]), shows: false };
  if (!findings.contents.length) return { mark: "more", sentences: reasonText(findings.doubts[0]), shows: false };
  const missing = findings.doubts.filter(({ reason }) => reason === "page-missing").map(({ page }) => page);
  if (missing.length) {
    const pages = new Intl.ListFormat(currentLanguage(), { type: "conjunction" }).format(missing.map(text.pageName));
    return { mark: "more", sentences: text.pageMissing(pages), shows: true, missing };
  }
  const unseen = findings.doubts.filter(({ reason }) => reason === "no-face").length;
  const sentences =
    unseen === 0 ? text.sidesBelong : unseen < findings.contents.length ? text.moreFaces : text.backValid;
  return { mark: "good", sentences, shows: true, missing: [], unseen };
}

/** The three answers. `status` is null while nobody asked, else `{state, at}`; `asks` says whether one can ask here. */
export function findingsView(findings, status, asks, now) {
  const text = words();
  const content = contentAnswer(findings);
  const told = statusAnswer(status, asks, now);
  return [
    finding(text.content, content.mark, content.sentences, text.marks[content.mark]),
    finding(text.sheet, "unknown", text.sheetUnknown, text.marks.unknown),
    finding(text.status, told.mark, told.sentences, text.marks[told.mark]),
  ];
}

function reasonText({ reason, page }) {
  const text = words();
  const [headline, detail] = text.reasons[reason];
  const about = page === null ? "" : currentLanguage() === "ja" ? `（${text.about(page)}）` : ` (${text.about(page)})`;
  return [headline + about, detail];
}

function statusAnswer(status, asks, now) {
  const text = words();
  if (!status) return { mark: "unknown", sentences: asks ? text.statusNotAsked : text.statusNotOffered };
  const days = status.at === null ? 0 : Math.max(0, Math.floor((now - status.at) / DAY_S));
  const on = status.at === null ? "" : day(status.at);
  switch (status.state) {
    case "issued":
      return { mark: "good", sentences: text.statusIssued(days) };
    case "spoiled":
      return { mark: "bad", sentences: text.statusSpoiled(on) };
    case "voided":
      return { mark: "bad", sentences: text.statusVoided(on) };
    case "recalled":
      return { mark: "bad", sentences: text.statusRecalled(on) };
    case "unknown":
      return { mark: "bad", sentences: text.statusUnknown };
    case "busy":
      return { mark: "unknown", sentences: text.statusBusy };
    default:
      return { mark: "unknown", sentences: text.statusOffline };
  }
}

/** What was signed: who, what, when, and every entry of every page. */
export function documentView(findings) {
  const text = words();
  const { content, signatory } = findings.contents[0];
  const japanese = currentLanguage() === "ja";
  const name = `${signatory.prefecture}${signatory.name}`;
  const signer = japanese ? name : `${signatory.nameEn}, ${signatory.prefectureEn} (${name})`;
  const number = make("span", "", make("span", "", maskedNumber(content.documentNo)));
  number.firstChild.setAttribute("aria-hidden", "true");
  number.append(make("span", "unseen", text.numberTail(content.documentNo.slice(-4))));
  const facts = make("dl", "facts");
  for (const [label, value] of [
    [text.signer, signer],
    [text.kind, text.kinds[content.kind]],
    [text.issued, day(content.issuedAt)],
    [text.number, number],
  ])
    facts.append(make("div", "", make("dt", "", label), make("dd", "", value)));
  const pages = findings.contents.map(({ content: page }) => pageView(page));
  return [facts, ...pages, make("p", "small", text.glyphs)];
}

function pageView(page) {
  const text = words();
  const list = make("dl", "entries");
  list.lang = "ja";
  for (const entry of page.entries) list.append(entryView(entry));
  const pictures = page.pictures.map(pictureView);
  return make("section", "page", make("h2", "", text.pageHeading(page.page, page.pages)), list, ...pictures);
}

function entryView({ label, text: printed }) {
  const text = words();
  const term = make("dt", label ? "" : "unseen", label || text.noLabel);
  if (!label) term.lang = currentLanguage();
  if (printed !== NOT_COVERED) return make("div", "", term, make("dd", "", printed));
  const note = make("dd", "not-covered", make("strong", "", text.notCoveredMark), ` ${text.notCovered}`);
  note.lang = currentLanguage();
  return make("div", "", term, note);
}

/** A registered seal, dot for dot. */
function pictureView({ name, bitmap }) {
  const text = words();
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const surface = canvas.getContext("2d");
  surface.fillStyle = "#fff";
  surface.fillRect(0, 0, bitmap.width, bitmap.height);
  surface.fillStyle = "#000";
  bitmap.rows.forEach((edges, row) => {
    for (let at = 0; at < edges.length; at += 2)
      surface.fillRect(edges[at], row, (edges[at + 1] ?? bitmap.width) - edges[at], 1);
  });
  const called = text.pictureNames[name] ?? text.pictureOther;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", called);
  return make("figure", "", canvas, make("figcaption", "", called));
}
