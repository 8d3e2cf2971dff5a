import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../shared/api.ts';
import { useSpeech } from '../../shared/i18n.tsx';
import { More, usePages } from '../../shared/pages.tsx';
import { DEVICE_MATTERS_TITLE, DeviceMatterList, type DeviceMatter } from '../../shared/register/device-matter-list.tsx';
import { EndMatter, type EndValues } from '../../shared/register/end-matter.tsx';
import { useReread } from '../../shared/reread.ts';
import { Loaded, PageTitle } from '../../shared/room.tsx';

/** The authority's answer: agree or refuse, register or send back. */
export function AnswerMatter({ matter }: { matter: DeviceMatter }) {
  const reread = useReread();
  const send = useMutation({
    mutationFn: (body: EndValues) => call('POST /api/register/device-matters/:matterId/answer', { params: { matterId: matter.matterId }, body }),
    onSuccess: reread,
  });
  return <EndMatter matter={matter} send={send.mutate} pending={send.isPending} error={send.error} />;
}

/** Device matters of the authority's units, open ones first, the nearest term first. */
export function DeviceMattersPage() {
  const { t } = useSpeech();
  const list = usePages(['device-matters'], (at) => call('GET /api/register/device-matters', { query: at }));
  return (
    <>
      <PageTitle>{t(DEVICE_MATTERS_TITLE)}</PageTitle>
      <Loaded query={list.query} isEmpty={() => list.rows.length === 0}>
        {() => <><DeviceMatterList items={list.rows} about={(one) => <Link to="/units/$unitId" params={{ unitId: one.unitId }}>{one.unitName}</Link>} extra={(one) => <AnswerMatter matter={one} />} /><More list={list} /></>}
      </Loaded>
    </>
  );
}
