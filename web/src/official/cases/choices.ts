import { useQuery } from '@tanstack/react-query';
import { call } from '../../shared/api.ts';
import { useSpeech } from '../../shared/i18n.tsx';
import { choicesFor, colleagues } from '../parts/colleagues.ts';
import { useLaw } from '../parts/use-law.ts';
import type { CasePage } from '../shapes.ts';
import type { Choices } from './schema-field.tsx';

const GROUNDS: Readonly<Record<string, string>> = {
  REFUSE_FILING: 'not-filed-grounds', REVOKE_FILING: 'not-filed-grounds', SUSPEND: 'suspension-grounds', TERMINATE: 'termination-grounds', PROPOSE_CLOSING: 'closing-grounds', BEGIN_EXCLUSION: 'exclusion-grounds', REOPEN_CASE: 'reopening-grounds', REOPEN_ARCHIVED: 'reopening-grounds',
  POSTPONE_HEARING: 'hearing-postponement-grounds', POSTPONE_DAILY_HEARING: 'hearing-postponement-grounds', ADJOURN_HEARING: 'hearing-adjournment-grounds', RECORD_STAY: 'stay-grounds', RECORD_ACT_STAY: 'stay-grounds',
  PROPOSE_PRESERVATION: 'preservation-grounds', PRESERVE_URGENTLY: 'preservation-grounds', PROPOSE_SEALING: 'sealing-situations', SEAL_URGENTLY: 'sealing-situations',
  WAIVE_SURCHARGE: 'surcharge-waiver-grounds', RELEASE_SEALING: 'release-grounds', ORDER_PRODUCTION: 'production-situations', MARK_MAJOR_CASE: 'major-case-grounds', ORDER_SUBSTITUTE: 'substitute-grounds',
};

/** Figures of the list met, open, or not met; the choice stays free. */
const MARKS = { PROPOSED: '✓', OPEN: '?', EXCLUDED: '✗' } as const;

/** What may be chosen in an act: people, points, grounds, data of this very case; the rest is typed. */
export function useChoices(command: string, page: CasePage): Choices {
  const { t } = useSpeech();
  const law = useLaw();
  const people = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000 });
  const persons = (role: string) => choicesFor(people.data?.items ?? [], role);
  const units = useQuery({ queryKey: ['units', 'choices'], queryFn: () => call('GET /api/units', { query: { limit: 200 } }), staleTime: 600_000, enabled: command === 'ADD_PARTY' });
  const { state } = page;
  const or = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);
  return (field) => {
    if (field === 'assistOfficerId') return or(persons('enforcement-officer').filter((one) => one.value !== state.officers[0]?.accountId));
    if (field === 'replacementId') return or(persons('enforcement-officer').filter((one) => !state.officers.some((o) => o.accountId === one.value)));
    if (field === 'factId') return (state.observed ?? []).map((one) => ({ value: one.factId, label: t(one.told) }));
    if (field === 'excluded') return or(state.evidence.map((one) => ({ value: one.itemId, label: one.title })));
    if (field === 'hostId') return or(persons('hearing-host'));
    if (field === 'accountId') return or((people.data?.items ?? []).map((one) => ({ value: one.accountId, label: one.name })));
    if (field === 'violation' && command === 'SPLIT_CASE') return or(law.violations.filter((one) => state.further.some((act) => act.violation === one.value)));
    if (field === 'violation') return or(law.violations);
    if (field === 'namedAct') return law.namedActs(state.region);
    if (field === 'intoCaseId') return or(page.mergeTargets.map((one) => ({ value: one.caseId, label: one.caseNo })));
    if (field === 'otherUnitId') return or((units.data?.items ?? []).filter((one) => one.unitId !== state.unitId).map((one) => ({ value: one.unitId, label: one.name })));
    if (field === 'shows') return or(law.codes('means-of-the-act'));
    if (field === 'harm') return or(law.codes('harm-kinds'));
    if (field === 'exemptionId') return or((page.law?.exemptions ?? []).map((one) => ({ value: one.id, label: `${MARKS[one.fits]} ${t(one)}` })));
    if (field === 'suggestion') return or(page.unanswered.map((one) => ({ value: one.id, label: t(one) })));
    if (field === 'evidenceKind') return or(law.codes('evidence-kinds'));
    if (field === 'ground' && command === 'END_EXCLUSION') { const open = new Set(state.excluded.filter((one) => one.to === undefined).map((one) => one.ground)); return or(law.codes('exclusion-grounds').filter((one) => open.has(one.value))); }
    if (field === 'sparedKind') return or(law.codes('sealing-spared'));
    if (field === 'ground' || field === 'situation') { const list = GROUNDS[command]; return list === undefined ? undefined : or(law.codes(list)); }
    if (field === 'point' && command === 'ATTACH_EVIDENCE') return or(page.evidencePoints.map((one) => ({ value: one.id, label: `${one.items.length > 0 ? '✓ ' : ''}${one.zh}` })));
    if (field === 'paperId' && command === 'RECORD_ACT_REMEDY') return or(page.contestable.map((one) => ({ value: one.paperId, label: `${one.title} ${one.number}` })));
    if (field === 'statementId') return or(state.demandStatements.filter((one) => one.answer === undefined).map((one) => ({ value: one.statementId, label: one.statement })));
    if (field === 'remedyId') return or(state.actRemedies.filter((one) => one.outcome === undefined).map((one) => ({ value: one.remedyId, label: one.number })));
    if (field === 'paperId') return or(state.papers.filter((one) => state.arrived[one.paperId] !== undefined).map((one) => ({ value: one.paperId, label: `${one.title} ${one.number}` })));
    if (field === 'basisId') return or((page.law?.candidates ?? []).map((one) => ({ value: one.id, label: `${one.instrument}${one.article}` })));
    if (field === 'pointId') return or(state.defence.map((one) => ({ value: one.pointId, label: one.point })));
    if (field === 'samplingId') return or(state.samplings.map((one) => ({ value: one.samplingId, label: `${one.takenOn} ${one.spot}${one.report === undefined ? '' : ` · ${one.report.reportNo}`}` })));
    if (field === 'questionId') return or(state.questions.filter((one) => one.answer === undefined).map((one) => ({ value: one.questionId, label: one.question })));
    if (field === 'dataRef') return or(state.evidenceRefs.map((one) => ({ value: one.dataRef, label: one.title })));
    return undefined;
  };
}
