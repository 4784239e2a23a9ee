import { contextBridge, ipcRenderer } from 'electron';

/** What a page gives to be told; every argument is a plain string or nothing. */
interface Handlers {
  opened(): void;
  message(text: string): void;
  closed(): void;
}

interface Line {
  send(text: string): void;
  close(): void;
}

const lines = new Map<string, Handlers>();

// The event object carries the sender and stays here; only the strings go on to the page.
ipcRenderer.on('till:opened', (_event, id: string) => lines.get(id)?.opened());
ipcRenderer.on('till:message', (_event, id: string, text: string) => lines.get(id)?.message(text));
ipcRenderer.on('till:closed', (_event, id: string) => {
  const handlers = lines.get(id);
  lines.delete(id);
  handlers?.closed();
});

/** Opens a line to the main process. It ends by `close`, by the other side, or with the page. */
function open(handlers: Handlers): Line {
  // Never a number counted from one: a page on its way out may still open a line while the next page opens its own.
  const id = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const { opened, message, closed } = handlers;
  lines.set(id, { opened, message, closed });
  ipcRenderer.send('till:open', id);
  return Object.freeze({
    send: (text: string) => ipcRenderer.send('till:send', id, String(text)),
    close: () => ipcRenderer.send('till:close', id),
  });
}

contextBridge.exposeInMainWorld('till', Object.freeze({ open }));
ipcRenderer.send('till:awake');
