import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Empty, Input } from 'antd';
import { useState } from 'react';
import { call } from '../../shared/api.ts';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Loaded, PageTitle } from '../../shared/room.tsx';
import { DecisionItem } from '../decision-item.tsx';

const TEXT = {
  title: { zh: '行政处罚决定公开', en: 'Published decisions' },
  search: { zh: '按单位、文号或违法行为查找', en: 'Find by unit, number or violation' },
  more: { zh: '更多', en: 'More' },
  none: { zh: '没有已公开的决定', en: 'No published decisions' },
  noneFound: { zh: '没有找到符合“{q}”的决定', en: 'Nothing found for “{q}”' },
} as const satisfies Record<string, Text>;

export function DecisionsPage() {
  const { t } = useSpeech();
  const [q, setQ] = useState('');
  const query = useInfiniteQuery({
    queryKey: ['decisions', q], initialPageParam: '',
    queryFn: ({ pageParam }) => call('GET /api/public/decisions', { query: { limit: 20, ...(q === '' ? {} : { q }), ...(pageParam === '' ? {} : { cursor: pageParam }) } }),
    getNextPageParam: (last) => last.nextCursor,
  });
  return (
    <>
      <PageTitle>{t(TEXT.title)}</PageTitle>
      <Input.Search aria-label={t(TEXT.search)} placeholder={t(TEXT.search)} allowClear size="large" maxLength={60} style={{ maxWidth: 560, marginBottom: 14 }} onSearch={(text) => setQ(text.trim())} />
      <Loaded query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty description={q === '' ? t(TEXT.none) : t(TEXT.noneFound, { q })} />;
          return (
            <>
              <ul className="list">{items.map((decision) => <DecisionItem key={decision.id} decision={decision} />)}</ul>
              {query.hasNextPage && <Button style={{ marginTop: 12 }} loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>{t(TEXT.more)}</Button>}
            </>
          );
        }}
      </Loaded>
    </>
  );
}
