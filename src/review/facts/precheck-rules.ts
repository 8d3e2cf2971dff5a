import { dayOf, HOUR, toMinuteText } from '#kernel';
import { lastCalibrated } from './calibration-terms.ts';
import type { CheckItem, CheckOutcome, PrecheckInput } from './precheck.ts';

type Found = Pick<CheckItem, 'outcome' | 'detailZh' | 'detailEn' | 'final' | 'figures' | 'absent'> & { readonly refs?: readonly string[] };
type Rule = Pick<CheckItem, 'item' | 'group' | 'property' | 'track' | 'force' | 'asks' | 'zh' | 'en'> & { readonly check: (input: PrecheckInput) => Found | undefined };

const found = (outcome: CheckOutcome, detailZh: string, detailEn: string, refs: readonly string[] = []): Found => ({ outcome, detailZh, detailEn, refs });
/** There is nothing of it to look at: no person can meet it either. */
const notConcerned = (detailZh: string, detailEn: string): Found => ({ ...found('NOT_CONCERNED', detailZh, detailEn), final: true });
/** Figures that whoever overrules the finding answers: all that are not nothing. */
const answering = (finding: Found, ...figures: readonly number[]): Found => {
  const said = distinct(figures.filter((figure) => figure !== 0).map((figure) => String(Math.abs(figure))));
  return said.length === 0 ? finding : { ...finding, figures: said };
};
const distinct = (words: readonly string[]): string[] => [...new Set(words)];
const data = { group: 'DATA', track: 'TECHNICAL', force: 'MANDATORY' } as const;
const video = { group: 'VIDEO', track: 'TECHNICAL', force: 'MANDATORY' } as const;
const platform = { group: 'PLATFORM', track: 'TECHNICAL', force: 'MANDATORY' } as const;

/** Share of the hours that must be there and valid before the data speak for the period (HJ 75/HJ 356 practice: 75 %). */
const ENOUGH = 0.75;
/** Findings that hold values or amounts against a limit; rules of departments may. */
const AGAINST_A_LIMIT = /^B/;
/** The finding that figures of an hour were sent again. */
const REWRITTEN = 'A05';

