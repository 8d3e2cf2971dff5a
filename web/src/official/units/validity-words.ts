import type { Text } from '../../shared/i18n.tsx';

/** Why an hour, day or month stands as it does; a word the server adds later is shown as it came. */
export const REASONS: Readonly<Record<string, Text>> = {
  OK: { zh: '有效', en: 'valid' },
  NO_VALUE: { zh: '没有数据', en: 'no value' },
  FLAG: { zh: '设备标识异常', en: 'flagged by the device' },
  MARKED: { zh: '企业按期标记', en: 'marked by the unit in time' },
  OUT_OF_SPAN: { zh: '超出量程', en: 'beyond the span' },
  INCOMPLETE: { zh: '有效分钟不足', en: 'too few valid minutes' },
  NO_STEPS_SENT: { zh: '设备不传分钟数据，完整性不能判断', en: 'no minutes are sent: completeness unknown' },
  NO_FLAG: { zh: '没有数据标识', en: 'no flag was sent' },
  OUT_OF_CONTROL: { zh: '失控：核查不合格，追溯至上次合格', en: 'out of control: a check failed, back to the last passed one' },
  TOO_FEW_HOURS: { zh: '有效小时不足', en: 'too few valid hours' },
  DAY_NOT_WHOLE: { zh: '当日尚未结束或数据不足一整日', en: 'the day is not over, or not there as a whole' },
  TOO_FEW_DAYS: { zh: '有效日不足', en: 'too few valid days' },
  STOPPED: { zh: '停运', en: 'stopped' },
  NO_DISCHARGE: { zh: '全天未排放', en: 'no discharge' },
  NO_FLOW: { zh: '没有流量，不能加权', en: 'no flow to weight with' },
  NO_LIMIT: { zh: '没有限值', en: 'no limit' },
  JUDGED_BY_DAY: { zh: '按日均判定', en: 'judged by the day' },
  O2_ABOVE_GUARD: { zh: '氧含量过高，折算值不作判定', en: 'too much oxygen: converted value not judged' },
  O2_IMPOSSIBLE: { zh: '氧含量不可能', en: 'impossible oxygen' },
  SENTINEL: { zh: '设备未能折算', en: 'the device could not convert' },
  NO_OXYGEN: { zh: '没有氧含量，不能折算', en: 'no oxygen to convert with' },
  NO_REFERENCE: { zh: '没有基准氧含量', en: 'no reference oxygen' },
};

export const VERDICTS = {
  VALID: { zh: '有效', en: 'valid', shape: '✓', hex: '#389e0d' },
  INVALID: { zh: '无效', en: 'invalid', shape: '✗', hex: '#8c8c8c' },
  CANNOT_TELL: { zh: '不能判断', en: 'cannot tell', shape: '?', hex: '#d4b106' },
} as const satisfies Record<string, Text & { shape: string; hex: string }>;

export const STATES = {
  EXCEEDED: { zh: '超标', en: 'over the limit', hex: '#cf1322' },
  EXEMPT_CANDIDATE: { zh: '工况标记，待人工确认豁免', en: 'condition mark: exemption to be confirmed', hex: '#d48806' },
  COMPLIANT: { zh: '达标', en: 'compliant', hex: '#389e0d' },
  NOT_JUDGED: { zh: '不判', en: 'not judged', hex: '#8c8c8c' },
} as const satisfies Record<string, Text & { hex: string }>;

export const CAUSES = {
  FRAME: { zh: '报文到达', en: 'a frame came' },
  STEPS: { zh: '分钟数据补到', en: 'late minutes came' },
  MARK: { zh: '企业标记', en: 'a mark of the unit' },
  CHECK: { zh: '校准或核查记录', en: 'a calibration or check' },
} as const satisfies Record<string, Text>;

export const BASES = {
  HOUR_MEAN: { zh: '小时均值', en: 'hourly mean' },
  DAY_MEAN: { zh: '日均值', en: 'daily mean' },
  DAY_FLOW_WEIGHTED: { zh: '流量加权日均值', en: 'daily mean weighted by flow' },
  INSTANT: { zh: '瞬时值', en: 'instantaneous' },
} as const satisfies Record<string, Text>;

export const PERMIT_PERIODS = {
  MONTH: { zh: '本月', en: 'this month' }, SEASON: { zh: '本季节', en: 'this season' }, YEAR: { zh: '本年', en: 'this year' },
} as const satisfies Record<string, Text>;
