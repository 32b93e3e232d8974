"""How the ten figures are read one by one, in each tongue that is spoken."""

from hardware.voice.model import Tongue

FIGURES = {
    Tongue.JAPANESE: ("ゼロ", "イチ", "ニー", "サン", "ヨン", "ゴー", "ロク", "ナナ", "ハチ", "キュー"),
    Tongue.ENGLISH: ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
"""Words by figure, from 0."""
