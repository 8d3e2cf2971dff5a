import { basisAnywhere, type Law } from '#law';
import { STATE_TITLES, TRACK_KEYS, TRACKS, type AnyState, type Track } from './states.ts';
import { PAPER_KINDS } from './papers/paper-kinds.ts';
import { TRANSITIONS } from './transitions/transitions.ts';

/** Mermaid state picture of one track, straight from the table. Steps that stay are left out: they move nothing. */
export function mermaidOf(track: Track): string {
  const moves = TRANSITIONS.filter((t) => t.track === track).flatMap((t) =>
    t.from.flatMap((from) => t.to.filter((to) => to !== from).map((to) => ({ from, to, zh: t.zh }))),
  );
  const edges = new Map<string, string[]>();
  for (const { from, to, zh } of moves) edges.set(`${from} --> ${to}`, [...(edges.get(`${from} --> ${to}`) ?? []), zh]);
  const states = [...new Set<AnyState>(moves.flatMap((m) => [m.from, m.to]))];
  const lines = [
    'stateDiagram-v2',
    ...states.map((s) => `  ${s} : ${STATE_TITLES[s].zh}`),
    `  [*] --> ${TRACKS[track].initial}`,
    ...[...edges].map(([edge, labels]) => `  ${edge} : ${[...new Set(labels)].join(' / ')}`),
    ...states.filter((s) => STATE_TITLES[s].final === true).map((s) => `  ${s} --> [*]`),
  ];
  return ['```mermaid', ...lines, '```'].join('\n');
}

/** The table itself as Markdown: step, who, article, papers, clocks, checks. */
export function stepTable(track: Track, law: Law): string {
  const list = (items: readonly string[]) => (items.length === 0 ? '–' : items.join(' '));
  const rows = TRANSITIONS.filter((t) => t.track === track).map((t) => {
    const clocks = [
      ...t.opens.map((o) => `+${o.clock}`),
      ...t.closes.map((c) => `−${c}`),
      ...t.cancels.map((c) => `×${c}`),
      ...t.pauses.map((c) => `‖${c}`),
      ...t.resumes.map((c) => `▸${c}`),
    ];
    return `| ${t.zh} \`${t.command}\` | ${t.actor === 'SYSTEM' ? '平台 platform' : `\`${t.actor}\``} | ${basisAnywhere(law, t.article)} | ${t.papers.map((p) => PAPER_KINDS[p].zh).join('、') || '–'} | ${list(clocks)} | ${list(t.guards)} |`;
  });
  return ['| step | who | article | papers | clocks | checks |', '|---|---|---|---|---|---|', ...rows].join('\n');
}

const BEGIN = '<!-- generated from src/cases/transitions/transitions.ts: do not edit by hand -->';
const END = '<!-- end of generated part -->';

/** Replaces the generated part of the page; throws when the page has lost its marks. */
export function withPicture(page: string, law: Law): string {
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error('docs/life-of-a-case.md has no generated part');
  const tracks = TRACK_KEYS.map(
    (track) => `### ${TRACKS[track].zh} ${TRACKS[track].en}\n\n${mermaidOf(track)}\n\n${stepTable(track, law)}`,
  );
  return `${page.slice(0, from)}${BEGIN}\n\n${tracks.join('\n\n')}\n\n${page.slice(to)}`;
}
