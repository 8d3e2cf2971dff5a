import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Result } from 'antd';
import { useSpeech, type Text } from '../shared/i18n.tsx';
import { plainSearch } from '../shared/plain-search.ts';
import { Room } from '../shared/room.tsx';
import { useMe } from '../shared/sign-in.tsx';
import { Keyboard } from './keys/keyboard.tsx';
import { RunClock } from './parts/run-clock.tsx';
import { ROOMS } from './rooms.ts';

const TITLE = { zh: '明鉴', en: 'Mingjian' } as const satisfies Text;
const MISSING = { zh: '没有这个页面', en: 'There is no such page' } as const satisfies Text;

function Frame() {
  const { data: me } = useMe();
  const nav = ROOMS.filter((room) => me?.actions.includes(room.action));
  return <Keyboard><Room title={TITLE} nav={nav} me={me} /><RunClock /></Keyboard>;
}

function NotFound() {
  const { t } = useSpeech();
  return <Result status="404" title={t(MISSING)} />;
}

type Search = Record<string, unknown>;
const word = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What is looked for in a list, on any page. */
const findSearch = (s: Search): { find?: string } => {
  const find = word(s['find']);
  return find ? { find } : {};
};
const root = createRootRoute({ component: Frame, notFoundComponent: NotFound, validateSearch: findSearch });

/** Filters live in the address, so that a filtered list can be kept and sent. */
const clueSearch = (s: Search): { state?: string; tier?: 'REMIND' | 'WARN' | 'WORK_ORDER'; unit?: string; order?: 'urgent' | 'priority' | 'newest' } => {
  const [state, tier, unit, order] = [word(s['state']), word(s['tier']), word(s['unit']), word(s['order'])];
  return { ...(state ? { state } : {}), ...(tier === 'REMIND' || tier === 'WARN' || tier === 'WORK_ORDER' ? { tier } : {}), ...(unit ? { unit } : {}), ...(order === 'urgent' || order === 'priority' || order === 'newest' ? { order } : {}) };
};
const openSearch = (s: Search): { open?: 'true' | 'false'; state?: string } => {
  const state = word(s['state']);
  return { ...(s['open'] === 'false' ? { open: 'false' as const } : {}), ...(state ? { state } : {}) };
};
const textSearch = (s: Search): { text?: string; group?: string } => {
  const [text, group] = [word(s['text']), word(s['group'])];
  return { ...(text ? { text } : {}), ...(group ? { group } : {}) };
};
const tabSearch = (s: Search): { tab?: string } => {
  const tab = word(s['tab']);
  return tab ? { tab } : {};
};
const lawSearch = (s: Search) => ({ ...textSearch(s), ...tabSearch(s) });
const editSearch = (s: Search): { rule?: string; proposal?: string } => {
  const [rule, proposal] = [word(s['rule']), word(s['proposal'])];
  return { ...(rule ? { rule } : {}), ...(proposal ? { proposal } : {}) };
};

