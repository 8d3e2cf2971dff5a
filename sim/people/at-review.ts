import { recordReceipt, type Parcel } from './parcels.ts';
import { chanceOf, isTime, unitLoginOf, type Troupe } from './habits.ts';
import { chinaTime, handIn, type HandedIn } from './hand-in.ts';
import { answerTo, isMet, judge, recordOf, type Paper } from './review/answers.ts';
import { listedFor, NOT_SUPPLIED, setAside } from './set-aside.ts';
import type { CluePage, ClueRow, Page, ReviewItem, ReviewPage } from './shapes.ts';

const ON_DESK = ['PANEL_ANALYSIS', 'LISTED', 'UNDER_REVIEW', 'RETURNED_FOR_MORE', 'REVIEW_PASSED', 'HANDED_OVER'];
/** So many clues are pursued at a time; a small office cannot take more, the others wait their turn. */
const MOST_PURSUED = 7;
/** For so long a clue handed over still takes the office's time, with its case. */
const BUSY_MS = 5 * 86_400_000;
/** No clue waits for its turn longer, within the term of the panel. */
const LONGEST_HOURS = [80, 120] as const;
/** Of breaches that have waited so long, so many in a hundred are pursued all the same; the others go back to those who watch the unit. */
const PURSUED_LATE = 50;

interface Desk {
  readonly technical: string;
  /** The second technical person of a drawn review. */
  readonly second: string;
  readonly lead: string;
}

const GROUP: Desk = { technical: 'review-tech', second: 'review-tech2', lead: 'review-lead' };
/** Who reviews for a body beside the legal member, who is everywhere the same. Which body has the clue, its region says. */
const DESKS: Readonly<Record<string, Desk>> = {
  CONTROL: { technical: 'monitor2', second: 'monitor3', lead: 'monitor-lead' },
  LAB: { technical: 'lab', second: 'lab2', lead: 'lab-lead' },
};
export const deskOf = (clue: Pick<ClueRow, 'body'>): Desk => DESKS[clue.body] ?? GROUP;

async function panelTurn(cast: Troupe, clue: ClueRow, room: boolean): Promise<boolean> {
  if (!isTime(cast.now(), clue.changedAt, 2, 26, clue.clueId)) return false;
  const url = `/api/review/clues/${clue.clueId}/triage`;
  const breach = /\bB0[125]@/.test(clue.rule);
  const luck = chanceOf(clue.clueId, 'panel');
  const waitedLong = isTime(cast.now(), clue.createdAt, ...LONGEST_HOURS, clue.clueId);
  const late = !room && waitedLong;
  const aside = clue.state === 'RETURNED_FOR_MORE' ? NOT_SUPPLIED : setAside(clue, luck);
  const pursued = aside === undefined || luck < (breach ? (late ? PURSUED_LATE : 100) : 40);
  if (aside === undefined || (pursued && !(waitedLong && clue.provisional))) {
    if ((!room && !waitedLong) || clue.provisional) return false;
    if (clue.state === 'RETURNED_FOR_MORE') {
      const { text, materials } = await brought(cast, 'panel', clue.clueId, '/api/review/list-files');
      return cast.act('panel', url, { decision: 'list', note: text, materials });
    }
    return cast.act('panel', url, { decision: 'list', note: listedFor(clue) });
  }
  // Some of what is not listed stays on the desk a while: the panel never has an empty table.
  if (luck >= 80 && !waitedLong) return false;
  await cast.act('panel', url, aside);
  return false;
}

/** Hands a paper in and names it as an act refers to it; none where the platform would not have it. */
async function handedIn(cast: Troupe, me: string, { file, kind, issuer }: Paper, door: Parameters<typeof handIn>[3]) {
  const kept = await handIn(cast, me, file, door);
  return kept === undefined ? [] : [{ ...kept, ...(kind === undefined ? {} : { kind, issuer }) }];
}

