import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { Alert, Card, Empty, Flex, Tabs, Typography } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { MaterialLinks } from '../../shared/register/material-links.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { formatTime } from '../../shared/tiers.ts';
import { ClueActs } from '../clues/clue-acts.tsx';
import { msOf } from '../../shared/moment.ts';
import { DeadlineList } from '../parts/deadline-list.tsx';
import { OutcomeMark, TierTag } from '../parts/tags.tsx';
import { ask, type CluePage, type ReviewView } from '../shapes.ts';
import { Checklist } from './checklist.tsx';
import { Conclude } from './conclude.tsx';
import { Others } from './others.tsx';
import { SecondOpinion } from './second-opinion.tsx';
import { Signatures } from './signatures.tsx';
import { inShort } from '../../shared/told/in-short.ts';

const TEXT = {
  title: { zh: '数据审核', en: 'Data review' },
  clue: { zh: '线索 {id}', en: 'Clue {id}' },
  none: { zh: '尚未受理审核', en: 'The review has not been taken up' },
  matrix: { zh: '四性 × 五类内容', en: 'Four properties × five groups' },
  gates: { zh: '电子证据关口（行政处罚法 第四十一条）', en: 'Gates for electronic evidence (Penalty Law art. 41)' },
  clocks: { zh: '期限', en: 'Clocks' },
  way: { zh: '审核途径', en: 'Way into review' },
  g8: { zh: '审核关口（G8）由《{paper}》满足', en: 'Gate G8 is satisfied by: {paper}' },
  confirmed: { zh: '监控部门确认的依据：{no}', en: 'Confirmed by control staff in: {no}' },
  who: { zh: '成员与任期', en: 'Members and terms' },
  missing: { zh: '通过审核还缺', en: 'Missing before it can pass' },
  ready: { zh: '可以作出审核结论', en: 'The review may be concluded' },
  opinion: { zh: '审核意见书', en: 'Review opinion' },
  open: { zh: '打开 {no}（PDF）', en: 'Open {no} (PDF)' },
  initial: { zh: '初次审核', en: 'first review' },
  supplement: { zh: '补充审核', en: 'supplementary review' },
  frames: { zh: '设备 {mn}：{n} 条报文，存证叶 {a}–{b}', en: 'device {mn}: {n} frames, leaves {a}–{b}' },
  files: { zh: '所附文件', en: 'Files looked at' },
  advisory: { zh: '参考', en: 'advisory' },
  mandatory: { zh: '必备', en: 'mandatory' },
} as const satisfies Record<string, Text>;

const route = getRouteApi('/reviews/$clueId');

function Gates({ review }: { review: ReviewView }) {
  const { t } = useSpeech();
  return (
    <Card size="small" title={t(TEXT.gates)}>
      <Flex vertical gap={4}>
        {review.gates.map((gate) => (
          <Flex key={gate.gate} justify="space-between" gap={8}>
            <span>{gate.gate} {t(gate)} <Typography.Text type="secondary" style={{ fontSize: 12 }}>{t(gate.force === 'MANDATORY' ? TEXT.mandatory : TEXT.advisory)}</Typography.Text></span>
            <OutcomeMark outcome={gate.outcome} />
          </Flex>
        ))}
      </Flex>
    </Card>
  );
}

