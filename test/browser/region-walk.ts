import { DAY } from '#kernel';
import type { CasePage, CaseRow, CluePage, ClueRow, Page } from '#sim/people/shapes';
import { deskOf } from '#sim/people/at-review';
import { recordReceipt, type Parcel } from '#sim/people/parcels';
import { missingEvidence } from '#sim/people/evidence-files';
import { passReview, peopleOf, type People } from '../scenarios/chain-people.ts';
import { openWorld, type World, type WorldOptions } from '../scenarios/chain-world.ts';
import { builtScreens } from './built-screens.ts';
import { openVisitors, type Visit } from './stage.ts';

export const UNIT = 'unit-qy0001';

/** Whether the unit confirms the notice of the suspicion by itself. */
type Told = 'CONFIRMS' | 'BY_HAND';

/** A city of one region with real devices, its people over HTTP, and browsers for both sides. */
export interface RegionWalk extends People {
  readonly world: World;
  /** An official's or a unit's browser, in Chinese. */
  official(login: string): Promise<Visit>;
  unit(login?: string): Promise<Visit>;
  /** The clue whose models include one of `models`. */
  findClue(models: RegExp): Promise<ClueRow>;
  cluePage(clueId: string): Promise<CluePage>;
  /** Both tracks of a data review signed by two people, concluded by the third. */
  review(clueId: string, who: { readonly technical: string; readonly lead: string }, violations: readonly string[]): Promise<void>;
  /** The case that followed from the clue; later steps are its own. */
  openCase(): Promise<CaseRow>;
  /** From filing to the end of the investigation; `onsite` is the ground on which the region sends its officers out. */
  investigate(onsite?: string): Promise<CasePage>;
  /** From the case review to the archive, fined, paid and corrected: what goes the same way everywhere. */
  decideAndArchive(told?: Told): Promise<void>;
  /** The body that reviewed tells the unit of the suspicion, where it has not yet; the unit confirms, or gets it by hand against a receipt. */
  tellUnit(told?: Told): Promise<void>;
  /** Papers made so far that name the text of another region, with what they name. */
  foreignPapers(): Promise<readonly string[]>;
  close(): Promise<void>;
}

