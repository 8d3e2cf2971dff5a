import { alterationIn, clockTime, logOf, meansOf } from './alteration.ts';
import { causeFor, observedIn, runsOf, runWords } from './case-words.ts';
import { speakerOf, type Body } from './case-bodies.ts';
import { chanceOf } from './habits.ts';
import { chinaTime, fileNameOf, type HandedIn } from './hand-in.ts';
import { MANAGER, personOf } from './persons.ts';
import { chinaDay, type CasePage, type EvidencePoint, type MeansOfAct } from './shapes.ts';

const DAY = 86_400_000;
type Lines = HandedIn['lines'];

/** A point of a further violation carries its key before its name. */
const kindOf = (id: string): string => id.split(':').at(-1) ?? id;

/** How a file was taken: what the party gives its manager confirms from afar; what comes from the platform is taken without it, before a witness. */
function takenHow({ state, unitName }: CasePage, { provider, id }: EvidencePoint, now: number): Body {
  const minutes = 8 + (chanceOf(state.caseId, id, 'taken') % 18);
  const { name, post } = personOf(state.unitId, MANAGER);
  return {
    startedAt: now - minutes * 60_000, environment: '执法终端经政务外网登录平台，取得文件后即计算 SHA-256 校验值',
    ...(provider === unitName ? { partySigned: `${name}（${post}，在线核对后电子签名）` } : { absence: '非现场提取，当事人不在提取现场', witness: `${personOf(state.caseId, '见证人').name}（法律服务所工作人员，与当事人无利害关系）` }),
  };
}

/** The time an extracted log is of. */
function coversOf({ state }: CasePage, { id }: EvidencePoint): Body {
  if (kindOf(id) !== 'TRACE') return {};
  const { from, to } = logOf(state);
  return { coversFrom: from, coversTo: to };
}

const toAttach = (page: CasePage, point: EvidencePoint, now: number, sha256: string): Body => {
  const file = evidenceFile(page, point, now);
  return {
    kind: 'ATTACH_EVIDENCE', ...takenHow(page, point, now), title: file.title, evidenceKind: point.kinds.find((kind) => kind !== 'ELECTRONIC_DATA') ?? 'DOCUMENT', point: point.id, mode: 'OFFSITE',
    obtainedOn: chinaDay(now), provider: point.provider, ...coversOf(page, point), proves: point.proves, source: { from: 'FILE', fileName: fileNameOf(file), sha256 },
  };
};

/** What the party's own books tell of the plant, wanted where officers went to the place: what they see there is of that day only. */
const BOOKS = ['CONDITION', 'OPERATOR'];

/** Points still empty that are to be filled: what is required, and after a visit the party's books of the days of the act. An inquiry is recorded, not attached. */
export const emptyPoints = ({ evidencePoints, state: { latest = {} } }: { readonly evidencePoints: CasePage['evidencePoints']; readonly state: Partial<Pick<CasePage['state'], 'latest'>> }): EvidencePoint[] => {
  const empty = evidencePoints.filter(({ id, items }) => items.length === 0 && id !== 'INQUIRY');
  const books = latest['RECORD_SITE_INSPECTION'] === undefined ? undefined : empty.find(({ id, kinds }) => BOOKS.includes(id) && kinds.includes('DOCUMENT'));
  return empty.filter((point) => point.required || point === books);
};

/** First and last moment of the act, as papers write them. */
const spanOf = ({ state: { actStart, actEnd } }: CasePage): string => `${chinaTime(actStart)} 至 ${chinaTime(actEnd)}`;

const identityOf = (page: CasePage): Lines => {
  const { name, post, idNumber, address } = speakerOf(page);
  return [['姓名', name], ['职务', post], ['居民身份证号码（虚构）', idNumber], ['住址', address]];
};

