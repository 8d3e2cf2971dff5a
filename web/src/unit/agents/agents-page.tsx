import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Flex, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert, useMe } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { Panel } from '../parts/panel.tsx';
import { useUnit } from '../parts/queries.ts';
import { AgentForm } from './agent-form.tsx';
import { GrantList, Responsibility, type Grant } from './grant-list.tsx';

const TEXT = {
  title: { zh: '授权代理人', en: 'Authorised agents' },
  mine: { zh: '谁在代本单位办事', en: 'Who acts for the unit' },
  add: { zh: '授权一名代理人', en: 'Authorise an agent' },
  none: { zh: '还没有授权任何人', en: 'Nobody has been authorised' },
  withdraw: { zh: '撤回授权', en: 'Withdraw' },
  why: { zh: '撤回原因', en: 'Reason' },
  seen: { zh: '监管人员可以看到谁在代本单位办事；代理人看不到授权以外的任何内容，到期或撤回后立即失效。', en: 'Officials see who acts for the unit. An agent sees nothing beyond the authorisation, and nothing at all once it has ended or was withdrawn.' },
} as const satisfies Record<string, Text>;

function Withdraw({ grant }: { grant: Grant }) {
  const { t } = useSpeech();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const act = useAct(t(TEXT.withdraw), () => call('POST /api/unit/agents/:grantId/withdrawal', { params: { grantId: grant.grantId }, body: { reason } }));
  if (!open) return <Button size="small" onClick={() => setOpen(true)}>{t(TEXT.withdraw)}</Button>;
  return (
    <Flex vertical gap={6} style={{ marginTop: 6 }}>
      <Input aria-label={t(TEXT.why)} placeholder={t(TEXT.why)} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div><Button danger size="small" disabled={reason.trim() === ''} loading={act.isPending} onClick={() => act.mutate(undefined)}>{t(TEXT.withdraw)}</Button></div>
      {act.isError && <ProblemAlert error={act.error} />}
    </Flex>
  );
}

/** Persons of third parties who act for the unit: given and withdrawn here by its administrator. */
export function AgentsPage() {
  const { t } = useSpeech();
  const me = useMe();
  const unit = useUnit();
  const query = useQuery({ queryKey: ['agents'], queryFn: () => call('GET /api/unit/agents') });
  const may = me.data?.actions.includes('agent.authorise') ?? false;
  const open = (grant: Grant) => grant.state === 'IN_FORCE' || grant.state === 'COMING';
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>
        {(grants) => (
          <div className="columns">
            <Panel title={t(TEXT.mine)}>
              <Responsibility grants={grants} />
              {grants.items.length === 0 ? <Empty description={t(TEXT.none)} /> : (
                <GrantList items={grants.items} head={(grant) => <><strong>{grant.name}</strong> {grant.company} <span className="digest">{grant.login}</span></>} extra={(grant) => (may && open(grant) ? <Withdraw grant={grant} /> : null)} />
              )}
            </Panel>
            {may && (
              <Panel title={t(TEXT.add)}>
                <p style={{ marginTop: 0 }}>{t(TEXT.seen)}</p>
                <AgentForm outfalls={unit.data?.outfallPages ?? []} choices={grants.choices} />
              </Panel>
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}
