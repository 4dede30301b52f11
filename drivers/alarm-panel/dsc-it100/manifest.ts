import type { Manifest } from '../../kit/manifest.ts';

export const manifest: Manifest = {
  family: 'alarm-panel',
  model: 'dsc-it100',
  maker: 'DSC',
  name: 'PowerSeries panel with IT-100 data interface module',
  protocol: 'IT-100 Data Interface Module v1.0, developer’s guide 29007363R002',
  evidence: 'manual',
  unverified: [
    'The order of 700 and 652 (closing and armed) and of 750 and 655 (opening and disarmed) is not in the guide; either is accepted.',
    'The time stamp of option 055 is described as 8 digits and shown as 10; network variants write hh:mm:ss. All three are read.',
    'The keypad lamps of 903 are taken to be those of partition 1; alarm memory and bypass of other partitions are not known from them.',
    'Failure to communicate (814) has no restore code in the guide; it is taken to be over when no partition shows trouble.',
    'The 502 error numbers beyond those of the guide come from older PC5401 and Envisalink sources.',
    'The data of telephone ring, temperatures, cursor and sounds (560-563, 902, 904-907) is not interpreted, and its length not checked.',
    'How long the panel waits for a code after 900 is not in the guide.',
  ],
  transports: [{ scheme: 'serial', baud: 9600, parity: 'none', dataBits: 8, stopBits: 1 }, { scheme: 'tcp' }],
  usb: [],
};
