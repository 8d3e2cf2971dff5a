import { formatDay } from '#documents';
import { dayOf, instant } from '#kernel';
import { filled, type Law } from '#law';
import { meansFound, meansTitle } from '../evidence/act-found.ts';
import { reviewOpinions } from './paper-facts.ts';
import { reviewerOf, type EvidenceItem, type PenaltyCase } from '../penalty-case.ts';

/** Ends where a sentence of the words goes on. */
const unstopped = (text: string): string => text.trim().replace(/[。.；;\s]+$/u, '');

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

/**
 * The facts as the investigation found them, a draft for its report: as filed, by whom the data were reviewed, and what the officers confirmed
 * themselves. An officer corrects it; the report and every paper after it print what he fixed.
 */
export function foundFacts(state: PenaltyCase, law: Law): string {
  const { confirmed } = law.narratives();
  const filed = [state.filing?.facts ?? state.facts, ...state.further.map((act) => act.facts)];
  const opinions = reviewOpinions(state);
  const inquiry = state.latest.RECORD_INQUIRY?.command;
  const site = state.latest.RECORD_SITE_INSPECTION?.command;
  const told = [
    opinions === '' ? undefined : filled(confirmed.review.zh, { reviewer: reviewerOf(state), number: opinions }),
    inquiry && filled(confirmed.inquiry.zh, {
      day: formatDay(dayOf(instant(inquiry.startedAt))), name: inquiry.asked.name, role: inquiry.asked.role,
      words: unstopped(inquiry.dialogue.map(({ answer }) => unstopped(answer)).join('；')),
    }),
    site && filled(confirmed.site.zh, { day: formatDay(dayOf(instant(site.takenAt))), place: site.place, found: unstopped(site.found) }),
    ...state.samplings.map(({ takenOn, spot, items, report }) =>
      report && filled(confirmed.sample.zh, { day: formatDay(takenOn), spot, items, laboratory: report.laboratory, number: report.reportNo, result: unstopped(report.result) })),
  ].filter((text) => text !== undefined);
  return [...filed, ...told, ...actsTold(state, law)].join('\n').slice(0, 5_000);
}
