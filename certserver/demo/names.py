"""Names for the fictional population: surnames by how common they are, given names by sex and time of birth, each with
its reading. They are common words put together by chance and mean nobody."""

from dataclasses import dataclass

from certserver.registers.model import Sex


@dataclass(frozen=True, slots=True)
class Name:
    """A surname or a given name, and its reading in katakana."""

    written: str
    kana: str


def _names(text: str) -> tuple[Name, ...]:
    return tuple(Name(*entry.split("/")) for entry in text.split())


SURNAMES = _names(
    """
    佐藤/サトウ 鈴木/スズキ 高橋/タカハシ 田中/タナカ 伊藤/イトウ 渡辺/ワタナベ 山本/ヤマモト 中村/ナカムラ
    小林/コバヤシ 加藤/カトウ 吉田/ヨシダ 山田/ヤマダ 佐々木/ササキ 山口/ヤマグチ 松本/マツモト 井上/イノウエ
    木村/キムラ 斎藤/サイトウ 清水/シミズ 山崎/ヤマザキ 阿部/アベ 森/モリ 池田/イケダ 橋本/ハシモト 石川/イシカワ
    山下/ヤマシタ 小川/オガワ 石井/イシイ 長谷川/ハセガワ 後藤/ゴトウ 岡田/オカダ 近藤/コンドウ 前田/マエダ
    藤田/フジタ 遠藤/エンドウ 青木/アオキ 坂本/サカモト 村上/ムラカミ 太田/オオタ 金子/カネコ 藤井/フジイ
    福田/フクダ 西村/ニシムラ 三浦/ミウラ 竹内/タケウチ 中川/ナカガワ 岡本/オカモト 松田/マツダ 原田/ハラダ
    中野/ナカノ 小野/オノ 田村/タムラ 藤原/フジワラ 中山/ナカヤマ 石田/イシダ 小島/コジマ 和田/ワダ 内田/ウチダ
    柴田/シバタ 酒井/サカイ 宮崎/ミヤザキ 横山/ヨコヤマ 髙木/タカギ 安藤/アンドウ 宮本/ミヤモト 大野/オオノ
    谷口/タニグチ 丸山/マルヤマ 今井/イマイ 河野/コウノ 増田/マスダ 久保/クボ
    """
)
"""The first are the most common ones."""

_MALE_BEFORE_1960 = _names(
    """
    清/キヨシ 勇/イサム 実/ミノル 茂/シゲル 正/タダシ 弘/ヒロシ 進/ススム 昭/アキラ 勝/マサル 博/ヒロシ 功/イサオ
    豊/ユタカ 正雄/マサオ 義男/ヨシオ 和夫/カズオ 幸雄/ユキオ 三郎/サブロウ 健二/ケンジ 修一/シュウイチ 辰夫/タツオ
    久雄/ヒサオ
    """
)
_MALE_BEFORE_1990 = _names(
    """
    誠/マコト 隆/タカシ 浩/ヒロシ 哲也/テツヤ 健一/ケンイチ 直樹/ナオキ 大輔/ダイスケ 和也/カズヤ 剛/ツヨシ
    学/マナブ 裕之/ヒロユキ 雅人/マサト 達也/タツヤ 修/オサム 秀樹/ヒデキ 孝之/タカユキ 亮/リョウ 拓也/タクヤ
    洋平/ヨウヘイ 聡/サトシ
    """
)
_MALE_SINCE_1990 = _names(
    """
    翔太/ショウタ 蓮/レン 悠斗/ユウト 大翔/ヒロト 陽向/ヒナタ 湊/ミナト 朝陽/アサヒ 樹/イツキ 颯/ハヤテ 律/リツ
    健太/ケンタ 海斗/カイト 陸/リク 航/ワタル 優斗/ユウト 奏太/ソウタ 新/アラタ 暖/ダン 結人/ユイト 光希/コウキ
    """
)
_FEMALE_BEFORE_1960 = _names(
    """
    和子/カズコ 幸子/サチコ 節子/セツコ 洋子/ヨウコ 弘子/ヒロコ 文子/フミコ 千代/チヨ ハル/ハル 久子/ヒサコ
    良子/ヨシコ 京子/キョウコ 美智子/ミチコ 静江/シズエ 春枝/ハルエ 富美/フミ 光代/ミツヨ 照子/テルコ 信子/ノブコ
    喜代/キヨ 道子/ミチコ
    """
)
_FEMALE_BEFORE_1990 = _names(
    """
    恵子/ケイコ 由美子/ユミコ 真由美/マユミ 直美/ナオミ 智子/トモコ 裕子/ユウコ 陽子/ヨウコ 香織/カオリ 久美/クミ
    麻衣/マイ 美穂/ミホ 愛/アイ 由佳/ユカ 千尋/チヒロ 純子/ジュンコ 理恵/リエ 綾/アヤ 祐子/ユウコ 友美/トモミ
    早苗/サナエ
    """
)
_FEMALE_SINCE_1990 = _names(
    """
    美咲/ミサキ 葵/アオイ 結衣/ユイ 陽菜/ヒナ さくら/サクラ 凛/リン 芽依/メイ 心春/コハル 莉子/リコ 紬/ツムギ
    彩花/アヤカ 七海/ナナミ 杏/アン 琴音/コトネ ひかり/ヒカリ 美月/ミツキ 千夏/チナツ 優奈/ユウナ 詩/ウタ
    咲良/サクラ
    """
)

_TIMES = (
    (1960, {Sex.MALE: _MALE_BEFORE_1960, Sex.FEMALE: _FEMALE_BEFORE_1960}),
    (1990, {Sex.MALE: _MALE_BEFORE_1990, Sex.FEMALE: _FEMALE_BEFORE_1990}),
    (9999, {Sex.MALE: _MALE_SINCE_1990, Sex.FEMALE: _FEMALE_SINCE_1990}),
)


def given_names(sex: Sex, born: int) -> tuple[Name, ...]:
    """Names that parents gave in a year."""
    return next(names for before, names in _TIMES if born < before)[sex]


@dataclass(frozen=True, slots=True)
class ForeignName:
    """A name as the register writes it, in full-width capitals, with its reading and nationality."""

    written: str
    kana: str
    nationality: str


FOREIGN_NAMES = {
    Sex.MALE: (
        ForeignName("ＮＧＵＹＥＮ　ＶＡＮ　ＭＩＨＯＮ", "グエン　ヴァン　ミホン", "ベトナム"),
        ForeignName("ＲＥＩＪＩ　ＳＩＬＶＡ　ＣＡＲＬＯＳ", "レイジ　シルヴァ　カルロス", "ブラジル"),
        ForeignName("ＭＩＨＯＮ　ＢＡＨＡＤＵＲ　ＲＡＩ", "ミホン　バハドゥル　ライ", "ネパール"),
        ForeignName("ＫＩＭ　ＭＩＨＯＮ", "キム　ミホン", "韓国"),
    ),
    Sex.FEMALE: (
        ForeignName("ＴＲＡＮ　ＴＨＩ　ＭＩＨＯＮ", "チャン　ティ　ミホン", "ベトナム"),
        ForeignName("ＭＩＨＯＮ　ＳＡＮＴＯＳ　ＡＮＡ", "ミホン　サントス　アナ", "フィリピン"),
        ForeignName("ＬＩ　ＭＩＨＯＮ", "リ　ミホン", "中国"),
        ForeignName("ＲＥＩＪＩ　ＥＭＩＬＹ　ＪＡＮＥ", "レイジ　エミリー　ジェーン", "米国"),
    ),
}
"""見本 (specimen) and 例示 (example) stand in each, so that none can be anybody's."""
