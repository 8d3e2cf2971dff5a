import { expect, it } from 'vitest';
import { paperOf } from '../testing/paper-of.ts';
import { investigated, start, walk } from '../testing/pure-case.ts';

const approved = (state = investigated()) => walk(state, ['PROPOSE_TRANSFER', 'GIVE_TRANSFER_OPINION', 'APPROVE_TRANSFER'], start);
interface Listed {
  readonly materials: readonly { readonly material: string; readonly pages?: number }[];
}
const rowsOf = (data: object) => Object.fromEntries((data as { rows: { label: string; text: string }[] }).rows.map(({ label, text }) => [label, text]));

it('移送书的清单就是随附的材料：调查报告、物品清单、正卷文书的文号和页数、证据文件和原始数据的摘要；内部审批不随案', () => {
  const state = approved();
  const { materials } = paperOf(state, 'TRANSFER_LETTER', 'SEND_TRANSFER', start, { materials: [{ material: '现场照片', pages: 2 }] }).data as unknown as Listed;
  const names = materials.map(({ material }) => material);
  expect(names.slice(0, 2)).toEqual(['涉嫌犯罪案件调查报告', '涉案物品清单']);
  expect(materials).toContainEqual({ material: '远程询问笔录 1', pages: 1 });
  expect(names.filter((name) => /审批表|呈批|法制意见/u.test(name) && !name.startsWith('立案审批表'))).toEqual([]);
  const files = state.evidence.filter(({ source }) => source.from === 'FILE');
  expect(names.filter((name) => name.includes('电子文件'))).toEqual(files.map(({ title }) => `${title}（电子文件，SHA-256 ${'b'.repeat(64)}）`));
  expect(names).toContainEqual(expect.stringMatching(/^经审核的数据：自动监测数据（原始报文和数据在移送前封存的案卷证据包，电子存证第 \d+ 号，清单 SHA-256 b{64}）$/u));
  expect(materials.at(-1)).toEqual({ material: '现场照片', pages: 2 });
});

it('涉案物品清单只写登记保存、查封扣押笔录里的物品，写明来源和现状；没有的写“无”，移交清单一样', () => {
  const none = rowsOf(paperOf(approved(), 'TRANSFER_GOODS', 'SEND_TRANSFER', start).data);
  expect(none['涉案物品']).toMatch(/^无。/u);
  const sealed = approved(walk(investigated(), ['PROPOSE_SEALING', 'APPROVE_SEALING', 'CARRY_OUT_SEALING'], start));
  const goods = rowsOf(paperOf(sealed, 'TRANSFER_GOODS', 'SEND_TRANSFER', start).data);
  expect(goods['涉案物品 1']).toMatch(/^脱硝系统控制柜，型号 TX-2，编号 007，数量 1台，存放 2号机组，.+；来源：《[^》]+》1；现状：.+$/u);
  const handed = rowsOf(paperOf(walk(sealed, ['SEND_TRANSFER', 'RECORD_POLICE_FILED'], start), 'GOODS_HANDOVER', 'HAND_OVER_GOODS', start).data);
  expect(handed['涉案物品 1']).toBe(goods['涉案物品 1']);
});

it('调查报告写明来源、查获情况、嫌疑人、事实、逐件证据、依据和建议，全部出自案卷', () => {
  const state = approved();
  const rows = rowsOf(paperOf(state, 'TRANSFER_REPORT', 'SEND_TRANSFER', start).data);
  expect(Object.keys(rows)).toEqual(['案件来源', '查获情况', '犯罪嫌疑人基本情况', '涉嫌犯罪的事实', '证据', '法律依据', '处理建议']);
  expect(rows['查获情况']).toBe('《远程询问笔录》1');
  expect(rows['证据']?.split('\n')).toHaveLength(state.evidence.length);
  expect(rows['处理建议']).toBe('以涉嫌污染环境罪移送公安机关。');
  expect(rows['犯罪嫌疑人基本情况']).toContain('被询问人');
});
