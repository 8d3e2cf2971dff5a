import { formatDay } from '#documents';
import type { DiscretionTrace, Law } from '#law';
import { yuan } from './paper-facts.ts';

const publishedOf = ({ data }: Law, { tableId }: DiscretionTrace) => data.discretion.find(({ id }) => id === tableId)?.published;

/**
 * The benchmark as papers name it: by the name, number and day under which the authority published it. A table nobody published is no benchmark: it is not
 * named, and the sum is one within the statutory range (行政处罚法 第三十四条: 裁量基准应当向社会公布).
 */
export function benchmarkName(law: Law, trace: DiscretionTrace): string {
  const published = publishedOf(law, trace);
  return published === undefined ? '在法定罚款幅度内裁量' : `《${published.name}》（${published.number}，${formatDay(published.day)}公布）`;
}

/** What was weighed and what it came to. Of a table nobody published only the circumstances are told, not its shares. */
export function weighedText(law: Law, trace: DiscretionTrace): string {
  const { lines, ratioPercent, amount, min, max } = trace;
  const weighed = lines.map(({ zh }) => zh).join('；');
  return publishedOf(law, trace) === undefined
    ? `根据违法行为的事实、性质、情节、社会危害程度和当事人的主观过错，在法定罚款幅度（${yuan(min)}至 ${yuan(max)}）内裁量：${weighed}；罚款 ${yuan(amount)}。`
    : `按照${benchmarkName(law, trace)}：${weighed}；裁量比例 ${ratioPercent}%，罚款 ${yuan(amount)}。`;
}
