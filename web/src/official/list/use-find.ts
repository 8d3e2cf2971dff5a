import { useNavigate, useSearch } from '@tanstack/react-router';

/** What is looked for in a list; it stands in the address, as every filter does. */
export function useFind(): readonly [wanted: string, find: (text: string) => void] {
  const { find: wanted = '' } = useSearch({ strict: false });
  const navigate = useNavigate();
  return [wanted, (text) => void navigate({ to: '.', search: ({ find: _gone, ...rest }) => (text === '' ? rest : { ...rest, find: text }) as never, replace: true })];
}
