import { formatDay } from '#documents';
import { dayOf, HOUR, instant, joinedSpans } from '#kernel';
import { filled, type Law, type ViolationKey } from '#law';
import { factMoment, heldAgainst, type ObservedFact } from '#review';
import { toldIn, type FactIn } from '../evidence/facts-found.ts';

/** What several cases that become one say of the same violation: their words, and their facts as data. */
export interface Said {
  readonly facts: string;
  readonly observed: readonly ObservedFact[];
}

type Over = FactIn<'HOURS_OVER' | 'DAY_OVER'>;

/** Facts of one matter: the same outfall, factors and limit. */
const matterOf = ({ outfall, factors, figures: { kind, limit, unit, standard, converted } }: Over): string =>
  JSON.stringify([kind, outfall ?? '', factors.map(({ code }) => code), limit, unit, standard, converted]);

const most = (figures: readonly string[]): string => figures.reduce((top, one) => (Number(one) > Number(top) ? one : top));
const factorsOf = ({ factors }: ObservedFact): string => factors.map(({ zh }) => zh).join('、');
const spanText = ({ from, to }: { readonly from: number; readonly to: number }): string => `${factMoment(instant(from), 'zh')}至${factMoment(instant(to), 'zh')}`;

/** Hours over a limit: each hour counts once, however many cases name it; undefined where cases overlap and not every hour is known. */
function hoursSentence(law: Law, facts: readonly FactIn<'HOURS_OVER'>[]): string | undefined {
  const [first] = facts;
  const spans = joinedSpans(facts);
  const known = facts.every(({ figures }) => figures.each.length === figures.hours);
  const apart = spans.reduce((sum, { from, to }) => sum + to - from, 0) === facts.reduce((sum, { from, to }) => sum + to - from, 0);
  if (first === undefined || (!known && !apart)) return undefined;
  const hours = known ? new Set(facts.flatMap(({ figures }) => figures.each.map(({ start }) => Math.floor(start / HOUR)))).size : facts.reduce((sum, { figures }) => sum + figures.hours, 0);
  return filled(law.narratives().joined.hours.zh, {
    ...heldAgainst(first.figures, 'zh'), factor: factorsOf(first), limit: first.figures.limit, spans: spans.map(spanText).join('、'), hours,
    peak: most(facts.map(({ figures }) => figures.peak)), multiple: most(facts.map(({ figures }) => figures.multiple)),
  });
}

function daysSentence(law: Law, facts: readonly FactIn<'DAY_OVER'>[]): string | undefined {
  const days = [...Map.groupBy(facts, ({ from }) => dayOf(instant(from))).entries()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const one = days.flatMap(([, [fact]]) => fact ?? []);
  const [first] = one;
  // Two means of one day contradict each other: they are left as they were told.
  if (first === undefined || days.some(([, [known, ...others]]) => others.some(({ figures }) => figures.mean !== known?.figures.mean))) return undefined;
  return filled(law.narratives().joined.days.zh, {
    ...heldAgainst(first.figures, 'zh'), factor: factorsOf(first), limit: first.figures.limit, spans: days.map(([day]) => formatDay(day)).join('、'),
    means: one.map(({ figures }) => figures.mean).join('、'), validHours: one.map(({ figures }) => figures.validHours).join('、'), multiple: most(one.map(({ figures }) => figures.multiple)),
  });
}

const jointSentence = (law: Law, facts: readonly Over[]): string | undefined => {
  const [hours, days] = [toldIn(facts, 'HOURS_OVER'), toldIn(facts, 'DAY_OVER')];
  return days.length === 0 ? hoursSentence(law, hours) : daysSentence(law, days);
};

/** What a text says of a fact, with the list of its hours; undefined where its words are not there. */
function passageOf(text: string, { told }: ObservedFact): string | undefined {
  const from = text.indexOf(told.zh);
  return from < 0 ? undefined : told.zh + (/^，逐小时为：[^；。，]*/u.exec(text.slice(from + told.zh.length))?.[0] ?? '');
}

/** Sentences of a line that are left, after some were taken out; nothing where only who and where is left. */
const tidy = (line: string): string => {
  const left = line.replace(/(?:；)+(?=[；。])/gu, '').replace(/：；+/gu, '：');
  return /：。?$/u.test(left) ? '' : left;
};

/**
 * The facts of one violation of merged cases as one text: what several of them say of the same matter is one sentence with the figures of all, where it stood
 * first; everything else stays, each line once. “上述时段” of what is told beside them names the time it spoke of. Facts whose words an officer has changed are
 * left as he wrote them. Pure.
 */
export function jointFacts(law: Law, violation: ViolationKey, said: readonly Said[]): string {
  const own = said.map(({ facts, observed }) => ({ text: facts, facts: toldIn(observed.filter(({ supports }) => supports.includes(violation)), 'HOURS_OVER', 'DAY_OVER') }));
  const texts = own.map(({ text }) => text);
  const joined = new Set<number>();
  for (const facts of Map.groupBy(own.flatMap(({ facts: of }, at) => of.map((fact) => ({ fact, at }))), ({ fact }) => matterOf(fact)).values()) {
    const sentence = jointSentence(law, facts.map(({ fact }) => fact));
    if (new Set(facts.map(({ at }) => at)).size < 2 || sentence === undefined || facts.some(({ fact, at }) => passageOf(texts[at] ?? '', fact) === undefined)) continue;
    for (const [i, { fact, at }] of facts.entries()) {
      const text = texts[at] ?? '';
      texts[at] = text.replace(passageOf(text, fact) ?? '', () => (i === 0 ? sentence : ''));
      joined.add(at);
    }
  }
  const spans = (at: number): string => joinedSpans(own[at]?.facts ?? []).map(spanText).join('、');
  const lines = texts.flatMap((text, at) => (joined.has(at) ? text.replaceAll('上述时段', () => spans(at)).split('\n').map(tidy) : text.split('\n')));
  return [...new Set(lines.filter((line) => line !== ''))].join('\n');
}