const at = () => root;
const routes = [
  createRoute({ getParentRoute: at, path: '/', component: lazyRouteComponent(() => import('./situation/situation-page.tsx'), 'SituationPage') }),
  createRoute({ getParentRoute: at, path: '/clues', validateSearch: clueSearch, component: lazyRouteComponent(() => import('./clues/pool-page.tsx'), 'CluePoolPage') }),
  createRoute({ getParentRoute: at, path: '/clues/$clueId', validateSearch: clueSearch, component: lazyRouteComponent(() => import('./clues/clue-page.tsx'), 'CluePageView') }),
  createRoute({ getParentRoute: at, path: '/sheets', validateSearch: openSearch, component: lazyRouteComponent(() => import('./sheets/sheets-page.tsx'), 'SheetsPage') }),
  createRoute({ getParentRoute: at, path: '/sheets/held', validateSearch: openSearch, component: lazyRouteComponent(() => import('./sheets/held-page.tsx'), 'HeldPage') }),
  createRoute({ getParentRoute: at, path: '/sheets/hints', validateSearch: openSearch, component: lazyRouteComponent(() => import('./sheets/hints-page.tsx'), 'HintsPage') }),
  createRoute({ getParentRoute: at, path: '/sheets/quotas', component: lazyRouteComponent(() => import('./sheets/quotas-page.tsx'), 'QuotasPage') }),
  createRoute({ getParentRoute: at, path: '/sheets/talks', component: lazyRouteComponent(() => import('./sheets/talks-page.tsx'), 'TalksPage') }),
  createRoute({ getParentRoute: at, path: '/sheets/$sheetId', component: lazyRouteComponent(() => import('./sheets/sheet-page.tsx'), 'SheetPageView') }),
  createRoute({ getParentRoute: at, path: '/reviews', component: lazyRouteComponent(() => import('./reviews/reviews-page.tsx'), 'ReviewsPage') }),
  createRoute({ getParentRoute: at, path: '/review-agreement', component: lazyRouteComponent(() => import('./reviews/agreement-page.tsx'), 'AgreementPage') }),
  createRoute({ getParentRoute: at, path: '/review-bodies', component: lazyRouteComponent(() => import('./reviews/bodies-page.tsx'), 'BodiesPage') }),
  createRoute({ getParentRoute: at, path: '/reviews/$clueId', component: lazyRouteComponent(() => import('./reviews/review-page.tsx'), 'ReviewPage') }),
  createRoute({ getParentRoute: at, path: '/cases', validateSearch: openSearch, component: lazyRouteComponent(() => import('./cases/cases-page.tsx'), 'CasesPage') }),
  createRoute({ getParentRoute: at, path: '/cases/$caseId', validateSearch: openSearch, component: lazyRouteComponent(() => import('./cases/case-page.tsx'), 'CasePageView') }),
  createRoute({ getParentRoute: at, path: '/reports', component: lazyRouteComponent(() => import('./reports/reports-page.tsx'), 'ReportsPage') }),
  createRoute({ getParentRoute: at, path: '/discretion', component: lazyRouteComponent(() => import('./cases/discretion/replay-page.tsx'), 'ReplayPage') }),
  createRoute({ getParentRoute: at, path: '/units', validateSearch: textSearch, component: lazyRouteComponent(() => import('./units/units-page.tsx'), 'UnitsPage') }),
  createRoute({ getParentRoute: at, path: '/units/disputes', component: lazyRouteComponent(() => import('./register/disputes-page.tsx'), 'DisputesPage') }),
  createRoute({ getParentRoute: at, path: '/units/devices', component: lazyRouteComponent(() => import('./register/device-matters-page.tsx'), 'DeviceMattersPage') }),
  createRoute({ getParentRoute: at, path: '/units/standards', component: lazyRouteComponent(() => import('./register/standards-page.tsx'), 'StandardsPage') }),
  createRoute({ getParentRoute: at, path: '/units/truthing', component: lazyRouteComponent(() => import('./truthing/tasks-page.tsx'), 'TasksPage') }),
  createRoute({ getParentRoute: at, path: '/units/$unitId', component: lazyRouteComponent(() => import('./units/unit-page.tsx'), 'UnitPageView') }),
  createRoute({ getParentRoute: at, path: '/units/$unitId/file', component: lazyRouteComponent(() => import('./sheets/unit-file-page.tsx'), 'UnitFilePage') }),
  createRoute({ getParentRoute: at, path: '/outfalls/$outfall', component: lazyRouteComponent(() => import('./units/outfall-page.tsx'), 'OutfallPageView') }),
  createRoute({ getParentRoute: at, path: '/models', component: lazyRouteComponent(() => import('./models/models-page.tsx'), 'ModelsPage') }),
  createRoute({ getParentRoute: at, path: '/models/$modelId', component: lazyRouteComponent(() => import('./models/model-page.tsx'), 'ModelPageView') }),
  createRoute({ getParentRoute: at, path: '/rules', component: lazyRouteComponent(() => import('./rules/rules-page.tsx'), 'RulesPage') }),
  createRoute({ getParentRoute: at, path: '/rules/edit', validateSearch: editSearch, component: lazyRouteComponent(() => import('./rules/rule-editor.tsx'), 'RuleEditorPage') }),
  createRoute({ getParentRoute: at, path: '/rules/proposals/$proposalId', component: lazyRouteComponent(() => import('./rules/proposal-page.tsx'), 'ProposalPageView') }),
  createRoute({ getParentRoute: at, path: '/models/$modelId/bench', component: lazyRouteComponent(() => import('./models/bench-page.tsx'), 'BenchPage') }),
  createRoute({ getParentRoute: at, path: '/model-health', component: lazyRouteComponent(() => import('./models/health-page.tsx'), 'HealthPage') }),
  createRoute({ getParentRoute: at, path: '/law', validateSearch: lawSearch, component: lazyRouteComponent(() => import('./law/law-page.tsx'), 'LawPage') }),
  createRoute({ getParentRoute: at, path: '/evidence', component: lazyRouteComponent(() => import('./evidence/evidence-page.tsx'), 'EvidencePage') }),
  createRoute({ getParentRoute: at, path: '/devices', validateSearch: tabSearch, component: lazyRouteComponent(() => import('./devices/devices-page.tsx'), 'DevicesPage') }),
  createRoute({ getParentRoute: at, path: '/account', component: lazyRouteComponent(() => import('./administration/own-account-page.tsx'), 'OwnAccountPage') }),
  createRoute({ getParentRoute: at, path: '/admin', validateSearch: tabSearch, component: lazyRouteComponent(() => import('./administration/administration-page.tsx'), 'AdministrationPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren([...routes]), defaultPreload: 'intent', ...plainSearch });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
