import type { Body } from './case-bodies.ts';
import { inWordsOf, knewOf, unstopped } from './accounts.ts';
import { alarmSeen, alteredAt, alteredAtIn, alterationIn, meansOf, whoDid } from './alteration.ts';
import { chanceOf } from './habits.ts';
import { chinaDay, type CasePage, type MeansOfAct, type ObservedFact } from './shapes.ts';

type File = Pick<CasePage, 'state' | 'outfallName' | 'factorNames' | 'law' | 'unitName'>;

/** All that the facts tell of one factor above one limit, by hours or by days: water is judged by the mean of its day (HJ 91.1, HJ 355). */
export interface Run {
  readonly factor: string;
  readonly by: 'HOUR' | 'DAY';
  /** Hours or days above the limit. */
  readonly times: number;
  readonly limit: string;
  readonly peak: string;
  readonly multiple: string;
}

const runOf = ({ factors: [factor], figures }: ObservedFact): Run[] => {
  if (factor === undefined || (figures?.kind !== 'HOURS_OVER' && figures?.kind !== 'DAY_OVER')) return [];
  const base = { factor: factor.zh, limit: `${figures.limit} ${figures.unit}`, multiple: figures.multiple };
  return [figures.kind === 'HOURS_OVER' ? { ...base, by: 'HOUR', times: figures.hours, peak: figures.peak } : { ...base, by: 'DAY', times: 1, peak: figures.mean }];
};

/** Every factor and kind of value that went above a limit, the furthest first; empty where no fact is an exceedance. */
export function runsOf({ state: { observed = [], violation } }: { readonly state: Pick<CasePage['state'], 'observed' | 'violation'> }): Run[] {
  const told = observed.flatMap(runOf);
  const counted = violation === 'WATER_EXCEED' && told.some(({ by }) => by === 'DAY') ? told.filter(({ by }) => by === 'DAY') : told;
  return [...Map.groupBy(counted, ({ factor, by, limit }) => `${factor} ${by} ${limit}`).values()].flatMap((runs) => {
    const [worst] = runs.toSorted((a, b) => Number(b.multiple) - Number(a.multiple));
    return worst === undefined ? [] : [{ ...worst, times: runs.reduce((sum, { times }) => sum + times, 0) }];
  }).toSorted((a, b) => Number(b.multiple) - Number(a.multiple));
}

/** One of them in a sentence. */
export const runWords = ({ factor, by, times, limit, peak, multiple }: Run): string =>
  `${factor}${by === 'DAY' ? `${times} 日的日均值` : `共 ${times} 小时`}超过限值 ${limit}，最高 ${peak}（超标 ${multiple} 倍）`;

const exceeded = (runs: readonly Run[]): string => runs.map(runWords).join('；');

/** Facts that are no exceedance, each once: they are asked about as well. */
const othersOf = ({ state: { observed = [] } }: Pick<CasePage, 'state'>): string[] => [...new Set(observed.filter((fact) => runOf(fact).length === 0).map(({ told }) => unstopped(told.zh)))];

/** Why a factor rose, what was done, and which record shows it: what a plant's manager knows of his own treatment. */
interface Cause {
  readonly cause: string;
  readonly done: string;
  readonly record: string;
}

