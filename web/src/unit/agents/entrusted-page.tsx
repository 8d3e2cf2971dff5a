import { Empty } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { Panel } from '../parts/panel.tsx';
import { useEntrusted } from '../parts/queries.ts';
import { GrantList, Responsibility } from './grant-list.tsx';

const TEXT = {
  title: { zh: '受托事项', en: 'Entrusted to me' },
  none: { zh: '没有单位授权您代办', en: 'No unit has authorised you' },
  both: { zh: '您代办的每一件事都同时记下您本人和授权单位。', en: 'Whatever you do is recorded with your own name and the unit you act for.' },
} as const satisfies Record<string, Text>;

/** What units let this person do for them, and until when. */
export function EntrustedPage() {
  const { t } = useSpeech();
  const query = useEntrusted();
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Loaded query={query}>
        {(grants) => (
          <Panel title={t(TEXT.title)}>
            <Responsibility grants={grants} />
            <p>{t(TEXT.both)}</p>
            {grants.items.length === 0 ? <Empty description={t(TEXT.none)} /> : <GrantList items={grants.items} head={(grant) => <strong>{grant.unitName}</strong>} />}
          </Panel>
        )}
      </Loaded>
    </>
  );
}
