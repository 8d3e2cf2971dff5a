import { App, type FormInstance } from 'antd';
import { useEffect } from 'react';
import { useSpeech, type Text } from './i18n.tsx';

const TEXT = {
  ask: { zh: '放弃已填写的内容？', en: 'Throw away what you have filled in?' },
  leave: { zh: '放弃', en: 'Throw away' },
  stay: { zh: '继续填写', en: 'Go on' },
} as const satisfies Record<string, Text>;

/** Holds the browser's page while something in the form was filled in by hand. */
export function useHold(form: FormInstance): void {
  useEffect(() => {
    const hold = (event: BeforeUnloadEvent) => { if (form.isFieldsTouched()) event.preventDefault(); };
    window.addEventListener('beforeunload', hold);
    return () => window.removeEventListener('beforeunload', hold);
  }, [form]);
}

/** The way out of a dialog with a form — its cross, Esc, a click beside it: who has filled something in is asked first. */
export function useLeaving(form: FormInstance, close: () => void, thrown?: () => void): () => void {
  const { modal } = App.useApp();
  const { t } = useSpeech();
  useHold(form);
  return () => {
    if (form.isFieldsTouched()) modal.confirm({ title: t(TEXT.ask), okText: t(TEXT.leave), okButtonProps: { danger: true }, cancelText: t(TEXT.stay), autoFocusButton: 'cancel', onOk: () => { thrown?.(); close(); } });
    else close();
  };
}
