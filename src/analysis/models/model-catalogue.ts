import type { Model } from '../contract.ts';
import { MODELS } from './all-models.ts';
import runs from './test-runs.json' with { type: 'json' };

/** specified: described in the catalogue · coded: can be run · tested: a stored run of the tests passed for exactly this version (`npm run model-tests`). */
export type ModelState = 'specified' | 'coded' | 'tested';

export interface CatalogueEntry {
  readonly id: string;
  readonly category: ModelCategory;
  readonly zh: string;
  readonly en: string;
  readonly state: ModelState;
  /** Present from `coded` on. */
  readonly model: Model | undefined;
}

export const MODEL_CATEGORIES = {
  A: { zh: '数据完整与有效性', en: 'Completeness and validity' },
  B: { zh: '达标与总量', en: 'Compliance and totals' },
  C: { zh: '统计真实性', en: 'Statistical authenticity' },
  D: { zh: '工艺机理一致性', en: 'Process and physics consistency' },
  E: { zh: '用电与产治同步', en: 'Power and production–treatment consistency' },
  F: { zh: '运维行为与现场感知', en: 'Operations, marks, door, video, parameters' },
  G: { zh: '跨源综合与画像', en: 'Cross-source and profile' },
} as const;
export type ModelCategory = keyof typeof MODEL_CATEGORIES;

