interface Text { readonly zh: string; readonly en: string }

const DIGITS = '零一二三四五六七八九';
const PLACES: Readonly<Record<string, number>> = { 千: 1000, 百: 100, 十: 10 };

/** 二十三 as 23; figures stay figures. */
function figure(text: string): string {
  if (/^\d+$/.test(text)) return text;
  let sum = 0;
  let digit = 0;
  for (const char of text) {
    const place = PLACES[char];
    if (place !== undefined) {
      sum += (digit === 0 ? 1 : digit) * place;
      digit = 0;
    } else digit = Math.max(0, DIGITS.indexOf(char));
  }
  return String(sum + digit);
}

const NUMBER = '([\\d零一二三四五六七八九十百千]+)';
/** 三（六）二: a part, an item of it, and a piece of that. */
const PART = '(?<![\\p{Script=Han}\\d])([一二三四五六七八九十]+)';
const PARTS: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`第${NUMBER}条之${NUMBER}`, 'g'), 'art. $-$'], [new RegExp(`第${NUMBER}条`, 'g'), 'art. $'], [new RegExp(`第${NUMBER}款`, 'g'), 'para. $'],
  [new RegExp(`${PART}（${NUMBER}）${NUMBER}`, 'gu'), 'part $ ($) $'], [new RegExp(`${PART}（${NUMBER}）`, 'gu'), 'part $ ($)'],
  [new RegExp(`第?（${NUMBER}）项?`, 'g'), 'item ($)'], [new RegExp(`第${NUMBER}项`, 'g'), 'item $'], [new RegExp(`第${NUMBER}章`, 'g'), 'ch. $'], [new RegExp(`第${NUMBER}节`, 'g'), 'sec. $'],
  [new RegExp(`附(?:件|录|表)${NUMBER}`, 'g'), 'annex $'], [/（条号待核）/g, '(article to be verified)'], [/征求意见稿/g, 'draft for comment'], [/参照/g, 'after '], [/修改单/g, 'amendment'], [/公告/g, 'notice '],
  [/(\d{4})年第(\d+)号/g, '($) no. $'], [/(\d{4})年节假日安排/g, 'holidays of $'], [/(\d{4})年/g, '$'], [/附录([A-Z])/g, 'annex $'], [/表(\d+)/g, 'table $'], [/罚款 ([\d–]+) 元/g, 'fine of $ yuan'], [/(\d+) 倍/g, '$ times'],
  [/(\d+)个节日/g, '$ holidays'], [/(\d+)个调休上班日/g, '$ make-up days'],
  [/(\d+)个工作日/g, '$ working days'], [/(\d+)日/g, '$ days'], [/(\d+)小时/g, '$ hours'], [/(\d+)个月/g, '$ months'], [/(\d)年/g, '$ years'], [new RegExp(`${PART}(?=$|[\\s、；])`, 'gu'), 'part $'],
];

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What telling needs of a list of names. */
interface Names {
  readonly whole: ReadonlyMap<string, Text>;
  /** Sentences with places for what they name, `对“{1}”的答复`. */
  readonly sentences: readonly { readonly pattern: RegExp; readonly en: string }[];
  /** Names that may stand inside of a text, the longest first: none is found inside of another. */
  readonly inside: readonly Text[];
}

/** Worked out once for each list: a table tells hundreds of texts with the same one. */
const known = new WeakMap<readonly Text[], Names>();

function namesOf(instruments: readonly Text[]): Names {
  const before = known.get(instruments);
  if (before !== undefined) return before;
  const [sentences, inside] = [instruments.filter(({ zh }) => zh.includes('{')), instruments.filter(({ zh }) => !zh.includes('{'))];
  const names: Names = {
    // Of two of one name the first counts.
    whole: new Map([...instruments].reverse().map((one) => [one.zh, one])),
    sentences: sentences.map(({ zh, en }) => ({ pattern: new RegExp(`^${zh.split(/\{\d\}/).map(literally).join('(.+?)')}$`, 'u'), en })),
    inside: inside.sort((a, b) => b.zh.length - a.zh.length),
  };
  known.set(instruments, names);
  return names;
}

/** A sentence with places, told as a whole: what stands in its places in English where that is known. */
function formed(text: string, instruments: readonly Text[]): string | undefined {
  for (const { pattern, en } of namesOf(instruments).sentences) {
    const found = pattern.exec(text);
    if (found !== null) return en.replace(/\{(\d)\}/g, (_, n: string) => articleIn(found[Number(n)] ?? '', instruments));
  }
  return undefined;
}

/** A product default says itself that no article stands behind it; it is not said twice. */
export const onceSaid = (text: string): string => text.replace(/(产品默认值（[^）]*）)\s*默认/g, '$1');

/**
 * A basis in law in English: the names of instruments as `law/instruments` gives them, articles and paragraphs in figures. What nothing
 * names stays in Chinese: the text that counts is the Chinese one.
 */
export function articleIn(text: string, instruments: readonly Text[]): string {
  const { whole, inside } = namesOf(instruments);
  const told = whole.get(text)?.en ?? formed(text, instruments);
  if (told !== undefined) return told;
  const named = inside.reduce((sofar, one) => sofar.replaceAll(one.zh, ` ${one.en} `), text);
  const counted = PARTS.reduce((told, [pattern, english]) => told.replace(pattern, (...found: unknown[]) => {
    const numbers = found.slice(1, -2).map((one) => (/^\p{Script=Han}+$/u.test(String(one)) ? figure(String(one)) : String(one)));
    return ` ${english.replaceAll('$', () => String(numbers.shift() ?? ''))} `;
  }), named);
  const signs: Readonly<Record<string, string>> = { '；': '; ', '、': ', ', '，': ', ', '（': ' (', '）': ') ', '《': '', '》': '', '·': ' · ', '〔': '(', '〕': ')', '：': ': ' };
  return counted.replace(/[；、，（）《》·〔〕：]/g, (sign) => signs[sign] ?? sign).replace(/\s+/g, ' ').replace(/ ([,;)])/g, '$1').replace(/\( /g, '(').trim();
}
