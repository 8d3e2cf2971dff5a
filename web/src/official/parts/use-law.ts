import { useQuery } from '@tanstack/react-query';
import { useSpeech } from '../../shared/i18n.tsx';
import { lawEntries, type LawEntry } from './law-source.ts';

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** Violation types, exemptions and code lists in the reader's language, from the platform's law. */
export function useLaw() {
  const { t } = useSpeech();
  const { data } = useQuery({ queryKey: ['law'], queryFn: lawEntries, staleTime: 600_000 });
  const entries = data?.items ?? [];
  const of = (group: LawEntry['group'], key: (id: string) => string): Choice[] =>
    [...new Map(entries.filter((entry) => entry.group === group).map((entry) => [key(entry.id), { value: key(entry.id), label: t(entry) }])).values()];
  const codes = (list: string): Choice[] =>
    (data?.codes.find((one) => one.id === list)?.codes ?? []).map((code) => ({ value: code.code, label: t(code.title) }));
  /** Acts that the text of this region names; empty where it names none. */
  const namedActs = (region: string): Choice[] =>
    (data?.codes ?? []).filter((one) => one.regions?.includes(region) === true).flatMap((one) => codes(one.id));
  return { namedActs, violations: of('VIOLATION', (id) => id.split('/')[0] ?? id), exemptions: of('EXEMPTION', (id) => id), codes };
}
