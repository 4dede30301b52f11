export * from './bypass.ts';
export * from './entry.ts';
export * from './fold.ts';
export * from './http.ts';
export * from './socket.ts';
export * from './state.ts';
export { ApprovalContent } from './events/approvals.ts';
export { roleWords, type Role } from './events/words.ts';
export type { PhaseWord } from './events/devices.ts';
