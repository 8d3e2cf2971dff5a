import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../shared/i18n.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { call } from '../../shared/api.ts';
import type { Words } from '../shapes.ts';
import { colleagues } from './colleagues.ts';
import { lawEntries } from './law-source.ts';

/** Names of roles in the reader's language, from the platform's own table. */
export function useRoleNames(): (role: string) => string {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['matrix'], queryFn: () => call('GET /api/access/matrix'), staleTime: 3_600_000 });
  return (role) => {
    const words = data?.roles.find((one) => one.role === role);
    return words === undefined ? role : t(words);
  };
}

/** Sides of the law's clocks (`law/deadlines`). */
const SIDES: Readonly<Record<string, Words>> = {
  ENFORCEMENT: { zh: '执法机构', en: 'enforcement' }, LEADER: { zh: '机关负责人', en: 'head of the authority' }, MONITORING: { zh: '监控机构', en: 'monitoring control' },
  POLICE: { zh: '公安机关', en: 'police' }, REVIEW: { zh: '审核机构', en: 'reviewing body' }, UNIT: { zh: '排污单位', en: 'the unit' },
};
/** Clocks the product sets itself where the measures set none. */
const OWN_CLOCKS: Readonly<Record<string, Words>> = { panel: { zh: '研判', en: 'analysis' }, review: { zh: '数据审核', en: 'data review' } };

export function useClockName(): (clockId: string, title?: Words) => string {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['law'], queryFn: lawEntries, staleTime: 600_000 });
  return (clockId, title) => {
    const words = OWN_CLOCKS[clockId] ?? title ?? data?.items.find((entry) => entry.group === 'CLOCK' && entry.id === clockId);
    return words === undefined ? clockId : t(words);
  };
}

/** Who has to act: a side of the law, a role, an authority, or a unit whose name the page knows. */
export function useHolderNames(known: Readonly<Record<string, string>> = {}): (holder: string) => string {
  const { t } = useSpeech();
  const { data: me } = useMe();
  const roleName = useRoleNames();
  const official = me?.actions.includes('situation.read') ?? false;
  const { data } = useQuery({ queryKey: ['colleagues'], queryFn: colleagues, staleTime: 600_000, enabled: official });
  return (holder) => {
    const words = SIDES[holder] ?? data?.authorities.find((one) => one.authorityId === holder);
    return known[holder] ?? (words === undefined ? roleName(holder) : t(words));
  };
}
