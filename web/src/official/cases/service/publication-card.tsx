import { Button, Card, Flex, Form, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../../shared/api.ts';
import { useSpeech, type Text } from '../../../shared/i18n.tsx';
import { msOf } from '../../../shared/moment.ts';
import { useArticle } from '../../../shared/terms/article.ts';
import { formatTime } from '../../../shared/tiers.ts';
import { Asking } from '../../parts/asking.tsx';
import { useMoney } from '../../parts/money.ts';
import type { CasePage } from '../../shapes.ts';
import { usePublication, type Publication } from './use-publication.ts';

type Act = Publication['next'][number];

const TEXT = {
  title: { zh: '处罚决定公开', en: 'Publication of the decision' },
  edit: { zh: '修改公开文本', en: 'Edit the public text' },
  publish: { zh: '批准公开', en: 'Approve publication' },
  withhold: { zh: '不予公开', en: 'Withhold' },
  withdraw: { zh: '撤回公开', en: 'Withdraw' },
  note: { zh: '说明', en: 'Explanation' },
  facts: { zh: '公开的事实', en: 'Facts as published' },
  names: { zh: '还须隐去的姓名（逐个，回车分隔）', en: 'Further names to hide, one by one (Enter)' },
  hidden: { zh: '已隐去：{what}', en: 'Hidden: {what}' },
  published: { zh: '{at} 公开', en: 'published {at}' },
  withdrawn: { zh: '{at} 撤回：{note}', en: 'withdrawn {at}: {note}' },
  outside: { zh: '公众看到的页面', en: 'The public page' },
} as const satisfies Record<string, Text>;

/** What follows from each act, said before it is done. */
const ABOUT: Readonly<Record<Act, Text>> = {
  edit: { zh: '个人信息由平台再次隐去；改过的文本由他人批准公开。', en: 'Personal data are hidden again; another person approves what you edit.' },
  publish: { zh: '批准后立即向社会公开（行政处罚法 第四十八条）；公开文本由他人拟定。', en: 'Open to the public at once (Penalty Law art. 48); the text was prepared by another person.' },
  withhold: { zh: '决定不公开的理由记入案件。', en: 'The reason for withholding is kept with the case.' },
  withdraw: { zh: '决定被变更、撤销、确认违法或者无效的，三日内撤回并公开说明理由（行政处罚法 第四十八条第二款）；说明向社会公开。', en: 'A decision changed, revoked, or found unlawful or void leaves the public page within three days, with reasons (Penalty Law art. 48(2)); the explanation is public.' },
};

interface Words { note?: string; facts?: string; names?: string[] }

function ActForm({ publication, act, close }: { publication: Publication; act: Act; close(): void }) {
  const { t } = useSpeech();
  const must = [{ required: act !== 'publish' }];
  return (
    <Asking<Words> title={TEXT[act]} about={t(ABOUT[act])} close={close} initial={act === 'edit' ? { facts: publication.facts } : { note: '' }}
      send={(words) => call('POST /api/disclosure/publications/:id', { params: { id: publication.id }, body: { act, ...words } })}>
      {act === 'edit' ? (
        <>
          <Form.Item name="facts" label={t(TEXT.facts)} rules={must}><Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={20_000} /></Form.Item>
          <Form.Item name="names" label={t(TEXT.names)}><Select mode="tags" open={false} suffixIcon={null} /></Form.Item>
        </>
      ) : <Form.Item name="note" label={t(TEXT.note)} rules={must}><Input.TextArea rows={3} maxLength={2000} /></Form.Item>}
    </Asking>
  );
}

function Body({ publication }: { publication: Publication }) {
  const { t } = useSpeech();
  const yuan = useMoney();
  const article = useArticle();
  const [acting, setActing] = useState<Act>();
  const { publishedAt, withdrawnAt, withdrawNote, hidden } = publication;
  return (
    <Flex vertical gap={6}>
      <span><strong>{t({ zh: publication.stateZh, en: publication.stateEn })}</strong> · {publication.documentNo} · {publication.decidedOn}</span>
      <span>{t(publication.cause)} · {publication.outcome} {yuan(publication.amount)}</span>
      <Typography.Paragraph style={{ margin: 0, overflowWrap: 'anywhere' }} ellipsis={{ rows: 4, expandable: true }}>{publication.facts}</Typography.Paragraph>
      {hidden.length > 0 && <Typography.Text type="secondary">{t(TEXT.hidden, { what: hidden.map((one) => `${t(one)} ${one.times}`).join('、') })}</Typography.Text>}
      {publishedAt !== null && <span>{t(TEXT.published, { at: formatTime(msOf(publishedAt)) })} · <a href={`/public/decisions/${publication.id}`} target="_blank" rel="noreferrer" style={{ textDecoration: 'underline' }}>{t(TEXT.outside)}</a></span>}
      {withdrawnAt !== null && <span>{t(TEXT.withdrawn, { at: formatTime(msOf(withdrawnAt)), note: withdrawNote ?? '' })}</span>}
      {publication.waits !== null && <Typography.Text type="secondary">{t(publication.waits)}（{article(publication.waits.basis)}）</Typography.Text>}
      {publication.next.length > 0 && <Flex wrap gap={8}>{publication.next.map((act) => <Button key={act} size="small" type={act === 'publish' ? 'primary' : 'default'} onClick={() => setActing(act)}>{t(TEXT[act])}</Button>)}</Flex>}
      {acting && <ActForm publication={publication} act={acting} close={() => setActing(undefined)} />}
    </Flex>
  );
}

/** What the public reads of the decision: prepared by the platform, looked at by people, approved by another (clocks T18, T17). */
export function PublicationCard({ page }: { page: CasePage }) {
  const { t } = useSpeech();
  const publication = usePublication(page);
  return publication === undefined ? null : <Card size="small" title={t(TEXT.title)}><Body publication={publication} /></Card>;
}
