"""The words of the alerts, in each language. An alert never says more than its status."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "zh"]


class Wording(NamedTuple):
    """Texts with {names}; `titles`, `states` and `standing` by status, `origins` by the rule of the evidence.

    `by` is who reports it, in a title, where it is not counted in voices; `returned` is the title where
    somebody is said to be back, `lowered` that of a status below the one before; `facts` are when it happens,
    whereto and who follows, as the evidence has it.
    """

    titles: dict[str, str]
    returned: str
    lowered: str
    states: dict[str, str]
    standing: dict[str, str]
    by: dict[str, str]
    origins: dict[str, str]
    claims: dict[str, str]
    somebody: str
    organisation: str
    unlisted: str
    voices: tuple[str, str, str]  # for none, one and more
    before: str
    lowers: str
    takes_back: str
    ends: str
    facts: dict[str, str]
    note: str
    no_reactions: str
    reactions: str
    mean: str
    unscored: str
    blind: str
    span: tuple[str, str]  # over, and still going on
    more: str
    comma: str
    case: str


ENGLISH = Wording(
    titles={
        "rumoured": "Rumoured, unconfirmed: {name} is said to be leaving {organisation}",
        "reported": "Reported by {by}, not confirmed: {name} leaves {organisation}",
        "confirmed": "Confirmed: {name} leaves {organisation}",
        "denied": "Denied: the claim that {name} leaves {organisation}",
        "retracted": "Correction: the alert that {name} leaves {organisation} is withdrawn",
    },
    returned="Said to be back: {name} at {organisation}",
    lowered="Correction, less certain now. {title}",
    states={
        "rumoured": "rumoured, unconfirmed",
        "reported": "reported, not confirmed",
        "confirmed": "confirmed",
        "denied": "denied",
        "dismissed": "dismissed",
        "retracted": "withdrawn",
    },
    standing={
        "rumoured": "Rumoured, unconfirmed, {voices}; no confirmation by {name} or {organisation} seen.",
        "reported": "Reported by {voices}; no confirmation by {name} or {organisation} seen.",
        "reported by outlet": "Reported by a trusted outlet ({voices}); no confirmation by {name} or {organisation} seen.",
        "reported by person": "Reported by {name}'s own profile, which has changed ({voices}); no confirmation by {organisation} seen.",
        "confirmed": "Confirmed first-hand; {voices}.",
        "confirmed by person": "Confirmed by {name}'s own account; {voices}.",
        "confirmed by organisation": "Confirmed by {organisation} itself; {voices}.",
        "confirmed by operator": "Confirmed by the operator of this monitor; {voices}.",
        "denied": "The claim is denied first-hand.",
        "denied by person": "{name}'s own account denies it.",
        "denied by organisation": "{organisation} itself denies it.",
        "denied by person.return": "{name}'s own account says that they are back.",
        "denied by organisation.return": "{organisation} itself says that {name} is back.",
        "denied by outlet.return": "A trusted outlet reports that {name} is back.",
        "retracted": "Nothing that it rested on still stands: the posts were deleted or changed.",
        "dismissed": "The operator of this monitor has dismissed it.",
    },
    by={"outlet": "a trusted outlet", "person": "the person's own profile"},
    origins={
        "person.announcement": "from the person's own account",
        "organisation.statement": "from the organisation",
        "person.profile": "the person's own profile changed",
        "outlet.report": "report by a trusted outlet",
        "person.denial": "denial from the person's own account",
        "organisation.denial": "denial from the organisation",
        "person.return": "the person's own account says that they are back",
        "organisation.return": "the organisation says that they are back",
        "outlet.return": "a trusted outlet reports the return",
        "third-party.return": "somebody else says that they are back",
        "hedged": "rumour",
        "one-voice": "claim of one voice",
    },
    claims={
        "self_announced": "announcement, account not known",
        "reported": "report",
        "profile_changed": "profile changed, account not known",
        "rumoured": "rumour",
        "denied": "denial by somebody else",
    },
    somebody="somebody",
    organisation="the organisation",
    unlisted="not on the watchlist",
    voices=("no independent voice", "one voice", "{count} independent voices"),
    before="Before this the case stood at: {state}.",
    lowers="This takes back a part of the earlier alerts: less is certain now.",
    takes_back="This takes back the earlier alerts that {name} leaves {organisation}.",
    ends="The earlier alerts that {name} leaves {organisation} hold no more.",
    facts={
        "": "As the evidence has it: {facts}.",
        "occurred_at": "when: {value}",
        "destination": "where to: “{value}”",
        "replacement": "who follows: “{value}”",
    },
    note="Operator's note: “{note}”",
    no_reactions="No reactions yet.",
    reactions="Reactions in the last hour: {count}, {mean}.",
    mean="mean sentiment {mean:+z.2f} (-1 to +1)",
    unscored="none scored",
    blind="Monitor could not see: {spans}.",
    span=("{source} from {start} to {end}", "{source} since {start}"),
    more="{count} more",
    comma="; ",
    case="case {id}",
)

CHINESE = Wording(
    titles={
        "rumoured": "传闻，未经证实：据称 {name} 将离开 {organisation}",
        "reported": "据{by}报道，尚未确认：{name} 离开 {organisation}",
        "confirmed": "已确认：{name} 离开 {organisation}",
        "denied": "已被否认：{name} 离开 {organisation} 的说法",
        "retracted": "更正：撤回“{name} 离开 {organisation}”的提醒",
    },
    returned="据称回归：{name} 回到 {organisation}",
    lowered="更正，确定程度降低。{title}",
    states={
        "rumoured": "传闻，未经证实",
        "reported": "有报道，尚未确认",
        "confirmed": "已确认",
        "denied": "已被否认",
        "dismissed": "已驳回",
        "retracted": "已撤回",
    },
    standing={
        "rumoured": "传闻，未经证实，{voices}；尚未看到 {name} 或 {organisation} 的确认。",
        "reported": "据{voices}报道；尚未看到 {name} 或 {organisation} 的确认。",
        "reported by outlet": "据可信媒体报道（{voices}）；尚未看到 {name} 或 {organisation} 的确认。",
        "reported by person": "据 {name} 本人简介的改动（{voices}）；尚未看到 {organisation} 的确认。",
        "confirmed": "已由当事方确认；{voices}。",
        "confirmed by person": "{name} 本人账号已确认；{voices}。",
        "confirmed by organisation": "{organisation} 官方已确认；{voices}。",
        "confirmed by operator": "已由本监测的管理员确认；{voices}。",
        "denied": "当事方已否认。",
        "denied by person": "{name} 本人账号已否认。",
        "denied by organisation": "{organisation} 官方已否认。",
        "denied by person.return": "{name} 本人账号称已回归。",
        "denied by organisation.return": "{organisation} 官方称 {name} 已回归。",
        "denied by outlet.return": "据可信媒体报道，{name} 已回归。",
        "retracted": "原有依据均已不成立：相关帖子已被删除或修改。",
        "dismissed": "本监测的管理员已驳回此事。",
    },
    by={"outlet": "可信媒体", "person": "本人简介"},
    origins={
        "person.announcement": "本人账号",
        "organisation.statement": "机构官方",
        "person.profile": "本人简介有改动",
        "outlet.report": "可信媒体报道",
        "person.denial": "本人账号否认",
        "organisation.denial": "机构官方否认",
        "person.return": "本人账号称已回归",
        "organisation.return": "机构官方称已回归",
        "outlet.return": "可信媒体报道其回归",
        "third-party.return": "他人称其回归",
        "hedged": "传言",
        "one-voice": "单方说法",
    },
    claims={
        "self_announced": "自称宣布，账号未核实",
        "reported": "报道",
        "profile_changed": "简介有改动，账号未核实",
        "rumoured": "传言",
        "denied": "他人否认",
    },
    somebody="某人",
    organisation="该机构",
    unlisted="不在关注名单上",
    voices=("没有独立信源", "一个信源", "{count} 个独立信源"),
    before="此前状态：{state}。",
    lowers="此前的提醒现部分收回：确定程度已降低。",
    takes_back="此前关于“{name} 离开 {organisation}”的提醒现予收回。",
    ends="此前关于“{name} 离开 {organisation}”的提醒不再有效。",
    facts={
        "": "据所引内容：{facts}。",
        "occurred_at": "时间 {value}",
        "destination": "去向“{value}”",
        "replacement": "接任者“{value}”",
    },
    note="管理员备注：“{note}”",
    no_reactions="目前还没有反应。",
    reactions="过去一小时的反应：{count} 条，{mean}。",
    mean="平均情感 {mean:+z.2f}（-1 至 +1）",
    unscored="均未评分",
    blind="监测盲区：{spans}。",
    span=("{source}，{start} 至 {end}", "{source}，{start} 起"),
    more="另有 {count} 段",
    comma="；",
    case="事件 {id}",
)

WORDINGS: dict[Language, Wording] = {"en": ENGLISH, "zh": CHINESE}
