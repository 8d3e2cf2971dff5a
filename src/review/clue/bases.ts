import { WARNING_BASIS } from '#supervision';

/**
 * On what each step of a clue rests: the texts of the four provinces and national law, side by side. What a region may
 * cite of it is for `localBasis`: its own text and national law, never another province's.
 */
const APL41 = '行政处罚法 第四十一条';

export const BASES = {
  /** The platform finds, warns and passes on by itself. */
  warning: WARNING_BASIS,
  /** People analyse what the platform found. */
  analysis: '江苏办法 第七条、第十条；宁夏方案 三（六）；内环办〔2021〕103号 二（二）；沪环执法〔2021〕75号 三（六）',
  list: '江苏办法 第十条；宁夏方案 三（六）；沪环执法〔2021〕75号 三（六）',
  patrol: '江苏办法 第十条第二款；宁夏方案 三（五）；内环办〔2021〕103号 二（四）；沪环执法〔2021〕75号 三（六）',
  review: `江苏办法 第十一条；宁夏方案 三（六）；内环办〔2021〕103号 二（二）；沪环执法〔2021〕75号 三（六）；${APL41}`,
  /** Data without a passed review are no evidence. */
  evidence: `江苏办法 第十二条；${APL41}`,
  handover: '江苏办法 第十三条；宁夏方案 三（七）；内环办〔2021〕103号 二（二）；沪环执法〔2021〕75号 三（六）',
  signIn: '江苏办法 第十四条；宁夏方案 三（七）；内环办〔2021〕103号 二（二）；沪环执法〔2021〕75号 三（六）',
  /** The party is told, may look and may speak. */
  notice: `江苏办法 第十三条；${APL41}`,
  invited: '江苏办法 第七条第四款；宁夏方案 三（五）；沪环执法〔2021〕75号 三（九）',
} as const;
