import type { Manifest } from '../../kit/manifest.ts';

export const manifest: Manifest = {
  family: 'seal-scanner',
  model: 'escl',
  maker: 'Mopria / Apple AirScan',
  name: 'Network scanner with eSCL (AirScan)',
  protocol: 'eSCL over HTTP: ScannerCapabilities, ScannerStatus, ScanJobs, NextDocument',
  evidence: 'public-code',
  unverified: [
    'Only the five ADF states that sane-airscan knows are understood; any other shows as an unknown feeder.',
    'What lies on the platen is not told by eSCL; its state shows as unknown.',
    'Whether every maker counts ImagesCompleted per sheet is not known; it is used only to clear a doubt after a cancellation.',
    'Duplex, stored jobs and colour corrections of the protocol are not used.',
    'TLS (https addresses) is not offered: a scanner’s certificate is its own.',
  ],
  transports: [{ scheme: 'http' }],
  usb: [],
};
