import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useReread } from '../../shared/reread.ts';

const DONE = { zh: '已完成：{what}', en: 'Done: {what}' } as const satisfies Text;

/** One act; when it succeeds everything shown is asked for again, so that a person reads his own writes. */
export function useAct<In, Out>(label: string, send: (input: In) => Promise<Out>, done?: (out: Out) => void) {
  const reread = useReread();
  const { message } = App.useApp();
  const { t } = useSpeech();
  return useMutation({
    mutationFn: send,
    onSuccess: async (out) => {
      await reread();
      void message.success(t(DONE, { what: label }));
      done?.(out);
    },
  });
}
