import type { Manifest } from '../../kit/manifest.ts';

export const manifest: Manifest = {
  family: 'passbook-printer',
  model: 'epson-escpk',
  maker: 'Epson',
  name: 'Epson PLQ/LQ, ESC/P2 with ESC/P-K hanzi',
  protocol: 'ESC/P2 (Epson LQ-300, LQ-850, LQ-2070 manuals) with ESC/P-K (Compuprint LQ1600K emulation, T5023 Programming Guide)',
  evidence: 'manual',
  unverified: [
    'The printer cannot be identified: on a serial or raw TCP line ESC/P has no answer to any question, so "online" means that bytes leave the host.',
    'Nothing confirms a line: a finished line is `sent`, and paper, ribbon, cover and jams are unknown until a person looks.',
    'Whether ESC @ and ESC ( C make the current position the top of the page differs by machine; ESC @ is never sent, ESC ( C only for sheets longer than 11 inches.',
    'What the printer does with bytes that arrive while no paper is inside (keep, drop) is in no manual read; assume that it keeps them for the next paper.',
    'Two-byte codes outside A1-FE by A1-FE (GBK/3, /4, /5: some rare characters of names) are taken as printable; the manuals read name only the A1 range.',
    'Whether ESC E (bold) also thickens hanzi is not stated; the width is the same either way.',
    'Where the first line can be on a page is set at the printer; 1/6 inch is the smallest of the machines read about and can be configured.',
  ],
  transports: [
    { scheme: 'serial', baud: 9600, parity: 'none', dataBits: 8, stopBits: 1 },
    { scheme: 'tcp', port: 9100 },
  ],
  usb: [],
};
