/** The XML the simulated scanner writes about itself. */
import type { ScannedPage } from './lamp.ts';
import type { ScannerState, SimulatedJob } from './scanner-state.ts';
import { FEEDER_SIZE, PLATEN_SIZE, RESOLUTIONS_DPI } from './ticket.ts';

export function capabilitiesXml(uuid: string): string {
  return document(
    'ScannerCapabilities',
    `<pwg:Version>2.63</pwg:Version><pwg:MakeAndModel>Counterd SealScan 2</pwg:MakeAndModel>` +
      `<pwg:SerialNumber>SIM-0001</pwg:SerialNumber><scan:UUID>${uuid}</scan:UUID>` +
      `<scan:Platen><scan:PlatenInputCaps>${inputCaps(PLATEN_SIZE)}</scan:PlatenInputCaps></scan:Platen>` +
      `<scan:Adf><scan:AdfSimplexInputCaps>${inputCaps(FEEDER_SIZE)}</scan:AdfSimplexInputCaps>` +
      `<scan:FeederCapacity>50</scan:FeederCapacity>` +
      `<scan:AdfOptions><scan:AdfOption>DetectPaperLoaded</scan:AdfOption></scan:AdfOptions></scan:Adf>`,
  );
}

export function statusXml(state: ScannerState): string {
  return document(
    'ScannerStatus',
    `<pwg:Version>2.63</pwg:Version><pwg:State>${stateWord(state)}</pwg:State>` +
      `<scan:AdfState>${adfWord(state)}</scan:AdfState><scan:Jobs>${state.jobs.map(jobInfo).join('')}</scan:Jobs>`,
  );
}

export function imageInfoXml(job: SimulatedJob, page: ScannedPage): string {
  return document(
    'ScanImageInfo',
    `<pwg:JobUri>/eSCL/ScanJobs/${job.uuid}</pwg:JobUri><pwg:JobUuid>${job.uuid}</pwg:JobUuid>` +
      `<scan:ActualWidth>${page.widthPx}</scan:ActualWidth><scan:ActualHeight>${page.heightPx}</scan:ActualHeight>`,
  );
}

/** True while a feeder job draws sheets. */
export function isFeeding(state: ScannerState): boolean {
  return state.jobs.some((job) => job.state === 'Processing' && job.ticket.source === 'feeder');
}

function stateWord(state: ScannerState): string {
  if (state.power === 'warming') return 'Testing';
  return state.isBusy || state.jobs.some((job) => job.state === 'Processing') ? 'Processing' : 'Idle';
}

function adfWord(state: ScannerState): string {
  if (state.isCoverOpen) return 'ScannerAdfDoorOpen';
  if (state.isJammed) return 'ScannerAdfJam';
  if (isFeeding(state)) return 'ScannerAdfProcessing';
  return state.feeder.length > 0 ? 'ScannerAdfLoaded' : 'ScannerAdfEmpty';
}

function jobInfo(job: SimulatedJob): string {
  return (
    `<scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/${job.uuid}</pwg:JobUri><pwg:JobUuid>${job.uuid}</pwg:JobUuid>` +
    `<scan:Age>${job.ageSeconds}</scan:Age><pwg:ImagesCompleted>${job.imagesCompleted}</pwg:ImagesCompleted>` +
    `<pwg:ImagesToTransfer>${job.pages.length}</pwg:ImagesToTransfer><pwg:JobState>${job.state}</pwg:JobState>` +
    `<pwg:JobStateReasons><pwg:JobStateReason>${job.reason}</pwg:JobStateReason></pwg:JobStateReasons></scan:JobInfo>`
  );
}

function inputCaps(bed: { readonly width: number; readonly height: number }): string {
  const resolutions = RESOLUTIONS_DPI.map(
    (dpi) =>
      `<scan:DiscreteResolution><scan:XResolution>${dpi}</scan:XResolution><scan:YResolution>${dpi}</scan:YResolution></scan:DiscreteResolution>`,
  ).join('');
  const formats = ['image/png', 'image/jpeg'];
  return (
    `<scan:MinWidth>8</scan:MinWidth><scan:MaxWidth>${bed.width}</scan:MaxWidth>` +
    `<scan:MinHeight>8</scan:MinHeight><scan:MaxHeight>${bed.height}</scan:MaxHeight><scan:MaxScanRegions>1</scan:MaxScanRegions>` +
    `<scan:SettingProfiles><scan:SettingProfile><scan:ColorModes>` +
    ['BlackAndWhite1', 'Grayscale8', 'RGB24'].map((mode) => `<scan:ColorMode>${mode}</scan:ColorMode>`).join('') +
    `</scan:ColorModes><scan:DocumentFormats>` +
    formats.map((format) => `<pwg:DocumentFormat>${format}</pwg:DocumentFormat>`).join('') +
    formats.map((format) => `<scan:DocumentFormatExt>${format}</scan:DocumentFormatExt>`).join('') +
    `</scan:DocumentFormats><scan:SupportedResolutions><scan:DiscreteResolutions>${resolutions}</scan:DiscreteResolutions>` +
    `</scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>`
  );
}

function document(name: string, content: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?><scan:${name} xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03"` +
    ` xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm">${content}</scan:${name}>`
  );
}
