import type { Role } from '#access';
import type { CalendarDay, RegionKey } from '#kernel';
import { NATIONAL, type Law, type ParameterValue } from '#law';
import { modelsIn } from '#supervision';

export type ReviewModel = ParameterValue<'review.model'>;
export type GatePaper = ParameterValue<'review.gatePaper'>;

/** Papers one of which satisfies gate:G8; kinds of document of the same name. */
export const GATE_PAPERS: Readonly<Record<GatePaper, { readonly zh: string; readonly en: string }>> = {
  REVIEW_OPINION: { zh: '非现场数据审核意见', en: 'data review opinion' },
  EXCEEDANCE_REVIEW_REPORT: { zh: '超标数据审核报告', en: 'exceedance data review report' },
  CONTROL_RECHECK_NOTE: { zh: '监控部门复核单', en: 'recheck note of control staff' },
};

/**
 * The kind of paper in which a body gives its opinion on the data. Where the gate of the region is the note of control staff, that comes before the
 * opinion and does not stand for it: it speaks of a sheet and its answer, one person signs it, and of the data nothing is reviewed in it (行政处罚法 第四十一条).
 */
export const opinionKind = (gate: GatePaper): GatePaper => (gate === 'CONTROL_RECHECK_NOTE' ? 'REVIEW_OPINION' : gate);

interface BodyEntry {
  readonly zh: string;
  readonly en: string;
  /** Who signs the technical track; the legality track is the legal members' in every body. */
  readonly technical: readonly Role[];
  /** Roles its lead may hold: he coordinates, concludes and hands over. */
  readonly lead: readonly Role[];
  /** Roles of its members. */
  readonly members: readonly Role[];
}

const LEGAL: Role = 'review-legal';

/** Bodies that analyse clues and review data. Who sits in one at an authority is kept by `group`. */
export const BODIES = {
  PANEL: { zh: '非现场数据研判专班', en: 'off-site data panel', technical: [], lead: ['panel-lead'], members: ['panel-member', 'panel-lead'] },
  REVIEW: {
    zh: '数据审核小组', en: 'data review group', technical: ['review-technical'], lead: ['review-lead'], members: ['review-technical', LEGAL, 'review-lead'],
  },
  TEAM: {
    zh: '数据研判团队', en: 'data analysis team', technical: ['review-technical', 'panel-member'], lead: ['review-lead', 'panel-lead'],
    members: ['panel-member', 'panel-lead', 'review-technical', LEGAL, 'review-lead'],
  },
  CONTROL: { zh: '监控部门', en: 'monitoring control', technical: ['monitoring-control'], lead: ['monitoring-control'], members: ['monitoring-control', LEGAL] },
  LAB: { zh: '环境监测机构', en: 'monitoring institution', technical: ['lab'], lead: ['lab'], members: ['lab', LEGAL] },
} as const satisfies Record<string, BodyEntry>;
export type Body = keyof typeof BODIES;

/** The ways by which a clue comes to its review. */
export const REVIEW_ROUTES = {
  PANEL_LIST: { zh: '专班清单', en: 'list of the panel' },
  PATROL: { zh: '部门巡查直送', en: 'patrol of a department' },
  ONE_TEAM: { zh: '研判团队', en: 'one team' },
  CONTROL_RECHECK: { zh: '监控复核企业反馈', en: 'recheck of the answer by control staff' },
  LAB_REPORT: { zh: '监测机构审核报告', en: 'report of the monitoring institution' },
} as const;
export type ReviewRoute = keyof typeof REVIEW_ROUTES;

/** The term of the filing that runs from the dispatch of the handover, by the way the clue came. */
export const filingClockOf = (route: string | undefined): 'T3a' | 'T3b' => (route === 'LAB_REPORT' ? 'T3b' : 'T3a');

/** Only by these ways does a frozen list carry the clue to its review (江苏办法 第十条; 宁夏方案 三（六）). */
export const needsList = (route: ReviewRoute): boolean => route === 'PANEL_LIST' || route === 'ONE_TEAM';

interface ModelEntry {
  readonly analysis: Body;
  readonly review: Body;
  readonly route: ReviewRoute;
  /** What brings a clue of the platform before the reviewing body. */
  readonly entry: 'LIST' | 'RECHECK' | 'AT_ONCE';
  /** Clues the model is made for; others go the national way. */
  readonly covers: 'ALL' | 'PLATFORM' | 'EXCEEDANCE';
}

