import { chanceOf } from '../habits.ts';
import { chinaTime, type HandedIn } from '../hand-in.ts';
import type { CluePage, ReviewItem, ReviewPage } from '../shapes.ts';

/** What a reviewer hands in with his finding: a paper of its own, with its kind and issuer where it comes from outside. */
export interface Paper {
  readonly file: HandedIn;
  readonly kind?: string;
  readonly issuer?: string;
}

/** What a reviewer finds of an item that the program left open, by what, in words that say what is there. */
export interface Found {
  readonly note: string;
  readonly refs: readonly string[];
  readonly paper?: Paper;
}

type Question = { readonly item: ReviewItem; readonly review: ReviewPage; readonly clue: Pick<CluePage, 'clueId' | 'unitName' | 'periodFrom'>; readonly now: number };
type Answer = (question: Question) => Found | undefined;

/** Who runs the platform: the reviewers do not. */
const OPERATOR = '生态环境信息中心（信息平台运行维护单位）';
const figure = ({ figures = [] }: ReviewItem, n = 0): string => figures[n] ?? '';
const itemOf = ({ items }: ReviewPage, key: string): ReviewItem | undefined => items.find(({ item }) => item === key);

/** A paper of those who run the platform about the reviewed time. */
const fromOperator = ({ clue, now }: Question, kind: string, title: string, lines: HandedIn['lines']): Paper => ({
  file: { title, as: 'pdf', lines: [['出具单位', OPERATOR], ['涉及时间', `${chinaTime(Date.parse(clue.periodFrom))} 起`], ...lines, ['出具时间', chinaTime(now)]] }, kind, issuer: OPERATOR,
});

/** The record that was missing, where somebody supplied it meanwhile. */
const supplied = (says: string): Answer => ({ review: { input: { materials } } }) => {
  const record = materials.find(({ kind, issuer }) => kind === 'SERVICE_RECORD' && issuer !== undefined);
  return record && { note: `登记中没有记录，已退回补充：${record.issuer}出具的“${record.name}”载明${says}。`, refs: [`sha256:${record.sha256}`] };
};

const timeLog = (question: Question, said: string): Found => ({
  note: `${said}授时服务记录载明同期平台主机时钟与授时服务器相差不超过 5 毫秒，平台时钟准确。`, refs: [],
  paper: fromOperator(question, 'TIME_SERVER_LOG', '授时服务记录', [['授时方式', 'NTP，每 64 秒一次'], ['平台主机时钟偏差', '不超过 5 毫秒']]),
});

/** What the program could not tell, by item: a fact the reviewer can name. What is not here he cannot settle. */
const OPEN: Readonly<Record<string, Answer>> = {
  'data.object': ({ clue }) => ({ note: `线索没有指向某一排放口；材料载明的对象是${clue.unitName}。`, refs: [] }),
  'data.transport': ({ item }) => (figure(item) === '' ? undefined : {
    note: `重新上传涉及 ${figure(item)} 个小时、报文 ${figure(item, 1) || figure(item)} 条。先到、后到的报文均在存证日志中，所述数值取先到的一条；后到的不改变先到的记录。`, refs: item.refs.slice(0, 3),
  }),
  'data.calibration': supplied('时段以前在规定间隔以内完成校准，结果合格'),
  'data.generation': supplied('自动监测设备已经验收'),
  'video.clear': ({ item }) => ({ note: `逐张查看抓拍图像 ${figure(item)} 张，画面中的人员、设备可以辨认。`, refs: item.refs.slice(0, 20) }),
  'platform.running': (question) => (question.review.input.frames === null ? undefined : {
    note: '本时段报文中有导入的历史数据，平台不是实时接收；运行维护日志载明导入前原接收平台运行正常，导入逐条核对。', refs: [],
    paper: fromOperator(question, 'OPERATIONS_LOG', '平台运行维护日志', [['数据来源', '历史报文导入'], ['原接收平台', '同期运行正常'], ['导入核对', '逐条核对报文校验']]),
  }),
  'platform.time': (question) => timeLog(question, '可以比较的设备不足，平台没有算出偏差。'),
  'other.materials': ({ item, review: { input: { materials } } }) => ({
    note: `逐件核对材料 ${item.refs.length} 件：${materials.map(({ name, issuer }) => `${name}${issuer === undefined ? '' : `（${issuer}出具）`}`).join('、')}。内容与线索的对象、时段相符，校验值与登记的一致。`, refs: item.refs.slice(0, 20),
  }),
  'other.answers': ({ item, review }) => ({
    note: `${item.detailZh.split('，')[0]}，作为当事人的陈述随案移送。同时段记录：${[itemOf(review, 'data.marks'), itemOf(review, 'data.values')].flatMap((one) => (one === undefined ? [] : [one.detailZh])).join('；')}。所述原因不改变上列记录。`,
    refs: item.refs.slice(0, 20),
  }),
};

