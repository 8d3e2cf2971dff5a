import { RouterProvider } from '@tanstack/react-router';
import { Result, Button } from 'antd';
import { useSpeech, type Text } from '../shared/i18n.tsx';
import { Door } from '../shared/sign-in.tsx';
import { router } from './router.tsx';

const TITLE = { zh: '明鉴 · 执法工作台', en: 'Mingjian · Workbench' } as const satisfies Text;
const UNIT = { zh: '您的账号属于排污单位', en: 'Your account belongs to a unit' } as const satisfies Text;
const GO = { zh: '前往企业端', en: 'Go to the unit portal' } as const satisfies Text;

function WrongRoom() {
  const { t } = useSpeech();
  return <Result status="info" title={t(UNIT)} extra={<Button type="primary" href="/unit">{t(GO)}</Button>} />;
}

/** Sign-in first; a unit's person is shown the way to his own room. */
export function Workbench() {
  return <Door title={TITLE} side="official">{(me) => (me.side === 'unit' ? <WrongRoom /> : <RouterProvider router={router} />)}</Door>;
}