export async function openRegion(options: WorldOptions): Promise<RegionWalk> {
  const world = await openWorld({ hostile: false, screens: await builtScreens(), ...options });
  let caseId = '';
  const people = peopleOf(world, () => caseId);
  const visitors = await openVisitors(world.base);
  const tellUnit = async (told: Told = 'CONFIRMS'): Promise<void> => {
    const { clueId } = (await people.page()).state;
    const clue = await walk.cluePage(clueId);
    if (clue.notice?.state === 'CONFIRMED') return;
    if (clue.notice?.state !== 'SENT') await people.as(deskOf(clue).lead).post(`/api/review/clues/${clueId}/notice`);
    await world.relay();
    if (told === 'CONFIRMS') return void (await people.as(UNIT).post(`/api/unit/suspicions/${clueId}/receipt`));
    const me = people.as(deskOf(clue).lead);
    const refused = await people.step('SEND_NOTICE').then(() => '', (error: Error) => error.message);
    if (!refused.includes('CASE-003')) throw new Error(`the unit was not told, and the notice went out: ${refused}`);
    const [parcel] = (await me.get<Page<Parcel>>(`/api/deliveries?subjectId=${clueId}`)).items;
    if (parcel?.method === 'ELECTRONIC') await me.post(`/api/deliveries/${parcel.deliveryId}/other-way`, { method: 'DIRECT', reason: '单位未确认接收。' });
    await world.relay();
    const byHand = (await me.get<Page<Parcel>>(`/api/deliveries?subjectId=${clueId}`)).items.find((one) => one.state === 'SENT');
    if (byHand === undefined) throw new Error('nothing to bring by hand');
    const act = async (login: string, path: string, body?: unknown) => (await people.as(login).request('POST', path, body)).ok;
    if (!(await recordReceipt({ as: people.as, act, now: () => world.clock.now() }, byHand, 'officer'))) throw new Error('the receipt was not recorded');
    await world.relay();
  };
  const walk: RegionWalk = {
    ...people, world, tellUnit,
    official: (login) => visitors.visit({ login, width: 1440, language: 'zh' }),
    unit: (login = UNIT) => visitors.visit({ login, width: 360, language: 'zh' }),
    findClue: async (models) => {
      const { items } = await people.as('monitor').get<Page<ClueRow>>('/api/review/clues?limit=200');
      const found = items.find((clue) => models.test(clue.rule));
      if (found === undefined) throw new Error(`no clue of ${models}: ${items.map((clue) => `${clue.clueId} ${clue.rule} ${clue.state}`).join('; ')}`);
      return found;
    },
    cluePage: (clueId) => people.as('monitor').get(`/api/review/clues/${clueId}`),
    review: async (clueId, who, violations) => {
      await passReview(people.as, clueId, who, violations);
      await world.relay();
    },
    openCase: async () => {
      const { items } = await people.as('officer').get<Page<CaseRow>>('/api/cases');
      const [row] = items;
      if (row === undefined) throw new Error('no case came of the handover');
      caseId = row.caseId;
      return row;
    },
    investigate: async (onsite) => {
      if (onsite !== undefined) await people.act('officer', { kind: 'SWITCH_MODE', mode: 'ONSITE', ground: onsite, reason: '按本地规定开展现场检查。' });
      const scan = await people.as(UNIT).post<{ sha256: string }>('/api/unit/materials', { base64: Buffer.from('验收、校准与许可证扫描件').toString('base64') });
      for (const item of missingEvidence(await people.page(), scan.sha256, world.clock.now()))
        await people.act('officer', {
          ...item, ...(onsite === undefined ? {} : { mode: 'ONSITE' }), ...(item['point'] === 'TRACE' ? { shows: 'PARAM_CHANGED' } : {}),
        });
      await world.wait(DAY);
      await people.step('RECORD_INQUIRY');
      await people.step('FINISH_INVESTIGATION');
      return people.page();
    },
    decideAndArchive: async (told = 'CONFIRMS') => {
      for (const command of ['PASS_CASE_REVIEW', 'SET_DISCRETION', 'DELIBERATE']) await people.step(command);
      await people.as(UNIT).post('/api/unit/consent', { signerName: '单位负责人', signerRole: '法定代表人', recipient: UNIT });
      await tellUnit(told);
      await people.step('SEND_NOTICE');
      await world.wait(9 * DAY);
      for (const command of ['CLOSE_WINDOW', 'PASS_LEGAL_REVIEW']) await people.step(command);
      if ((await people.page()).state.main === 'COLLECTIVE_DISCUSSION') await people.step('RECORD_DISCUSSION');
      for (const command of ['DECIDE', 'ORDER_RECTIFICATION', 'SEND_DECISION', 'REGISTER_PAYMENT', 'REPORT_RECTIFICATION', 'CHECK_RECTIFICATION', 'PROPOSE_CLOSING', 'APPROVE_CLOSING']) await people.step(command);
      await people.as('archivist').post(`/api/archive/${caseId}`);
    },
    foreignPapers: async () => {
      const { items } = await people.as('head').get<Page<{ documentId: string; title: string }>>('/api/documents?limit=200');
      const foreign = world.domain.law.data.regions.filter(({ key }) => key !== options.region).flatMap(({ measures, title }) => [...measures.cited, title.zh.slice(0, 2)]);
      const papers = await Promise.all(items.map(({ documentId, title }) => people.as('head').get<{ data: unknown }>(`/api/documents/${documentId}`).then(({ data }) => ({ title, text: JSON.stringify(data) }))));
      return papers.flatMap(({ title, text }) => foreign.filter((name) => name !== '全国' && text.includes(name)).map((name) => `${title}: ${name}`));
    },
    close: async () => {
      await visitors.close();
      await world.drop();
    },
  };
  return walk;
}
