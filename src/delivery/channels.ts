/** Ways to draw attention to what lies in the portal (内环办〔2021〕103号 一（一）). None of them is service of a document. */
export const CHANNELS = {
  SMS: { zh: '短信', en: 'SMS' },
  WECHAT: { zh: '微信', en: 'WeChat' },
  APP: { zh: 'APP推送', en: 'app' },
  VOICE: { zh: '语音电话', en: 'voice call' },
} as const;
export type ChannelKey = keyof typeof CHANNELS;

/** A message for a channel outside the platform; it announces, it never serves. */
export interface ChannelMessage {
  readonly messageId: string;
  readonly recipient: string;
  /** Telephone number or account, as registered. */
  readonly address: string;
  readonly body: string;
}

/** What a channel answered. */
export interface ChannelReceipt {
  /** RECORDED: accepted by the built-in adapter, which sends nothing outside. */
  readonly result: 'SENT' | 'RECORDED';
  /** Number under which the operator of the channel keeps it. */
  readonly receipt: string;
}

/** One way out, e.g. an SMS gateway of the authority. Throws when the message could not be handed over; it is tried again. */
export interface Channel {
  send(message: ChannelMessage): Promise<ChannelReceipt>;
}

/** The channels that are set up, by name. */
export type Channels = Readonly<Partial<Record<ChannelKey, Channel>>>;

const recording: Channel = { send: async ({ messageId }) => ({ result: 'RECORDED', receipt: messageId }) };

/** The built-in adapters: everything is written down and nothing leaves the house. A deployment replaces those it has. */
export const recordingChannels = (connected: Channels = {}): Channels => ({ SMS: recording, WECHAT: recording, APP: recording, VOICE: recording, ...connected });
