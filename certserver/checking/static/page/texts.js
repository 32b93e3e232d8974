// Every word of the page, Japanese first. A function makes a sentence with numbers in it.

import { REGISTERED_SEAL } from "../evidence/content.js";

const REASONS_JA = {
  "no-code": ["コードが見つかりません", "裏面の四角いコードが、はっきり写るようにしてください。"],
  "no-seal-code": ["表面だけが写っています", "裏面のコードを写してください。署名は裏面にあります。"],
  "broken-seal-code": ["コードが足りません", "裏面のコードのうち、読めないものがあります。近づけて、もう一度写してください。"],
  "unknown-key": ["署名した市区町村が分かりません", "一覧にない鍵で署名されています。インターネットにつないで、このページを開き直してください。それでも同じときは、紙に書かれた市区町村に、お問い合わせください。"],
  "key-of-another-municipality": ["別の市区町村の鍵で署名されています", "この証明書を受け取らずに、市区町村にお問い合わせください。"],
  "key-not-yet-valid": ["発行日に、この鍵はまだ使われていません", "この証明書を受け取らずに、市区町村にお問い合わせください。"],
  "key-expired": ["発行日に、この鍵はもう使われていません", "この証明書を受け取らずに、市区町村にお問い合わせください。"],
  "key-revoked": ["この鍵は無効にされています", "無効になった鍵で署名されています。市区町村にお問い合わせください。"],
  "wrong-signature": ["署名が合いません", "コードの内容は、市区町村が署名したものではありません。"],
  "wrong-content": ["署名された内容が、このページと合いません", "この証明書を受け取らずに、市区町村にお問い合わせください。"],
  "several-documents": ["別々の証明書の裏面が混ざっています", "はじめからやり直し、1通の証明書だけを写してください。"],
  "pages-differ": ["ページどうしが、1通の証明書のものではありません", "ページが入れ替わっているおそれがあります。"],
  "face-of-another": ["表面と裏面が、同じページのものではありません", "表面が別の紙のものです。この証明書を受け取らずに、市区町村にお問い合わせください。"],
  "two-faces": ["同じページの表面が、2種類あります", "はじめからやり直し、1通の証明書だけを写してください。"],
  "two-backs": ["同じページの裏面が、2種類あります", "はじめからやり直し、1通の証明書だけを写してください。"],
  "trust-list-forged": ["市区町村の鍵の一覧が、正しくありません", "いまは何も確かめられません。このページを開き直してください。"],
  "trust-list-malformed": ["市区町村の鍵の一覧が、こわれています", "いまは何も確かめられません。このページを開き直してください。"],
  "trust-list-not-yet-valid": ["市区町村の鍵の一覧が、まだ使えません", "この端末の日付と時刻が正しいか、確かめてください。"],
  "trust-list-expired": ["市区町村の鍵の一覧が、古くなっています", "インターネットにつないで、このページを開き直してください。"],
  "trust-list-older": ["前に見たものより古い、市区町村の鍵の一覧です", "いまは何も確かめられません。インターネットにつないで、このページを開き直してください。"],
  "no-list": ["市区町村の鍵の一覧が、まだありません", "インターネットにつないで、このページを開き直してください。"],
  "old-browser": ["このブラウザーでは、署名を確かめられません", "端末とブラウザーを新しくするか、別の端末で開いてください。"],
};

