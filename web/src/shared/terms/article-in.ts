interface Text { readonly zh: string; readonly en: string }

const DIGITS = '零一二三四五六七八九';

/** 二十三 as 23; figures stay figures. */
function figure(text: string): string {
  if (/^\d+$/.test(text)) return text;
  let sum = 0;
  let digit = 0;
  for (const char of text) {
    if (char === '百' || char === '十') {
      sum += (digit === 0 ? 1 : digit) * (char === '百' ? 100 : 10);
      digit = 0;
    } else digit = Math.max(0, DIGITS.indexOf(char));
  }
  return String(sum + digit);
}

const NUMBER = '([\\d零一二三四五六七八九十百]+)';
const PARTS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`第${NUMBER}条之${NUMBER}`, 'g'), 'art. $-$'], [new RegExp(`第${NUMBER}条`, 'g'), 'art. $'], [new RegExp(`第${NUMBER}款`, 'g'), 'para. $'],
  [new RegExp(`第?（${NUMBER}）项?`, 'g'), 'item ($)'], [new RegExp(`第${NUMBER}项`, 'g'), 'item $'], [new RegExp(`第${NUMBER}章`, 'g'), 'ch. $'], [new RegExp(`第${NUMBER}节`, 'g'), 'sec. $'],
  [new RegExp(`附(?:件|录|表)${NUMBER}`, 'g'), 'annex $'], [/（条号待核）/g, '(article to be verified)'], [/征求意见稿/g, 'draft for comment'], [/参照/g, 'after '], [/修改单/g, 'amendment'], [/公告/g, 'notice '],
  [/(\d{4})年第(\d+)号/g, '($) no. $'],
];

/**
 * A basis in law in English: the names of instruments as `law/instruments` gives them, articles and paragraphs in figures. What nothing
 * names stays in Chinese: the text that counts is the Chinese one.
 */
export function articleIn(text: string, instruments: readonly Text[]): string {
  const named = [...instruments].sort((a, b) => b.zh.length - a.zh.length).reduce((told, one) => told.replaceAll(one.zh, ` ${one.en} `), text);
  const counted = PARTS.reduce((told, [pattern, english]) => told.replace(pattern, (...found: unknown[]) => {
    const numbers = found.slice(1, -2).map((one) => figure(String(one)));
    return ` ${english.replaceAll('$', () => numbers.shift() ?? '')} `;
  }), named);
  const signs: Readonly<Record<string, string>> = { '；': '; ', '、': ', ', '，': ', ', '（': ' (', '）': ') ', '《': '', '》': '', '·': ' · ', '〔': '(', '〕': ')', '：': ': ' };
  return counted.replace(/[；、，（）《》·〔〕：]/g, (sign) => signs[sign] ?? sign).replace(/\s+/g, ' ').replace(/ ([,;)])/g, '$1').replace(/\( /g, '(').trim();
}