function Side({ clue, review }: { clue: CluePage; review: ReviewView }) {
  const { t, language } = useSpeech();
  const open = review.state === 'OPEN';
  return (
    <Flex vertical gap={12}>
      {open && (review.missing.length > 0
        ? <Alert type="info" showIcon title={t(TEXT.missing)} description={<ul style={{ margin: 0, paddingInlineStart: 18 }}>{review.missing.map((line) => <li key={line.zh}>{t(line)}</li>)}</ul>} />
        : <Alert type="success" showIcon title={t(TEXT.ready)} />)}
      <Card size="small" title={t(TEXT.way)}>
        <Flex vertical gap={4}>
          <span>{language === 'zh' ? clue.routeZh : clue.routeEn} · {t(review.bodyName)}</span>
          <span>{t(TEXT.g8, { paper: t(review.paperName) })} {review.state === 'PASSED' && <OutcomeMark outcome="PASS" />}</span>
          {clue.confirmedPaper !== null && <a href={`/api/documents/${clue.confirmedPaper.documentId}/file`} target="_blank" rel="noreferrer">{t(TEXT.confirmed, { no: clue.confirmedPaper.number })}</a>}
          <Link to="/review-bodies">{t(TEXT.who)} →</Link>
        </Flex>
      </Card>
      <Signatures review={review} />
      <SecondOpinion review={review} />
      <Others clue={clue} />
      {(review.kind === 'SUPPLEMENT' ? review.leads : open && clue.next.some((step) => step.act === 'pass' && step.mine)) && <Conclude clue={clue} review={review} />}
      {review.opinionId !== null && (
        <Card size="small" title={t(TEXT.opinion)}>
          <a href={`/api/documents/${review.opinionId}/file`} target="_blank" rel="noreferrer">{t(TEXT.open, { no: review.opinionNo ?? '' })}</a>
        </Card>
      )}
      <Gates review={review} />
      <Card size="small" title={t(TEXT.clocks)}><DeadlineList rows={clue.deadlines} names={{ [clue.unitId]: clue.unitName }} /></Card>
    </Flex>
  );
}

function Body({ clue, review }: { clue: CluePage; review: ReviewView }) {
  const { t } = useSpeech();
  return (
    <div className="grid-2">
      <Card size="small" title={t(TEXT.matrix)} extra={<Typography.Text type="secondary">{formatTime(msOf(review.openedAt))}</Typography.Text>}>
        <Checklist review={review} />
        <Flex vertical style={{ marginTop: 8 }}>
          {(review.input.frames?.ranges ?? []).map((range) => (
            <Typography.Text key={range.mn} type="secondary" style={{ fontVariantNumeric: 'tabular-nums' }}>
              {t(TEXT.frames, { mn: range.mn, n: range.frames, a: range.leafFrom ?? '—', b: range.leafTo ?? '—' })}
            </Typography.Text>
          ))}
        </Flex>
        {review.input.materials.length > 0 && <>{t(TEXT.files)}<MaterialLinks base={`/api/review/clues/${clue.clueId}`} items={review.input.materials} /></>}
      </Card>
      <Side clue={clue} review={review} />
    </div>
  );
}

/** Are the data fit to be evidence? Ten minutes, one page. */
export function ReviewPage() {
  const { clueId } = route.useParams();
  const { t } = useSpeech();
  const query = useQuery({ queryKey: ['clue', clueId], queryFn: () => ask('GET /api/review/clues/:clueId', { params: { clueId } }), refetchInterval: 15_000 });
  return (
    <Loaded query={query}>
      {(clue) => (
        <>
          <PageTitle extra={<Link to="/clues/$clueId" params={{ clueId }}>{t(TEXT.clue, { id: clueId })} →</Link>}>
            <Flex wrap gap={8} align="center"><TierTag tier={clue.tier} />{t(TEXT.title)} · {clue.unitName} · {clue.outfallName ?? '—'}</Flex>
          </PageTitle>
          <Flex vertical gap={12}>
            <Card size="small"><p className="claim">「{t(inShort(clue.sentence))}」</p></Card>
            <ClueActs clue={clue} inReview />
            {clue.reviews.length === 0 ? <Empty description={t(TEXT.none)} /> : (
              <Tabs key={clue.reviews.length}
                defaultActiveKey={clue.reviews.at(-1)?.reviewId ?? ''}
                items={clue.reviews.map((review) => ({ key: review.reviewId, label: t(review.kind === 'INITIAL' ? TEXT.initial : TEXT.supplement), children: <Body clue={clue} review={review} /> }))}
              />
            )}
          </Flex>
        </>
      )}
    </Loaded>
  );
}