const REASONS_EN = {
  "no-code": ["No code was found", "Make sure the square codes on the back are in focus."],
  "no-seal-code": ["Only the face was shown", "Show the codes on the back: the signature is there."],
  "broken-seal-code": ["Not enough codes", "Some of the codes on the back could not be read. Come closer and show them again."],
  "unknown-key": ["The signer is unknown", "No municipality on the list signed this. Go online and open this page again; if it says the same, ask the municipality that the paper names."],
  "key-of-another-municipality": ["Signed with another municipality’s key", "Do not accept this certificate. Ask the municipality."],
  "key-not-yet-valid": ["The key was not in use yet on the day of issue", "Do not accept this certificate. Ask the municipality."],
  "key-expired": ["The key was no longer in use on the day of issue", "Do not accept this certificate. Ask the municipality."],
  "key-revoked": ["The key was revoked", "This was signed with a key that no longer counts. Ask the municipality."],
  "wrong-signature": ["The signature does not hold", "The municipality did not sign what the codes say."],
  "wrong-content": ["What was signed is not this page", "Do not accept this certificate. Ask the municipality."],
  "several-documents": ["The backs are of different certificates", "Start again and show one certificate only."],
  "pages-differ": ["The pages do not belong to one certificate", "Pages may have been exchanged."],
  "face-of-another": ["Face and back are not of the same page", "The face is of another sheet. Do not accept this certificate. Ask the municipality."],
  "two-faces": ["There are two different faces of one page", "Start again and show one certificate only."],
  "two-backs": ["There are two different backs of one page", "Start again and show one certificate only."],
  "trust-list-forged": ["The list of municipal keys is not authentic", "Nothing can be checked now. Open this page again."],
  "trust-list-malformed": ["The list of municipal keys is damaged", "Nothing can be checked now. Open this page again."],
  "trust-list-not-yet-valid": ["The list of municipal keys does not count yet", "Is this device’s date and time right?"],
  "trust-list-expired": ["The list of municipal keys is out of date", "Go online and open this page again."],
  "trust-list-older": ["This list of municipal keys is older than one seen before", "Nothing can be checked now. Go online and open this page again."],
  "no-list": ["There is no list of municipal keys yet", "Go online and open this page again."],
  "old-browser": ["This browser can’t check signatures", "Update device and browser, or use another device."],
};

