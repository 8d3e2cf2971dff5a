import { causeFor, observedIn, runsOf, runWords } from './case-words.ts';
import { speakerOf, type Body } from './case-bodies.ts';
import { chanceOf } from './habits.ts';
import { chinaTime, fileNameOf, type HandedIn } from './hand-in.ts';
import { MANAGER, personOf } from './persons.ts';
import { chinaDay, type CasePage, type EvidencePoint } from './shapes.ts';

const DAY = 86_400_000;
type Lines = HandedIn['lines'];

/** How a file was taken: what the party gives its manager confirms from afar; what comes from the platform is taken without it, before a witness. */
function takenHow({ state, unitName }: CasePage, { provider, id }: EvidencePoint, now: number): Body {
  const minutes = 8 + (chanceOf(state.caseId, id, 'taken') % 18);
  const { name, post } = personOf(state.unitId, MANAGER);
  return {
    startedAt: now - minutes * 60_000, environment: '执法终端经政务外网登录平台，取得文件后即计算 SHA-256 校验值',
    ...(provider === unitName ? { partySigned: `${name}（${post}，在线核对后电子签名）` } : { absence: '非现场提取，当事人不在提取现场', witness: `${personOf(state.caseId, '见证人').name}（法律服务所工作人员，与当事人无利害关系）` }),
  };
}

const toAttach = (page: CasePage, point: EvidencePoint, now: number, sha256: string): Body => {
  const file = evidenceFile(page, point, now);
  return {
    kind: 'ATTACH_EVIDENCE', ...takenHow(page, point, now), title: file.title, evidenceKind: point.kinds.find((kind) => kind !== 'ELECTRONIC_DATA') ?? 'DOCUMENT', point: point.id, mode: 'OFFSITE',
    obtainedOn: chinaDay(now), provider: point.provider, proves: point.proves, source: { from: 'FILE', fileName: fileNameOf(file), sha256 },
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

/** What a paper of each kind holds beside whose it is: nothing that it could not know. */
const HOLDS: Readonly<Record<string, (page: CasePage) => Lines>> = {
  PARTY: identityOf,
  PERMIT: (page) => [['排放口', page.outfallName], ...limitsOf(page), ['有效情况', `行为时间（${spanOf(page)}）在许可证有效期内`]],
  DUTY: (page) => [['排放口', page.outfallName], ['自行监测要求', '安装、使用自动监测设备，与生态环境主管部门的监控设备联网，保证正常运行']],
  CALC: (page) => [['排放口', page.outfallName], ...(runsOf(page).length === 0 ? [['时段和内容', `${spanOf(page)}，${observedIn(page)}`] as const] : runsOf(page).map((run, k) => [`计算 ${k + 1}`, runWords(run)] as const)), ['计算方法', '按所附原始数据和标记逐时段计算均值；需要折算的按标准折算']],
  DEVICE_QC: (page) => [
    ['排放口', page.outfallName], ['验收', '自动监测设备已经验收并联网'], ['记录时段', spanOf(page)],
    ...Array.from({ length: Math.min(7, Math.max(1, Math.ceil((page.state.actEnd - page.state.actStart) / DAY))) }, (_, k) => [`${chinaDay(page.state.actStart + k * DAY)} 质控`, `标准物质核查误差 ${(chanceOf(page.state.caseId, k, 'qc') / 25).toFixed(1)}%，合格（当事人记录）`] as const),
  ],
  MANUAL_REPORT: manualReport,
  CONDITION: booksOf,
  OPERATOR: booksOf,
  TRACE: (page) => [['设备', `${page.outfallName}自动监测设备和数据采集传输仪`], ['日志时段', spanOf(page)], ['日志所载', String(page.state.latest['RECORD_SITE_INSPECTION']?.command['found'] ?? observedIn(page))]],
};

/** Points whose file is a table. */
const TABLES = ['CALC', 'TRACE', 'CONDITION', 'DEVICE_STATE'];

/** The paper that stands for a point: whose it is, and what such a paper holds. */
export const evidenceFile = (page: CasePage, { id, zh, provider }: Pick<EvidencePoint, 'id' | 'zh'> & Partial<Pick<EvidencePoint, 'provider'>>, now: number): HandedIn => {
  const kind = id.split(':').at(-1) ?? id;
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
