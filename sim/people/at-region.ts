import { isTime, type Troupe } from './habits.ts';
import { DIRECTOR, MANAGER, personOf } from './persons.ts';
import { chinaDay, type Page } from './shapes.ts';

type Level = 'province' | 'city';

interface QuotaRow {
  readonly quotaId: string;
  readonly state: string;
  /** Level of the control staff who confirm. */
  readonly level: Level;
  readonly outfallName: string;
  readonly factorName: string;
  readonly period: string;
  readonly permitted: string;
  readonly used: string;
  readonly share: string;
  readonly createdAt: string;
  readonly confirmedAt: string | null;
}

interface TalkRow {
  readonly talkId: string;
  readonly unitId: string;
  readonly state: string;
  readonly level: Level;
  readonly lapses: number;
  readonly meetAt: string | null;
  readonly changedAt: string;
  readonly createdAt: string;
}

const CONTROL: Readonly<Record<Level, string>> = { province: 'region-monitor', city: 'monitor' };
/** Who holds a talk, and who writes it down. */
const CORPS: Readonly<Record<Level, readonly [login: string, recorder: string]>> = { province: ['region-enforcement', '夏巡查'], city: ['enforcement', '吴听澜'] };

interface Account {
  readonly until: string;
  readonly permitted: string;
  readonly used: string;
  readonly share: string;
  readonly standIn: string;
  readonly over: boolean;
}
const accountOf = (cast: Troupe, { quotaId, level }: QuotaRow): Promise<Account | null | undefined> => cast.look<Account | null>(CONTROL[level], `/api/supervision/quotas/${quotaId}/account`);

/** Yes or no by the account as it is known now, with its figures. */
async function answer(cast: Troupe, row: QuotaRow): Promise<void> {
  const account = await accountOf(cast, row);
  const { permitted, used, share } = account ?? row;
  const [until, standIn] = account ? [`截至${account.until}，`, `，缺失和无效小时的替代值 ${account.standIn} 不计入`] : ['', ''];
  const holds = account?.over !== false;
  const note = `核对${row.outfallName}${row.factorName}${row.period}的自动监测数据、补遗数据和许可排放量：${until}许可 ${permitted}，${account ? '实测排放' : '已排放'} ${used}，占 ${share}${standIn}，${holds ? '超许可量属实' : '实测没有超过许可量，不属实'}。`;
  await cast.act(CONTROL[row.level], `/api/supervision/quotas/${row.quotaId}/confirmation`, { holds, note });
}

/** Over-quantities are confirmed within a day or two; what was confirmed in a month that is over goes to enforcement in its report. */
async function quotaTurn(cast: Troupe): Promise<void> {
  const list = await cast.look<Page<QuotaRow>>(CONTROL.province, '/api/supervision/quotas?open=true&limit=200');
  const rows = list?.items ?? [];
  for (const row of rows.filter(({ state }) => state === 'TO_CONFIRM')) {
    if (!isTime(cast.now(), row.createdAt, 3, 40, row.quotaId)) continue;
    await answer(cast, row);
  }
  const month = (at: string | number): string => chinaDay(typeof at === 'number' ? at : Date.parse(at)).slice(0, 7);
  const waiting = rows.flatMap(({ state, confirmedAt }) => (state === 'CONFIRMED' && confirmedAt !== null ? [month(confirmedAt)] : []));
  // What was confirmed is looked at again before it is reported.
  for (const row of rows) if (row.state === 'CONFIRMED' && row.confirmedAt !== null && month(row.confirmedAt) < month(cast.now()) && (await accountOf(cast, row))?.over === false) await answer(cast, row);
  for (const over of new Set(waiting.filter((one) => one < month(cast.now())))) await cast.act(CONTROL.province, '/api/supervision/quota-reports', { month: over });
}

const DAY = 86_400_000;
/** Ten o'clock of a working day, three or more days ahead: the unit must be able to come. */
function meeting(now: number): string {
  let day = now + 3 * DAY;
  while (new Date(day + DAY / 3).getUTCDay() % 6 === 0) day += DAY;
  return `${chinaDay(day)}T10:00:00+08:00`;
}

/** Units that failed to answer for the third time are called, and the talk is held with its record. */
async function talkTurn(cast: Troupe): Promise<void> {
  const list = await cast.look<Page<TalkRow>>(CORPS.province[0], '/api/supervision/talks?open=true&limit=200');
  for (const talk of list?.items ?? []) {
    const [host, recorder] = CORPS[talk.level];
    const url = `/api/supervision/talks/${talk.talkId}`;
    const [director, manager] = [personOf(talk.unitId, DIRECTOR), personOf(talk.unitId, MANAGER)];
    if (talk.state === 'DUE' && isTime(cast.now(), talk.createdAt, 4, 30, talk.talkId)) {
      await cast.act(host, `${url}/summons`, { meetAt: meeting(cast.now()), place: '执法部门第一会议室', attendees: `${DIRECTOR}、${MANAGER}`, topics: '电子督办信息的反馈情况和改进措施' });
    }
    if (talk.state !== 'SUMMONED' || talk.meetAt === null || cast.now() < Date.parse(talk.meetAt) + DAY / 12) continue;
    await cast.act(host, `${url}/record`, {
      recorder, attendees: [director, manager].map(({ name, post }) => ({ name, post })),
      said: `指出本单位自首次提醒、二次警示以来仍未按要求反馈，本次约谈涉及 ${talk.lapses} 次；再次不反馈或者反馈不实的，移交执法专项检查。`,
      answered: `${manager.name}说明：督办信息由值班人员接收，没有交接到环保岗位，反馈因此逾期、内容不全；对次数没有异议。`,
      commitments: `由${manager.name}专人接收督办信息，按时限如实反馈并附运维、工况记录；${director.name}每周检查一次。`,
    });
  }
}

/** What the region's own control staff and enforcement corps do beside the sheets. */
export async function regionTurn(cast: Troupe): Promise<void> {
  await quotaTurn(cast);
  await talkTurn(cast);
}
