import { useSpeech, type Text } from '../i18n.tsx';

const TEXT = {
  proven: { zh: '证明了', en: 'What is proven' },
  open: { zh: '没有证明', en: 'What is not proven' },
  witnesses: { zh: '日志有没有对不同的人出示不同的版本：这个日志头上有 {n} 个独立见证人的签名；其公钥不在这里，请按见证人自己公布的公钥核对', en: 'that the log shows everybody the same: this head carries the signatures of {n} independent witnesses, whose keys are not here; hold them against what the witnesses publish' },
  noWitness: { zh: '日志有没有对不同的人出示不同的版本：本实例的日志头上没有独立见证人的签名', en: 'that the log shows everybody the same: no independent witness has signed a head of this installation' },
  ownKey: { zh: '公钥是真的：它取自同一台服务器，指纹 {key}；请用从别处（如该机关公布的）得到的指纹核对', en: 'that the key is the right one: it came from this same server, fingerprint {key}; hold it against one you got elsewhere, e.g. published by the authority' },
  truth: { zh: '所写的内容属实、决定合法：那要看证据、复议和诉讼', en: 'that what is written is true or the decision lawful: for that there are the evidence, reconsideration and the courts' },
} as const satisfies Record<string, Text>;

const list = { margin: '2px 0 8px', paddingInlineStart: 18 } as const;

/** What nobody has signed against, said with what is really there. */
export function useDoubts(): (given: { readonly witnesses: number; readonly key?: string | undefined }) => string[] {
  const { t } = useSpeech();
  return ({ witnesses, key }) => [
    witnesses === 0 ? t(TEXT.noWitness) : t(TEXT.witnesses, { n: witnesses }),
    ...(key === undefined ? [] : [t(TEXT.ownKey, { key })]),
    t(TEXT.truth),
  ];
}

/** In plain words: what a check has shown, and what it cannot show. */
export function WhatIsProven({ proven, open }: { proven: readonly string[]; open: readonly string[] }) {
  const { t } = useSpeech();
  return (
    <div style={{ marginTop: 8, overflowWrap: 'anywhere' }}>
      {proven.length > 0 && <><strong>{t(TEXT.proven)}</strong><ul style={list}>{proven.map((text) => <li key={text}>{text}</li>)}</ul></>}
      {open.length > 0 && <><strong>{t(TEXT.open)}</strong><ul style={list}>{open.map((text) => <li key={text}>{text}</li>)}</ul></>}
    </div>
  );
}
