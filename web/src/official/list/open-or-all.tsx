import { useNavigate, useSearch } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';

const ALL = { zh: '全部', en: 'All' } as const satisfies Text;

/** Whether a list shows what still runs or everything; it stands in the address. */
export function OpenOrAll({ open }: { open: string }) {
  const { t } = useSpeech();
  const navigate = useNavigate();
  const search = useSearch({ strict: false });
  return (
    <Segmented
      value={search.open === 'false' ? 'false' : 'true'} options={[{ value: 'true', label: open }, { value: 'false', label: t(ALL) }]}
      onChange={(value) => void navigate({ to: '.', search: ({ open: _gone, ...rest }) => (value === 'false' ? { ...rest, open: 'false' } : rest) as never })}
    />
  );
}