const JA = {
  name: "証明書の確認", otherLanguage: "English", skip: "本文へ", title: "証明書を確かめる",
  startTitle: "証明書を確かめる", startLead: "証明書の裏面にある四角いコードを、カメラで写してください。",
  useCamera: "カメラで写す", choosePicture: "写真をえらぶ", dropHere: "写真は、この画面に置くこともできます。",
  staysHere: "写したものは、この端末の中だけで調べます。外へは送りません。",
  listLine: (day) => `市区町村の鍵の一覧：${day}まで使えます`,
  listLineOffline: (day) => `市区町村の鍵の一覧：${day}まで使えます（いまはオフラインです）`,
  cameraTitle: "裏面のコードを写してください", cameraHint: "コードが画面に入るように近づけます。1つずつ写しても、かまいません。",
  torch: "ライト", seeAnswer: "結果を見る", back: "もどる",
  progressNone: "コードをさがしています", progress: (read, all) => `${all}つのうち ${read}つを読みました`,
  progressPage: (page, pages, read, all) => `${page}枚目（全${pages}枚）：${all}つのうち ${read}つを読みました`,
  progressWhole: (page, pages) => `${page}枚目（全${pages}枚）：読み終わりました`,
  faceSeen: "表面のコードも読みました",
  cameraDenied: "カメラを使えません。ブラウザーの設定でカメラをゆるすか、写真をえらんでください。",
  cameraNone: "使えるカメラがありません。写真をえらんでください。",
  cameraInsecure: "この接続ではカメラを使えません。https でこのページを開くか、写真をえらんでください。",
  readingTitle: "写真を調べています", readingLead: "この端末の中で調べています。",
  pictureKind: "この写真は開けません。JPEG か PNG の写真をえらんでください。",
  pictureSize: "この写真は大きすぎます。40MB までの写真をえらんでください。",
  pictureUnreadable: "この写真は開けません。別の写真をえらんでください。",
  answerTitle: "確かめた結果", content: "内容", sheet: "紙", status: "いまの状態",
  backValid: ["裏面の署名は正しいです", "表面は、まだ見ていません。下の内容と紙の表面を見比べるか、表面も写してください。"],
  sidesBelong: ["裏面の署名は正しく、表面も同じページのものです", "表面の文字は、まだ比べていません。下の内容と見比べてください。"],
  moreFaces: ["裏面の署名は正しいです", "表面のうち、まだ見ていないものがあります。下の内容と紙の表面を見比べてください。"],
  pageMissing: (pages) => ["まだ写していないページがあります", `${pages}の裏面も写してください。ここまでの署名は正しいです。`],
  pageName: (page) => `${page}枚目`,
  sheetUnknown: ["この画面では、紙がコピーかどうかは分かりません", "表面の地紋に「複写」の文字が浮き出ていないか、目で見てください。"],
  statusNotAsked: ["問い合わせていません", "発行のあとに無効にされたかどうかは、問い合わせないと分かりません。"],
  statusNotOffered: ["ここでは問い合わせられません", "発行のあとに無効にされたかどうかは、市区町村にお問い合わせください。"],
  statusIssued: (days) => ["発行されています", days === 0 ? "今日、発行されました。" : `${days}日前に発行されました。`],
  statusSpoiled: (day) => ["使えない紙です", `印刷に失敗した紙として、${day}に記録されています。`],
  statusVoided: (day) => ["取り消されています", `${day}に取り消されました。受け取らないでください。`],
  statusRecalled: (day) => ["回収しています", `市区町村が${day}から回収しています。受け取らず、市区町村にお問い合わせください。`],
  statusUnknown: ["記録がありません", "この番号と内容の組み合わせは、市区町村の記録にありません。市区町村にお問い合わせください。"],
  statusOffline: ["いまは問い合わせできません", "インターネットにつないで、もう一度お試しください。"],
  statusBusy: ["いまは問い合わせできません", "問い合わせが続いています。少し待ってから、もう一度お試しください。"],
  asking: "問い合わせています",
  askStatus: "番号だけを市区町村に問い合わせます",
  askStatusDetail: "送るのは、発行番号と、内容から計算した照合用の値だけです。お名前やご住所は送りません。",
  nextPage: "つぎのページを写す", showFace: "表面も写す", compareOffer: "写真を送って、文字まで比べる", again: "別の証明書を確かめる",
  retry: "もう一度写す",
  signer: "署名した市区町村", kind: "証明書の種類", issued: "発行日", number: "発行番号", numberTail: (tail) => `下4けた ${tail}`,
  pageHeading: (page, pages) => `${page}枚目の内容（全${pages}枚）`,
  notCovered: "署名の対象外です。この画面では確かめられません。", notCoveredMark: "対象外", noLabel: "（見出しのない行）",
  glyphs: "漢字の形は、この端末の書体により、紙とわずかに違って見えることがあります。",
  pictureNames: { [REGISTERED_SEAL]: "登録印影" }, pictureOther: "画像",
  compareTitle: "写真を送って、文字まで比べる", compareLead: "すべてのページの表と裏の写真を市区町村に送ると、表面の文字と印影を1つずつ比べます。",
  comparePoint1: "写真は、調べるあいだだけ使い、終わるとすぐに消します。", comparePoint2: "写真は記録に残しません。保存もしません。",
  compareBounds: (most, megabytes) => `送れるのは${most}枚まで、1枚${megabytes}MBまでです。`,
  comparePictures: "表と裏の写真をえらぶ", compareNone: "写真は、まだえらばれていません。", compareChosen: (count) => `${count}枚の写真をえらびました`,
  compareConsent: "写真を市区町村に送ることに同意します", compareSend: "送って比べる",
  needPictures: "先に、表と裏の写真をえらんでください。", needConsent: "送るには、同意のしるしを付けてください。",
  tooMany: (most) => `えらべるのは${most}枚までです。`, tooLarge: (megabytes) => `1枚${megabytes}MBまでの写真をえらんでください。`,
  comparingTitle: "比べています", comparingLead: "1分ほどかかることがあります。このままお待ちください。",
  comparedTitle: "比べた結果", backToAnswer: "確かめた結果にもどる",
  compareBusy: "いま混み合っています。少し待ってから、もう一度送ってください。", compareFailed: "比べられませんでした。写真は残っていません。もう一度お試しください。",
  compareOffline: "インターネットにつながっていません。写真は送っていません。",
  differencesPicture: (page) => `${page}枚目の表面。違うところを枠で囲んでいます。`,
  closeup: (called) => `「${called}」の拡大。上がこの紙、下が署名された内容です。`, closeupSides: "上：この紙　下：署名された内容",
  footer: "この確認は、書かれている内容と署名を調べるものです。本人かどうかや、紙の真偽を保証するものではありません。",
  centre: (short) => `一覧に署名した鍵：${short}`,
  kinds: {
    residence: "住民票の写し", "residence-items": "住民票記載事項証明書", "seal-registration": "印鑑登録証明書",
    "koseki-full": "戸籍全部事項証明書", "koseki-individual": "戸籍個人事項証明書", "koseki-supplement": "戸籍の附票の写し",
    "income-tax": "所得・課税証明書", "non-taxation": "非課税証明書", "tax-payment": "納税証明書", "disaster-victim": "罹災証明書",
  },
  marks: { good: "よし", bad: "注意", more: "つづき", unknown: "不明" },
  reasons: REASONS_JA,
  about: (page) => `${page}枚目`,
};

