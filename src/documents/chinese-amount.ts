const DIGITS = '零壹贰叁肆伍陆柒捌玖';
const PLACES = ['', '拾', '佰', '仟'];
const GROUPS = ['', '万', '亿', '万亿'];

/**
 * Writes a sum of money as banks and decisions do (支付结算办法 附一 正确填写票据和结算凭证的基本规定):
 * `123456.00` → 壹拾贰万叁仟肆佰伍拾陆元整.
 *
 * @param yuan digits with at most two decimals and at most 16 whole digits; anything else throws
 */
export function chineseAmount(yuan: string): string {
  const match = /^(\d{1,16})(?:\.(\d{1,2}))?$/.exec(yuan);
  if (match === null) throw new Error(`not a sum of money: ${yuan}`);
  const whole = match[1]!.replace(/^0+/, '');
  const [jiao, fen] = (match[2] ?? '').padEnd(2, '0').split('').map(Number) as [number, number];
  const yuanText = whole === '' ? '' : `${wholeInWords(whole)}元`;
  if (jiao === 0 && fen === 0) return `${yuanText || '零元'}整`;
  const jiaoText = jiao > 0 ? `${DIGITS[jiao]}角` : yuanText === '' ? '' : '零';
  return `${yuanText}${jiaoText}${fen > 0 ? `${DIGITS[fen]}分` : '整'}`;
}

function wholeInWords(digits: string): string {
  const count = Math.ceil(digits.length / 4);
  const padded = digits.padStart(count * 4, '0');
  let words = '';
  let gap = false;
  for (let g = 0; g < count; g++) {
    const group = padded.slice(g * 4, g * 4 + 4);
    if (Number(group) === 0) {
      gap = words !== '';
      continue;
    }
    const needsZero = words !== '' && (gap || group.startsWith('0'));
    words += (needsZero ? '零' : '') + groupInWords(group) + GROUPS[count - 1 - g];
    gap = false;
  }
  return words;
}

/** Four digits with a single 零 for any run of zeros between figures. */
function groupInWords(group: string): string {
  let words = '';
  let gap = false;
  [...group].forEach((digit, i) => {
    if (digit === '0') gap = words !== '';
    else {
      words += (gap ? '零' : '') + DIGITS[Number(digit)] + PLACES[3 - i];
      gap = false;
    }
  });
  return words;
}
