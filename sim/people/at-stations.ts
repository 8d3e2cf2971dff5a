import { DEMO_DAYS } from '../demo-province.ts';
import { DAY } from '../grid.ts';
import type { LiveRecords } from '../live.ts';
import { unitLoginOf, type Troupe } from './habits.ts';
import { chinaTime, handIn, type HandedIn } from './hand-in.ts';
import { MANAGER, personOf } from './persons.ts';
import type { UnitFile } from './shapes.ts';

/** The simulator's words for a mark, in the codes of the marking rules. */
const MARK_CODES: Readonly<Record<string, string>> = {
  stop: 'OUT_OF_SERVICE', shut_down: 'SHUT_DOWN', start_up: 'START_UP', maintenance: 'CEMS_MAINTENANCE', analyser_fault: 'CEMS_MAINTENANCE', comm_break: 'COMM_BREAK',
};

const rfc3339 = (at: number): string => new Date(Math.round(at)).toISOString();

/** What people, not devices, have to tell: units submit their marks, camera events come in. */
export async function tellRecords(cast: Troupe, records: readonly LiveRecords[]): Promise<void> {
  for (const { outfall, enterprise, marks, video } of records) {
    for (const { kind, start, end, reason } of marks) {
      const body = { outfall, kind: MARK_CODES[kind] ?? 'CEMS_MAINTENANCE', from: rfc3339(start), to: rfc3339(end), reason };
      await cast.act(unitLoginOf(enterprise), '/api/marks', body);
    }
    for (const { start, end, camera, event } of video) {
      await cast.act('monitor', '/api/video-events', { outfall, camera, kind: event, startAt: rfc3339(start), endAt: rfc3339(end) });
    }
  }
}

type OutfallFile = UnitFile['outfallPages'][number];

const reportFile = (unit: UnitFile, outfall: OutfallFile, { factor, annualKg, usedBeforeStartKg }: OutfallFile['permits'][number], now: number): HandedIn => ({
  title: `排污许可执行报告（${outfall.name}，${outfall.factors.find((one) => one.factor === factor)?.factorZh ?? factor}）`, as: 'pdf',
  lines: [
    ['排污单位', unit.name], ['排污许可证编号', unit.permitNumber], ['排放口', `${outfall.name}（${outfall.outfall}）`], ['污染物', factor], ['许可年排放量', `${annualKg} kg`],
    ['接入信息平台以前本年实际排放量', `${usedBeforeStartKg} kg`], ['核算方法', '自动监测法，按有效小时数据累计'], ['提交时间', chinaTime(now)], ['填报人', personOf(unit.unitId, MANAGER).name],
  ],
});

/** Units file the execution reports behind what they had used before they were connected. @returns whether nothing is left to file */
export async function fileReports(cast: Troupe): Promise<boolean> {
  const list = await cast.look<{ readonly items: readonly { readonly unitId: string }[] }>('monitor', '/api/units?limit=200');
  let done = list !== undefined;
  const connectedIn = Number(chinaTime(cast.now() - DEMO_DAYS * DAY).slice(0, 4));
  for (const { unitId } of list?.items ?? []) {
    const me = unitLoginOf(unitId);
    const unit = await cast.look<UnitFile>(me, `/api/units/${unitId}`);
    for (const outfall of unit?.outfallPages ?? []) {
      for (const permit of outfall.permits.filter(({ usedBeforeStartKg, report }) => usedBeforeStartKg > 0 && report === null)) {
        const file = reportFile(unit as UnitFile, outfall, permit, cast.now());
        const material = await handIn(cast, me, file, '/api/unit/materials');
        const body = { outfall: outfall.outfall, factor: permit.factor, year: connectedIn, usedKg: String(permit.usedBeforeStartKg), title: file.title, material };
        done = material !== undefined && (await cast.act(me, '/api/unit/permit-reports', body)) && done;
      }
    }
  }
  return done;
}