/** The whole catalogue of 80 models in seven categories, in its own numbering. */
const SPECIFIED: readonly (readonly [id: string, zh: string, en: string])[] = [
  ['A01', '小时数据缺失', 'Missing hourly data'],
  ['A02', '分钟数据不足', 'Step data shortfall'],
  ['A03', '数采仪离线', 'Logger offline'],
  ['A04', '迟到补传', 'Late back-fill'],
  ['A05', '同时刻重传改值', 'Rewritten record'],
  ['A06', '时钟异常', 'Clock and time-stamp anomalies'],
  ['A07', '数值自洽', 'Internal arithmetic'],
  ['A08', '零值负值与超量程', 'Zero, negative, saturated'],
  ['A09', '应测因子缺报', 'Required factor not reported'],
  ['A10', '有效捕集率不足', 'Low valid capture'],
  ['A11', '择机缺数', 'Strategic gaps'],
  ['B01', '小时超标与连续超标', 'Hourly exceedance, consecutive'],
  ['B02', '日均超标', 'Daily mean exceedance'],
  ['B03', '超标动态预测', 'Running forecast'],
  ['B04', '贴限运行', 'Limit hugging'],
  ['B05', '许可总量', 'Permit totals'],
  ['B06', '超设计或许可流量', 'Over design or permitted flow'],
  ['B07', 'pH 与瞬时类', 'pH and instantaneous limits'],
  ['B08', '炉温与一氧化碳', 'Furnace temperature and CO'],
  ['B09', '启停豁免超时', 'Start/stop exemption overrun'],
  ['C01', '恒值', 'Constant value'],
  ['C02', '微幅波动', 'Tiny fluctuation'],
  ['C03', '过度平滑', 'Noise drop'],
  ['C04', '末位数字', 'Terminal digit'],
  ['C05', '首位数字', 'First digit (Benford)'],
  ['C06', '限值处堆积', 'Bunching at the limit'],
  ['C07', '削峰设限', 'Range clipping'],
  ['C08', '重复片段', 'Exact repeated block'],
  ['C09', '近似片段与跨口雷同', 'Near copies, cross-outfall likeness'],
  ['C10', '人工周期', 'Scripted periodicity'],
  ['C11', '失相关与随机数', 'Lost autocorrelation, random generator'],
  ['C12', '阶跃变化', 'Unexplained step'],
  ['C13', '缓慢漂移', 'Slow drift'],
  ['C14', '尖峰消失', 'Missing spikes'],
  ['C15', '因子克隆', 'Signal cloning'],
  ['D01', '采样稀释', 'Sample dilution'],
  ['D02', '氧含量异常', 'O2 manipulated'],
  ['D03', '多因子关系破裂', 'Broken coupling'],
  ['D04', '流量–负荷偏离', 'Flow vs load'],
  ['D05', '流量公式复核', 'Flow formula recheck'],
  ['D06', '温湿饱和', 'Wet-stack saturation'],
  ['D07', '似停非停', 'Looks stopped, is not'],
  ['D08', '斜率截距篡改', 'Slope or intercept change'],
  ['D09', '硫碳物料平衡', 'Sulphur and carbon balance'],
  ['D10', '氮磷需氧量级约束', 'Species order in water'],
  ['D11', '采样避峰', 'Dodging the sample'],
  ['D12', '夜间批次排放', 'Night or batch discharge'],
  ['D13', '水量平衡', 'Water balance'],
  ['D14', '替样挂瓶', 'Sample substitution'],
  ['D15', '去除率异常', 'Removal efficiency'],
  ['D16', '雨水口晴天排放', 'Stormwater outlet in dry weather'],
  ['E01', '治污未开', 'Producing without treatment'],
  ['E02', '治污滞后启动或提前停', 'Late start, early stop'],
  ['E03', '治污低载空转', 'Treatment idling'],
  ['E04', '停限产指令未落实', 'Order not carried out'],
  ['E05', '隐蔽生产', 'Off-hours production'],
  ['E06', '电表失真', 'Meter data distorted, lost or unbalanced'],
  ['E07', '单位电耗药耗偏离', 'Emission and reagent intensity'],
  ['F01', '标记滥用', 'Mark abuse'],
  ['F02', '事后补标', 'Retroactive mark'],
  ['F03', '标停未停', 'Marked stopped, not stopped'],
  ['F04', '校准维护时机异常', 'Suspicious calibration timing'],
  ['F05', '质控缺失或不合格', 'Missing or failed QC'],
  ['F06', '开门后阶跃', 'Step after the door'],
  ['F07', '异常开门与拆除', 'Unusual opening, removal'],
  ['F08', '第三方运维行为', 'Operator visit pattern'],
  ['F09', '视频异常同步', 'Video events in step with data'],
  ['F10', '参数变更未备案', 'Unfiled parameter change'],
  ['F11', '采样时间异常', 'Irregular sampling times'],
  ['G01', '同业对标', 'Peer comparison'],
  ['G02', '手工与自动比对', 'Manual vs automatic'],
  ['G03', '自行监测报告失真', 'Implausible manual reports'],
  ['G04', '危废物料平衡', 'Hazardous-waste balance'],
  ['G05', '危废转移异常', 'Manifest anomalies'],
  ['G06', '走航 VOCs 热点', 'Mobile VOC hotspot'],
  ['G07', '环境站响应', 'Ambient or river response'],
  ['G08', '多元孤立森林', 'Multivariate isolation forest'],
  ['G09', '排放模式改变', 'Emission pattern change'],
  ['G10', '迎检行为差异', 'Behaviour around inspections'],
  ['G11', '证据融合', 'Evidence fusion'],
];

/** Versions whose tests passed, the digest of the file that was tested, and how many there were; `ofItsOwn` are those that not every model passes alike. */
export type TestRuns = Readonly<Record<string, { readonly version: string; readonly digest?: string; readonly passed: number; readonly ofItsOwn: number }>>;
export const TEST_RUNS: TestRuns = runs.models;

/** How far a model has come; another version than the one that was tested is coded, whatever was shown of the one before. */
export const stateOf = (model: Pick<Model, 'id' | 'version'> | undefined, tested: TestRuns = TEST_RUNS): ModelState =>
  model === undefined ? 'specified' : tested[model.id]?.version === model.version ? 'tested' : 'coded';

/** All 80 models with how far each has come; the count of each state is shown, never rounded up. */
export const CATALOGUE: readonly CatalogueEntry[] = SPECIFIED.map(([id, zh, en]) => {
  const model = MODELS.find((m) => m.id === id);
  return { id, category: id.charAt(0) as ModelCategory, zh, en, state: stateOf(model), model };
});
