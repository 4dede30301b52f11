/** What notes are fed into: counterd itself, the pipeline it could be, and a program of other people's. */
import { io } from 'socket.io-client';
import { contractHash } from '../../daemon/gateway/contract-hash.ts';
import { bundled } from './bundle.ts';
import { Child } from './child.ts';
import { loginAt } from './login.ts';

/** Tells a browser's side the serial number of each note it was sent; ends when called. */
export type Listen = (onSerial: (serial: string) => void) => () => void;

export interface FeedServer {
  /** Starts a process that reads the terminals at `paths`. */
  start(paths: readonly string[]): Promise<Child>;
  /** One browser more. */
  connect(url: string): Promise<Listen>;
}

/** As the `start` script of package.json does. */
export const DAEMON_FLAGS = ['--max-semi-space-size=4'];

export const daemonServer: FeedServer = {
  start: async (paths) => Child.start([...DAEMON_FLAGS, await bundledOnce('daemon-process'), ...paths]),
  async connect(url) {
    const { token, cookie } = await loginAt(url);
    return socketIo(url, { auth: { token, afterSeq: 0, contractHash }, extraHeaders: { cookie } });
  },
};

export const bareServer: FeedServer = {
  start: async (paths) => Child.start([await bundledOnce('bare-pipeline'), ...paths]),
  connect: (url) => socketIo(url, {}),
};

const bundles = new Map<string, Promise<string>>();

function bundledOnce(name: string): Promise<string> {
  const bundle = bundles.get(name) ?? bundled(name);
  bundles.set(name, bundle);
  return bundle;
}

function socketIo(url: string, options: object): Promise<Listen> {
  const socket = io(url, { transports: ['websocket'], forceNew: true, ...options });
  const listen: Listen = (onSerial) => {
    socket.on('entry', ({ data }: { readonly data?: { readonly serial?: string } }) => {
      if (data?.serial !== undefined) onSerial(data.serial);
    });
    return () => socket.disconnect();
  };
  return new Promise((resolve) => socket.once('connect', () => resolve(listen)));
}