/** Says what there is of an item that the program did not find met, and hands in what shows it. */
async function lookUp(cast: Troupe, me: string, clue: CluePage, review: ReviewPage, item: ReviewItem): Promise<void> {
  const found = answerTo({ item, review, clue, now: cast.now() });
  if (found === undefined) return;
  const { note, refs, paper } = found;
  const own: Paper = { file: clueFile(clue, `核对记录（${item.zh}）`, [['核对项目', item.zh], ['程序结果', item.detailZh], ['核对结果', note]], cast.now()) };
  const files = refs.length > 0 && paper === undefined ? [] : await handedIn(cast, me, paper ?? own, '/api/review/proofs');
  await cast.act(me, `/api/review/reviews/${review.reviewId}/assessments`, { kind: item.item, item: item.item, outcome: 'PASS', note, shown: { refs, files } });
}

async function signTurn(cast: Troupe, me: string, clue: CluePage, review: ReviewPage, track: 'TECHNICAL' | 'LEGAL'): Promise<void> {
  const { conclusion, reason } = judge(clue, review, cast.now());
  const open = review.items.filter((i) => i.track === track && !isMet(i) && ((conclusion === 'PASS' && i.force === 'MANDATORY') || i.asks === true));
  for (const item of open) await lookUp(cast, me, clue, review, item);
  await cast.act(me, `/api/review/reviews/${review.reviewId}/signatures`, { track, conclusion, ...(conclusion === 'PASS' ? {} : { reason }) });
}

/** The second person looks at the data alone; now and then he comes to another finding. */
async function secondTurn(cast: Troupe, me: string, clue: CluePage, review: ReviewPage): Promise<void> {
  const good = (judge(clue, review, cast.now()).conclusion === 'PASS') !== chanceOf(review.reviewId, 'second') < 12;
  const values = review.items.find(({ item }) => item === 'data.values')?.detailZh ?? '没有小时数据';
  const said = good ? { conclusion: 'PASS', reason: `独立核对原始报文、标记和校准登记：${values}，可以作为证据。` } : { conclusion: 'REJECT', reason: `独立核对原始报文、标记和校准登记：${values}。本人认为现有记录不足以排除设备自身的异常。` };
  await cast.act(me, `/api/review/reviews/${review.reviewId}/second`, said);
}

/** So many in a hundred of clues that rest on values alone are pursued as suspected falsification; the others for what the values prove. */
const SUSPECTED = 60;

/**
 * What the facts carry: an exceedance where one is shown; else what was observed shows first. A patrol's clue suggests nothing; what only leads
 * somewhere charges nothing.
 */
function violationOf({ clueId, suggestedViolations, proposedFacts, rule }: CluePage): string | undefined {
  const shown = suggestedViolations.filter((violation) => proposedFacts[violation] !== undefined);
  const onlyData = rule.split(' ').every((model) => /^[CDG]/.test(model)) && shown.includes('DATA_FALSIFY_UNIT') && chanceOf(clueId, 'suspected') < SUSPECTED;
  const exceeded = shown.find((v) => v === 'AIR_EXCEED' || v === 'WATER_EXCEED');
  return exceeded ?? (onlyData ? 'DATA_FALSIFY_UNIT' : shown[0]) ?? (suggestedViolations.length === 0 && proposedFacts['PERMIT_EXCEED'] !== undefined ? 'PERMIT_EXCEED' : undefined);
}