const DATA_RULES: readonly Rule[] = [
  { ...data, item: 'data.object', property: 'RELEVANCE', zh: '监管对象', en: 'object',
    check: (i) => (i.outfall === null ? found('CANNOT_TELL', '未指明排放口', 'no outfall named') : found('PASS', `${i.unitName} ${i.outfallName}`, `${i.unit} ${i.outfall}`, [`unit:${i.unit}`, `outfall:${i.outfall}`])) },
  { ...data, item: 'data.time', property: 'COMPLETENESS', zh: '时间', en: 'time',
    check: (i) => (i.to > i.from ? found('PASS', `${toMinuteText(i.from)} 至 ${toMinuteText(i.to)}`, `${toMinuteText(i.from)} to ${toMinuteText(i.to)}`) : found('FAIL', '起止时间不成立', 'the period is empty')) },
  { ...data, item: 'data.place', property: 'COMPLETENESS', zh: '地点', en: 'place',
    check: (i) => (i.address === '' ? found('CANNOT_TELL', '档案未载明地址', 'no address on file') : found('PASS', i.address, 'address on file')) },
  { ...data, item: 'data.factor', property: 'RELEVANCE', zh: '因子', en: 'factor',
    check: (i) => (i.factors.length === 0 ? notConcerned('线索不涉及特定因子', 'no factor concerned') : found('PASS', distinct(i.factors.map((f) => f.name)).join('、'), distinct(i.factors.map((f) => f.code)).join(', '))) },
  { ...data, item: 'data.limit', property: 'RELEVANCE', zh: '适用限值', en: 'limit that applies',
    check: (i) => {
      const without = i.factors.filter((f) => f.limit === null);
      if (i.factors.length === 0) return notConcerned('线索不涉及特定因子', 'no factor concerned');
      const compared = i.observations === undefined || i.observations.length === 0 || i.observations.some(({ model, rule }) => rule !== undefined || AGAINST_A_LIMIT.test(model));
      if (without.length > 0 && !compared) return notConcerned('所述事实不与限值比较', 'nothing observed is held against a limit');
      if (without.length > 0) return found('CANNOT_TELL', `未登记限值：${without.map((f) => f.name).join('、')}`, 'no limit on file');
      return found('PASS', i.factors.map((f) => `${f.name}${f.mean ?? ''} ${f.limit} ${f.unit}（${f.limitSource ?? '许可证'}）`).join('；'), 'limits on file');
    } },
  { ...data, item: 'data.values', property: 'COMPLETENESS', zh: '数值完整有效', en: 'values present and valid',
    check: (i) => {
      if (i.withoutValues === true) return found('PASS', '所述事实是缺数、用电、核查或者标记的记录，不以小时数值为依据', 'the facts are records of silence, power, checks or marks and stand on no hourly values');
      if (i.hours === null || i.hours.expected === 0) return found('CANNOT_TELL', '没有该时段的小时数据', 'no hourly data');
      const { expected, present, valid, overdue = 0 } = i.hours;
      // What was reviewed and what the facts stand on are two counts.
      const [span, due] = [(i.to - i.from) / HOUR, [`应有 ${expected} 小时`, `${expected} hours due`]] as const;
      const [dueZh, dueEn] = span === expected ? due : [`审核时段 ${span} 小时，其中所述事实 ${expected} 小时`, `${span} hours reviewed, the facts stand on ${expected} of them`];
      const [zh, en] = [`${dueZh}，收到 ${present}，有效 ${valid}`, `${dueEn}, ${present} received, ${valid} valid`];
      if (i.asSent === true)
        return answering(found(present >= expected * ENOUGH ? 'PASS' : 'FAIL', `${zh}；所述事实是上传的数值本身，收到即可核对，不以数值有效为条件`, `${en}; the facts are about values as they were sent, which need not count`), expected, present);
      if (i.fallen === true)
        return { ...found('FAIL', `${zh}；所述时段没有校准、核查有效期内的有效小时，不能据以认定`, `${en}; no valid hour within the term of calibration is left of what was observed: nothing can be found by it`), final: true };
      const late = overdue === 0 ? ['', ''] : [`，另有 ${overdue} 小时仅因校准、核查超期不计`, `, ${overdue} more are kept out by an overdue calibration alone`];
      return answering(found(valid + overdue >= expected * ENOUGH ? 'PASS' : 'FAIL', `${zh}${late[0]}`, `${en}${late[1]}`), expected, valid);
    } },
  { ...data, item: 'data.calibration', property: 'AUTHENTICITY', zh: '校准、核查在有效期内', en: 'calibration within its term',
    check: ({ calibrations, hours, observations = [], outfall }) => {
      if (calibrations === undefined || calibrations.length === 0) return undefined;
      const refs = [`calibration:${outfall ?? ''}`];
      const told = calibrations.map(({ name, zh, last, everyHours, source, overdueHours }) => `${zh.startsWith(name) ? zh : `${name}${zh}`}：${last === null ? '没有记录' : `最近一次 ${toMinuteText(last)}，${source} 间隔不超过 ${everyHours} 小时，时段内超期 ${overdueHours} 小时`}`).join('；');
      const en = calibrations.map((one) => `${one.factor}, ${one.en}: ${one.last === null ? 'no record' : `last ${toMinuteText(one.last)}, due every ${one.everyHours} h (${one.source}), ${one.overdueHours} h of the period after that`}`).join('; ');
      if (calibrations.some((one) => one.last === null)) return { ...found('CANNOT_TELL', told, en, refs), absent: true };
      if (calibrations.every((one) => one.overdueHours === 0)) return found('PASS', told, en, refs);
      // Facts stand on hours within the term alone; where none is left, or all of the period lies after it, nothing stands.
      const stands = observations.length > 0 && (hours === null || hours.valid > 0);
      return stands ? found('PASS', `${told}。超期小时的测量值不列入违法事实`, `${en}. Values measured after the term are no part of the facts`, refs) : answering(found('FAIL', told, en, refs), ...calibrations.map(({ overdueHours }) => overdueHours));
    } },
  { ...data, item: 'data.generation', property: 'AUTHENTICITY', zh: '生成采集', en: 'generation and capture',
    check: ({ device, calibrations = [] }) => {
      const calibrated = lastCalibrated(calibrations);
      if (device.accepted === null) return { ...found('CANNOT_TELL', '没有设备验收的登记', 'no acceptance on file'), absent: true };
      if (!device.accepted) return found('FAIL', '设备未通过验收', 'the device was not accepted');
      return found('PASS', calibrated === null ? '设备已验收' : `设备已验收，最近校准 ${toMinuteText(calibrated)}`, 'accepted device');
    } },
  { ...data, item: 'data.transport', property: 'AUTHENTICITY', zh: '传输', en: 'transport',
    check: ({ frames, observations = [] }) => {
      const count = frames?.ranges.reduce((sum, range) => sum + range.frames, 0) ?? 0;
      if (frames === null || count === 0) return found('CANNOT_TELL', '未找到原始报文', 'no raw frames found');
      const refs = frames.ranges.map((range) => `mn:${range.mn}`);
      const { hours, frames: again } = frames.sentAgain ?? { hours: 0, frames: 0 };
      const isFact = observations.some(({ model }) => model === REWRITTEN);
      const [rest, restEn] = hours === 0 ? ['', ''] : [
        `；另有 ${hours} 个小时的数据被以不同数值重新上传，重传报文 ${again} 条，先后报文均已保存，${isFact ? '重新上传就是所述事实' : '所述数值取先到的一条，须说明为何采信'}`,
        `; data of ${hours} hours were sent again with other figures in ${again} frames; all are kept, ${isFact ? 'and that they were sent again is the fact itself' : 'the value that came first is told: say why it is believed'}`,
      ];
      const outcome = frames.suspectPeer > 0 || (frames.conflicts > 0 && !isFact) ? 'FAIL' : hours > 0 && !isFact ? 'CANNOT_TELL' : 'PASS';
      const figures = [frames.conflicts, frames.suspectPeer, hours, again];
      return answering(found(outcome, `原始报文 ${count} 条，损坏 ${frames.damaged}，同键异值 ${frames.conflicts}，补传 ${frames.backfilled}，来源可疑 ${frames.suspectPeer}${rest}`, `${count} frames, ${frames.damaged} damaged, ${frames.conflicts} conflicts, ${frames.backfilled} sent afterwards, ${frames.suspectPeer} of a doubtful source${restEn}`, refs), ...figures);
    } },
  { ...data, item: 'data.storage', property: 'AUTHENTICITY', zh: '存储固定', en: 'storage and fixing',
    check: ({ frames }) => {
      const count = frames?.ranges.reduce((sum, range) => sum + range.frames, 0) ?? 0;
      if (frames === null || count === 0) return found('CANNOT_TELL', '未找到存证叶', 'no evidence leaves found');
      const refs = frames.ranges.flatMap((r) => (r.leafFrom === null || r.leafTo === null ? [] : [`leaf:${r.leafFrom}-${r.leafTo}`]));
      if (frames.sealed < count) return answering(found('FAIL', `已封存 ${frames.sealed}/${count}，请待下一检查点`, `${frames.sealed} of ${count} sealed: wait for the next checkpoint`, refs), frames.sealed, count);
      return found('PASS', `已封存 ${frames.sealed}/${count}`, `${frames.sealed} of ${count} sealed`, refs);
    } },
  { ...data, item: 'data.marks', property: 'AUTHENTICITY', zh: '数据标记与主动报告', en: 'marks and reports of the unit',
    check: ({ marks, answers }) => {
      if (marks === null) return found('CANNOT_TELL', '未取得标记记录', 'marks are not at hand');
      const valid = marks.filter((mark) => mark.inTime);
      const refs = [...marks.map((mark) => `mark:${mark.id}`), ...answers.map((a) => `sheet:${a.sheetId}`)];
      if (valid.length > 0) return answering(found('FAIL', `时段内有 ${valid.length} 个按时标记，须说明为何不予采信`, `${valid.length} timely marks lie in the period: say why they are not believed`, refs), valid.length);
      return found('PASS', `按时标记 0 个，逾期标记 ${marks.length} 个，单位反馈 ${answers.length} 次`, `no timely mark, ${answers.length} answers`, refs);
    } },
];

