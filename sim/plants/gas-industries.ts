import { PERMIT, type IndustryRow, type PollutantRow, type Range } from './industry.ts';

const row = (
  factor: PollutantRow['factor'], limit: number, r: Range, sdMax: number, tau: Range,
): PollutantRow => ({ factor, limit, r, sdMax, tau, common: 0.35 });

/** A pollutant whose hourly and daily means are limited each. */
const twice = (factor: PollutantRow['factor'], limit: number, dayLimit: number, r: Range, sdMax: number, tau: Range): PollutantRow =>
  ({ ...row(factor, limit, r, sdMax, tau), dayLimit });

/**
 * Flue-gas industries: limits (mg/m³, hourly mean at the reference oxygen), load and stops, physics and ranges, power. Limits are those of the named
 * standard; where they are stricter they stand in the permit, with the rule it follows. The rest is our own design; no real enterprise is described.
 */
export const GAS_INDUSTRIES = {
  coal_power: {
    key: 'coal_power', zh: '火力发电', medium: 'gas', suffixes: ['热电有限公司', '发电有限责任公司', '能源发电有限公司'],
    outfallsPerSite: [1, 3], outfallZh: '锅炉烟气排放口', hazardousWaste: false, standard: 'GB 13223-2011', limitsBy: `${PERMIT}（超低排放，环发〔2015〕164号）`,
    load: {
      base: 0.62, bumps: [{ amplitude: 0.13, centre: 10.5, width: 3 }, { amplitude: 0.17, centre: 19, width: 3 }],
      weekend: -0.04, wander: { sd: 0.05, tau: 4 }, clip: [0.35, 1.02],
    },
    stops: { perYear: 4, off: [36, 120], rampDown: [1.5, 4], startUp: [5, 12] },
    gas: {
      flow: [0.5e6, 2.4e6], o2: [4.8, 6.8], o2Slope: [2, 4.5], temp: [46, 56], tempSlope: [0, 4],
      moisture: [10.5, 14.5], velocity: [10, 16], o2Reference: 6, sulphurBatches: { sd: 0.05, length: [20, 60] },
    },
    pollutants: [
      row('a21026', 35, [0.35, 0.7], 0.2, [2, 5]), row('a21002', 50, [0.5, 0.78], 0.14, [2, 4]),
      row('a34013', 10, [0.1, 0.45], 0.18, [6, 10]),
    ],
    productionKw: [3000, 12000], treatmentShare: [0.1, 0.18], lines: { production: '锅炉引风机及制粉', treatment: '脱硫循环泵' },
  },
  waste_inc: {
    key: 'waste_inc', zh: '生活垃圾焚烧发电', medium: 'gas', suffixes: ['环保电力有限公司', '再生能源有限公司', '环境能源有限公司'],
    outfallsPerSite: [1, 3], outfallZh: '焚烧炉烟气排放口', hazardousWaste: true, standard: 'GB 18485-2014',
    load: { base: 0.96, wander: { sd: 0.03, tau: 2 }, clip: [0.75, 1.06] },
    // GB 18485-2014: starts, stops, faults and accidents together at most 60 h a year; an honest operator keeps a quarter of them for faults.
    stops: { perYear: 6, off: [24, 96], rampDown: [2, 5], startUp: [8, 18], rampHoursPerYear: 45 },
    gas: {
      flow: [0.5e5, 1.4e5], o2: [6.5, 9.5], o2Slope: [2, 5], temp: [130, 155], tempSlope: [4, 16],
      moisture: [16, 24], velocity: [11, 18], o2Reference: 11, furnace: [925, 1010],
    },
    pollutants: [
      // Table 4: hourly and daily means.
      twice('a21026', 100, 80, [0.2, 0.6], 0.3, [2, 5]), twice('a21002', 300, 250, [0.45, 0.75], 0.13, [1.5, 4]),
      twice('a34013', 30, 20, [0.08, 0.35], 0.18, [6, 10]), twice('a21005', 100, 80, [0.06, 0.25], 0.4, [0.6, 1.2]),
      twice('a21024', 60, 50, [0.12, 0.45], 0.28, [3, 6]),
    ],
    productionKw: [500, 1600], treatmentShare: [0.35, 0.6], lines: { production: '炉排及送风机', treatment: '脱酸塔及布袋除尘' },
  },
  cement: {
    key: 'cement', zh: '水泥制造', medium: 'gas', suffixes: ['水泥有限公司', '建材有限公司'],
    outfallsPerSite: [1, 2], outfallZh: '窑尾烟气排放口', hazardousWaste: true, standard: 'GB 4915-2013', limitsBy: PERMIT,
    load: { base: 0.93, wander: { sd: 0.02, tau: 6 }, clip: [0.7, 1.03] },
    stops: { perYear: 5, off: [24, 96], rampDown: [1, 3], startUp: [10, 30], staggered: { perYear: 2, off: [240, 480] } },
    gas: {
      flow: [3e5, 7e5], o2: [8, 11.5], o2Slope: [2.5, 5.5], temp: [85, 125], tempSlope: [6, 18],
      moisture: [5, 10], velocity: [10, 17], o2Reference: 10, mill: { on: [10, 18], off: [1.5, 4] },
    },
    pollutants: [
      row('a21026', 100, [0.06, 0.4], 0.22, [2, 5]), row('a21002', 100, [0.5, 0.78], 0.14, [2, 4]),
      row('a34013', 10, [0.15, 0.5], 0.18, [6, 10]), row('a21001', 8, [0.1, 0.55], 0.25, [3, 6]),
    ],
    productionKw: [2500, 7000], treatmentShare: [0.12, 0.22], lines: { production: '回转窑主传动', treatment: 'SNCR及袋除尘风机' },
  },
  sinter: {
    key: 'sinter', zh: '钢铁烧结', medium: 'gas', suffixes: ['钢铁有限公司', '冶金有限公司'],
    outfallsPerSite: [1, 2], outfallZh: '烧结机头排放口', hazardousWaste: false, standard: 'GB 28662-2012', limitsBy: `${PERMIT}（超低排放，环大气〔2019〕35号）`,
    load: { base: 0.92, wander: { sd: 0.04, tau: 1.5 }, clip: [0.6, 1.04] },
    stops: { perYear: 6, off: [12, 48], rampDown: [0.5, 1], startUp: [1, 3], halts: { perDay: 0.15, off: [0.5, 3] } },
    gas: {
      flow: [0.4e6, 1.2e6], o2: [14.2, 16.2], o2Slope: [1, 2.5], temp: [95, 140], tempSlope: [4, 12],
      moisture: [7, 11], velocity: [11, 18], o2Reference: 16,
    },
    pollutants: [
      row('a21026', 35, [0.3, 0.65], 0.24, [1.5, 4]), row('a21002', 50, [0.5, 0.78], 0.13, [1.5, 4]),
      row('a34013', 10, [0.15, 0.5], 0.18, [6, 10]),
    ],
    productionKw: [2500, 6000], treatmentShare: [0.25, 0.45], lines: { production: '烧结主抽风机', treatment: '脱硫脱硝系统' },
  },
  boiler: {
    key: 'boiler', zh: '工业锅炉', medium: 'gas', suffixes: ['供热有限公司', '蒸汽有限公司', '食品有限公司'],
    outfallsPerSite: [1, 2], outfallZh: '锅炉排放口', hazardousWaste: false, standard: 'GB 13271-2014',
    load: {
      base: 0.45, halfWave: { amplitude: 0.35, from: 5, length: 15 }, weekend: -0.12,
      wander: { sd: 0.06, tau: 1.5 }, clip: [0.25, 1.05],
    },
    stops: { perYear: 10, off: [8, 60], rampDown: [0.5, 2], startUp: [0.5, 2] },
    gas: {
      flow: [1e4, 9e4], o2: [8, 11.5], o2Slope: [1.5, 4], temp: [55, 125], tempSlope: [4, 16],
      moisture: [6, 11], velocity: [7, 14], o2Reference: 9,
    },
    pollutants: [
      // Table 3, coal: special limits of key regions.
      row('a21026', 200, [0.2, 0.65], 0.28, [1.5, 4]), row('a21002', 200, [0.45, 0.78], 0.15, [1.5, 4]),
      row('a34013', 30, [0.12, 0.5], 0.22, [4, 8]),
    ],
    productionKw: [80, 500], treatmentShare: [0.1, 0.25], lines: { production: '锅炉鼓引风机', treatment: '脱硫除尘泵' },
  },
} as const satisfies Record<string, IndustryRow>;