const CAUSES: readonly (readonly [RegExp, readonly Cause[]])[] = [
  [/二氧化硫/, [{ cause: '脱硫塔供浆泵叶轮磨损，浆液供应不足', done: '更换了供浆泵叶轮，提高了浆液 pH 的控制值', record: '脱硫供浆泵检修记录' }, { cause: '入炉煤含硫量高于设计值，脱硫浆液没有及时加大', done: '调整了配煤，加大了浆液循环量', record: '入炉煤化验单和脱硫运行日志' }]],
  [/氮氧化物/, [{ cause: '脱硝喷枪部分堵塞，还原剂喷入量不足', done: '疏通并更换了堵塞的喷枪，重新调平喷氨', record: '脱硝喷枪检修记录' }, { cause: '负荷上升时还原剂供应泵出力跟不上', done: '投入了备用还原剂泵，调整了自动跟踪参数', record: '还原剂泵切换记录' }]],
  [/颗粒物|烟尘/, [{ cause: '除尘器一个仓室的滤袋破损', done: '隔离了该仓室并更换了破损滤袋', record: '除尘器换袋记录' }, { cause: '清灰系统脉冲阀故障，清灰不彻底', done: '更换了脉冲阀，恢复了清灰周期', record: '除尘器清灰系统检修记录' }]],
  [/一氧化碳/, [{ cause: '入炉垃圾含水率高，二次风没有及时调整，燃烧不完全', done: '加强了垃圾倒垛和配风，投用了助燃', record: '焚烧炉燃烧调整记录' }]],
  [/氯化氢/, [{ cause: '石灰浆雾化器结垢，脱酸效率下降', done: '清洗并更换了雾化器', record: '脱酸雾化器检修记录' }]],
  [/化学需氧量/, [{ cause: '好氧池一台曝气风机跳停，溶解氧不足', done: '修复了风机并投入备用风机', record: '曝气风机检修记录' }]],
  [/总氮/, [{ cause: '碳源投加泵故障，反硝化不充分', done: '更换了碳源投加泵并恢复投加量', record: '碳源投加记录' }]],
  [/氨氮/, [{ cause: '硝化段曝气不足，污泥浓度偏低', done: '加大了曝气并补充了污泥', record: '生化池运行日志' }]],
  [/总磷/, [{ cause: '除磷药剂投加管线堵塞', done: '疏通了管线并加大了投加量', record: '除磷药剂投加记录' }]],
  [/铬/, [{ cause: '还原池药剂不足，氧化还原电位控制失灵', done: '校正了电位计并补加了还原药剂', record: '还原池加药记录' }]],
  [/镍|铜|锌/, [{ cause: '沉淀池 pH 调节失灵，重金属沉淀不完全', done: '校正了 pH 计并重新调节了加碱量', record: '沉淀池加碱记录' }]],
];
const OF_TREATMENT: Cause = { cause: '治理设施出力不足', done: '检修了治理设施', record: '治理设施检修记录' };

/** The cause at this outfall when this factor rose: the same on a sheet, in the inquiry and in the defence. */
export function causeFor(factor: string, unitId: string, outfallName: string): Cause {
  const known = CAUSES.find(([named]) => named.test(factor))?.[1];
  return known?.[chanceOf(unitId, outfallName, 'cause') % known.length] ?? OF_TREATMENT;
}

/** The cause of each factor that went above its limit. */
const causesOf = (page: Pick<CasePage, 'state' | 'outfallName'>): readonly (Cause & { readonly factor: string })[] =>
  [...new Set(runsOf(page).map(({ factor }) => factor))].map((factor) => ({ factor, ...causeFor(factor, page.state.unitId, page.outfallName) }));

/** What was first observed, where cases were merged in each; what a person wrote where nothing is kept of it. */
export function observedIn({ state: { observed = [], facts } }: Pick<CasePage, 'state'>): string {
  const first = observed.filter(({ reviewId }, i) => observed.findIndex((one) => one.reviewId === reviewId) === i);
  return first.length === 0 ? unstopped(facts) : first.map(({ told }) => told.zh).join('；又');
}

interface Turn {
  readonly question: string;
  readonly answer: string;
}

/** What is asked of how it was done and how the answer begins, by the act; a parameter is asked by its values. */
const HOW: Partial<Readonly<Record<MeansOfAct, { readonly question: string; readonly was: string }>>> = {
  TREATMENT_STOPPED: { question: '停运或者减下来的是哪些治理设施，在哪里操作，当时生产有没有停？', was: '停下来、调低的是末端治理设施，生产没有停；' },
  MARK_FALSE: { question: '标记是怎样提交的，当时实际情况是什么，还有谁知道？', was: '提交标记时生产没有停；' },
};
const ELSE_HOW = { question: '具体怎样做的，还有谁知道？', was: '' };
const STOPPED_BY: readonly [string, ...string[]] = ['设备有异响，怕损坏就先停下来', '当班时加药系统报警，先减了负荷', '换班以后没有按规程把它开足'];

/** Treatment that stood still or ran low without anybody's order: the operator of the shift did it in the control room. */
function whoStopped({ state }: File): Turn[] {
  const { hand, place } = whoDid(state);
  return [
    { question: '哪些治理设施停运或者没有开足，由谁、在哪里操作？', answer: `当班的${hand.name}（${hand.post}）在${place}操作，${inWordsOf(state, 'stopped-by', STOPPED_BY)}，没有人要求他这样做。` },
    { question: '当时生产有没有停，有没有报告，运行台账怎样记的？', answer: '生产没有停，也没有向生态环境部门报告；治理设施运行台账按当时的情况记了，已经提供。' },
  ];
}

