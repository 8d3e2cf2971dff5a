import { Button, type ButtonProps } from 'antd';
import { useState } from 'react';
import { useSpeech, type Text } from '../../shared/i18n.tsx';
import { Asking } from './asking.tsx';

const FINAL = { zh: '办理后不可撤回。', en: 'This cannot be taken back.' } as const satisfies Text;

interface Props<Out> extends Pick<ButtonProps, 'type' | 'size' | 'danger'> {
  readonly title: Text;
  /** Whom it reaches, and on which paper or with what effect. */
  readonly about: string;
  send(): Promise<Out>;
  done?(out: Out): void;
}

/** The button of an act that nobody can take back: what follows is said first, and done at the second press. */
export function SureButton<Out>({ title, about, send, done, ...button }: Props<Out>) {
  const { t } = useSpeech();
  const [asked, ask] = useState(false);
  return (
    <>
      <Button {...button} onClick={() => ask(true)}>{t(title)}</Button>
      {asked && <Asking<object, Out> title={title} about={<>{about} <strong>{t(FINAL)}</strong></>} send={send} close={() => ask(false)} {...(done === undefined ? {} : { done })}>{null}</Asking>}
    </>
  );
}
