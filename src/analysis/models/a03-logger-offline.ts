import type { Context, Finding, Model, Tier } from '../contract.ts';
import type { Thresholds } from './declared/index.ts';
import { doorsBetween, explain, suppress } from './parts/explanations.ts';
import { isUnregistered } from './parts/door-people.ts';
import { cannotTell, conclude, notMet, settings } from './parts/outcomes.ts';
import { DAY, HOUR, MINUTE } from './parts/window.ts';
import { clockText, num } from './parts/wording.ts';

const DEFAULTS = {
  /** 30 in the catalogue; on a 10-minute grid honest short gaps reach that too often. */
  remindMinutes: 90,
  warnHours: 4,
  workOrderHours: 24,
  /** Without a door opening a silence is a carrier's until it has lasted this long. */
  warnHoursNoDoor: 36,
  doorMinutes: 30,
  workOrderSilences: 4,
  liveMinutes: 30,
} as const satisfies Thresholds;

const silencesWithDoor = (ctx: Context): number =>
  ctx.recent.filter(
    (f) =>
      f.model === 'A03' && f.start > ctx.now - 7 * DAY && f.end - f.start >= HOUR &&
      doorsBetween(ctx, f.start - 30 * MINUTE, f.start + 30 * MINUTE).length > 0,
  ).length;

function tierFor(ctx: Context, since: number, p: typeof DEFAULTS): Tier {
  const hours = (ctx.now - since) / HOUR;
  // Only a door before the silence can have caused it; one after it is the repair.
  const door = doorsBetween(ctx, since - p.doorMinutes * MINUTE, since + ctx.reg.stepMs).some((d) => isUnregistered(ctx, d));
  if (door && (hours >= p.workOrderHours || silencesWithDoor(ctx) >= p.workOrderSilences)) return 'WORK_ORDER';
  return (door && hours >= p.warnHours) || hours >= p.warnHoursNoDoor ? 'WARN' : 'REMIND';
}

/** `model:A03` — the data logger is silent while another device of the same site talks. */
export const a03: Model = {
  id: 'A03', version: '1.1.0',
  title: { zh: '数采仪离线', en: 'Logger offline' },
  family: 'transport', trigger: 'tick', media: ['gas', 'water'], standsAlone: true, countsRepeats: true,
  params: DEFAULTS, legalHooks: ['H4', 'H5'],
  about: {
    zh: '同站门禁或电表仍在上报而数采仪静默。全站同时静默按失电另计。静默前 30 分钟内有开门的升级；反复静默以其数据是否补传论（A01）。',
    en: 'The logger is silent while door or meter of the same site report. Silence of all is a blackout. A door opened within 30 min before raises it; what repeated silences mean is told by whether their data come later (A01).',
    source: 'A03, a method of this platform',
  },
  minimum: { days: 0, needs: ['dataDevice', 'otherDevice'] },
  evaluate(ctx, params) {
    const p = settings(DEFAULTS, params);
    const data = ctx.devices.filter((d) => d.role === 'data' && Number.isFinite(d.lastSeen));
    if (data.length === 0) return cannotTell('no data device seen yet', ['data device']);
    const others = ctx.devices.filter((d) => d.role !== 'data' && Number.isFinite(d.lastSeen));
    if (others.length === 0) return cannotTell('no second device on the site to compare with', ['door or power device']);
    const since = Math.max(...data.map((d) => d.lastSeen));
    const silent = ctx.now - since;
    if (silent < p.remindMinutes * MINUTE + ctx.reg.stepMs) return notMet();
    const live = others.some((d) => d.lastSeen > since + p.liveMinutes * MINUTE);
    const finding: Finding = {
      factors: [], start: since, end: ctx.now, tier: tierFor(ctx, since, p), score: silent / (p.remindMinutes * MINUTE),
      stats: { silentHours: silent / HOUR, othersLive: live ? 1 : 0 },
      text: {
        zh: `数采仪自 ${clockText(since)} 起静默 ${num(silent / HOUR, 1)} 小时，同站其他设备${live ? '仍在上报' : '同时静默'}。`,
        en: `The logger has been silent for ${num(silent / HOUR, 1)} h since ${clockText(since)}; other devices of the site ${live ? 'go on reporting' : 'are silent too'}.`,
      },
      clearedBy: [
        { zh: '通讯卡或网络故障：恢复后补传完整', en: 'SIM card or network fault: complete back-fill afterwards' },
        { zh: '维护窗口记录', en: 'A filed maintenance window' },
      ],
    };
    if (!live) {
      return conclude([suppress(finding, { reason: 'site-blackout', zh: '全站设备同时静默，按失电处理', en: 'all devices of the site are silent: blackout' })]);
    }
    return conclude([suppress(finding, explain(ctx, finding, [], ['stop-mark', 'filed-work', 'filed-change']))]);
  },
};