const OTHER_RULES: readonly Rule[] = [
  { ...video, item: 'video.complete', property: 'COMPLETENESS', zh: '视频时间、地点、对象、内容', en: 'video time, place, object, content',
    check: ({ videos, outfall, from, to }) => {
      if (videos === null || videos.length === 0) return undefined;
      const lacks = (what: (clip: NonNullable<PrecheckInput['videos']>[number]) => boolean) => videos.filter(what).length;
      const wrong = [
        { zh: '时间', en: 'time', n: lacks((clip) => clip.end < clip.start || clip.end < from || clip.start > to) },
        { zh: '地点', en: 'place', n: lacks((clip) => clip.camera === '') },
        { zh: '对象', en: 'object', n: outfall === null ? videos.length : 0 },
        { zh: '内容', en: 'content', n: lacks((clip) => clip.event === '') },
      ].filter((one) => one.n > 0);
      const [zh, en] = [wrong.map((one) => `${one.zh}不全 ${one.n} 段`).join('、'), wrong.map((one) => `${one.en} missing in ${one.n}`).join(', ')];
      return answering(found(wrong.length === 0 ? 'PASS' : 'FAIL', `视频事件 ${videos.length} 段，${zh === '' ? '时间、地点、对象、内容齐全' : zh}`, `${videos.length} events, ${en === '' ? 'time, place, object and content complete' : en}`), ...wrong.map(({ n }) => n));
    } },
  { ...video, item: 'video.clear', property: 'AUTHENTICITY', zh: '抓拍图像清晰', en: 'snapshot is clear',
    check: ({ videos }) => {
      if (videos === null || videos.length === 0) return undefined;
      const refs = videos.flatMap((clip) => (clip.sha256 === null ? [] : [`sha256:${clip.sha256}`]));
      if (refs.length === 0) return notConcerned(`视频事件 ${videos.length} 段，没有抓拍图像`, `${videos.length} events, none with a snapshot`);
      return answering(found('CANNOT_TELL', `抓拍图像 ${refs.length} 张，清晰度须由审核人查看确认`, `${refs.length} snapshots: a reviewer must look at them`, refs), refs.length);
    } },
  { ...video, item: 'video.kept', force: 'ADVISORY', property: 'COMPLETENESS', zh: '现场录像的保存期限', en: 'how long recordings are kept on site',
    check: ({ recordings }) => {
      if (recordings === undefined) return undefined;
      const { months, keptUntil, lookedAt, source } = recordings;
      const [until, gone] = [dayOf(keptUntil), lookedAt > keptUntil];
      return found(gone ? 'FAIL' : 'CANNOT_TELL', `现场录像保存不少于 ${months} 个月（${source}），${gone ? `已于 ${until} 期满，现场可能不再留存` : `需要的录像应在 ${until} 前调取`}`,
        gone ? `recordings are kept on site for ${months} months; the term ended on ${until}` : `recordings are kept on site for ${months} months: fetch what is needed before ${until}`);
    } },
  { ...platform, item: 'platform.running', property: 'AUTHENTICITY', zh: '平台运转正常', en: 'platform running normally',
    check: ({ platform: p }) => {
      if (p === null) return found('CANNOT_TELL', '未取得平台运行记录', 'no platform record');
      const n = p.outages.length;
      const hours = Math.round(p.outages.reduce((sum, { from, to }) => sum + to - from, 0) / HOUR);
      const [silent, silentEn] = (p.silences ?? 0) === 0 ? ['', ''] : [`；该设备有 ${p.silences} 段超过 2 小时没有报文到达，其间平台收到其他设备报文的不计为中断`, `; this device was not heard in ${p.silences} spans of more than 2 h, which are no outages where other devices were`];
      if (n === 0) return found('PASS', `时段内平台接收无中断${silent}`, `reception of the platform ran through${silentEn}`);
      return answering(found('FAIL', `时段内平台接收中断 ${n} 次，共 ${hours} 小时没有收到任何设备的报文${silent}`, `${n} outages, ${hours} h in which no device was heard${silentEn}`), n, hours);
    } },
  { ...platform, item: 'platform.time', property: 'COMPLETENESS', zh: '操作时间准确', en: 'operating time is right',
    check: ({ platform: p }) => {
      if (p?.clockOffsetMs === undefined || p.clockOffsetMs === null) return found('CANNOT_TELL', '未取得时钟偏差', 'clock offset unknown');
      return answering(found(Math.abs(p.clockOffsetMs) <= 2000 ? 'PASS' : 'FAIL', `时钟偏差 ${p.clockOffsetMs} 毫秒`, `offset ${p.clockOffsetMs} ms`), p.clockOffsetMs);
    } },
  { ...platform, item: 'platform.log', property: 'AUTHENTICITY', zh: '存证日志完好', en: 'evidence log intact',
    check: ({ platform: p, log }) => {
      const intact = log === undefined ? (p?.logIntact ?? null) : log.intact;
      const [zh, en] = log === undefined ? ['', ''] : [`核验 ${log.checked} 条报文的存证叶，`, `${log.checked} leaves verified: `];
      if (intact === null) return found('CANNOT_TELL', '签名检查点尚未覆盖本时段报文，未核验', 'no signed head covers the period yet: not verified');
      return intact ? found('PASS', `${zh}与签名检查点一致`, `${en}in agreement with the signed head`) : answering(found('FAIL', `${zh}与签名检查点不一致`, `${en}not in agreement with the signed head`), log?.checked ?? 0);
    } },
  { ...platform, item: 'platform.operations', property: 'COMPLETENESS', zh: '操作时间、执法对象、信息内容完整', en: 'time, object and content of operations complete',
    check: ({ operations: o, unit }) => {
      if (o === undefined) return undefined;
      const zh = `平台操作 ${o.count} 次，均以本线索和 ${unit} 为对象；要素不全 ${o.incomplete} 次`;
      return answering(found(o.count === 0 ? 'CANNOT_TELL' : o.incomplete === 0 ? 'PASS' : 'FAIL', zh, `${o.count} operations on this clue, ${o.incomplete} incomplete`, [`unit:${unit}`]), o.incomplete);
    } },
  { ...platform, force: 'ADVISORY', item: 'platform.health', property: 'AUTHENTICITY', zh: '平台健康快照', en: 'health of the platform, as attached',
    check: ({ health: h }) => {
      if (h === undefined) return undefined;
      const zh = `${toMinuteText(h.takenAt)} 快照：累计接收报文 ${h.frames} 条，设备 ${h.devices} 台，其中逾时未到数 ${h.silent} 台${h.never === undefined ? '' : `、从未上线 ${h.never} 台`}`;
      return found('PASS', zh, `as of ${toMinuteText(h.takenAt)}: ${h.frames} frames received, ${h.devices} devices, ${h.silent} silent for longer than they may be${h.never === undefined ? '' : `, ${h.never} never heard`}`);
    } },
  { group: 'BASIS', track: 'LEGAL', force: 'MANDATORY', item: 'basis.level', property: 'LEGALITY', zh: '法律、行政法规依据', en: 'law or administrative regulation',
    check: ({ bases }) => {
      const good = bases.filter((b) => b.level === 'LAW' || b.level === 'ADMIN_REGULATION');
      const zh = good.map((b) => `《${b.instrument}》${b.article}`).join('；');
      return good.length > 0 ? found('PASS', zh, `${good.length} provisions`) : found('FAIL', '没有法律、行政法规层级的依据', 'no basis of the level the law asks for');
    } },
  { group: 'BASIS', track: 'LEGAL', force: 'MANDATORY', item: 'basis.party', property: 'LEGALITY', zh: '当事人与管辖', en: 'party and jurisdiction',
    check: (i) => (i.unitName === '' ? found('FAIL', '排污单位未登记', 'unit not registered') : found('PASS', i.unitName, `unit ${i.unit}`, [`unit:${i.unit}`])) },
  { group: 'OTHER', track: 'TECHNICAL', force: 'MANDATORY', item: 'other.materials', property: 'AUTHENTICITY', zh: '其他电子材料', en: 'other electronic material',
    check: ({ materials }) => {
      if (materials.length === 0) return undefined;
      return found('CANNOT_TELL', `材料 ${materials.length} 件，须由审核人核对来源与内容`, `${materials.length} items to be looked at`, materials.map((m) => `sha256:${m.sha256}`));
    } },
  { group: 'OTHER', track: 'TECHNICAL', force: 'ADVISORY', item: 'other.answers', asks: true, property: 'RELEVANCE', zh: '单位反馈是否已核查', en: 'answers of the unit weighed',
    check: ({ answers }) => (answers.length === 0 ? undefined : found('CANNOT_TELL', `单位反馈 ${answers.length} 次，请说明采信情况`, `${answers.length} answers to weigh`, answers.map((a) => `sheet:${a.sheetId}`))) },
];

/**
 * The automatic pre-check of 江苏办法 第十一条: three-valued, with what was looked at. It never decides; a reviewer
 * confirms or overrules each item, with a note. Pure: the same input gives the same items in the same order.
 */
export function precheck(input: PrecheckInput): readonly CheckItem[] {
  return [...DATA_RULES, ...OTHER_RULES].flatMap(({ check, ...rule }) => {
    const result = check(input);
    return result === undefined ? [] : [{ ...rule, ...result, refs: result.refs ?? [] }];
  });
}
