import { documentKind, type DocumentKindKey } from '#documents';
import { dayOf, type CalendarDay, type Instant } from '#kernel';
import {
  DOSSIER_SECTIONS,
  paperEntry,
  type CaseEvent,
  type DossierSection,
  type PaperKind,
  type PaperRef,
  type PenaltyCase,
} from '#cases';
import type { CoursePaper } from './course-papers.ts';

/** One line of the catalogue. Pages count through a volume. */
export interface DossierItem {
  readonly no: number;
  readonly section: DossierSection;
  readonly kind: DocumentKindKey;
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

type Placed = Omit<DossierItem, 'no' | 'pageFrom' | 'pageTo'> & { readonly at: Instant; readonly pages: number };

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

const ofStep = (event: CaseEvent, paper: PaperRef): Placed => ({
  section: sectionOf(paper, event), kind: paper.kind, title: paper.title, number: paper.number, responsible: paper.madeBy ?? event.actor.name, day: paper.issuedOn ?? dayOf(event.at),
  at: event.at, pages: paper.pages, sha256: paper.sha256, paperId: paper.paperId, documentId: paper.documentId ?? null,
});

/** What the party handed in is the party's, anything else the authority's. */
const ofCourse = (party: string, { section, document }: CoursePaper): Placed => ({
  section, kind: document.kind, title: document.title, number: document.number, responsible: documentKind(document.kind).reach === 'party' ? party : document.authorityName,
  day: dayOf(document.issuedAt), at: document.issuedAt, pages: document.pages, sha256: document.sha256, paperId: document.documentId, documentId: document.documentId,
});

const inOrder = (a: Placed, b: Placed): number =>
  SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) || (a.day < b.day ? -1 : Number(a.day > b.day)) || a.at - b.at;

/**
 * The dossier of a case, put in order by itself (江苏办法 第二十条: 自动形成执法档案): one case one volume pair, decision
 * and delivery first, then filing, evidence, notices …; what came before the case and internal opinions in the side volume; each
 * section in order of time. Pure: same case, same pages.
 *
 * @param party name of the party, as the file has it
 */
export function assembleDossier(state: PenaltyCase, events: readonly CaseEvent[], course: readonly CoursePaper[], caseTitle: string, party: string): Dossier {
  const placed = [...course.map((paper) => ofCourse(party, paper)), ...events.flatMap((event) => event.papers.map((paper) => ofStep(event, paper)))];
  const volumes = VOLUMES.map(({ volume, zh }) => {
    const items = numberPages(placed.filter((p) => DOSSIER_SECTIONS[p.section].volume === volume).toSorted(inOrder));
    return { volume, zh, items, pages: items.at(-1)?.pageTo ?? 0 };
  });
  return {
    title: caseTitle,
    volumes,
    pages: volumes.reduce((sum, v) => sum + v.pages, 0),
    missing: missingPapers(state, placed.map(({ kind }) => kind)),
  };
}

function numberPages(placed: readonly Placed[]): DossierItem[] {
  let page = 0;
  return placed.map(({ at: _at, pages, ...paper }, i) => {
    const pageFrom = page + 1;
    page += pages;
    return { no: i + 1, ...paper, pageFrom, pageTo: page };
  });
}

/** What a closed case of this course must hold; each entry is satisfied by any of its kinds. */
function requiredPapers(state: PenaltyCase): readonly (readonly PaperKind[])[] {
  const end: (readonly PaperKind[])[] = [['CLOSING_APPROVAL']];
  const filed: (readonly PaperKind[])[] = state.filedAt === undefined ? [] : [['FILING_APPROVAL']];
  if (state.decision === undefined) return [...filed, ...end];
  const { amount, outcome, overturned } = state.decision;
  // The unit corrects what it did; from a person, and for what was not shown, nothing of the kind is asked.
  const corrected: (readonly PaperKind[])[] = state.person === undefined && outcome !== 'NOT_ESTABLISHED' ? [['RECTIFICATION_CHECK', 'RECTIFICATION_WAIVER', 'SUBSTITUTE_RECORD', 'CORRECTION_ENFORCEMENT_RECORD']] : [];
  const performed: (readonly PaperKind[])[] = [...(amount > 0 && overturned !== true ? ([['PAYMENT_RECORD', 'ENFORCEMENT_RECORD']] as const) : []), ...corrected];
  // The simple procedure knows neither review nor prior notice (行政处罚法 第五十二条).
  if (state.latest.DECIDE_ON_SPOT !== undefined)
    return [...filed, ['ON_SPOT_DECISION'], ['ON_SPOT_FILING'], ...performed, ...end];
  // A case comes from a reviewed clue (江苏办法 第十一至十三条); one handled anew was told of the suspicion in the file before.
  const common: (readonly PaperKind[])[] = [
    ['REVIEW_OPINION'],
    ['HANDOVER_SHEET'],
    ...(state.openedFrom?.relation === 'REOPENS' ? [] : ([['SUSPICION_NOTICE']] as const)),
    ['INVESTIGATION_REPORT'],
    ['CASE_REVIEW_OPINION'],
    ...(outcome === 'NOT_ESTABLISHED' ? [] : ([['DISCRETION_SHEET']] as const)),
    ['DELIBERATION_RECORD'],
    ['LEGAL_REVIEW'],
    ['DELIVERY_PROOF'],
  ];
  if (outcome !== 'PENALTY') return [...filed, ...common, ['NO_PENALTY_DECISION', 'NOT_ESTABLISHED_DECISION'], ...corrected, ...end];
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

/** Titles of the papers that are required and absent among these. */
export function missingPapers(state: PenaltyCase, kinds: readonly DocumentKindKey[]): string[] {
  const have = new Set(kinds);
  return requiredPapers(state)
    .filter((one) => !one.some((kind) => have.has(kind)))
    .map((one) => one.map((kind) => paperEntry(kind).zh).join(' / '));
}
