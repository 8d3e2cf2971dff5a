import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Select, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { call } from '../../shared/api.ts';
import type { Routes } from '../../shared/api.gen.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded } from '../../shared/room.tsx';
import './permission-matrix.css';
import { useArticle } from '../../shared/terms/article.ts';

type Grid = Routes['GET /api/access/matrix']['response'];
type Line = Grid['lines'][number];

const TEXT = {
  caption: { zh: '岗位与事项权限表', en: 'Who may do what' },
  act: { zh: '事项', en: 'Act' },
  duty: { zh: '在同一事项中承担的职责；不得兼任', en: 'Duty taken up; not to be joined with' },
  apart: { zh: '不得兼任：{duties}', en: 'not with: {duties}' },
  print: { zh: '打印', en: 'Print' },
  side: { zh: '显示哪些岗位', en: 'Roles shown' },
  official: { zh: '执法与管理岗位', en: 'officials' },
  others: { zh: '三员、排污单位、公众', en: 'stewards, units, public' },
  all: { zh: '全部岗位', en: 'all roles' },
  legend: { zh: '● 全部对象　◐ 本机关及下级　○ 本单位　空白：不准办理', en: '● every object  ◐ own authority and below  ○ own unit  blank: refused' },
} as const satisfies Record<string, Text>;

const REACH = {
  'any': { sign: '●', zh: '全部对象', en: 'every object' },
  'own-authority': { sign: '◐', zh: '本机关及下级', en: 'own authority and below' },
  'entrusted': { sign: '◇', zh: '受托的排口和事项', en: 'what a unit entrusted' },
  'own-unit': { sign: '○', zh: '本单位', en: 'own unit' },
} as const;

const SHOWN = { official: (side: string) => side === 'official', others: (side: string) => side !== 'official', all: () => true } as const;

/** The table as it is enforced, in words, one column for each role; made to be printed on a landscape sheet. */
export function PermissionMatrix() {
  const query = useQuery({ queryKey: ['matrix'], queryFn: () => call('GET /api/access/matrix'), staleTime: 3_600_000 });
  return <Loaded query={query}>{(grid) => <MatrixSheet grid={grid} />}</Loaded>;
}

function MatrixSheet({ grid }: { grid: Grid }) {
  const { t } = useSpeech();
  const [shown, show] = useState<keyof typeof SHOWN>('official');
  const roles = grid.roles.filter(({ side }) => SHOWN[shown](side));
  return (
    <>
      <Flex gap={12} wrap align="center" className="no-print" style={{ marginBottom: 8 }}>
        <Select aria-label={t(TEXT.side)} value={shown} onChange={show} style={{ minWidth: 200 }} options={(['official', 'others', 'all'] as const).map((value) => ({ value, label: t(TEXT[value]) }))} />
        <Button onClick={() => globalThis.print()}>{t(TEXT.print)}</Button>
      </Flex>
      <Typography.Paragraph type="secondary">{t(TEXT.legend)}</Typography.Paragraph>
      <div className="matrix-scroll" tabIndex={0} role="region" aria-label={t(TEXT.caption)}>
        <table className="matrix">
          <thead>
            <tr>
              <th scope="col">{t(TEXT.act)}</th>
              {roles.map((role) => <th key={role.role} scope="col" className="matrix-role"><span>{t(role)}</span></th>)}
              <th scope="col">{t(TEXT.duty)}</th>
            </tr>
          </thead>
          <Areas lines={grid.lines} roles={roles.map(({ role }) => role)} />
        </table>
      </div>
    </>
  );
}

function Areas({ lines, roles }: { lines: Grid['lines']; roles: readonly string[] }) {
  const { t } = useSpeech();
  const areas = useMemo(() => [...Map.groupBy(lines, (line) => line.area.zh)], [lines]);
  return areas.map(([area, own]) => (
    <tbody key={area}>
      <tr><th scope="rowgroup" colSpan={roles.length + 2} className="matrix-area">{own[0] && t(own[0].area)}</th></tr>
      {own.map((line) => <MatrixLine key={line.action} line={line} roles={roles} />)}
    </tbody>
  ));
}

function MatrixLine({ line, roles }: { line: Line; roles: readonly string[] }) {
  const { t, language } = useSpeech();
  const article = useArticle();
  const joined = line.apart.map((duty) => t(duty)).join(language === 'zh' ? '、' : ', ');
  return (
    <tr>
      <th scope="row" title={line.action}>{t(line.words)}</th>
      {roles.map((role) => {
        const reach = line.cells.find((cell) => cell.role === role)?.reach;
        return <td key={role} className="matrix-cell">{reach !== undefined && <span role="img" aria-label={t(REACH[reach])} title={t(REACH[reach])}>{REACH[reach].sign}</span>}</td>;
      })}
      <td>{line.duty === null ? '' : <>{t(line.duty)}{joined !== '' && <Typography.Text type="secondary" title={[...new Set(line.apart.map(({ basis }) => article(basis)))].join(language === 'zh' ? '；' : '; ')}>　{t(TEXT.apart, { duties: joined })}</Typography.Text>}</>}</td>
    </tr>
  );
}
