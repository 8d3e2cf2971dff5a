export { DESK_NOW, openDesk, type Desk } from './desk.ts';
