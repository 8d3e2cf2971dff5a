import { afterEach, describe, expect, it } from 'vitest';
import { asId, calendarDay, instant, toRfc3339, type RegionKey } from '#kernel';
import { CLOCK_IDS, dueAt, loadLaw, type ClockId } from './index.ts';

const law = loadLaw();
const jiangsu = asId<RegionKey>('jiangsu');
const at = (text: string) => instant(Date.parse(text));
const due = (id: ClockId, start: string) => law.due(id, jiangsu, at(start));

describe('期限', () => {
  it('[JS-13.1] 审核认定后三个工作日内移送，起算日不计', () => {
    const t2 = due('T2', '2026-09-17T09:30:00+08:00');
    // 17日星期四；18日一，19日星期六不计，20日星期日为国庆调休上班日。
    expect(t2.dueDay).toBe('2026-09-21');
    expect(toRfc3339(t2.dueAt)).toBe('2026-09-22T00:00:00.000+08:00');
    expect(t2.article).toBe('江苏省生态环境非现场执法管理办法（试行） 第十三条');
  });

  it('[JS-14.1] 移送送达平台起七个工作日内立案，跨国庆假期', () => {
    expect(due('T3a', '2026-09-29T16:00:00+08:00').dueDay).toBe('2026-10-14');
  });

  it('期限最后一日为节假日的顺延：十五日落在元旦假期', () => {
    expect(due('T10', '2025-12-18T10:00:00+08:00').dueDay).toBe('2026-01-04');
  });

  it('小时期限不顺延；月、年期限按对应日', () => {
    expect(toRfc3339(due('T1', '2026-10-01T23:00:00+08:00').dueAt)).toBe('2026-10-03T23:00:00.000+08:00');
    expect(due('T14', '2026-03-31T10:00:00+08:00').dueDay).toBe('2026-09-30');
    expect(due('T28', '2024-02-29T10:00:00+08:00').dueDay).toBe('2026-02-28');
  });

  it('跨入未公布年份的期限标明为暂定', () => {
    expect(due('T8', '2026-11-22T10:00:00+08:00')).toMatchObject({ provisional: true });
    expect(due('T2', '2026-11-22T10:00:00+08:00')).toMatchObject({ provisional: false });
  });

  it('R56：强制执行催告后的十日是工作日', () => {
    expect(law.clock('T15', jiangsu, calendarDay('2026-06-01')).dayKind).toBe('WORKING_DAY');
  });

  it('每个时钟都有起止事件、期限类型与条文，且不挂空', () => {
    for (const id of CLOCK_IDS) {
      const rule = law.clock(id, jiangsu, calendarDay('2026-06-01'));
      expect(rule.startEvent).not.toBe(rule.stopEvent);
      expect(rule.machine).not.toBe('');
      expect(rule.article).not.toBe('');
    }
  });
});

describe('R22：与进程所在时区无关', () => {
  const saved = process.env['TZ'];
  afterEach(() => {
    if (saved === undefined) delete process.env['TZ'];
    else process.env['TZ'] = saved;
  });

  it.each(['UTC', 'Asia/Shanghai', 'America/New_York'])('TZ=%s 得到同一日', (zone) => {
    process.env['TZ'] = zone;
    // 北京时间已是次日、UTC 仍是前一日的时刻。
    const start = at('2026-09-29T17:30:00Z');
    const rule = law.clock('T3a', jiangsu, calendarDay('2026-09-30'));
    expect(dueAt(rule, start, law.calendar).dueDay).toBe('2026-10-15');
    expect(dueAt({ ...rule, dayKind: 'CALENDAR_DAY', n: 3 }, start, law.calendar).dueDay).toBe('2026-10-08');
  });
});