/** The limit of each factor, as the facts tell it. */
const limitsOf = (page: CasePage): Lines => [...new Map(runsOf(page).map(({ factor, limit }) => [factor, limit]))].map(([factor, limit]) => [`${factor}执行限值`, limit]);

/** Of an exceedance the books tell which part of the treatment failed and what was done; else that the plant ran. */
const booksOf = (page: CasePage): Lines => {
  const causes = [...new Set(runsOf(page).map(({ factor }) => factor))].map((factor) => ({ factor, ...causeFor(factor, page.state.unitId, page.outfallName) }));
  return [
    ['台账时段', spanOf(page)], ['生产设施', '运行'],
    ...(causes.length === 0 ? [['治理设施和监测设备', observedIn(page)] as const] : causes.map(({ factor, cause, done, record }) => [record, `${factor}：${cause}；后${done}`] as const)),
    ['记录人', `${personOf(page.state.unitId, '运行班长').name}（运行班长）`],
  ];
};

/** How the log of a shift says it, by what the power shows. */
const RAN_LOW: readonly [tells: RegExp, ran: string] = [/./u, '风机、加药泵低负荷运行'];
const RAN: readonly (typeof RAN_LOW)[] = [[/滞后/u, '治理设施晚于生产设施启动'], [/提前/u, '治理设施先于生产设施停运'], [/停运/u, '治理设施停运检查']];

/** The operating log of the treatment, shift by shift of the days of the act: what the operator wrote down himself. */
function treatmentLog(page: CasePage): Lines {
  const { caseId, unitId, actStart, actEnd } = page.state;
  const days = Math.min(7, Math.max(1, Math.ceil((actEnd - actStart) / DAY)));
  const [, ran] = RAN.find(([tells]) => tells.test(observedIn(page))) ?? RAN_LOW;
  return [
    ['台账时段', spanOf(page)], ['治理设施', `${page.outfallName}污染防治设施`],
    ...Array.from({ length: days }, (_, k) => [`${chinaDay(actStart + k * DAY)} 运行记录`, `生产设施运行；${ran}；药剂投加量为正常的 ${20 + (chanceOf(caseId, k, 'dosed') % 35)}%`] as const),
    ['记录人', `${personOf(unitId, '治理设施操作工').name}（治理设施操作工）`],
  ];
}

/** By which standard a device is held against results by hand, and the error it permits (HJ 75—2017 表 4、HJ 355—2019 表 1): by kind of factor. */
const COMPARED_BY: readonly (readonly [factor: RegExp, standard: string, error: string, pairs: number])[] = [
  [/颗粒物|烟尘/u, 'HJ 75—2017', '浓度不大于 10 mg/m3 的，绝对误差不超过 ±5 mg/m3；大于 10 至 20 mg/m3 的，±6 mg/m3；大于 20 至 50 mg/m3 的，相对误差不超过 ±30%', 5],
  [/二氧化硫/u, 'HJ 75—2017', '浓度低于 57 mg/m3 的，绝对误差不超过 ±17 mg/m3；57 至 143 mg/m3 的，相对误差不超过 ±30%', 9],
  [/氮氧化物/u, 'HJ 75—2017', '浓度低于 41 mg/m3 的，绝对误差不超过 ±12 mg/m3；41 至 103 mg/m3 的，相对误差不超过 ±30%', 9],
  [/化学需氧量/u, 'HJ 355—2019', '30 至 60 mg/L 的，相对误差不超过 ±30%；60 至 100 mg/L 的，±20%；100 mg/L 以上的，±15%', 3],
  [/氨氮|总磷|总氮/u, 'HJ 355—2019', '相对误差不超过 ±15%（低浓度按该表的绝对误差）', 3],
];

