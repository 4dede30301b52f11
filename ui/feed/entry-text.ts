import type { DaemonEvent, DeviceEvent, Entry } from '../../daemon/contract/entry.ts';
import { codeText } from '../i18n/error-text.ts';
import type { Say, TextParams } from '../i18n/i18n.ts';
import type { Language } from '../i18n/text-table.ts';
import type { TextKey } from '../i18n/texts.ts';
import { formatDenomination, formatMinor } from '../widgets/money.ts';
import { clockTime } from '../widgets/time.ts';

/** Who and what the ids of an entry are called. */
export interface Names {
  readonly person: (id: string | undefined) => string;
  readonly device: (id: string | undefined) => string;
  readonly position: (id: string | undefined) => string;
}

export interface Wording {
  readonly t: Say;
  readonly language: Language;
  readonly names: Names;
}

/** One sentence for any entry, in the language of the screen. */
export function entryText(entry: Entry, wording: Wording): string {
  const special = isDeviceEvent(entry) ? deviceParams(entry, wording) : daemonParams(entry, wording);
  const common = { actor: wording.names.person(entry.actor), device: wording.names.device(entry.device) };
  const key: TextKey = `event.${entry.type}`;
  return wording
    .t(key, { ...plainMembers(entry.data), ...common, ...special })
    .replace(/ {2,}/g, ' ')
    .trim();
}

const families = ['passbook-printer.', 'cash-counter.', 'seal-scanner.', 'alarm-panel.'];

function isDeviceEvent(entry: DaemonEvent | DeviceEvent): entry is DeviceEvent {
  return families.some((family) => entry.type.startsWith(family));
}

/** Members that read as they stand; those that do not are worded one by one below. */
function plainMembers(data: object): TextParams {
  const plain = Object.entries(data).filter(
    (member): member is [string, string | number] => typeof member[1] === 'string' || typeof member[1] === 'number',
  );
  return Object.fromEntries(plain);
}

const none: TextParams = {};

function daemonParams(entry: DaemonEvent & { readonly actor?: string }, { t, language, names }: Wording): TextParams {
  const because = (code: string | undefined): string => (code === undefined ? '' : codeText(code, language));
  switch (entry.type) {
    case 'person.roles-changed':
      return { person: names.person(entry.data.personId), roles: entry.data.roles.map((role) => t(`role.${role}`)).join(t('word.and')) };
    case 'person.disabled':
    case 'person.password-set':
    case 'login.succeeded':
    case 'login.refused':
    case 'login.ended':
      return { person: names.person(entry.data.personId) };
    case 'login.locked':
      return { person: names.person(entry.data.personId), until: clockTime(entry.data.untilAt) };
    case 'position.signed-in':
    case 'position.signed-off':
    case 'position.left':
    case 'position.resumed':
      return { person: names.person(entry.data.personId), position: names.position(entry.data.positionId) };
    case 'display.paired':
      return { position: names.position(entry.data.positionId) };
    case 'device.phase-changed':
      return { phase: t(`phase.${entry.data.phase}`), because: because(entry.data.because) };
    case 'device.identified':
      return {
        identity: [entry.data.maker, entry.data.model, entry.data.firmware, entry.data.serial]
          .filter((part) => part !== undefined)
          .join(' '),
      };
    case 'device.junk-received':
      return { reason: t(`junk.${entry.data.reason}`) };
    case 'device.command-settled':
      return { outcome: t(`outcome.${entry.data.outcome.kind}`), because: because(entry.data.outcome.code) };
    case 'approval.requested': {
      const { action, device, partition, zones, reason } = entry.data.content;
      const zoneWords = zones === undefined ? '' : t('security.zone-numbers', { zones: zones.join(t('word.and')) });
      return { action: t(`word.${action}`), device: names.device(device), partition, zones: zoneWords, reason: reason ?? '' };
    }
    case 'approval.used':
      return { outcome: t(`outcome.${entry.data.outcome}`), because: because(entry.data.code) };
    case 'approval.missing':
      return { action: t(`word.${entry.data.action}`), user: panelUser(entry.data.userNumber, t) };
    case 'passbook-update.started':
      return { count: entry.data.lines.length };
    case 'passbook-update.line-not-printed':
    case 'passbook-update.line-doubted':
    case 'passbook-update.paused':
      return { because: because(entry.data.code) };
    case 'passbook-update.doubt-answered':
      return { answer: t(`answer.${entry.data.answer}`) };
    case 'cash-count.started':
      return { total: formatMinor(entry.data.slipTotalMinor) };
    case 'cash-count.result-added':
    case 'cash-count.finished':
      return { total: formatMinor(entry.data.totalMinor) };
    case 'cash-count.difference-recorded':
      return { kind: t(`word.${entry.data.kind}`), total: formatMinor(entry.data.differenceMinor) };
    case 'slip-scan.started':
    case 'slip-scan.continued':
      return { source: t(`word.${entry.data.source}`) };
    case 'slip-scan.finished':
      return { outcome: t(`outcome.${entry.data.outcome}`) };
    case 'branch.started':
    case 'branch.stopped':
    case 'branch.demo-prepared':
    case 'person.registered':
    case 'device.claimed':
    case 'device.released':
    case 'device.command-started':
    case 'approval.opened':
    case 'approval.granted':
    case 'approval.refused':
    case 'approval.withdrawn':
    case 'approval.expired':
    case 'passbook-update.printing-asked':
    case 'passbook-update.line-intended':
    case 'passbook-update.line-confirmed':
    case 'passbook-update.line-sent':
    case 'passbook-update.paper-check-asked':
    case 'passbook-update.line-voided':
    case 'passbook-update.replanned':
    case 'passbook-update.page-turn-asked':
    case 'passbook-update.page-turned':
    case 'passbook-update.stop-asked':
    case 'passbook-update.finished':
    case 'passbook-update.cancelled':
    case 'cash-count.recount-asked':
    case 'cash-count.cancelled':
    case 'slip-scan.page-kept':
    case 'slip-scan.closed':
    case 'journal.clock-set-back':
    case 'journal.storage-recovered':
      return none;
  }
}

