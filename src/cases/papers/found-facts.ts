import { formatDay } from '#documents';
import { dayOf, instant, startOfDay, unstopped } from '#kernel';
import { filled, type Law } from '#law';
import { chargedActs } from '../charged-acts.ts';
import { meansFound, meansTitle } from '../evidence/act-found.ts';
import { reviewerOf, type EvidenceItem, type PenaltyCase } from '../penalty-case.ts';

/** What an item says of the act in words of its own; records and the inquiry are told for themselves, data by the facts as filed. */
const saidBy = ({ source, proves }: EvidenceItem): readonly string[] => (source.from === 'FILE' ? [unstopped(proves)] : []);

/** Of means of the act and the items that show it; nothing where no act is charged or found. */
function actsTold(state: PenaltyCase, law: Law): string[] {
  const { act } = law.narratives().confirmed;
  return meansFound(state, law).flatMap(({ means, items }) => {
    const words = [...new Set(items.flatMap(saidBy))];
    const titles = items.map(({ title }) => `《${title}》`).join('、');
    return filled(act.zh, { means: meansTitle(law, means).zh, items: titles, words: words.length === 0 ? '' : `：${words.join('；')}` }) ?? [];
  });
}

/** Something that was observed or done, with the moment it is told at. */
interface Told {
  readonly at: number;
  readonly text: string | undefined;
}

/** Items of evidence by their titles, as papers name them. */
const named = (items: readonly EvidenceItem[]): string => [...new Set(items.map(({ title }) => `《${title}》`))].join('、');

/** Every opinion of a data review in the file, by title, number and date; each case taken in brings its own. */
export const reviewOpinions = ({ papers }: Pick<PenaltyCase, 'papers'>): string =>
  papers.filter(({ kind }) => kind === 'REVIEW_OPINION').map(({ title, number, issuedOn }) => `《${title}》${number}${issuedOn === undefined ? '' : `（${formatDay(issuedOn)}）`}`).join('、');

/** What the devices and the platform showed, as filed, and who reviewed those data. */
function showedOffSite(state: PenaltyCase, law: Law): Told[] {
  const acts = chargedActs(state).map(({ actStart, facts }) => ({ at: startOfDay(actStart), text: facts }));
  const opinions = reviewOpinions(state);
  const data = named(state.evidence.filter(({ source }) => source.from === 'REVIEWED_DATA'));
  const given = state.papers.flatMap(({ kind, issuedOn }) => (kind === 'REVIEW_OPINION' && issuedOn !== undefined ? [startOfDay(issuedOn)] : []));
  const reviewed = opinions === '' ? undefined : filled(law.narratives().confirmed.review.zh, { reviewer: reviewerOf(state), number: opinions, items: data === '' ? '' : `（${data}）` });
  return [...(acts.length === 0 ? [{ at: state.actStart, text: state.facts }] : acts), { at: Math.max(...given, ...acts.map(({ at }) => at), given.length === 0 ? state.handedOverAt : 0), text: reviewed }];
}

/** What officers asked, saw and sampled. */
function foundByOfficers(state: PenaltyCase, law: Law): Told[] {
  const { confirmed } = law.narratives();
  const record = (recording: string): string => named(state.evidence.filter(({ source }) => source.from === 'RECORD' && source.note === recording)) || '笔录';
  const recorded = state.course.map((step): Told => step.kind === 'RECORD_INQUIRY' ? {
    at: step.startedAt, text: filled(confirmed.inquiry.zh, {
      day: formatDay(dayOf(instant(step.startedAt))), name: step.asked.name, role: step.asked.role, items: record(step.recordingId),
      words: step.dialogue.map(({ answer }) => unstopped(answer)).join('；'),
    }),
  } : {
    at: step.takenAt, text: filled(confirmed.site.zh, { day: formatDay(dayOf(instant(step.takenAt))), place: step.place, items: record(step.recordingId), found: unstopped(step.found) }),
  });
  const sampled = state.samplings.map(({ takenOn, spot, items, report }): Told => ({
    at: startOfDay(takenOn),
    text: report && filled(confirmed.sample.zh, { day: formatDay(takenOn), spot, items, laboratory: report.laboratory, number: report.reportNo, result: unstopped(report.result) }),
  }));
  return [...recorded, ...sampled];
}

/** Facts without the sentence on how the matter came to light, which stands on a line of its own. */
export const withoutLead = (facts: string, law: Law): string => facts.split('\n').filter((line) => line.trim() !== law.narratives().lead.zh.trim()).join('\n');

/**
 * The facts as the investigation found them, a draft for its report: what devices and platform showed and what officers confirmed themselves, in the order of
 * their days, each with the evidence it rests on; then what act that shows. An officer corrects it; the report and every paper after it print what he fixed.
 */
export function foundFacts(state: PenaltyCase, law: Law): string {
  const course = [...showedOffSite(state, law), ...foundByOfficers(state, law)].toSorted((a, b) => a.at - b.at).flatMap(({ text }) => text?.split('\n') ?? []);
  return [...new Set([...course, ...actsTold(state, law)])].join('\n').slice(0, 5_000);
}
