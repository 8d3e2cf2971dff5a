import { useQuery } from '@tanstack/react-query';
import { Empty } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { msOf } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { DecisionItem } from '../decision-item.tsx';
import { Go } from '../go.tsx';
import { Fact, Panel } from '../panel.tsx';

const TEXT = {
  title: { zh: '看得见的执法', en: 'Enforcement in the open' },
  intro: { zh: '排污单位的监测数据怎样变成证据、执法机关作出了什么决定，您可以在这里查看，并且自己核验。', en: 'How monitoring data become evidence and what was decided: see it here, and check it yourself.' },
  decisions: { zh: '最近公开的决定', en: 'Newest decisions' },
  all: { zh: '全部决定', en: 'All decisions' },
  none: { zh: '还没有公开的决定', en: 'Nothing published yet' },
  log: { zh: '今天的存证', en: 'The log today' },
  sealed: { zh: '已封存记录', en: 'Records sealed' },
  at: { zh: '最近封存', en: 'Last sealed' },
  logMore: { zh: '什么是存证日志', en: 'What the log is' },
  verify: { zh: '手上有证据包或文书？', en: 'Do you hold a package or a paper?' },
  verifyText: { zh: '上传后逐项核验它是否完整、是否与存证一致。', en: 'Upload it and see, line by line, whether it is whole and matches the log.' },
  verifyGo: { zh: '去核验', en: 'Verify' },
  report: { zh: '看到了异常？', en: 'Seen something?' },
  reportText: { zh: '可以匿名反映，凭查询码查看办理情况。', en: 'Report it, anonymously if you like, and follow it with a code.' },
  reportGo: { zh: '反映问题', en: 'Report' },
  unit: { zh: '排污单位入口', en: 'For units' },
  official: { zh: '执法工作台', en: 'For officials' },
} as const satisfies Record<string, Text>;

export function HomePage() {
  const { t } = useSpeech();
  const decisions = useQuery({ queryKey: ['decisions', 'newest'], queryFn: () => call('GET /api/public/decisions', { query: { limit: 5 } }) });
  const log = useQuery({ queryKey: ['log'], queryFn: () => call('GET /api/public/evidence/log') });
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <p style={{ marginTop: 0, lineHeight: 1.8 }}>{t(TEXT.intro)}</p>
      <div className="pair">
        <Panel title={t(TEXT.decisions)}>
          <Loaded query={decisions}>
            {({ items }) => (items.length === 0 ? <Empty description={t(TEXT.none)} /> : <ul className="list">{items.map((decision) => <DecisionItem key={decision.id} decision={decision} />)}</ul>)}
          </Loaded>
          <p style={{ marginBottom: 0 }}><Go to="/decisions">{t(TEXT.all)} →</Go></p>
        </Panel>
        <div>
          <Panel title={t(TEXT.log)}>
            <Loaded query={log}>
              {({ sealed, sealedAt }) => <div className="facts"><Fact label={t(TEXT.sealed)}><strong style={{ fontSize: 20 }}>{new Intl.NumberFormat('zh-CN').format(sealed)}</strong></Fact><Fact label={t(TEXT.at)}>{formatTime(msOf(sealedAt))}</Fact></div>}
            </Loaded>
            <p style={{ marginBottom: 0 }}><Go to="/log">{t(TEXT.logMore)} →</Go></p>
          </Panel>
          <Panel title={t(TEXT.verify)}><p style={{ margin: 0 }}>{t(TEXT.verifyText)} <Go to="/verify">{t(TEXT.verifyGo)} →</Go></p></Panel>
          <Panel title={t(TEXT.report)}><p style={{ margin: 0 }}>{t(TEXT.reportText)} <Go to="/report">{t(TEXT.reportGo)} →</Go></p></Panel>
          <p><a href="/unit">{t(TEXT.unit)}</a> · <a href="/">{t(TEXT.official)}</a></p>
        </div>
      </div>
    </>
  );
}
