/** What people read for a code. */
interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Codes of the marking rules (生态环境部公告 2022 年第 21 号 and those of the trades) in words, in the order in which a unit chooses. */
export const MARK_KIND_WORDS = {
  START_UP: { zh: '启炉（开机）', en: 'start-up' },
  SHUT_DOWN: { zh: '停炉（停机）', en: 'shut-down' },
  OUT_OF_SERVICE: { zh: '停运', en: 'out of service' },
  PLANT_FAULT: { zh: '生产或治理设施故障', en: 'plant fault' },
  DRYING_OUT: { zh: '烘炉', en: 'drying out' },
  COOLING_AFTER_STOP: { zh: '停炉降温', en: 'cooling after stop' },
  GRID_ON: { zh: '并网', en: 'grid on' },
  GRID_OFF: { zh: '解列', en: 'grid off' },
  FURNACE_TEMP_ABNORMAL: { zh: '炉温异常', en: 'abnormal furnace temperature' },
  THERMOCOUPLE_FAULT: { zh: '热电偶故障', en: 'thermocouple fault' },
  CEMS_MAINTENANCE: { zh: '自动监测设备维护、校准', en: 'monitoring device maintenance or calibration' },
  COMM_BREAK: { zh: '通讯中断', en: 'communication break' },
} as const satisfies Record<string, Words>;

/** The codes a unit may mark with. */
export const MARK_KINDS = Object.keys(MARK_KIND_WORDS) as [keyof typeof MARK_KIND_WORDS, ...(keyof typeof MARK_KIND_WORDS)[]];

/** Words that register files use beside the codes. */
const FILE_WORDS: Readonly<Record<string, Words>> = {
  maintenance: { zh: '设备维护、校准', en: 'maintenance' }, stop: { zh: '停运', en: 'stop' }, start: { zh: '启动', en: 'start' }, fault: { zh: '故障', en: 'fault' },
};
const KNOWN: Readonly<Record<string, Words>> = { ...FILE_WORDS, ...MARK_KIND_WORDS };

/** Work on instruments and plant as register files and simulators name it. */
const WORK_WORDS: Readonly<Record<string, Words>> = {
  calibration: { zh: '校准', en: 'calibration' }, standard_check: { zh: '标样核查', en: 'check with a standard' }, sensor_replaced: { zh: '仪器更换', en: 'instrument replaced' },
  analyser_fault: { zh: '分析仪故障', en: 'analyser fault' }, fuel_switch: { zh: '更换燃料', en: 'change of fuel' }, tank_schedule_filed: { zh: '排水时段备案', en: 'filed discharge schedule' },
  power_cut_notice: { zh: '停电通知', en: 'notice of a power cut' }, hydrant_test: { zh: '消火栓试水', en: 'hydrant test' }, maintenance: { zh: '运维', en: 'maintenance' },
};

/** What an entry of the maintenance ledger says; free words stand as they are, an empty entry is maintenance. */
export const workWords = (what: string): Words => (what.trim() === '' ? (WORK_WORDS['maintenance'] as Words) : (WORK_WORDS[what.trim().toLowerCase()] ?? { zh: what, en: what }));

/** What a mark's kind says; free words of a file stand as they are. */
export const markWords = (kind: string): Words => KNOWN[kind] ?? KNOWN[kind.toUpperCase()] ?? { zh: kind, en: kind };
