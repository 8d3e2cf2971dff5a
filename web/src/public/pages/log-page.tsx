import { useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { msOf } from '../../shared/moment.ts';
import { formatTime } from '../../shared/tiers.ts';
import { Go } from '../go.tsx';
import { Fact, Panel } from '../panel.tsx';

const TEXT = {
  title: { zh: '每日存证', en: 'The evidence log' },
  what: { zh: '设备发来的每条报文、平台上的每个办案行为，都会按先后写入一本只能追加的日志。日志的“根”像指纹一样代表其中全部内容：改动任何一条，根就变了。下面是由日志私钥签署的最新日志头；把它抄下来，以后就能证明日志没有被改写。', en: 'Every frame a device sends and every act on the platform is written, in order, to a log that only grows. Its root stands for all of it like a fingerprint: change one entry and the root changes. Below is the newest head, signed by the log; keep a copy and you can later prove that nothing was rewritten.' },
  now: { zh: '现在', en: 'Now' },
  origin: { zh: '日志名称', en: 'Name of the log' },
  size: { zh: '已写入', en: 'Written' },
  sealed: { zh: '已封存', en: 'Sealed' },
  entries: { zh: '{n} 条', en: '{n} entries' },
  at: { zh: '封存时间', en: 'Sealed at' },
  checkpoint: { zh: '日志头（checkpoint）', en: 'Head (checkpoint)' },
  lines: { zh: '依次是：日志名称、条数、根（SHA-256，base64）；空行之后是签名。', en: 'In order: name, number of entries, root (SHA-256, base64); the signatures follow the empty line.' },
  keys: { zh: '公钥与信任策略', en: 'Keys and policy' },
  how: { zh: '怎样核验', en: 'How to check' },
  step1: { zh: '保存日志头。过些日子再取一次：用“一致性证明”可以验证旧的根仍是新日志的前缀。', en: 'Keep the head. Fetch it again later: a consistency proof shows that the old root is still a prefix.' },
  step2: { zh: '手上有证据包（ZIP）、文书（PDF）或单条记录的证明时，到核验页核验；核验单条证明在您的浏览器内完成。', en: 'With a package (ZIP), a paper (PDF) or the proof of one record, go to the verification page; a single proof is checked inside your browser.' },
  step3: { zh: '日志按公开标准 C2SP tlog-tiles、checkpoint、tlog-proof 发布，任何兼容的第三方工具都可以核验：地址是本站 /log/。', en: 'The log follows the open formats C2SP tlog-tiles, checkpoint and tlog-proof at /log/ of this site; any compatible tool can check it.' },
  verify: { zh: '前往核验页', en: 'To the verification page' },
} as const satisfies Record<string, Text>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function LogPage() {
  const { t } = useSpeech();
  const status = useQuery({ queryKey: ['log'], queryFn: () => call('GET /api/public/evidence/log'), refetchInterval: 15_000 });
  const checkpoint = useQuery({ queryKey: ['checkpoint'], queryFn: async () => textOf(await call('GET /log/checkpoint')), refetchInterval: 15_000, enabled: status.data !== undefined && status.data.sealedAt !== null });
  const policy = useQuery({ queryKey: ['policy'], queryFn: async () => textOf(await call('GET /log/policy')) });
  const count = (n: number) => t(TEXT.entries, { n: new Intl.NumberFormat('zh-CN').format(n) });
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <p style={{ maxWidth: 900, lineHeight: 1.8, marginTop: 0 }}>{t(TEXT.what)}</p>
      <div className="pair">
        <div>
          <Panel title={t(TEXT.now)}>
            <Loaded query={status}>
              {(log) => (
                <div className="facts">
                  <Fact label={t(TEXT.origin)}>{log.origin}</Fact>
                  <Fact label={t(TEXT.size)}>{count(log.size)}</Fact>
                  <Fact label={t(TEXT.sealed)}>{count(log.sealed)}</Fact>
                  <Fact label={t(TEXT.at)}>{formatTime(msOf(log.sealedAt))}</Fact>
                </div>
              )}
            </Loaded>
          </Panel>
          <Panel title={t(TEXT.how)}>
            <ol style={{ margin: 0, paddingInlineStart: 20, lineHeight: 1.8 }}><li>{t(TEXT.step1)}</li><li>{t(TEXT.step2)}</li><li>{t(TEXT.step3)}</li></ol>
            <p style={{ marginBottom: 0 }}><Go to="/verify">{t(TEXT.verify)} →</Go></p>
          </Panel>
        </div>
        <div>
          <Panel title={t(TEXT.checkpoint)}>
            <Loaded query={checkpoint}>{(note) => <><pre className="note">{note}</pre><Typography.Text copyable={{ text: note }} style={{ fontSize: 12 }}>{t(TEXT.lines)}</Typography.Text></>}</Loaded>
          </Panel>
          <Panel title={t(TEXT.keys)}><Loaded query={policy}>{(text) => <pre className="note">{text}</pre>}</Loaded></Panel>
        </div>
      </div>
    </>
  );
}
