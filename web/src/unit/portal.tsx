import { RouterProvider } from '@tanstack/react-router';
import { InvitationPage } from './agents/invitation-page.tsx';
import { Button, Result } from 'antd';
import { useSpeech, type Text } from '../shared/i18n.tsx';
import { Door } from '../shared/sign-in.tsx';
import { router } from './router.tsx';

const TITLE = { zh: '明鉴 · 企业端', en: 'Mingjian · Unit portal' } as const satisfies Text;
const OFFICIAL = { zh: '您的账号属于生态环境部门', en: 'Your account belongs to an authority' } as const satisfies Text;
const GO = { zh: '前往执法工作台', en: 'Go to the workbench' } as const satisfies Text;

function WrongRoom() {
  const { t } = useSpeech();
  return <Result status="info" title={t(OFFICIAL)} extra={<Button type="primary" href="/">{t(GO)}</Button>} />;
}

/** Sign-in first, but for a person who comes with an invitation; an official is shown the way to his own room. */
export function Portal() {
  if (location.pathname === '/unit/invitation') return <InvitationPage />;
  return <Door title={TITLE} side="unit">{(me) => (me.side === 'unit' ? <RouterProvider router={router as never} /> : <WrongRoom />)}</Door>;
}
