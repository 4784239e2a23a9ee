// The emptiest secure window of the same Electron: what any window costs before it does anything.
const { join } = require('node:path');
const { app, BrowserWindow, ipcMain } = require('electron');

app.setPath('userData', process.env.EMPTY_WINDOW_DATA);
ipcMain.handle('ping', (_event, text) => text);
app.whenReady().then(() => {
  const preload = join(__dirname, 'preload.cjs');
  const window = new BrowserWindow({ webPreferences: { preload, sandbox: true, contextIsolation: true } });
  window.loadFile(join(__dirname, 'index.html'));
});
