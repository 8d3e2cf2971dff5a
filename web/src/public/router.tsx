import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { Result } from 'antd';
import { useSpeech, type Text } from '../shared/i18n.tsx';
import { plainSearch } from '../shared/plain-search.ts';
import { Room, type NavItem } from '../shared/room.tsx';

const TITLE = { zh: '明鉴 · 公众', en: 'Mingjian · Public' } as const satisfies Text;
const MISSING = { zh: '没有这个页面', en: 'There is no such page' } as const satisfies Text;

const NAV: readonly NavItem[] = [
  { to: '/', label: { zh: '首页', en: 'Home' } },
  { to: '/decisions', label: { zh: '处罚决定', en: 'Decisions' } },
  { to: '/log', label: { zh: '每日存证', en: 'Evidence log' } },
  { to: '/verify', label: { zh: '核验', en: 'Verify' } },
  { to: '/report', label: { zh: '反映问题', en: 'Report a problem' } },
];

function Frame() {
  return <Room title={TITLE} nav={NAV} me={undefined} />;
}

function NotFound() {
  const { t } = useSpeech();
  return <Result status="404" title={t(MISSING)} />;
}

const root = createRootRoute({ component: Frame, notFoundComponent: NotFound });
const at = () => root;
const routes = [
  createRoute({ getParentRoute: at, path: '/', component: lazyRouteComponent(() => import('./pages/home-page.tsx'), 'HomePage') }),
  createRoute({ getParentRoute: at, path: '/decisions', component: lazyRouteComponent(() => import('./pages/decisions-page.tsx'), 'DecisionsPage') }),
  createRoute({ getParentRoute: at, path: '/decisions/$id', component: lazyRouteComponent(() => import('./pages/decision-page.tsx'), 'DecisionPage') }),
  createRoute({ getParentRoute: at, path: '/log', component: lazyRouteComponent(() => import('./pages/log-page.tsx'), 'LogPage') }),
  createRoute({ getParentRoute: at, path: '/verify', component: lazyRouteComponent(() => import('./pages/verify-page.tsx'), 'VerifyPage') }),
  createRoute({ getParentRoute: at, path: '/report', component: lazyRouteComponent(() => import('./pages/report-page.tsx'), 'ReportPage') }),
] as const;

export const router = createRouter({ routeTree: root.addChildren([...routes]), basepath: '/public', defaultPreload: 'intent', ...plainSearch });
