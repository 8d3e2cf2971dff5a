import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button, Card, Flex, Input, Typography } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { ProblemAlert } from '../../shared/sign-in.tsx';
import { useAct } from '../parts/act.tsx';
import { FIRST_RULE, type ProposalPage, type RuleBody, type Vocabulary } from './rule-body.ts';
import { RuleForm, type ExpressionName } from './rule-form.tsx';
import { RulePreview } from './rule-preview.tsx';
import { useSettled } from './use-settled.ts';
import { VocabularyCard } from './vocabulary-card.tsx';

const TEXT = {
  create: { zh: '编写部门规则', en: 'Write a department’s rule' },
  revise: { zh: '修订部门规则 {id}', en: 'Revise rule {id}' },
  send: { zh: '提出', en: 'Put forward' },
  resend: { zh: '修改提案', en: 'Change the proposal' },
  reason: { zh: '理由', en: 'Reason' },
  fine: { zh: '✓ 规则可以读懂，没有错误', en: '✓ the rule reads, no errors' },
  wrong: { zh: '✗ 有 {n} 处需要改正', en: '✗ {n} places to correct' },
} as const satisfies Record<string, Text>;

/** What the check says of an empty field: no reproach to whoever has not begun to write. */
const EMPTY = 'please fill this in';
const route = getRouteApi('/rules/edit');

interface Draft {
  readonly rule: RuleBody;
  /** Rule whose next version this is. */
  readonly model: string | undefined;
  /** Proposal that is being changed. */
  readonly proposal: string | undefined;
}

function Send({ draft, rule, reads }: { draft: Draft; rule: RuleBody; reads: boolean }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const [reason, setReason] = useState('');
  const { proposal, model } = draft;
  const label = t(proposal === undefined ? TEXT.send : TEXT.resend);
  const act = useAct<void, ProposalPage>(label, () => (proposal === undefined
    ? call('POST /api/analysis/proposals', { body: { wish: { kind: 'RULE', rule, ...(model === undefined ? {} : { model }) }, reason } })
    : call('POST /api/analysis/proposals/:proposal/revision', { params: { proposal }, body: { change: { kind: 'RULE', rule }, reason } })),
  (page) => void navigate({ to: '/rules/proposals/$proposalId', params: { proposalId: page.proposal } }));
  return (
    <Card size="small" title={label}>
      <label htmlFor="rule-reason">{t(TEXT.reason)}</label>
      <Input.TextArea id="rule-reason" rows={2} maxLength={2000} value={reason} onChange={(event) => setReason(event.target.value)} style={{ marginBottom: 8 }} />
      <Button type="primary" disabled={!reads || reason.trim().length < 5} loading={act.isPending} onClick={() => act.mutate()}>{label}</Button>
      {act.isError && <div style={{ marginTop: 8 }}><ProblemAlert error={act.error} /></div>}
    </Card>
  );
}

function Editor({ draft, vocabulary }: { draft: Draft; vocabulary: Vocabulary }) {
  const { t } = useSpeech();
  const [rule, setRule] = useState(draft.rule);
  const [focused, setFocused] = useState<ExpressionName>('remind');
  const settled = useSettled(rule, 350);
  const check = useQuery({ queryKey: ['rule-check', settled], queryFn: () => call('POST /api/analysis/rules/check', { body: { rule: settled } }), placeholderData: keepPreviousData });
  const problems = check.data?.problems ?? [];
  const begun = rule !== draft.rule;
  const reads = check.isSuccess && !check.isPlaceholderData && settled === rule && problems.length === 0;
  const change = (part: Partial<RuleBody>) => setRule((before) => ({ ...before, ...part }));
  const insert = (text: string) => change({ [focused]: `${rule[focused]}${rule[focused] === '' || /[\s(!]$/.test(rule[focused]) ? '' : ' '}${text}` });
  return (
    <div className="grid-2">
      <RuleForm rule={rule} vocabulary={vocabulary} problems={begun ? problems : problems.filter(({ en }) => en !== EMPTY)} change={change} focus={setFocused} />
      <Flex vertical gap={12} style={{ minWidth: 0 }}>
        <Typography.Text role="status">{problems.length === 0 ? t(TEXT.fine) : t(TEXT.wrong, { n: problems.length })}</Typography.Text>
        <RulePreview rule={settled} reads={reads} />
        <Send draft={draft} rule={rule} reads={reads} />
        <VocabularyCard vocabulary={vocabulary} insert={insert} />
      </Flex>
    </div>
  );
}

async function draftOf({ rule, proposal }: { rule?: string; proposal?: string }): Promise<Draft> {
  if (proposal !== undefined) {
    const page = await call('GET /api/analysis/proposals/:proposal', { params: { proposal } });
    return { rule: page.rule as RuleBody, model: page.model, proposal };
  }
  const found = rule === undefined ? undefined : (await call('GET /api/analysis/rules')).items.find((one) => one.rule === rule);
  return { rule: (found?.body as RuleBody | undefined) ?? FIRST_RULE, model: found?.rule, proposal: undefined };
}

/** The rule editor: a form with a live check, a live preview, and the way to a proposal. */
export function RuleEditorPage() {
  const { t } = useSpeech();
  const search = route.useSearch();
  const vocabulary = useQuery({ queryKey: ['rule-vocabulary'], queryFn: () => call('GET /api/analysis/rules/vocabulary'), staleTime: 3_600_000 });
  const draft = useQuery({ queryKey: ['rule-draft', search], queryFn: () => draftOf(search), staleTime: Number.POSITIVE_INFINITY });
  return (
    <>
      <PageTitle>{draft.data?.model === undefined ? t(TEXT.create) : t(TEXT.revise, { id: draft.data.model })}</PageTitle>
      <Loaded query={vocabulary}>{(words) => <Loaded query={draft}>{(data) => <Editor key={`${search.rule ?? ''}${search.proposal ?? ''}`} draft={data} vocabulary={words} />}</Loaded>}</Loaded>
    </>
  );
}
