"""Whether a text in Han letters without kana is Japanese: short posts and headlines often are."""

from __future__ import annotations

import re

# Letters that neither form of Chinese writes: Japan's own short forms, and letters made there.
_ONLY = frozenset(
    "対関売悪経込県読応単転帰価増権検観験団駅総処専両薬戻図帯軽囲絵遅焼険払挙労辺雑聴覧圧児鉄従継扱闘駄脳掲択徴"
    "仮厳齢縄拠拡悩豊廃歯繰栄獣霊枠剤舗塩捜賛渋酔歓臓渉縁黙懐庁譲揃勧圏舎仏釈噂揺縦嬢亀匂銭陥拝奨穂粋覇犠摂浄"
    "巣脇鶏滝塁斎栃鉱繊荘砕顕辻畳錬髄粛曽峠暁壌渓桟辿気発実変戦楽続円伝乗撃広覚収営毎歩効済働黒満訳抜頼壊弾巻"
    "沢剣恵騒桜瀬徳亜涙竜隷剰戯粧晩歳髪様畑捗喩塡"
)
# Japanese writes some letters in the form of simplified Chinese and others in that of traditional Chinese: both in one
# text are neither.
_AS_SIMPLIFIED = frozenset(
    "会国来学当画体数点状参声写号装断区争寝党恋独担温脱余属税乱静旧宝昼盗献誉灯随麦礼届称尽潜双欧浅辞残"
)
_AS_TRADITIONAL = frozenset(
    "見時間無場動後話業開長現結機書違員車問連報記東電聞選終題強決語愛別達買過調設勝組運約認誰島産進計優議説際風"
    "線務係質頭葉飲個張録願術顔態絶難構試備週軍義種論護職視側馬園載飛離規製師証細負識類異統頃隊復門為換編敵興減準"
    "販簡許費況夢習協評導館極響熱遠適勢銀階詳絡環賞頂領敗紙級談橋給補監掛衛紹謝貴練責標織艦傷遺並積額複財庫創災"
    "納課採誌純劇驚飯順聖輪陽捨競築測節損華講閉陸養憶婦購層盤則紀請魚鮮訪誤訴慣維躍審農樹恥賀緊項輸診討詞範昇緑"
)
_WORDS = (
    "仕事",
    "株式",
    "会社",
    "退社",
    "入社",
    "社員",
    "社長",
    "彼女",
    "取締役",
    "就職",
    "新卒",
    "割引",
    "残業",
    "残念",
    "無念",
)
_TELLING = re.compile(
    f"[{''.join(sorted(_ONLY | _AS_TRADITIONAL))}仕株社彼卒写割残無]"
)  # a letter of each word is here

# What Chinese writes all the time, and Japanese never.
_NEVER = frozenset("她你们們这這吗嗎吧呢很没沒您咱啊总會辭舉欢歡讓说")
_PART = 8  # a Chinese text may quote as many Japanese letters as one in eight


def is_japanese(text: str, han: int) -> bool:
    """Whether the Han letters of the text, `han` of them and hardly any kana, are Japanese rather than Chinese."""
    if not _TELLING.search(text):
        return False
    letters = set(text)
    if not _NEVER.isdisjoint(letters):
        return False
    found = 0 if _ONLY.isdisjoint(letters) else sum(map(_ONLY.__contains__, text))
    found += min(len(_AS_TRADITIONAL & letters), len(_AS_SIMPLIFIED & letters))
    found += sum(len(word) for word in _WORDS if word in text)
    return found * _PART > han
