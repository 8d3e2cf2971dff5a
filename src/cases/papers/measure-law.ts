import { dayOf } from '#kernel';
import type { PaperFacts } from './paper-facts.ts';

/** 生态环境法典 takes the place of 环境保护法 on this day. */
const CODE_FROM = '2026-08-15';
const EPL = '中华人民共和国环境保护法';
const CODE = '中华人民共和国生态环境法典';

/** The law each measure rests on, beside the rules made under it: before the Code and since. Production is limited by the provision the penalty rests on, where that orders it. */
const ARTICLES = {
  SEALING: ['第二十五条', '第五十二条'],
  DAILY: ['第五十九条', '第一千零六十条'],
  PRODUCTION: ['第六十条', undefined],
} as const;

/** Provisions of the law in force on the day of the step. */
export function lawOf(measure: keyof typeof ARTICLES, { event }: PaperFacts): { instrument: string; article: string }[] {
  const [before, since] = ARTICLES[measure];
  const article = dayOf(event.at) < CODE_FROM ? before : since;
  return article === undefined ? [] : [{ instrument: article === before ? EPL : CODE, article }];
}