async function reviewTurn(cast: Troupe, row: ClueRow): Promise<void> {
  if (!isTime(cast.now(), row.changedAt, 2, 16, row.clueId, row.changedAt)) return;
  const desk = deskOf(row);
  const clue = await cast.look<CluePage>(desk.lead, `/api/review/clues/${row.clueId}`);
  const review = clue?.reviews.find((r) => r.state === 'OPEN');
  if (clue === undefined || review === undefined) return;
  const signed = new Set(review.signatures.map((s) => s.track));
  const url = `/api/review/reviews/${review.reviewId}/conclusion`;
  const judged = judge(clue, review, cast.now());
  if (!signed.has('TECHNICAL')) return signTurn(cast, desk.technical, clue, review, 'TECHNICAL');
  if (judged.conclusion === 'RETURN') return void (await cast.act(desk.lead, url, { conclusion: 'return', reason: judged.reason, asked: judged.asked }));
  if (!signed.has('LEGAL')) return signTurn(cast, 'review-legal', clue, review, 'LEGAL');
  if (review.second?.drawn === true && !review.second.given) return secondTurn(cast, desk.second, clue, review);
  const first = review.signatures.find((s) => s.track === 'TECHNICAL')?.conclusion;
  if (review.second?.given === true && review.second.conclusion !== first) {
    await cast.act(desk.lead, url, { conclusion: 'return', reason: '两人技术审核意见不一致，退回补充后重新审核。', asked: ['补充记录：设备的校准、运维记录', '补充同时段用电和工况曲线'] });
    return;
  }
  const violation = violationOf(clue);
  if (violation === undefined) await cast.act(desk.lead, url, { conclusion: 'reject', reason: '不予认定：没有可以认定为违法事实的监测数据。' });
  else if (review.missing.length === 0) await cast.act(desk.lead, url, { conclusion: 'pass', violations: [violation] });
  else await cast.act(desk.lead, url, { conclusion: 'reject', reason: `不予认定：${review.missing.slice(0, 3).map((one) => one.zh).join('；')}` });
}

/** A unit that confirms nothing gets the notice by hand some days later; the signed receipt is recorded. True once it is. */
async function byHand(cast: Troupe, row: ClueRow): Promise<boolean> {
  if (!isTime(cast.now(), row.changedAt, 70, 120, row.clueId, 'by-hand')) return false;
  const { lead } = deskOf(row);
  const list = await cast.look<Page<Parcel>>(lead, `/api/deliveries?subjectId=${row.clueId}`);
  const parcel = list?.items.find((one) => one.state !== 'REPLACED');
  if (parcel === undefined || (parcel.method !== 'ELECTRONIC' && parcel.arrivedAt !== null)) return true;
  const url = `/api/deliveries/${parcel.deliveryId}`;
  if (parcel.method === 'ELECTRONIC') {
    await cast.act(lead, `${url}/other-way`, { method: 'DIRECT', reason: '单位未在平台确认接收，改为直接送达。' });
    return false;
  }
  return recordReceipt(cast, parcel, 'officer');
}

/** Handover, notice, receipt, statement: what ends a review on both sides. Returns true when nothing is left to do. */
async function afterReview(cast: Troupe, row: ClueRow): Promise<boolean> {
  const now = cast.now();
  const { lead } = deskOf(row);
  const url = `/api/review/clues/${row.clueId}`;
  if (row.state === 'REVIEW_PASSED') {
    if (isTime(now, row.changedAt, 3, 20, row.clueId)) await cast.act(lead, `${url}/hand-over`);
    return false;
  }
  if (row.signedInAt === null && isTime(now, row.changedAt, 2, 8, row.clueId, 'sign')) await cast.act('officer', `${url}/sign-in`);
  const clue = await cast.look<CluePage>(lead, url);
  if (clue === undefined || clue.notice === null) return true;
  const unit = `/api/unit/suspicions/${row.clueId}`;
  switch (clue.notice.state) {
    case 'SENT': {
      if (chanceOf(row.clueId, 'receipt') < 8) return byHand(cast, row);
      if (isTime(now, row.changedAt, 1, 20, row.clueId)) await cast.act(unitLoginOf(row.unitId), `${unit}/receipt`);
      return false;
    }
    case 'CONFIRMED': {
      const speaks = chanceOf(row.clueId, 'state') < 50 && clue.statements.length === 0;
      if (speaks) {
        const me = unitLoginOf(row.unitId);
        const file = await handIn(cast, me, clueFile(row, '自查情况说明', [['自查', '已收到告知，正在核对所列事实，配合调查']], now), '/api/unit/materials');
        await cast.act(me, `${unit}/statements`, { kind: 'STATEMENT', text: `我单位已收到告知，正在核对${row.outfallName ?? ''}“${row.sentence.zh.split(/；(?![^（]*）)|（OP/u)[0]?.replace(/。$/u, '') ?? ''}”，将按时配合调查，随附自查情况说明。`, materials: file === undefined ? [] : [file] });
      }
      return row.signedInAt !== null;
    }
    default:
      if (isTime(now, row.changedAt, 3, 20, row.clueId)) await cast.act(lead, `${url}/notice`);
      return false;
  }
}

