"""What is explained to whoever applies, in plain Japanese (やさしい日本語) with readings and a pictogram to each
sentence. Facts are those of `docs/card-applications.md`; nothing here is told as more certain than it is there."""

from collections.abc import Mapping
from dataclasses import dataclass

from certserver.papers.kinds import PaperKind
from certserver.papers.pictures import Picture


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence or two, and the pictogram beside it; `crossed`: what the pictogram shows is not to be done."""

    picture: Picture
    words: str
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Something to point at."""

    picture: Picture
    words: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Face: a title and what is told. Back: another title with more of it, or answers to point at."""

    title: str
    told: tuple[Told, ...]
    more_title: str
    more: tuple[Told, ...] = ()
    answers: tuple[Answer, ...] = ()


_INTENT = Explanation(
    "マイナンバーカードを [作|つく]りますか",
    (
        Told(
            Picture.CARD,
            "あなたの [名前|なまえ]、[住|す]んでいるところ、[写真|しゃしん]、[番号|ばんごう]が [書|か]いてある"
            " カードです。",
        ),
        Told(
            Picture.PERSON,
            "「[私|わたし]は この[人|ひと]です」と [見|み]せることが できます。[病院|びょういん]や"
            " [市役所|しやくしょ]などで [使|つか]います。",
        ),
        Told(
            Picture.CHOICE,
            "[作|つく]るかどうかは、あなたが [決|き]めます。[作|つく]らなくても かまいません。",
        ),
        Told(
            Picture.STOP,
            "[途中|とちゅう]で やめることが できます。いつでも [言|い]ってください。",
        ),
        Told(
            Picture.QUESTION,
            "わからないことは、[何回|なんかい]でも [聞|き]いてください。もう[一度|いちど]、ゆっくり"
            " [説明|せつめい]します。",
        ),
    ),
    "ゆびで さして [答|こた]えてください",
    answers=(
        Answer(Picture.RING, "はい\n[作|つく]ります"),
        Answer(Picture.CROSS, "いいえ\n[作|つく]りません"),
        Answer(Picture.HEAR, "もう[一度|いちど]\n[聞|き]きたい"),
        Answer(Picture.QUESTION, "わかりません"),
        Answer(Picture.HELPER, "[誰|だれ]かと\n[話|はな]したい"),
        Answer(Picture.CUP, "[少|すこ]し\n[休|やす]みたい"),
    ),
)

_PINS = Explanation(
    "[暗証番号|あんしょうばんごう]を [決|き]めます",
    (
        Told(
            Picture.LOCK,
            "[暗証番号|あんしょうばんごう]は、カードを [使|つか]うときの かぎです。",
        ),
        Told(
            Picture.KEYS_HIDDEN,
            "[自分|じぶん]で [決|き]めて、[自分|じぶん]で [押|お]します。[誰|だれ]にも [見|み]せたり"
            " [教|おし]えたりしないで ください。",
        ),
        Told(
            Picture.NOT_ALIKE,
            "1111や 1234のような [番号|ばんごう]は、[人|ひと]に [知|し]られやすいです。やめましょう。",
        ),
        Told(
            Picture.BIRTHDAY,
            "[誕生日|たんじょうび]や [電話番号|でんわばんごう]も やめましょう。",
            crossed=True,
        ),
        Told(
            Picture.COUNTER,
            "[忘|わす]れたときは、[市区町村|しくちょうそん]の [窓口|まどぐち]で [決|き]めなおせます。",
        ),
        Told(
            Picture.CLOCK,
            "ゆっくりで だいじょうぶです。[考|かんが]える [時間|じかん]は あります。",
        ),
    ),
    "[決|き]める [番号|ばんごう]は 4つです",
)

_PHOTO = Explanation(
    "カードの [写真|しゃしん]を とります",
    (
        Told(
            Picture.FACE,
            "[前|まえ]を [向|む]きます。[顔|かお]ぜんぶが [見|み]えるように します。6か[月|げつ]より [前|まえ]の"
            " [写真|しゃしん]は [使|つか]えません。",
        ),
        Told(
            Picture.FACE_HAT,
            "ぼうしは ぬぎます。",
            crossed=True,
        ),
        Told(
            Picture.FACE_SIDE,
            "[横|よこ]や [下|した]を [向|む]きません。",
            crossed=True,
        ),
        Told(
            Picture.WALL,
            "[後|うし]ろに [何|なに]も ないところで とります。",
            crossed=True,
        ),
        Told(
            Picture.FACE_DARK,
            "[暗|くら]いところでは とりません。[暗|くら]い [写真|しゃしん]は、どんな [理由|りゆう]があっても"
            " [使|つか]えません。",
            crossed=True,
        ),
    ),
    "[理由|りゆう]があるときは [言|い]ってください",
    (
        Told(
            Picture.FACE_SCARF,
            "[宗教|しゅうきょう]のために [頭|あたま]に [布|ぬの]を つけている [人|ひと]は、つけたまま とれます。"
            "[顔|かお]が [見|み]えるように します。",
        ),
        Told(
            Picture.MEDICAL,
            "[病気|びょうき]や けがのために つけているものは、そのままで かまいません。[車|くるま]いすの まま"
            " とれます。",
        ),
        Told(
            Picture.BABY,
            "[小|ちい]さい [子|こ]どもは、[口|くち]が [開|あ]いていても かまいません。1[歳|さい]に なっていない"
            " [赤|あか]ちゃんは、[写真|しゃしん]が いりません。",
        ),
        Told(
            Picture.PERSON,
            "[障|しょう]がいの ために [前|まえ]を [向|む]けない [人|ひと]は、そのままで かまいません。",
        ),
        Told(
            Picture.BED,
            "[寝|ね]たままの [人|ひと]は、まくらや シーツが [写|うつ]っても かまいません。",
        ),
    ),
)

EXPLANATIONS: Mapping[PaperKind, Explanation] = {
    PaperKind.INTENT_EXPLAINED: _INTENT,
    PaperKind.PHOTO_EXPLAINED: _PHOTO,
    PaperKind.PINS_EXPLAINED: _PINS,
}


@dataclass(frozen=True, slots=True)
class PinKind:
    """One of the PINs: what it is for, how it looks, and after how many wrong ones it locks."""

    name: str
    use: str
    signs: str
    boxes: int
    tries: int


PIN_KINDS = (
    PinKind(
        "[署名用|しょめいよう][電子証明書|でんししょうめいしょ]",
        "インターネットで [申|もう]し[込|こ]みを するとき",
        "[英語|えいご]の [大文字|おおもじ]と [数字|すうじ] 6～16[文字|もじ]",
        6,
        5,
    ),
    PinKind(
        "[利用者証明用|りようしゃしょうめいよう][電子証明書|でんししょうめいしょ]",
        "コンビニや この[機械|きかい]で [証明書|しょうめいしょ]を とるとき",
        "[数字|すうじ] 4つ",
        4,
        3,
    ),
    PinKind(
        "[住民基本台帳用|じゅうみんきほんだいちょうよう]",
        "[引|ひ]っこしの [手続|てつづ]きを するとき",
        "[数字|すうじ] 4つ",
        4,
        3,
    ),
    PinKind(
        "[券面事項入力補助用|けんめんじこうにゅうりょくほじょよう]",
        "[名前|なまえ]や [住所|じゅうしょ]を [機械|きかい]に [入|い]れるとき",
        "[数字|すうじ] 4つ",
        4,
        3,
    ),
)
ALIKE = "[数字|すうじ] 4つの [番号|ばんごう] 3つは、[同|おな]じでも かまいません。"
