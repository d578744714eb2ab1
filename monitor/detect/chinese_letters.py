"""Traditional letters of the words that the Chinese tables hold, each before its simplified one."""

from __future__ import annotations

from .vocabulary import words

_PAIRS = words(
    """
離离 職职 辭辞 請请 遞递 畢毕 業业 傳传 網网 聽听 說说 據据 無无 會会 從从 沒没 還还 並并 證证 實实 認认 謠谣 闢辟 後后 過过 開开 團团 隊队 員员 師师 負负 責责 與与 個个 為为 誰谁 幾几 嗎吗 麼么 將将
應应 對对 東东 裡里 裏里 達达 號号 級级 歸归 當当 時时 點点 動动 進进 遠远 運运 選选 擇择 擔担 屬属 續续 約约 簽签 轉转 調调 換换 優优 給给 讓让 書书 長长 務务 項项 發发 佈布 報报 導导 稱称 雙双 難难
捨舍 愛爱 聞闻 風风 聲声 雲云 萬万 於于 謝谢 別别 見见 飯饭 戰战 場场 學学 專专 訪访 問问 題题 異异 議议 創创 國国 們们 這这 樣样 裝装 騙骗 亂乱 編编 圖图 謬谬 誤误 撈捞 啲的 係是 喺在 嚟来 佢他 嘅的
冇没 啱对 攞拿 鋪铺 蓋盖 揮挥 闊阔 鄉乡 財财 經经 門门 戶户 單单 飛飞 掛挂 陸陆 獨独 頭头 貓猫 貼贴 贊赞 嘆叹 絕绝 處处 決决 誠诚 懇恳 爾尔 該该 塊块 終终 總总 監监 領领 機机 構构 資资 內内 線线 連连
繫系 聯联 絡络 賣卖 買买 賬账 帳账 瘋疯 週周 筆笔 餞饯 歡欢 強强 虛虚 烏乌 龍龙 純纯 遺遗 嗚呜 傷伤 臨临 剛刚 纔才 輪轮 撥拨 擬拟 謀谋 聖圣 幹干
"""
)
_TABLE = {ord(pair[0]): ord(pair[1]) for pair in _PAIRS}


def simplified(text: str) -> str:
    """The text with the letters of the table simplified, at the same offsets."""
    return text if text.isascii() else text.translate(_TABLE)
