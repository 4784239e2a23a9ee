const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('ping', (text) => ipcRenderer.invoke('ping', text));
