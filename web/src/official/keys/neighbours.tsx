import { Button, Flex } from 'antd';
import { useEffect, useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import type { Rows } from '../../shared/pages.tsx';
import { KeysButton, useKeys } from './keyboard.tsx';

const TEXT = {
  next: { zh: '下一条', en: 'next' },
  previous: { zh: '上一条', en: 'previous' },
  step: { zh: '移到下一步的按钮，再按办理', en: 'go to the button of the next step; once more presses it' },
  place: { zh: '第 {n} 条，共 {all} 条', en: '{n} of {all}' },
} as const satisfies Record<string, Text>;

/** Where a page keeps its next lawful step. */
export const NEXT_STEP = 'next-step';

const toNextStep = () => document.getElementById(NEXT_STEP)?.querySelector<HTMLElement>('button:not(:disabled), a')?.focus();

interface Props<T> {
  readonly list: Rows<T>;
  readonly what: Text;
  here(row: T): boolean;
  go(row: T): void;
}

/** Goes through the list a page was opened from, in its order and with its filters, by j and k or by the two buttons. */
export function Neighbours<T>({ list: { rows, more }, what, here, go }: Props<T>) {
  const { t } = useSpeech();
  const at = rows.findIndex(here);
  // What has just been settled may have left the list: the one that took its place comes next.
  const [place, keep] = useState(at);
  useEffect(() => {
    if (at >= 0) keep(at);
  }, [at]);
  const next = at >= 0 ? rows[at + 1] : rows[place];
  const previous = rows[(at >= 0 ? at : place) - 1];
  useEffect(() => {
    if (at >= 0 && at >= rows.length - 2) more?.load();
  });
  const step = (row: T | undefined) => () => { if (row !== undefined) go(row); };
  useKeys([
    { key: 'j', does: TEXT.next, act: step(next) }, { key: 'k', does: TEXT.previous, act: step(previous) }, { key: 'Enter', does: TEXT.step, act: toNextStep },
  ]);
  const button = (row: T | undefined, words: Text, sign: string) => <Button size="small" aria-label={`${t(words)} · ${t(what)}`} disabled={row === undefined} onClick={step(row)}>{sign}</Button>;
  return (
    <Flex gap={4} align="center">
      {button(previous, TEXT.previous, '‹')}
      {at >= 0 && <span style={{ fontVariantNumeric: 'tabular-nums', fontSize: 12 }} title={t(TEXT.place, { n: at + 1, all: `${rows.length}${more === undefined ? '' : '+'}` })}>{at + 1}/{rows.length}{more === undefined ? '' : '+'}</span>}
      {button(next, TEXT.next, '›')}
      <KeysButton keys={['j', 'k', 'Enter']} />
    </Flex>
  );
}
