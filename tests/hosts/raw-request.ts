import { connect } from 'node:net';

/** Sends `text` to the port as it stands and returns everything the server answers until it closes or `waitMs` is over. */
export function sendRaw(port: number, text: string, waitMs = 2_000): Promise<string> {
  return new Promise((resolve) => {
    const heard: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    const end = () => {
      socket.destroy();
      resolve(Buffer.concat(heard).toString('latin1'));
    };
    const timer = setTimeout(end, waitMs);
    socket.on('data', (chunk) => heard.push(chunk));
    socket.on('error', end);
    socket.on('close', () => {
      clearTimeout(timer);
      end();
    });
  });
}

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** One HTTP/1.1 request in full, with nothing added to it. */
export function requestText({ method, path, headers, body = '' }: RawRequest): string {
  const lines = Object.entries({ ...headers, ...(body === '' ? {} : { 'Content-Length': String(body.length) }) });
  return [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n');
}

/** The status of an answer, or null when the connection was dropped without one. */
export function statusOf(answer: string): number | null {
  const match = /^HTTP\/1\.1 (\d{3})/.exec(answer);
  return match?.[1] === undefined ? null : Number(match[1]);
}
