import { Button, Flex } from 'antd';
import type { ReactNode } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { CasePage } from '../shapes.ts';

const TEXT = { parts: { zh: '本页各部分', en: 'Parts of this page' } } as const satisfies Record<string, Text>;

const ALWAYS = () => true;
/** The parts of a case page in reading order, and when there is something in them. */
const PARTS = {
  next: { zh: '办理', en: 'Next', shown: ALWAYS },
  facts: { zh: '案情', en: 'Facts', shown: ALWAYS },
  evidence: { zh: '证据', en: 'Evidence', shown: ALWAYS },
  discretion: { zh: '裁量', en: 'Discretion', shown: ({ state }) => state.discretion !== undefined },
  law: { zh: '法律适用', en: 'Law', shown: ({ law }) => law !== null },
  defence: { zh: '申辩与疑问', en: 'Defence', shown: ({ state }) => state.defence.length + state.questions.length > 0 },
  history: { zh: '办理经过', en: 'Course', shown: ALWAYS },
  clocks: { zh: '时限', en: 'Terms', shown: ({ clocks }) => clocks.length > 0 },
  papers: { zh: '文书与卷宗', en: 'Papers', shown: ALWAYS },
  quality: { zh: '案卷质量', en: 'Quality', shown: ALWAYS },
} as const satisfies Record<string, Text & { readonly shown: (page: CasePage) => boolean }>;
type PartId = keyof typeof PARTS;

const idOf = (part: string): string => `part-${part}`;

/** The list of parts stays in sight: a case page is many screens long. */
export function PartLinks({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  return (
    <nav className="parts" aria-label={t(TEXT.parts)}>
      {Object.entries(PARTS).filter(([, { shown }]) => shown(page)).map(([part, words]) => (
        <Button key={part} size="small" type="link" onClick={() => document.getElementById(idOf(part))?.scrollIntoView({ block: 'start' })}>{t(words)}</Button>
      ))}
    </nav>
  );
}

/** A part the list leads to. */
export const Part = ({ of, children }: { of: PartId; children: ReactNode }) => <Flex vertical gap={12} id={idOf(of)} className="part" style={{ minWidth: 0 }}>{children}</Flex>;
