import type { Manifest } from '../../kit/manifest.ts';

export const manifest: Manifest = {
  family: 'cash-counter',
  model: 'zm-aa55',
  maker: 'unknown ("ZM")',
  name: 'Bench note counter speaking AA55 reports',
  protocol: '"ZM" protocol: AA 55 frames at 115200 8N1, known from a public PC host program of 2025 (electron_course)',
  evidence: 'public-code',
  unverified: [
    'The maker behind the name "ZM" is not known; no manual is public.',
    'The meaning of the reject codes is not public; they are shown as E and the decimal number.',
    'Whether the total count includes rejected notes: the public host subtracts them, its page of vectors does not show it. The driver learns it from the first reject, unless the configuration says it.',
    'Whether the finished report carries the totals: the public host says it does not, the vectors do. Totals of zero are taken as not given.',
    'Whether the machine answers a handshake while it counts: it is never asked then.',
    'What the machine sends on a jam, an open cover, power-up or a full reject pocket, if anything.',
    'Whether the total amount adds up different currencies: amounts are compared only while a batch has one.',
    'Which USB bridge, if any, the machine carries: not published.',
  ],
  transports: [{ scheme: 'serial', baud: 115_200, parity: 'none', dataBits: 8, stopBits: 1 }, { scheme: 'tcp' }],
  usb: [],
};
