import { expect, it } from 'vitest';
import { ruleInWords } from './clue-event.ts';

const words = (id: string) => ({ title: { zh: id === 'B01' ? '小时超标' : '恒值', en: id } });

it('文书上写模型的名称和版本，不写编号', () => {
  expect(ruleInWords('B01@1.2.0 C01@2.0.1', words)).toEqual({ names: '小时超标、恒值', versions: '1.2.0、2.0.1' });
  expect(ruleInWords('', words)).toEqual({ names: '', versions: '' });
});