/** The report of the laboratory: pairs of results of one sampling, their means, the standard and its permitted error. */
const manualReport = (page: CasePage): Lines => (page.state.observed ?? []).flatMap(({ factors: [factor], figures, from }, k): Lines => {
  if (figures?.kind !== 'MANUAL_COMPARED' || factor === undefined) return [];
  const [, standard, error, pairs] = COMPARED_BY.find(([named]) => named.test(factor.zh)) ?? [undefined, '该因子的监测方法标准', '以方法标准规定的为准', 3];
  const [manual, automatic] = [Number(figures.manual), Number(figures.automatic)];
  const near = (value: number, of: string, n: number): string => (value * (1 + (chanceOf(page.state.caseId, of, k, n) - 50) / 1500)).toPrecision(3);
  return [
    ['报告', `${factor.zh}手工监测与自动监测比对，采样 ${chinaTime(from)} 起`], ['比对标准', standard], ['允许误差', error],
    ...Array.from({ length: pairs }, (_, n) => [`第 ${n + 1} 组`, `手工 ${near(manual, 'manual', n)}，自动 ${near(automatic, 'automatic', n)}（${figures.unit}）`] as const),
    ['均值', `手工 ${figures.manual} ${figures.unit}，自动 ${figures.automatic} ${figures.unit}，绝对误差 ${(automatic - manual).toPrecision(3)} ${figures.unit}，相对误差 ${(((automatic - manual) / manual) * 100).toFixed(1)}%`],
    ['签章', '监测机构编制、审核、签发人签名，盖检验检测专用章'],
  ];
});

/** What the log holds of an act: each entry by its minutes from the moment it was done. A log tells operations, not what officers concluded of them. */
const ENTRIES: Readonly<Record<MeansOfAct, readonly (readonly [minutes: number, entry: string])[]>> = {
  PARAM_CHANGED: [[-3, '运维账户登录'], [0, '修改参数'], [2, '运维账户退出']],
  RECORD_FORGED: [[-4, '运维账户登录'], [0, '启用数据输出程序（不在备案清单）'], [3, '运维账户退出']],
  SAMPLING_INTERFERED: [[-9, '站房门开启'], [0, '采样管路处有人操作（视频）'], [11, '站房门关闭']],
  MARK_FALSE: [[-2, '企业端账户登录'], [0, '提交数据标记'], [1, '企业端账户退出']],
  DEVICE_MOVED: [[-12, '站房门开启'], [0, '分析仪断电、移出机位（视频）'], [40, '站房门关闭']],
  TREATMENT_STOPPED: [[-2, '操作员站登录（中控室）'], [0, '治理设施停运或者调低负荷'], [1, '生产设施运行信号：运行']],
  HIDDEN_OUTLET: [[-6, '阀门处有人到场（视频）'], [0, '旁路阀门开启'], [9, '人员离开（视频）']],
};

/** The log of the days of the act, entry by entry; where nothing was done, that it holds no such entry. */
function logLines(page: CasePage): Lines {
  const { at, from, to } = logOf(page.state);
  const [means, parameter] = [meansOf(page.state), alterationIn(page.state.latest['RECORD_SITE_INSPECTION']?.command['found'])];
  const entries = means === undefined ? [] : ENTRIES[means];
  return [
    ['设备', `${page.outfallName}自动监测设备和数据采集传输仪`], ['日志时段', `${chinaTime(from)} 至 ${chinaTime(to)}`],
    ...(entries.length === 0 ? [['日志所载', '该时段没有修改参数、启停程序、拆动设备的记录'] as const]
      : entries.map(([minutes, entry]) => [clockTime(at + minutes * 60_000), minutes === 0 && parameter !== undefined ? parameter.replace('备案值为', '原值').replace('检查时为', '新值') : entry] as const)),
  ];
}

