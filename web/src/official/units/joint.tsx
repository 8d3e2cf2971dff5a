import { Link } from '@tanstack/react-router';
import { Button, Card, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { msOf } from '../../shared/moment.ts';
import { Loaded } from '../../shared/room.tsx';
import { useMe } from '../../shared/sign-in.tsx';
import { formatTime } from '../../shared/tiers.ts';
import type { UnitPage } from '../shapes.ts';
import { ConcludeForm, ConveneForm, WordForm } from './joint-forms.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { useArticle } from '../../shared/terms/article.ts';

const TEXT = {
  title: { zh: '联合会商与联合检查', en: 'Joint work of departments' },
  none: { zh: '没有召集过', en: 'None was called' },
  convene: { zh: '召集', en: 'Call together' },
  by: { zh: '召集人 {name}', en: 'called by {name}' },
  waits: { zh: '待发表意见', en: 'not heard yet' },
  speak: { zh: '发表意见', en: 'Speak' },
  excuse: { zh: '记明不能参加', en: 'Note why not heard' },
  conclude: { zh: '作出结论', en: 'Conclude' },
  conclusion: { zh: '结论', en: 'Conclusion' },
  clue: { zh: '由此产生的线索', en: 'The clue it brought forth' },
} as const satisfies Record<string, Text>;

type Dialog = { kind: 'convene' } | { kind: 'conclude'; matterId: string } | { kind: 'word'; matterId: string; accountId: string; excuse: boolean };

/** What departments looked at together about a unit: who was called, what each said, how it ended. */
export function Joint({ unit }: { unit: UnitPage }) {
  const { t } = useSpeech();
  const article = useArticle();
  const { data: me } = useMe();
  const [dialog, open] = useState<Dialog>();
  const close = () => open(undefined);
  const list = usePages(['joint', unit.unitId], (at) => call('GET /api/joint-matters', { query: { ...at, unit: unit.unitId } }));
  const items = list.rows;
  return (
    <Card size="small" title={t(TEXT.title)} extra={me?.actions.includes('joint.convene') === true && <Button size="small" onClick={() => open({ kind: 'convene' })}>{t(TEXT.convene)}</Button>}>
      <Loaded query={list.query}>
        {() => (
          <Flex vertical gap={12}>
            {items.length === 0 && <Typography.Text type="secondary">{t(TEXT.none)}</Typography.Text>}
            {items.map((one) => (
              <Flex vertical gap={4} key={one.matterId}>
                <div><Tag>{t(one.kindText)}</Tag>{one.subjectText !== null && <Tag>{t(one.subjectText)}</Tag>}<strong>{one.question}</strong> <Typography.Text type="secondary">{formatTime(msOf(one.convenedAt))} {t(TEXT.by, { name: one.convenedBy })} · {article(one.basis)}</Typography.Text></div>
                {one.seats.map((seat) => (
                  <div key={seat.accountId}>
                    <Tag>{t(seat.department)}</Tag>{seat.name}{' '}
                    {seat.word === null ? <Typography.Text type="secondary">{t(TEXT.waits)}</Typography.Text> : <><Tag>{t(seat.word.outcomeText)}</Tag>{seat.word.text}</>}{' '}
                    {seat.mine && <Button size="small" type="primary" onClick={() => open({ kind: 'word', matterId: one.matterId, accountId: seat.accountId, excuse: false })}>{t(TEXT.speak)}</Button>}
                    {seat.excusable && <Button size="small" onClick={() => open({ kind: 'word', matterId: one.matterId, accountId: seat.accountId, excuse: true })}>{t(TEXT.excuse)}</Button>}
                  </div>
                ))}
                {one.conclusion === null ? one.mayConclude && <div><Button size="small" onClick={() => open({ kind: 'conclude', matterId: one.matterId })}>{t(TEXT.conclude)}</Button></div> : (
                  <div><strong>{t(TEXT.conclusion)}</strong> {one.conclusion.text} {one.conclusion.clueId !== null && <Link to="/clues/$clueId" params={{ clueId: one.conclusion.clueId }}>{t(TEXT.clue)} →</Link>}</div>
                )}
              </Flex>
            ))}
            <More list={list} />
          </Flex>
        )}
      </Loaded>
      {dialog?.kind === 'convene' && <ConveneForm unitId={unit.unitId} close={close} />}
      {dialog?.kind === 'word' && <WordForm matterId={dialog.matterId} accountId={dialog.accountId} excuse={dialog.excuse} close={close} />}
      {dialog?.kind === 'conclude' && <ConcludeForm matterId={dialog.matterId} unit={unit} close={close} />}
    </Card>
  );
}