const panelUser = (number: number | undefined, t: Say): string => (number === undefined ? '' : t('security.user', { number }));
const labelOf = (label: string | undefined): TextParams => ({ label: label ?? '' });

function deviceParams(entry: DeviceEvent, { t }: Wording): TextParams {
  switch (entry.type) {
    case 'alarm-panel.zone-opened':
    case 'alarm-panel.zone-restored':
    case 'alarm-panel.zone-alarm':
    case 'alarm-panel.zone-alarm-restored':
    case 'alarm-panel.zone-tampered':
    case 'alarm-panel.zone-tamper-restored':
    case 'alarm-panel.zone-faulted':
    case 'alarm-panel.zone-fault-restored':
    case 'alarm-panel.zone-bypassed':
    case 'alarm-panel.zone-unbypassed':
      return labelOf(entry.data.label);
    case 'alarm-panel.partition-armed':
    case 'alarm-panel.partition-disarmed':
      return { user: panelUser(entry.data.userNumber, t) };
    case 'cash-counter.note-counted':
      return { amount: formatDenomination(entry.data.denominationMinor) };
    case 'cash-counter.batch-counted':
      return { total: formatMinor(entry.data.totalMinor) };
    case 'alarm-panel.resynchronised':
      return { count: entry.data.differences.length };
    case 'alarm-panel.status-changed':
    case 'alarm-panel.exit-delay-started':
    case 'alarm-panel.entry-delay-started':
    case 'alarm-panel.arming-failed':
    case 'alarm-panel.partial-closing':
    case 'alarm-panel.special-closing':
    case 'alarm-panel.special-opening':
    case 'alarm-panel.alarm-raised':
    case 'alarm-panel.alarm-silenced':
    case 'alarm-panel.hold-up-raised':
    case 'alarm-panel.hold-up-restored':
    case 'alarm-panel.duress-used':
    case 'alarm-panel.fire-raised':
    case 'alarm-panel.fire-restored':
    case 'alarm-panel.auxiliary-raised':
    case 'alarm-panel.auxiliary-restored':
    case 'alarm-panel.code-rejected':
    case 'alarm-panel.keypad-locked-out':
    case 'alarm-panel.trouble-raised':
    case 'alarm-panel.trouble-restored':
    case 'alarm-panel.tamper-raised':
    case 'alarm-panel.tamper-restored':
    case 'alarm-panel.time-broadcast':
    case 'alarm-panel.label-learnt':
    case 'cash-counter.status-changed':
    case 'cash-counter.count-started':
    case 'cash-counter.note-rejected':
    case 'cash-counter.pocket-full':
    case 'cash-counter.figures-disagree':
    case 'cash-counter.machine-standby':
    case 'passbook-printer.status-changed':
    case 'passbook-printer.media-inserted':
    case 'passbook-printer.media-removed':
    case 'passbook-printer.page-loaded':
    case 'passbook-printer.line-printed':
    case 'passbook-printer.page-ejected':
    case 'seal-scanner.status-changed':
    case 'seal-scanner.job-started':
    case 'seal-scanner.page-scanned':
    case 'seal-scanner.page-unreadable':
    case 'seal-scanner.job-ended':
    case 'seal-scanner.feeder-loaded':
    case 'seal-scanner.feeder-emptied':
    case 'seal-scanner.jammed':
    case 'seal-scanner.jam-cleared':
    case 'seal-scanner.cover-opened':
    case 'seal-scanner.cover-closed':
      return none;
  }
}
