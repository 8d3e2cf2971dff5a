/** Delivery: which paper reached which unit, how, when, and what the unit did with it. Knows no case. */
export { CHANNELS, recordingChannels, type Channel, type ChannelKey, type ChannelMessage, type ChannelReceipt, type Channels } from './channels.ts';
export { chooseMethod, DELIVERY_DUTIES, dutyOf, legalDayOf, stepDelivery, type DeliveryAct, type DeliveryDuty, type MethodChoice, type MethodQuestion } from './decide-delivery.ts';
export { deliver, fallBack, type DeliveryDeps, type DeliveryOrder, type SentDelivery } from './deliver-document.ts';
export { DELIVERY_METHODS, DELIVERY_STATES, type Consent, type Delivery, type DeliveryMethod, type DeliveryState } from './delivery.ts';
export { refuseDelivery } from './errors.ts';
export { giveConsent, withdrawConsent, type ConsentCommand, type ConsentDeps } from './give-consent.ts';
export { deliveryHandlers } from './on-delivery-events.ts';
export type { ConfirmationFacts, ConfirmationPapers, DeliveryProofFacts, UnitDirectory, UnitFacts } from './ports.ts';
export { deliveryProofFacts, type ProofContext } from './proof-facts.ts';
export { confirmReceipt, recordFailure, recordProof, recordRead, type Proof } from './record-receipt.ts';
export { registerDeliveryRoutes, type DeliveryRouteDeps } from './routes.ts';
export { deliveriesOf, deliveriesOfDocument, deliveryDuties, eventsOf, findConsent, findDelivery, latestConsent, type DeliveryEvent } from './store.ts';
export { messagesOf, unitChannelsOf, type Audience, type Message, type MessageState } from './message-store.ts';
export { announce, messageHandlers, MOST_ATTEMPTS, type Announcement, type MessageDeps } from './send-message.ts';
