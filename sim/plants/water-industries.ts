import { PERMIT, type IndustryRow, type PollutantRow, type Range } from './industry.ts';

const row = (
  factor: PollutantRow['factor'], limit: number, r: Range, sdMax: number, tau: Range, common: number,
): PollutantRow => ({ factor, limit, r, sdMax, tau, common });

/**
 * Wastewater industries: limits (mg/L, daily mean), load, physics, power. Limits are those of the named standard; where they are stricter, or the
 * standard has another for some days of the year, they stand in the permit. The rest is our own design; no real enterprise is described.
 */
export const WATER_INDUSTRIES = {
  municipal: {
    key: 'municipal', zh: '城镇污水处理', medium: 'water', suffixes: ['水务有限公司', '污水处理有限公司', '净水有限公司'],
    outfallsPerSite: [1, 1], outfallZh: '总排放口', hazardousWaste: false, standard: 'GB 18918-2002', permitted: ['w21003'],
    load: {
      base: 0.8, sines: [{ amplitude: 0.18, period: 24, phase: 8.5 }, { amplitude: 0.08, period: 12, phase: 9 }],
      wander: { sd: 0.04, tau: 4 }, clip: [0, 2],
    },
    stops: { perYear: 0, off: [0, 0] },
    water: { flow: [120, 1200], mechanism: 'sewage', fixed: 0, share: 1, ph: [6.9, 7.7], conductivity: [700, 1300] },
    // Table 1, class 1A. Of ammonia the standard allows 8 in water of 12 °C and below; the permit says 5 all the year.
    pollutants: [
      row('w01018', 50, [0.28, 0.6], 0.16, [5, 10], 0.6), row('w21003', 5, [0.04, 0.25], 0.35, [6, 12], 0.5),
      row('w21001', 15, [0.5, 0.78], 0.09, [8, 14], 0.6), row('w21011', 0.5, [0.25, 0.65], 0.18, [6, 12], 0.4),
    ],
    productionKw: [150, 900], treatmentShare: [1, 1.6], lines: { production: '进水提升泵', treatment: '曝气鼓风机' },
  },
  dyeing: {
    key: 'dyeing', zh: '纺织印染', medium: 'water', suffixes: ['印染有限公司', '纺织整理有限公司'],
    outfallsPerSite: [1, 1], outfallZh: '废水总排放口', hazardousWaste: false, standard: 'GB 4287-2012', stormDrain: true,
    load: {
      base: 0.88, wander: { sd: 0.07, tau: 2 }, clip: [0.05, 1.1],
      shift: { from: 7, to: 23, off: 0.55, quiet: false, sundays: true }, sundayOff: { share: 0.3, load: 0.05 },
    },
    stops: { perYear: 4, off: [12, 72], springFestival: 1 },
    water: { flow: [15, 90], mechanism: 'process', fixed: 0.2, share: 0.8, ph: [6.9, 7.7], conductivity: [1500, 4000] },
    // Table 2, direct discharge.
    pollutants: [
      row('w01018', 80, [0.45, 0.78], 0.1, [4, 9], 0.6), row('w21003', 10, [0.05, 0.3], 0.3, [5, 10], 0.5),
      row('w21001', 15, [0.35, 0.7], 0.12, [6, 12], 0.6), row('w21011', 0.5, [0.15, 0.55], 0.2, [5, 10], 0.4),
    ],
    productionKw: [400, 2000], treatmentShare: [0.06, 0.12], lines: { production: '染色车间', treatment: '曝气及加药' },
  },
  chemical: {
    key: 'chemical', zh: '化学原料制造', medium: 'water', suffixes: ['化工有限公司', '新材料有限公司'],
    outfallsPerSite: [1, 1], outfallZh: '废水总排放口', hazardousWaste: true, standard: 'DB 32/939-2020', limitsBy: PERMIT, stormDrain: true,
    load: { base: 0.85, wander: { sd: 0.06, tau: 6 }, clip: [0.2, 1.1] },
    stops: { perYear: 3, off: [24, 120], springFestival: 0.5 },
    water: { flow: [5, 40], mechanism: 'process', fixed: 0.25, share: 0.75, ph: [6.9, 7.7], conductivity: [1000, 3500] },
    pollutants: [
      row('w01018', 60, [0.45, 0.75], 0.11, [5, 10], 0.6), row('w21003', 8, [0.05, 0.35], 0.35, [5, 10], 0.5),
      row('w21001', 40, [0.25, 0.6], 0.15, [6, 12], 0.6), row('w21011', 1, [0.1, 0.45], 0.22, [5, 10], 0.4),
    ],
    productionKw: [600, 3000], treatmentShare: [0.05, 0.12], lines: { production: '合成车间', treatment: '生化曝气' },
  },
  electroplating: {
    key: 'electroplating', zh: '电镀', medium: 'water', suffixes: ['表面处理有限公司', '电镀有限公司', '金属科技有限公司'],
    outfallsPerSite: [1, 1], outfallZh: '废水总排放口', hazardousWaste: true, standard: 'GB 21900-2008', stormDrain: true,
    load: {
      base: 0.8, wander: { sd: 0.1, tau: 1.5 }, clip: [0, 1.2],
      shift: { from: 8, to: 20, off: 0.03, quiet: true, sundays: false },
    },
    stops: { perYear: 0, off: [0, 0], springFestival: 1, holidays: true },
    water: { flow: [1, 6], mechanism: 'tank', fixed: 0, share: 0.8, ph: [7.6, 8.6], conductivity: [2500, 6000] },
    // Table 2; nickel and hexavalent chromium at the outlet of the workshop.
    pollutants: [
      row('w01018', 80, [0.3, 0.62], 0.18, [4, 8], 0.6), row('w21003', 15, [0.05, 0.3], 0.3, [5, 10], 0.5),
      row('w20122', 0.5, [0.1, 0.45], 0.25, [3, 8], 0.3),
    ],
    productionKw: [200, 900], treatmentShare: [0.08, 0.16], lines: { production: '电镀整流器', treatment: '废水处理站' },
    workshop: {
      outfallZh: '车间废水排放口（镍、六价铬）',
      water: { flow: [0.3, 1.5], mechanism: 'tank', fixed: 0, share: 0.8, ph: [7.6, 8.6], conductivity: [2500, 6000] },
      pollutants: [row('w20121', 0.5, [0.12, 0.5], 0.25, [3, 8], 0.3), row('w20117', 0.2, [0.05, 0.3], 0.25, [3, 8], 0.3)],
      productionKw: [60, 300], lines: { production: '镀镍镀铬线整流器', treatment: '含镍含铬废水处理' },
    },
  },
} as const satisfies Record<string, IndustryRow>;