/** The four ways of the provinces, side by side: the only place where they differ in who looks at a clue. */
export const MODELS: Readonly<Record<ReviewModel, ModelEntry>> = {
  TWO_BODIES: { analysis: 'PANEL', review: 'REVIEW', route: 'PANEL_LIST', entry: 'LIST', covers: 'ALL' },
  ONE_TEAM: { analysis: 'TEAM', review: 'TEAM', route: 'ONE_TEAM', entry: 'LIST', covers: 'ALL' },
  CONTROL_RECHECK: { analysis: 'CONTROL', review: 'CONTROL', route: 'CONTROL_RECHECK', entry: 'RECHECK', covers: 'PLATFORM' },
  LAB_REPORT: { analysis: 'LAB', review: 'LAB', route: 'LAB_REPORT', entry: 'AT_ONCE', covers: 'EXCEEDANCE' },
};

/** Whether the platform alone brings clues of this way before their body. */
export const entersAtOnce = (route: ReviewRoute): boolean => Object.values(MODELS).some((row) => row.route === route && row.entry === 'AT_ONCE');

/** What of a clue decides its way. `rule` names its models, e.g. `B01@1.0.0`. */
export interface RoutedClue {
  readonly source: 'PLATFORM' | 'PATROL';
  readonly rule: string;
}

/** Models that tell only that values are missing or came late: no sign of falsification, nothing of power, video or doors. */
const GAPS: readonly string[] = ['A01', 'A02', 'A03', 'A04'];

/** Found by comparing on-line values with a limit: models of family B, beside which values may be missing or late. */
export const isExceedance = (rule: string): boolean => {
  const found = modelsIn(rule).filter((model) => !GAPS.some((gap) => model.startsWith(`${gap}@`)));
  return found.length > 0 && found.every((model) => model.startsWith('B'));
};

function covers({ covers: what }: ModelEntry, clue: RoutedClue): boolean {
  switch (what) {
    case 'ALL':
      return true;
    case 'PLATFORM':
      return clue.source === 'PLATFORM';
    case 'EXCEEDANCE':
      return clue.source === 'PLATFORM' && isExceedance(clue.rule);
  }
}

export interface Routed {
  readonly route: ReviewRoute;
  readonly body: Body;
  readonly entry: ModelEntry['entry'];
}

/** The way of one clue where `model` holds; what that model does not cover goes the way of `national`. Pure. */
export function decideRoute(model: ReviewModel, national: ReviewModel, clue: RoutedClue): Routed {
  const row = covers(MODELS[model], clue) ? MODELS[model] : MODELS[national];
  return { route: clue.source === 'PATROL' ? 'PATROL' : row.route, body: row.review, entry: row.entry };
}

/** Who analyses before a body reviews: the panel before the group; elsewhere the body itself. */
export const analysisOf = (body: Body): Body => Object.values(MODELS).find((row) => row.review === body)?.analysis ?? 'PANEL';

/** The way through analysis and list, for what is looked at anew: the region's own where it has one. */
export function listRoute(model: ReviewModel, national: ReviewModel): Pick<Routed, 'route' | 'body'> {
  const row = MODELS[model].entry === 'LIST' ? MODELS[model] : MODELS[national];
  return { route: row.route, body: row.review };
}

type Values = Pick<Law, 'valueAt'>;

const modelsOf = (law: Values, region: RegionKey, day: CalendarDay) =>
  [law.valueAt('review.model', region, day).value, law.valueAt('review.model', NATIONAL, day).value] as const;

export const routeIn = (law: Values, region: RegionKey, day: CalendarDay, clue: RoutedClue): Routed => decideRoute(...modelsOf(law, region, day), clue);
export const listRouteIn = (law: Values, region: RegionKey, day: CalendarDay) => listRoute(...modelsOf(law, region, day));

/** The bodies an authority of the region needs: those of its own model, and the national ones for what that does not cover. */
export function bodiesIn(law: Values, region: RegionKey, day: CalendarDay): readonly Body[] {
  const [model, national] = modelsOf(law, region, day);
  const rows = MODELS[model].covers === 'ALL' ? [MODELS[model]] : [MODELS[model], MODELS[national]];
  return [...new Set(rows.flatMap((row) => [row.analysis, row.review]))];
}

/** Whose parameters hold for a body: the region's where its own model names it, the national ones elsewhere. */
export function profileOf(law: Values, region: RegionKey, day: CalendarDay, body: Body): RegionKey {
  const own = MODELS[law.valueAt('review.model', region, day).value];
  return own.analysis === body || own.review === body ? region : NATIONAL;
}

/** The paper that satisfies gate:G8 when this body reviews. */
export const gatePaperOf = (law: Values, region: RegionKey, day: CalendarDay, body: Body) => law.valueAt('review.gatePaper', profileOf(law, region, day, body), day);

/** Instrument and article by which this body reviews, for the ledger. */
export function basisOf(law: Values, region: RegionKey, day: CalendarDay, body: Body): string {
  const value = law.valueAt('review.model', profileOf(law, region, day, body), day);
  return `${value.source} ${value.article}`;
}
