// Stands in for Electron's own default app: makes `electron FOLDER` run the app in FOLDER.
// Plain CommonJS, because it runs inside the stand-in runtime, from its resources/default_app.asar.
const { app } = require('electron');
const Module = require('node:module');
const fs = require('node:fs');
const path = require('node:path');

function findAppFolder(args) {
  for (let index = 0; index < args.length; index += 1) {
    if (args[index] === '-r' || args[index] === '--require') index += 1;
    else if (!args[index].startsWith('-')) return path.resolve(args[index]);
  }
  return null;
}

const folder = findAppFolder(process.argv.slice(1));
if (folder === null) {
  console.error('Give the folder of the app to run.');
  app.exit(2);
} else {
  const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  app.setVersion(manifest.version);
  app.setName(manifest.productName ?? manifest.name);
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  app.setAppPath(folder);
  process.defaultApp = true;
  Module._load(path.join(folder, manifest.main), null, true);
}