/** What a paper of each kind holds beside whose it is: nothing that it could not know. */
const HOLDS: Readonly<Record<string, (page: CasePage) => Lines>> = {
  PARTY: identityOf,
  PERMIT: (page) => [['排放口', page.outfallName], ...limitsOf(page), ['有效情况', `行为时间（${spanOf(page)}）在许可证有效期内`]],
  DUTY: (page) => [['排放口', page.outfallName], page.state.violation === 'TREATMENT_NOT_BY_PERMIT'
    ? ['污染防治设施运行要求', '与生产设施同步运行，先于生产设施启动、后于生产设施停运；故障检修的同步停产或者减产并报告；逐班记录运行参数和药剂投加'] as const : ['自行监测要求', '安装、使用自动监测设备，与生态环境主管部门的监控设备联网，保证正常运行'] as const],
  OPERATION_LOG: treatmentLog,
  REPORT: (page) => [
    ['记录时段', spanOf(page)], ['故障报告、停用申请', '该时段没有向生态环境主管部门报告的记录'], ['数据标记', '该时段没有在规定时限内提交的标记'],
    ['检修记录', `${chinaTime(page.state.actEnd)} 恢复上传，此前没有检修、更换备机和手工监测的记录`], ['记录人', `${personOf(page.state.unitId, '运行班长').name}（运行班长）`],
  ],
  CALC: (page) => [['排放口', page.outfallName], ...(runsOf(page).length === 0 ? [['时段和内容', `${spanOf(page)}，${observedIn(page)}`] as const] : runsOf(page).map((run, k) => [`计算 ${k + 1}`, runWords(run)] as const)), ['计算方法', '按所附原始数据和标记逐时段计算均值；需要折算的按标准折算']],
  DEVICE_QC: (page) => [
    ['排放口', page.outfallName], ['验收', '自动监测设备已经验收并联网'], ['记录时段', spanOf(page)],
    ...Array.from({ length: Math.min(7, Math.max(1, Math.ceil((page.state.actEnd - page.state.actStart) / DAY))) }, (_, k) => [`${chinaDay(page.state.actStart + k * DAY)} 质控`, `标准物质核查误差 ${(chanceOf(page.state.caseId, k, 'qc') / 25).toFixed(1)}%，合格（当事人记录）`] as const),
  ],
  MANUAL_REPORT: manualReport,
  CONDITION: booksOf,
  OPERATOR: booksOf,
  TRACE: logLines,
};

/** Points whose file is a table. */
const TABLES = ['CALC', 'TRACE', 'CONDITION', 'DEVICE_STATE'];

/** The paper that stands for a point: whose it is, and what such a paper holds. */
export const evidenceFile = (page: CasePage, { id, zh, provider }: Pick<EvidencePoint, 'id' | 'zh'> & Partial<Pick<EvidencePoint, 'provider'>>, now: number): HandedIn => {
  const kind = kindOf(id);
  return {
    title: zh, as: TABLES.includes(kind) ? 'csv' : 'pdf',
    lines: [
      ['案号', page.state.caseNo], ['当事人', page.unitName], ...(provider === undefined ? [] : [['提供', provider] as const]),
      ...(HOLDS[kind] ?? ((of: CasePage): Lines => [['排放口', of.outfallName], ['时段', spanOf(of)], ['内容', observedIn(of)]]))(page), ['取得时间', chinaTime(now)],
    ],
  };
};

/** A point that takes electronic data alone is shown by the data that were reviewed. */
const byData = (page: CasePage, point: EvidencePoint, body: Body): Body => {
  const [data] = page.state.evidenceRefs;
  return point.kinds.some((kind) => kind !== 'ELECTRONIC_DATA') || data === undefined ? body : { ...body, evidenceKind: 'ELECTRONIC_DATA', source: { from: 'REVIEWED_DATA', dataRef: data.dataRef } };
};

/** The act that fixes a point by its file. */
export const evidenceOf = (page: CasePage, point: EvidencePoint, sha256: string, now: number): Body => byData(page, point, toAttach(page, point, now, sha256));

/** Items for the empty points, all with the file of this digest. */
export const missingEvidence = (page: CasePage, sha256: string, now: number): Body[] => emptyPoints(page).map((point) => evidenceOf(page, point, sha256, now));
