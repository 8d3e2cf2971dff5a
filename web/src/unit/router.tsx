import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Result } from 'antd';
import { useSpeech, type Text } from '../shared/i18n.tsx';
import { plainSearch } from '../shared/plain-search.ts';
import { Room, type NavItem } from '../shared/room.tsx';
import { useMe } from '../shared/sign-in.tsx';

const TITLE = { zh: '明鉴 · 企业端', en: 'Mingjian · Unit' } as const satisfies Text;
const MISSING = { zh: '没有这个页面', en: 'There is no such page' } as const satisfies Text;

const NAV: readonly (NavItem & { readonly action: string })[] = [
  { to: '/', label: { zh: '今天', en: 'Today' }, action: 'access.me' },
  { to: '/outfalls', label: { zh: '我的排口', en: 'My outfalls' }, action: 'register.read' },
  { to: '/self-check', label: { zh: '先自查', en: 'Check first' }, action: 'analysis.self-check' },
  { to: '/marks', label: { zh: '数据标记', en: 'Marks' }, action: 'mark.read' },
  { to: '/sheets', label: { zh: '提醒与反馈', en: 'Sheets' }, action: 'supervision.read-own' },
  { to: '/truthing', label: { zh: '数据归真', en: 'Data to put right' }, action: 'truthing.read' },
  { to: '/file', label: { zh: '督办档案', en: 'My file' }, action: 'delivery.read-own' },
  { to: '/registered', label: { zh: '登记参数', en: 'Registered' }, action: 'register.dispute' },
  { to: '/devices', label: { zh: '设备事项', en: 'Devices' }, action: 'register.report-device' },
  { to: '/notices', label: { zh: '文书', en: 'Notices' }, action: 'delivery.read-own' },
  { to: '/suspicions', label: { zh: '涉嫌违法告知', en: 'Suspicions' }, action: 'review.notice-read' },
  { to: '/cases', label: { zh: '案件', en: 'Cases' }, action: 'case.read-own' },
  { to: '/consent', label: { zh: '电子送达', en: 'Electronic service' }, action: 'delivery.consent' },
  { to: '/agents', label: { zh: '授权代理人', en: 'Agents' }, action: 'agent.read' },
  { to: '/entrusted', label: { zh: '受托事项', en: 'Entrusted to me' }, action: 'agent.read-mine' },
];

function Frame() {
  const { data: me } = useMe();
  return <Room title={TITLE} nav={NAV.filter((item) => me?.actions.includes(item.action))} me={me} />;
}

function NotFound() {
  const { t } = useSpeech();
  return <Result status="404" title={t(MISSING)} />;
}

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
const at = () => root;
const routes = [
  createRoute({ getParentRoute: at, path: '/', component: lazyRouteComponent(() => import('./today/today-page.tsx'), 'TodayPage') }),
  createRoute({ getParentRoute: at, path: '/outfalls', component: lazyRouteComponent(() => import('./outfalls/outfalls-page.tsx'), 'OutfallsPage') }),
  createRoute({ getParentRoute: at, path: '/outfalls/$outfall', component: lazyRouteComponent(() => import('./outfalls/outfall-page.tsx'), 'OutfallPageView') }),
  createRoute({ getParentRoute: at, path: '/marks', component: lazyRouteComponent(() => import('./marks/marks-page.tsx'), 'MarksPage') }),
  createRoute({ getParentRoute: at, path: '/sheets', component: lazyRouteComponent(() => import('./sheets/sheets-page.tsx'), 'SheetsPage') }),
  createRoute({ getParentRoute: at, path: '/sheets/$sheetId', component: lazyRouteComponent(() => import('./sheets/sheet-page.tsx'), 'SheetPageView') }),
  createRoute({ getParentRoute: at, path: '/truthing', component: lazyRouteComponent(() => import('./truthing/truthing-page.tsx'), 'TruthingPage') }),
  createRoute({ getParentRoute: at, path: '/file', component: lazyRouteComponent(() => import('./file/file-page.tsx'), 'FilePage') }),
  createRoute({ getParentRoute: at, path: '/notices', component: lazyRouteComponent(() => import('./notices/notices-page.tsx'), 'NoticesPage') }),
  createRoute({ getParentRoute: at, path: '/notices/$deliveryId', component: lazyRouteComponent(() => import('./notices/notice-page.tsx'), 'NoticePageView') }),
  createRoute({ getParentRoute: at, path: '/suspicions', component: lazyRouteComponent(() => import('./suspicions/suspicions-page.tsx'), 'SuspicionsPage') }),
  createRoute({ getParentRoute: at, path: '/suspicions/$clueId', component: lazyRouteComponent(() => import('./suspicions/suspicion-page.tsx'), 'SuspicionPageView') }),
  createRoute({ getParentRoute: at, path: '/cases', component: lazyRouteComponent(() => import('./cases/cases-page.tsx'), 'CasesPage') }),
  createRoute({ getParentRoute: at, path: '/cases/$caseId', component: lazyRouteComponent(() => import('./cases/case-page.tsx'), 'CasePageView') }),
  createRoute({ getParentRoute: at, path: '/self-check', component: lazyRouteComponent(() => import('./self-check/self-check-page.tsx'), 'SelfCheckPage') }),
  createRoute({ getParentRoute: at, path: '/registered', component: lazyRouteComponent(() => import('./register/registered-page.tsx'), 'RegisteredPage') }),
  createRoute({ getParentRoute: at, path: '/devices', component: lazyRouteComponent(() => import('./register/devices-page.tsx'), 'DevicesPage') }),
  createRoute({ getParentRoute: at, path: '/agents', component: lazyRouteComponent(() => import('./agents/agents-page.tsx'), 'AgentsPage') }),
  createRoute({ getParentRoute: at, path: '/entrusted', component: lazyRouteComponent(() => import('./agents/entrusted-page.tsx'), 'EntrustedPage') }),
  createRoute({ getParentRoute: at, path: '/account', component: lazyRouteComponent(() => import('../shared/account-page.tsx'), 'AccountPage') }),
  createRoute({ getParentRoute: at, path: '/consent', component: lazyRouteComponent(() => import('./consent/consent-page.tsx'), 'ConsentPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren([...routes]), basepath: '/unit', defaultPreload: 'intent', ...plainSearch });
