import type { AccountId, CaseId, Instant } from '#kernel';
import { instant } from '#kernel';
import type { CaseCommand, CommandKind } from '../commands/index.ts';
import type { CaseActor, PenaltyCase } from '../penalty-case.ts';

/** Steps that record what two officers did themselves from one moment to another (行政处罚法 第四十二条、第五十五条). */
export const TIMED_STEPS = [
  'RECORD_INQUIRY', 'RECORD_SITE_INSPECTION', 'RECORD_SAMPLING', 'CARRY_OUT_PRESERVATION', 'PRESERVE_URGENTLY', 'CARRY_OUT_SEALING', 'SEAL_URGENTLY',
] as const satisfies readonly CommandKind[];

/** A time in which officers were with somebody or at a place. */
export interface TimedRecord {
  readonly caseId: CaseId;
  readonly caseNo: string;
  /** The unit at whose place they were, or whose people they asked. */
  readonly unitId: string;
  readonly kind: (typeof TIMED_STEPS)[number] | 'INQUIRY_ROOM';
  readonly from: Instant;
  readonly to: Instant;
  readonly officers: readonly Pick<CaseActor, 'accountId' | 'name' | 'behalf'>[];
  /** Where they were; absent where somebody was asked from afar. */
  readonly place?: string;
  readonly asked?: string;
}

type Party = Pick<PenaltyCase, 'caseId' | 'caseNo' | 'unitId' | 'person' | 'officers'>;

/** What a step says of the time of the officers of a case; undefined where it records no time of theirs. */
export function timedRecordOf({ caseId, caseNo, unitId, person, officers }: Party, command: CaseCommand): TimedRecord | undefined {
  const base = { caseId, caseNo, unitId: person?.employer.unitId ?? unitId, officers };
  switch (command.kind) {
    case 'RECORD_INQUIRY':
      return { ...base, kind: command.kind, from: instant(command.startedAt), to: instant(command.endedAt), asked: command.asked.name };
    case 'RECORD_SITE_INSPECTION':
    case 'RECORD_SAMPLING':
    case 'CARRY_OUT_PRESERVATION':
    case 'PRESERVE_URGENTLY':
    case 'CARRY_OUT_SEALING':
    case 'SEAL_URGENTLY':
      return { ...base, kind: command.kind, from: instant(command.takenAt), to: instant(command.endedAt), place: command.place };
    default:
      return undefined;
  }
}

/** One visit: of one case at one unit, or of several cases at one place of it. What is asked from afar is no visit; one inquiry is of one person. */
const isOneOccasion = (a: TimedRecord, b: TimedRecord): boolean =>
  a.place === undefined || b.place === undefined ? a.caseId === b.caseId && a.place === b.place && (a.asked === b.asked || a.asked === undefined || b.asked === undefined)
    : a.unitId === b.unitId && (a.caseId === b.caseId || a.place === b.place);

const idsOf = ({ officers }: TimedRecord): readonly AccountId[] => officers.flatMap(({ accountId, behalf }) => (behalf === undefined ? [accountId] : [accountId, behalf.accountId]));

/** Of other records those in which one of these officers was elsewhere, or with another person, in the same time; each with his name. */
export function elsewhere(record: TimedRecord, others: readonly TimedRecord[]): readonly { readonly other: TimedRecord; readonly names: string }[] {
  const mine = new Set(idsOf(record));
  return others
    .filter((other) => other.from < record.to && record.from < other.to && !isOneOccasion(record, other))
    .map((other) => ({ other, names: other.officers.filter(({ accountId, behalf }) => mine.has(accountId) || (behalf !== undefined && mine.has(behalf.accountId))).map(({ name }) => name).join('、') }))
    .filter(({ names }) => names !== '');
}
