import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { useReread } from '../../shared/reread.ts';

const DONE = { zh: '已办理：{what}', en: 'Done: {what}' } as const satisfies Text;

/** What follows when an act is done: everything shown is asked for again, so that a person reads his own writes, and he is told. */
export function useDone(label: string): () => Promise<void> {
  const reread = useReread();
  const { message } = App.useApp();
  const { t } = useSpeech();
  return async () => {
    await reread();
    void message.success(t(DONE, { what: label }));
  };
}

/** One act on the platform. A refusal stays with the caller, who shows it where the act was tried. */
export function useAct<In, Out>(label: string, send: (input: In) => Promise<Out>, done?: (out: Out) => void) {
  const told = useDone(label);
  return useMutation({
    mutationFn: send,
    onSuccess: async (out) => {
      await told();
      done?.(out);
    },
  });
}