const EN = {
  name: "Certificate check", otherLanguage: "日本語", skip: "Skip to content", title: "Check a certificate",
  startTitle: "Check a certificate", startLead: "Hold the square codes on the back of the certificate before the camera.",
  useCamera: "Use the camera", choosePicture: "Choose a picture", dropHere: "You can also drop pictures onto this page.",
  staysHere: "What you show is checked on this device only. Nothing is sent.",
  listLine: (day) => `List of municipal keys: good until ${day}`,
  listLineOffline: (day) => `List of municipal keys: good until ${day} (you are offline)`,
  cameraTitle: "Show the codes on the back", cameraHint: "Come close, so that the codes fill the view. One after the other will do.",
  torch: "Light", seeAnswer: "See the result", back: "Back",
  progressNone: "Looking for codes", progress: (read, all) => `${read} of ${all} codes read`,
  progressPage: (page, pages, read, all) => `Page ${page} of ${pages}: ${read} of ${all} codes read`,
  progressWhole: (page, pages) => `Page ${page} of ${pages}: complete`,
  faceSeen: "The code of the face was read too",
  cameraDenied: "The camera can’t be used. Allow it in the browser’s settings, or choose a picture.",
  cameraNone: "There is no camera that can be used. Choose a picture.",
  cameraInsecure: "The camera can’t be used over this connection. Open this page by https, or choose a picture.",
  readingTitle: "Reading the picture", readingLead: "It is read on this device.",
  pictureKind: "This picture can’t be opened. Choose a JPEG or PNG.",
  pictureSize: "This picture is too large. Choose one of up to 40 MB.",
  pictureUnreadable: "This picture can’t be opened. Choose another one.",
  answerTitle: "Result", content: "Content", sheet: "Sheet", status: "Status now",
  backValid: ["The signature on the back is valid", "The face was not looked at yet. Compare the text below with it, or show it too."],
  sidesBelong: ["The back’s signature is valid, and the face is of the same page", "The text of the face was not compared yet. Compare it with the text below."],
  moreFaces: ["The signature on the back is valid", "Not all faces were looked at. Compare the text below with the paper."],
  pageMissing: (pages) => ["Pages are still to be shown", `Show the back of ${pages} too. The signatures so far are valid.`],
  pageName: (page) => `page ${page}`,
  sheetUnknown: ["This page can’t tell whether the paper is a copy", "Look whether the word 複写 (“copy”) stands out from the ground of the face."],
  statusNotAsked: ["Not asked", "Only asking tells whether it was voided after it was issued."],
  statusNotOffered: ["It can’t be asked here", "Ask the municipality whether it was voided after it was issued."],
  statusIssued: (days) => ["Issued", days === 0 ? "It was issued today." : `It was issued ${days} day${days === 1 ? "" : "s"} ago.`],
  statusSpoiled: (day) => ["This sheet is spoiled", `It was recorded as a failed print on ${day}.`],
  statusVoided: (day) => ["Voided", `It was voided on ${day}. Do not accept it.`],
  statusRecalled: (day) => ["Recalled", `The municipality has recalled it since ${day}. Do not accept it; ask the municipality.`],
  statusUnknown: ["Not on record", "The municipality’s records do not have this number with this content. Ask the municipality."],
  statusOffline: ["It can’t be asked now", "Go online and try again."],
  statusBusy: ["It can’t be asked now", "There were many questions. Wait a little and try again."],
  asking: "Asking",
  askStatus: "Ask the municipality about the number only",
  askStatusDetail: "Only the document number and a check value made from the content are sent. No names or addresses.",
  nextPage: "Show the next page", showFace: "Show the face too", compareOffer: "Send pictures to compare every character", again: "Check another certificate",
  retry: "Show it again",
  signer: "Signed by", kind: "Kind", issued: "Issued on", number: "Document number", numberTail: (tail) => `ending in ${tail}`,
  pageHeading: (page, pages) => `What page ${page} of ${pages} says`,
  notCovered: "Not covered by the signature: it can’t be checked here.", notCoveredMark: "Not covered", noLabel: "(line without a heading)",
  glyphs: "Shapes of kanji may look slightly different from the paper in this device’s typeface.",
  pictureNames: { [REGISTERED_SEAL]: "Registered seal" }, pictureOther: "Picture",
  compareTitle: "Send pictures to compare every character", compareLead: "Send the municipality pictures of face and back of every page; each character and seal of the face is compared.",
  comparePoint1: "The pictures are used only while they are compared, then erased at once.", comparePoint2: "They are neither stored nor logged.",
  compareBounds: (most, megabytes) => `Up to ${most} pictures of up to ${megabytes} MB each.`,
  comparePictures: "Choose pictures of face and back", compareNone: "No pictures were chosen yet.", compareChosen: (count) => `${count} picture${count === 1 ? "" : "s"} chosen`,
  compareConsent: "I agree that the pictures are sent to the municipality", compareSend: "Send and compare",
  needPictures: "First choose pictures of face and back.", needConsent: "Tick the box to agree before sending.",
  tooMany: (most) => `Choose up to ${most} pictures.`, tooLarge: (megabytes) => `Choose pictures of up to ${megabytes} MB each.`,
  comparingTitle: "Comparing", comparingLead: "This may take a minute. Please wait.",
  comparedTitle: "Result of the comparison", backToAnswer: "Back to the result",
  compareBusy: "It is busy now. Wait a little and send again.", compareFailed: "It could not be compared. No picture was kept. Please try again.",
  compareOffline: "You are offline. No picture was sent.",
  differencesPicture: (page) => `Face of page ${page}. Places that differ are framed.`,
  closeup: (called) => `“${called}”, large: above, this paper; below, what was signed.`, closeupSides: "Above: this paper. Below: what was signed.",
  footer: "This checks content and signature. It does not prove who holds the paper, or that the paper is an original.",
  centre: (short) => `Key that signed the list: ${short}`,
  kinds: {
    residence: "Certificate of residence (住民票の写し)", "residence-items": "Certificate of items in the resident record (住民票記載事項証明書)",
    "seal-registration": "Seal registration certificate (印鑑登録証明書)", "koseki-full": "Family register, all entries (戸籍全部事項証明書)",
    "koseki-individual": "Family register, individual entries (戸籍個人事項証明書)", "koseki-supplement": "Family register supplement (戸籍の附票の写し)",
    "income-tax": "Income and tax certificate (所得・課税証明書)", "non-taxation": "Certificate of non-taxation (非課税証明書)",
    "tax-payment": "Tax payment certificate (納税証明書)", "disaster-victim": "Disaster victim certificate (罹災証明書)",
  },
  marks: { good: "Good", bad: "Attention", more: "To do", unknown: "Unknown" },
  reasons: REASONS_EN,
  about: (page) => `Page ${page}`,
};

const LANGUAGES = { ja: JA, en: EN };
const KEPT_AS = "language";
let language = kept();

function kept() {
  try {
    return localStorage.getItem(KEPT_AS) === "en" ? "en" : "ja";
  } catch {
    return "ja";
  }
}

/** The language of the page now: "ja" or "en". */
export function currentLanguage() {
  return language;
}

/** All words in the language of the page. */
export function words() {
  return LANGUAGES[language];
}

/** Goes on in the other language. */
export function switchLanguage() {
  language = language === "ja" ? "en" : "ja";
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // It counts until the page is closed.
  }
}

/** A day in Japan, from Unix seconds (BigInt), in the language of the page. */
export function day(instant) {
  const milliseconds = Number(instant) * 1000;
  if (milliseconds > 8.64e15) return String(instant);
  const locale = language === "ja" ? "ja-JP-u-ca-japanese" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "Asia/Tokyo" }).format(milliseconds);
}
