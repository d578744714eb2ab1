"""The words of what is told beside departures: a source out of sight, an endpoint that fails, the day, a test."""

from __future__ import annotations

from typing import NamedTuple

from .wording import Language


class NoticeWording(NamedTuple):
    """Texts with {names}; `titles` by the type of the alert, "" for any other, "source.over" for the end of a gap.

    `said` is what a notice says where it knows what it is about, `does` what to do about it.
    """

    titles: dict[str, str]
    said: dict[str, str]
    does: dict[str, str]
    line: str
    corrects: dict[str, str]
    before: str
    operator: str
    more: str
    counted: str


ENGLISH = NoticeWording(
    titles={
        "monitor.test": "Test: monitor's alerts arrive here",
        "source.blind": "Monitor cannot see {source}",
        "source.over": "Monitor sees {source} again",
        "delivery.dead": "Monitor could not deliver an alert to {endpoint}",
        "endpoint.disabled": "Monitor has disabled the endpoint {endpoint}",
        "monitor.digest": "Digest of {day}: departures whose status has changed",
        "": "Notice from monitor",
    },
    said={
        "monitor.test": "This is a test. Nothing has happened, nobody has left.",
        "source.blind": "Not seen since {start}. What is said there comes late or not at all; that no alert comes does not mean that nothing happens.",
        "source.over": "Not seen from {start} to {end}. What was said there meanwhile comes late, or not at all where the source no longer has it.",
        "delivery.dead": "The alert {webhook_id} ({type}) was given up after {attempts} attempts.",
        "delivery.one": "The alert {webhook_id} ({type}) was given up after one attempt.",
        "reason": "The last answer: “{reason}”",
        "endpoint.disabled": "{endpoint} answered 410: its URL is gone for good. Nothing more is sent there; its alerts are kept as dead letters.",
        "monitor.digest": "From {start} to {end}.",
    },
    does={
        "delivery.dead": "When the endpoint works again: monitor alerts replay {endpoint}",
        "endpoint.disabled": "To enable it: mend its URL in the settings, or, where the URL is right, monitor alerts test {endpoint}. What it missed: monitor alerts dead",
    },
    line="{title} ({facts})",
    corrects={
        "": "this takes back what was told before",
        "ends": "what was told before holds no more",
        "lowers": "this takes back a part of what was told before",
    },
    before="before: {state}",
    operator="by the operator of this monitor",
    more="And {count} more: monitor cases list",
    counted="A reaction to two of those named here counts for both.",
)

CHINESE = NoticeWording(
    titles={
        "monitor.test": "测试：monitor 的提醒可以送达这里",
        "source.blind": "monitor 看不到来源 {source}",
        "source.over": "monitor 又能看到来源 {source}",
        "delivery.dead": "monitor 有一条提醒未能送达 {endpoint}",
        "endpoint.disabled": "monitor 停用了接收端 {endpoint}",
        "monitor.digest": "{day} 摘要：状态有变化的离职事件",
        "": "monitor 通知",
    },
    said={
        "monitor.test": "这是一条测试消息。没有发生任何事情，也没有人离开。",
        "source.blind": "自 {start} 起看不到。那里的内容会迟到，或者收不到；没有提醒并不表示没有事情发生。",
        "source.over": "{start} 至 {end} 期间看不到。其间的内容会迟到；来源不再提供的则收不到。",
        "delivery.dead": "提醒 {webhook_id}（{type}）尝试 {attempts} 次后放弃。",
        "delivery.one": "提醒 {webhook_id}（{type}）尝试 1 次后放弃。",
        "reason": "最后的回答：“{reason}”",
        "endpoint.disabled": "{endpoint} 回答 410：其 URL 已永久失效。不再向它发送；它的提醒作为死信保留。",
        "monitor.digest": "{start} 至 {end}。",
    },
    does={
        "delivery.dead": "接收端恢复后：monitor alerts replay {endpoint}",
        "endpoint.disabled": "重新启用：改正设置中的 URL；若 URL 无误，运行 monitor alerts test {endpoint}。错过的提醒：monitor alerts dead",
    },
    line="{title}（{facts}）",
    corrects={
        "": "更正：收回此前的提醒",
        "ends": "此前的提醒不再有效",
        "lowers": "更正：此前的提醒部分收回",
    },
    before="此前：{state}",
    operator="本监测的管理员",
    more="另有 {count} 件：monitor cases list",
    counted="同时涉及其中两人的反应各计一次。",
)

NOTICE_WORDINGS: dict[Language, NoticeWording] = {"en": ENGLISH, "zh": CHINESE}