/** What the program found not met and evidence from outside shows otherwise, by item. */
const OVERRULED: Readonly<Record<string, Answer>> = {
  'platform.time': (question) => timeLog(question, `报文的请求时间与到达时间相差 ${figure(question.item)} 毫秒，是发送、排队所用的时间或者设备时钟所致。`),
  // Values that came afterwards are complete; a silence cannot be told from an outage.
  'platform.running': (question) => {
    const { item, review } = question;
    const values = itemOf(review, 'data.values');
    if (values?.outcome !== 'PASS' || values.detailZh.includes('不以小时数值为依据')) return undefined;
    return {
      note: `运行维护日志载明平台中断 ${figure(item)} 次、共 ${figure(item, 1) || figure(item)} 小时，与接收记录一致；其间的报文其后由设备补传，${values.detailZh}。中断不影响所述数值。`, refs: [],
      paper: fromOperator(question, 'OPERATIONS_LOG', '平台运行维护日志', [['中断', `${figure(item)} 次，共 ${figure(item, 1) || figure(item)} 小时`], ['恢复以后', '设备补传的报文已经接收并存证']]),
    };
  },
};

/** What the reviewer finds of an item; undefined where he cannot say that it is met. */
export const answerTo = (question: Question): Found | undefined => (question.item.outcome === 'FAIL' ? OVERRULED : OPEN)[question.item.item]?.(question);

/** Met by the program, or nothing of it concerned. */
export const isMet = ({ outcome }: Pick<ReviewItem, 'outcome'>): boolean => outcome === 'PASS' || outcome === 'NOT_CONCERNED';

/** Of what is not met yet by time alone. */
const WAITS = ['data.storage', 'platform.log'];

export interface Judged {
  readonly conclusion: 'PASS' | 'RETURN' | 'REJECT';
  readonly reason: string;
  /** What is asked for where it is returned. */
  readonly asked: readonly string[];
}

/** What the two reviewers make of a review: met, to be returned for what is missing, or refused where it fails or was asked for in vain. */
export function judge(clue: CluePage, review: ReviewPage, now: number): Judged {
  const open = review.items.filter((item) => item.force === 'MANDATORY' && !isMet(item) && answerTo({ item, review, clue, now }) === undefined);
  if (open.length === 0) return { conclusion: 'PASS', reason: '', asked: [] };
  const failed = open.filter(({ item, outcome }) => outcome === 'FAIL' && !WAITS.includes(item));
  const again = clue.reviews.some(({ state }) => state === 'RETURNED');
  const told = (items: readonly ReviewItem[]): string => items.map(({ zh, detailZh }) => `${zh}（${detailZh}）`).join('；');
  if (failed.length > 0) return { conclusion: 'REJECT', reason: `不符合证据要求：${told(failed)}。`, asked: [] };
  if (again) return { conclusion: 'REJECT', reason: `退回补充后仍不能认定符合：${told(open)}。`, asked: [] };
  return { conclusion: 'RETURN', reason: `现有记录不能认定符合：${told(open)}。`, asked: open.map(({ item, zh }) => (WAITS.includes(item) ? `待签名检查点覆盖本时段后重新审核：${zh}` : `补充记录：${zh}`)) };
}

/** So many in a hundred operators hold a record that the register does not. */
const HELD = 75;

/** The operator's record of calibrations before the time of the clue, where it keeps one; undefined where nobody has any. */
export function recordOf({ clueId, unitName, outfallName, periodFrom }: CluePage, now: number): Paper | undefined {
  if (chanceOf(clueId, 'record') >= HELD) return undefined;
  const issuer = `${unitName}自动监测设备运维单位`;
  const at = Date.parse(periodFrom) - (2 + (chanceOf(clueId, 'calibrated') % 18)) * 3_600_000;
  return {
    file: { title: '校准记录', as: 'pdf', lines: [['设备', `${outfallName ?? ''}自动监测设备`], ['验收', '已经验收并联网'], ['校准时间', chinaTime(at)], ['结果', '零点、量程漂移在允许范围以内，合格'], ['出具单位', issuer], ['提供时间', chinaTime(now)]] },
    kind: 'SERVICE_RECORD', issuer,
  };
}
