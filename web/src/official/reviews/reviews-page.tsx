import { Link, useNavigate } from '@tanstack/react-router';
import { Flex, Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { msOf } from '../../shared/moment.ts';
import { useTierWords } from '../../shared/supervision/tier-words.ts';
import { useMe } from '../../shared/sign-in.tsx';
import type { Column } from '../list/columns.ts';
import { ListTable } from '../list/list-table.tsx';
import { useNextClock } from '../list/next-clock.tsx';
import { usePages } from '../../shared/pages.tsx';
import { TierTag } from '../parts/tags.tsx';
import type { ClueRow } from '../shapes.ts';
import { FrozenLists } from './frozen-lists.tsx';
import { inShort } from '../../shared/told/in-short.ts';

const TEXT = {
  title: { zh: '数据审核', en: 'Data review' },
  rule: { zh: '审核与研判由不同的人办理', en: 'Reviewers are other people than those who analysed' },
  bodies: { zh: '研判与审核机构', en: 'Analysing and reviewing bodies' },
  agreement: { zh: '审核一致性', en: 'Agreement of reviewers' },
  route: { zh: '途径', en: 'Way' },
  state: { zh: '状态', en: 'State' },
  tier: { zh: '级别', en: 'Tier' },
  claim: { zh: '线索', en: 'Claim' },
  unit: { zh: '单位 · 排放口', en: 'Unit · outfall' },
  changed: { zh: '更新', en: 'Changed' },
  handed: { zh: '移送', en: 'Handed over' },
  empty: { zh: '没有待审核的线索', en: 'No clue waits for review' },
} as const satisfies Record<string, Text>;

const STATES = 'LISTED,UNDER_REVIEW,REVIEW_PASSED,RETURNED_FOR_MORE,HANDED_OVER,REVIEW_REJECTED';
/** What waits for the group stands first. */
const RANK = ['UNDER_REVIEW', 'LISTED', 'REVIEW_PASSED', 'RETURNED_FOR_MORE', 'HANDED_OVER', 'REVIEW_REJECTED'];

/** Clues before, in and after the review group. */
export function ReviewsPage() {
  const { t, language } = useSpeech();
  const navigate = useNavigate();
  const { data: me } = useMe();
  const mayCompare = me?.actions.includes('review.agreement') ?? false;
  const words = useTierWords();
  const given = usePages(['clues', 'review'], (at) => call('GET /api/review/clues', { query: { ...at, limit: 200, state: STATES } }), 15_000);
  const list = { ...given, rows: [...given.rows].sort((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state)) };
  const open = (clue: ClueRow) => void navigate({ to: '/reviews/$clueId', params: { clueId: clue.clueId } });
  const clock = useNextClock('clue', list.rows, (clue) => clue.clueId, (clue) => [clue.unitId, clue.unitName]);
  const columns: readonly Column<ClueRow>[] = [
    { key: 'state', title: t(TEXT.state), width: 110, text: (clue) => (language === 'zh' ? clue.stateZh : clue.stateEn) },
    { key: 'tier', title: t(TEXT.tier), width: 118, text: (clue) => t(words(clue.tier)), render: (clue) => <TierTag tier={clue.tier} /> },
    { key: 'claim', title: t(TEXT.claim), width: 320, text: (clue) => t(clue.sentence), render: (clue) => <Typography.Paragraph style={{ margin: 0 }} ellipsis={{ rows: 2 }}><Link to="/reviews/$clueId" params={{ clueId: clue.clueId }} style={{ color: 'inherit' }}>{t(inShort(clue.sentence))}</Link></Typography.Paragraph> },
    { key: 'unit', title: t(TEXT.unit), width: 230, text: (clue) => [clue.unitName, clue.outfallName].filter(Boolean).join(' · '), render: (clue) => <>{clue.unitName}<br /><Typography.Text type="secondary">{clue.outfallName ?? '—'}</Typography.Text></> },
    { key: 'route', title: t(TEXT.route), width: 130, text: (clue) => (language === 'zh' ? clue.routeZh : clue.routeEn) },
    clock,
    { key: 'handed', title: t(TEXT.handed), width: 146, num: true, text: (clue) => formatTime(msOf(clue.handedOverAt)) },
    { key: 'changed', title: t(TEXT.changed), width: 146, num: true, text: (clue) => formatTime(msOf(clue.changedAt)) },
  ];
  return (
    <>
      <PageTitle extra={<Flex gap={16}>{mayCompare && <Link to="/review-agreement">{t(TEXT.agreement)} →</Link>}<Link to="/review-bodies">{t(TEXT.bodies)} →</Link></Flex>}>{t(TEXT.title)}</PageTitle>
      <ListTable<ClueRow> name="reviews" title={t(TEXT.title)} list={list} rowKey={(clue) => clue.clueId} columns={columns} open={open} empty={t(TEXT.empty)} filters={<Typography.Text type="secondary">{t(TEXT.rule)}</Typography.Text>} />
      <FrozenLists />
    </>
  );
}