/** Somebody had something done: who, by whose hand, when, and what it was before. */
function howItWasDone(page: File): Turn[] {
  const { state } = page;
  const means = meansOf(state);
  if (means === 'TREATMENT_STOPPED' && state.violation === 'TREATMENT_NOT_BY_PERMIT') return whoStopped(page);
  const { director, hand, place } = whoDid(state);
  const found = state.latest['RECORD_SITE_INSPECTION']?.command['found'];
  const parameter = alterationIn(found);
  const how = parameter === undefined ? ((means && HOW[means]) ?? ELSE_HOW) : { question: '改动的是哪一项参数，原来是多少，改成了多少？', was: `改动的是${parameter.replace('检查时为', '改成')}；` };
  const { person } = state;
  const ordered = person?.post === director.post ? '我' : `${director.name}（${director.post}）`;
  const did = person?.post === hand.post ? '我' : `${hand.name}（${hand.post}）`;
  return [
    { question: '由谁决定、谁操作、什么时候做的？', answer: `${alteredAtIn(found) ?? alteredAt(state)}，${ordered}要求${did}操作。` },
    { question: how.question, answer: `${how.was}操作是${did}在${place}完成的，${knewOf(state)}` },
  ];
}

/** The duty hangs on what was seen: when the alarm was, who saw it, and what followed. */
function alarmIgnored({ state }: File): Turn[] {
  const { hand } = whoDid(state);
  return [
    { question: '数据异常时有没有报警，什么时候、由谁看到的？', answer: `数据采集传输仪有异常报警，${hand.name}（${hand.post}）${alarmSeen(state)}看到，并在值班群里告诉了我，当时就知道数据不正常。` },
    { question: '看到以后有没有报告、标记、检修？', answer: `没有向生态环境部门报告，没有在规定时限内标记，也没有安排检修，${inWordsOf(state, 'ignored', ['异常一直持续', '以为过一会儿会自己恢复，结果一直持续', '交接班时也没有交代，异常就一直持续'])}。` },
  ];
}

/** What else the data show of that time: asked in its own question, so that nothing that was found stays without an answer. */
function askedOfOthers(page: File): Turn[] {
  const others = othersOf(page);
  if (others.length === 0) return [];
  const stopped = others.some((one) => /停运|用电功率/u.test(one));
  return [{ question: `数据审核还认定：${others.join('；')}。当时是什么情况？`, answer: stopped ? '属实。治理设施当时停运或者没有开足，生产没有相应停下来。' : `属实，${inWordsOf(page.state, 'others', ['当时没有及时发现，也没有处理', '看数据的人没有留意，所以没有处理', '当时忙于处理别的问题，没有顾上这一项'])}。` }];
}

/** Of each factor above its limit: how much, why, and what was done. */
function askedOfRuns(page: File): Turn[] {
  const runs = runsOf(page);
  if (runs.length === 0) return [];
  const causes = causesOf(page);
  return [
    { question: `${page.outfallName}的自动监测数据显示，${exceeded(runs)}。对这些数据有无异议？`, answer: `对${page.outfallName}的数据没有异议，当时生产负荷正常，自动监测设备也没有故障。` },
    ...causes.map(({ factor, cause }) => ({ question: `${factor}超标的原因是什么？`, answer: `${factor}超标是因为${cause}。` })),
    { question: '超标期间采取了什么措施，为什么没有标记或者报告？', answer: `当班人员先按常规调整，后来${[...new Set(causes.map(({ done }) => done))].join('，')}；这些时段不属于启停或者设备故障，所以没有标记，也没有及时报告。` },
  ];
}

