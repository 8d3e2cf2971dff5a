import { expect, it } from 'vitest';
import { lawBrowser, loadLaw } from '#law';
import { unverifiedLaw } from './unverified-law.ts';

it('未核对的法规数据：每一项都列出用在何处、出处和由谁核对；已核对的不在其中', () => {
  const law = loadLaw();
  const { items, total } = unverifiedLaw(law);
  const all = lawBrowser(law);
  expect(total).toBe(all.length);
  expect(items.length).toBe(all.filter(({ verified }) => !verified).length);
  expect(items.length).toBeGreaterThan(50);
  for (const { id, used, checker, source } of items) for (const text of [used.zh, used.en, checker.zh, checker.en, source]) expect(text, id).not.toBe('');
  const { violations: [violation], codes: lists } = law.data;
  const [basis] = violation!.bases;
  const listed = (verified: boolean) => unverifiedLaw({ ...law, data: { ...law.data, violations: [{ ...violation!, bases: [{ ...basis!, verified }] }] } }).items.filter(({ group }) => group === 'VIOLATION');
  expect([listed(true), listed(false).map(({ id }) => id)]).toEqual([[], [`${violation!.key}/${basis!.id}`]]);
  const unchecked = lists.filter(({ verified }) => !verified).map(({ key }) => key);
  expect([...new Set(items.filter(({ group }) => group === 'CODE').map(({ id }) => id))].sort()).toEqual(unchecked.sort());
});
