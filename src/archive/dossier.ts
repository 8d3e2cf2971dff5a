import { dayOf, type CalendarDay } from '#kernel';
import {
  DOSSIER_SECTIONS,
  paperEntry,
  type CaseEvent,
  type DossierSection,
  type PaperKind,
  type PaperRef,
  type PenaltyCase,
} from '#cases';

/** One line of the catalogue. Pages count through a volume. */
export interface DossierItem {
  readonly no: number;
  readonly section: DossierSection;
  readonly kind: PaperKind;
  readonly title: string;
  readonly number: string;
  readonly responsible: string;
  readonly day: CalendarDay;
  readonly pageFrom: number;
  readonly pageTo: number;
  readonly sha256: string;
  readonly paperId: string;
  readonly documentId: string | null;
}

/** Main volume (正卷) or side volume (副卷) of a case file, in the order of its catalogue. */
export interface DossierVolume {
  readonly volume: 'MAIN' | 'SIDE';
  readonly zh: string;
  readonly items: readonly DossierItem[];
  readonly pages: number;
}

/** A case file (卷宗) put in order, with its pages counted and what it lacks. */
export interface Dossier {
  readonly title: string;
  readonly volumes: readonly DossierVolume[];
  readonly pages: number;
  /** Papers the course of the case requires and the file does not hold; Chinese titles. */
  readonly missing: readonly string[];
}

interface Placed {
  readonly paper: PaperRef;
  readonly section: DossierSection;
  readonly event: CaseEvent;
}

const SECTIONS = Object.keys(DOSSIER_SECTIONS) as DossierSection[];
const VOLUMES = [
  { volume: 'MAIN', zh: '正卷' },
  { volume: 'SIDE', zh: '副卷' },
] as const;

/** A proof of delivery lies behind the paper it proves. */
function sectionOf(paper: PaperRef, event: CaseEvent): DossierSection {
  if (paper.kind !== 'DELIVERY_PROOF' || event.kind !== 'STEP') return paperEntry(paper.kind).section;
  if (event.command.kind === 'RECORD_DECISION_DELIVERED') return 'DECISION';
  return event.command.kind === 'RECORD_ORDER_DELIVERED' ? 'RECTIFICATION' : 'NOTICE';
}

/**
 * The dossier of a case, put in order by itself (江苏办法 第二十条: 自动形成执法档案): one case one volume pair, decision
 * and delivery first, then filing, evidence, notices …; internal opinions in the side volume. Pure: same case, same pages.
 */
export function assembleDossier(state: PenaltyCase, events: readonly CaseEvent[], caseTitle: string): Dossier {
  const placed = events.flatMap((event) =>
    event.papers.map((paper): Placed => ({ paper, event, section: sectionOf(paper, event) })),
  );
  const volumes = VOLUMES.map(({ volume, zh }) => {
    const own = placed.filter((p) => DOSSIER_SECTIONS[p.section].volume === volume);
    const items = numberPages(
      own.toSorted((a, b) => SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) || a.event.at - b.event.at),
    );
    return { volume, zh, items, pages: items.at(-1)?.pageTo ?? 0 };
  });
  return {
    title: caseTitle,
    volumes,
    pages: volumes.reduce((sum, v) => sum + v.pages, 0),
    missing: missingPapers(state, events),
  };
}

function numberPages(placed: readonly Placed[]): DossierItem[] {
  let page = 0;
  return placed.map(({ paper, section, event }, i) => {
    const pageFrom = page + 1;
    page += paper.pages;
    return {
      no: i + 1,
      section,
      kind: paper.kind,
      title: paper.title,
      number: paper.number,
      responsible: event.actor.name,
      day: dayOf(event.at),
      pageFrom,
      pageTo: page,
      sha256: paper.sha256,
      paperId: paper.paperId,
      documentId: paper.documentId ?? null,
    };
  });
}

/** What a closed case of this course must hold; each entry is satisfied by any of its kinds. */
function requiredPapers(state: PenaltyCase): readonly (readonly PaperKind[])[] {
  const end: (readonly PaperKind[])[] = [['CLOSING_APPROVAL']];
  const filed: (readonly PaperKind[])[] = state.filedAt === undefined ? [] : [['FILING_APPROVAL']];
  if (state.decision === undefined) return [...filed, ...end];
  const performed: (readonly PaperKind[])[] = [
    ...(state.decision.amount > 0 ? ([['PAYMENT_RECORD', 'ENFORCEMENT_RECORD']] as const) : []),
    ['RECTIFICATION_CHECK', 'RECTIFICATION_WAIVER', 'SUBSTITUTE_RECORD'],
  ];
  // The simple procedure knows neither review nor prior notice (行政处罚法 第五十二条).
  if (state.latest.DECIDE_ON_SPOT !== undefined)
    return [...filed, ['ON_SPOT_DECISION'], ['ON_SPOT_FILING'], ...performed, ...end];
  const common: (readonly PaperKind[])[] = [
    ['INVESTIGATION_REPORT'],
    ['CASE_REVIEW_OPINION'],
    ['DISCRETION_SHEET'],
    ['DELIBERATION_RECORD'],
    ['LEGAL_REVIEW'],
    ['DELIVERY_PROOF'],
  ];
  if (state.decision.outcome !== 'PENALTY')
    return [...filed, ...common, ['NO_PENALTY_DECISION', 'NOT_ESTABLISHED_DECISION'], ...end];
  return [
    ...filed,
    ...common,
    ['PRIOR_NOTICE'],
    ['DEFENCE_STATEMENT', 'RIGHTS_WAIVER', 'WINDOW_RECORD', 'HEARING_RECORD'],
    ...(state.defence.length > 0 ? ([['DEFENCE_REVIEW']] as const) : []),
    ...(state.proposal?.collectiveDue === true ? ([['COLLECTIVE_DISCUSSION']] as const) : []),
    ['PENALTY_DECISION'],
    ...performed,
    ...end,
  ];
}

/** Titles of the papers that are required and absent. */
export function missingPapers(state: PenaltyCase, events: readonly CaseEvent[]): string[] {
  const have = new Set(events.flatMap((e) => e.papers.map((p) => p.kind)));
  return requiredPapers(state)
    .filter((kinds) => !kinds.some((kind) => have.has(kind)))
    .map((kinds) => kinds.map((kind) => paperEntry(kind).zh).join(' / '));
}