/** A paper about a clue: whose, where, when, what was found, and what is added. */
const clueFile = (clue: ClueRow, title: string, more: HandedIn['lines'], now: number): HandedIn => ({
  title, as: 'pdf',
  lines: [
    ['单位', clue.unitName], ['排放口', clue.outfallName ?? ''], ['时段', `${chinaTime(Date.parse(clue.periodFrom))} 至 ${clue.periodTo === null ? '今' : chinaTime(Date.parse(clue.periodTo))}`],
    ['发现', clue.sentence.zh], ...more, ['提供时间', chinaTime(now)],
  ],
});

/** What is handed in after a return: the operator's record where it keeps one, and what is said of it. */
async function brought(cast: Troupe, me: string, clueId: string, door: Parameters<typeof handIn>[3]): Promise<{ readonly text: string; readonly materials: readonly object[] }> {
  const clue = await cast.look<CluePage>(me, `/api/review/clues/${clueId}`);
  const record = clue && recordOf(clue, cast.now());
  return record === undefined ? { text: '已向单位和运维单位调取，没有登记以外的校准、运维记录；同时段用电和工况见平台曲线。', materials: [] }
    : { text: `已调取${record.issuer}保存的校准记录；同时段用电和工况见平台曲线。`, materials: await handedIn(cast, me, record, door) };
}

/** A review without a list gives back to those who know the devices; they add what was asked for. */
async function supplyTurn(cast: Troupe, clue: ClueRow): Promise<void> {
  if (!isTime(cast.now(), clue.changedAt, 8, 30, clue.clueId)) return;
  await cast.act('monitor', `/api/review/clues/${clue.clueId}/supply`, await brought(cast, 'monitor', clue.clueId, '/api/review/materials'));
}

/** Takes a clue that waits for its review; true when a list has to be frozen first. */
async function takeTurn(cast: Troupe, clue: ClueRow): Promise<boolean> {
  if (clue.needsList && clue.listId === null) return isTime(cast.now(), clue.changedAt, 2, 5, clue.clueId);
  if (isTime(cast.now(), clue.changedAt, 2, 20, clue.clueId)) await cast.act(deskOf(clue).technical, `/api/review/clues/${clue.clueId}/take`);
  return false;
}

/** The panel's and the reviewing bodies' desk. Keeps in mind only which handed-over clues need no further look. */
export function openReviewDesk(cast: Troupe): (office: boolean) => Promise<void> {
  const finished = new Set<string>();
  return async (office) => {
    if (!office) return;
    const list = await cast.look<Page<ClueRow>>('panel', `/api/review/clues?state=${ON_DESK.join(',')}&limit=200`);
    const clues = list?.items ?? [];
    const isPursued = ({ state, changedAt }: ClueRow): boolean =>
      state === 'HANDED_OVER' ? cast.now() - Date.parse(changedAt) < BUSY_MS : state !== 'PANEL_ANALYSIS' && state !== 'RETURNED_FOR_MORE';
    let pursued = clues.filter(isPursued).length;
    let toFreeze = false;
    for (const clue of clues.toReversed()) {
      if (finished.has(clue.clueId)) continue;
      switch (clue.state) {
        case 'PANEL_ANALYSIS':
        case 'RETURNED_FOR_MORE':
          if (clue.state === 'RETURNED_FOR_MORE' && !clue.needsList) await supplyTurn(cast, clue);
          else if (await panelTurn(cast, clue, pursued < MOST_PURSUED)) pursued++;
          break;
        case 'LISTED':
          if (await takeTurn(cast, clue)) toFreeze = true;
          break;
        case 'UNDER_REVIEW':
          await reviewTurn(cast, clue);
          break;
        default:
          if (await afterReview(cast, clue)) finished.add(clue.clueId);
      }
    }
    if (toFreeze) await cast.act('panel-lead', '/api/review/lists');
  };
}