/** Questions that follow this case's facts, with the answers of whoever is asked; `state` and `done` are what he says of the act and of its mending. */
export function dialogueOf(page: File, told: { readonly state: string; readonly done: string }): readonly Turn[] {
  const observed = `数据审核认定：${observedIn(page)}。`;
  const last = { question: '现在改正到什么程度，由谁负责？', answer: `${unstopped(told.done)}；由我负责落实。` };
  if (page.state.evidence.some(({ shows = [] }) => shows.length > 0)) return [{ question: `${observed}请说明当时的情况。`, answer: told.state }, ...howItWasDone(page), last];
  if (page.state.violation === 'DEVICE_ABNORMAL_NOT_REPORTED') {
    const [seen, ...then] = alarmIgnored(page);
    return seen === undefined ? [] : [{ ...seen, question: `${observed}${seen.question}` }, ...then, last];
  }
  const runs = askedOfRuns(page);
  if (runs.length === 0)
    return [
      { question: `${observed}请说明当时的情况。`, answer: told.state },
      { question: `${page.outfallName}当时是否生产，有没有向生态环境部门报告或者作数据标记？`, answer: `${inWordsOf(page.state, 'running', ['生产负荷以当班运行记录和用电记录为准', '开停车情况在当班运行记录里，以记录为准', '当时的负荷要看运行记录和用电数据'])}；没有报告，也没有在规定时限内标记。` },
      last,
    ];
  return [...runs, ...askedOfOthers(page), { question: '现在是否恢复达标？', answer: told.done }];
}

/** What the party says against a notice: its own point on this case, and what it hands in for it. */
export function defencePoint(page: Pick<CasePage, 'state' | 'outfallName'>): { readonly point: string; readonly proof: string } {
  const runs = runsOf(page);
  if (page.state.person !== undefined) return { point: '本人在询问中已经如实说明经过，并安排恢复了设备，请求从轻处理。', proof: '询问笔录' };
  if (runs.length === 0) return { point: `对“${observedIn(page)}”的事实没有异议；系内部管理不到位，收到责令改正决定后已逐项改正，请求从轻处理。`, proof: '改正情况报告' };
  const causes = causesOf(page);
  return { point: `${page.outfallName}${exceeded(runs)}，系${causes.map(({ cause }) => cause).join('、')}所致；发现后${causes.map(({ done }) => done).join('，')}，请求从轻处理。`, proof: causes.map(({ record }) => record).join('、') };
}

/** The answer to a point of the defence, from what the file shows and how discretion took it. */
export function answerTo(page: File): string {
  const runs = runsOf(page);
  const attitude = page.state.discretion?.trace.lines.find(({ factor }) => factor === 'ATTITUDE');
  const title = page.law?.table?.factors.find(({ id }) => id === 'ATTITUDE')?.grades.find(({ id }) => id === attitude?.grade)?.title.zh;
  const counted = title === undefined ? '没有新的减轻情节。' : `改正情况已在裁量中按“${title}”计算，没有新的减轻情节。`;
  return runs.length === 0
    ? `当事人对“${observedIn(page)}”的事实没有异议，管理不到位不影响违法行为的成立；${counted}`
    : `${exceeded(runs)}，由经审核的自动监测数据证明，治理设施的故障不是标准规定的免责情形；${counted}`;
}

/** The six points of the case review, said of this file. */
export function caseReview({ state, unitName, outfallName, law }: File): Body {
  const runs = runsOf({ state });
  const data = state.evidenceRefs.length;
  const asked = state.latest['RECORD_INQUIRY']?.command['asked'] as { readonly name?: string } | undefined;
  const [basis] = law?.candidates ?? [];
  return {
    jurisdiction: `${unitName}${outfallName}在本机关辖区，线索由数据审核机构移送，属于本机关管辖。`,
    facts: `${runs.length === 0 ? observedIn({ state }) : `${outfallName}${exceeded(runs)}`}；时间、地点、行为与调查报告一致。`,
    evidence: `收集证据 ${state.evidence.length} 项（${state.evidence.map(({ title }) => title).join('、')}），其中电子数据 ${data} 项已经数据审核。`,
    procedure: `由${state.officers.map(({ name }) => name).join('、')}两名持证人员办理${asked?.name === undefined ? '' : `，询问了${asked.name}并由其核对笔录`}。`,
    limitation: `行为终了于${chinaDay(state.actEnd - 1)}，${chinaDay(state.handedOverAt)}移送，没有超过追责时效。`,
    lawAndDiscretion: basis === undefined ? '适用的处罚依据在裁量时确定。' : `可以适用《${basis.instrument}》${basis.article}，裁量因素的事实已写入调查报告。`,
    conclusion: '同意调查终结，进入裁量。',
  };
}
