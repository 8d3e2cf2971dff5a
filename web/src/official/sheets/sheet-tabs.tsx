import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';

const TABS = [
  { to: '/sheets', text: { zh: '督办单', en: 'Sheets' } },
  { to: '/sheets/held', text: { zh: '暂缓未发', en: 'Held back' } },
  { to: '/sheets/quotas', text: { zh: '许可排放量', en: 'Permitted quantities' } },
  { to: '/sheets/hints', text: { zh: '风险提示', en: 'Risk hints' } },
  { to: '/sheets/talks', text: { zh: '约谈', en: 'Talks' } },
] as const satisfies readonly { to: string; text: Text }[];

export type SheetTab = (typeof TABS)[number]['to'];

/** The five lists of e-supervision. */
export function SheetTabs({ at }: { at: SheetTab }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  return <Segmented<SheetTab> value={at} options={TABS.map(({ to, text }) => ({ value: to, label: t(text) }))} onChange={(to) => void navigate({ to })} />;
}
