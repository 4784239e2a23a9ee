/** The dependency rule of docs/architecture.md, each line with its reason. */
const NOUNS = 'till|analytics|sync';
const KERNEL = 'money|time|ids|text|offers|allowance';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A circle of files cannot be understood or moved one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'not-to-unresolvable',
      comment: 'An import that resolves to nothing would fail at start.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['\\?raw$', '^virtual:'] },
    },
    {
      name: 'shop-is-pure',
      comment:
        'The rules run in a window, on the device and on the hub: they import themselves and a few pure libraries.',
      severity: 'error',
      from: { path: '^src/shop/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: ['^src/shop/', '(^|/)node_modules/(zod|@noble/hashes|libphonenumber-js)/'],
      },
    },
    {
      name: 'shop-nouns-stay-apart',
      comment:
        'A noun imports itself and the kernel; only till, analytics and sync compose other nouns, never the reverse.',
      severity: 'error',
      from: { path: '^src/shop/([^/]+)/', pathNot: [`^src/shop/(${NOUNS})/`, '\\.test\\.ts$'] },
      to: { path: '^src/shop/[^/]+/', pathNot: [`^src/shop/($1|${KERNEL})/`], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'contract-knows-only-shop',
      comment: 'The wire between device and hub is shared by both: it must not drag in either.',
      severity: 'error',
      from: { path: '^src/contract/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^src/(contract|shop)/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'backend-knows-no-host',
      comment: 'The back end starts in a plain test: no Electron, no screens, no hub, no host.',
      severity: 'error',
      from: { path: '^src/backend/' },
      to: { path: ['^src/(main|preload|web|host|renderer|hub)/', '(^|/)node_modules/(electron|react|react-dom)/'] },
    },
    {
      name: 'driver-only-in-backend-db',
      comment: 'One place opens the database; everybody else is given a handle.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(backend/db/|hub/db/)' },
      to: { path: '(^|/)node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'backend-nouns-share-stores-only',
      comment: "A use-case composes any noun's statements; it never calls another noun's use-case or router.",
      severity: 'error',
      from: {
        path: '^src/backend/(activity|alerts|analytics|campaigns|catalogue|credit|customers|experiments|passes|points|scanning|settings|staff|sync|till|vouchers)/',
        pathNot: '\\.test\\.ts$',
      },
      to: {
        path: '^src/backend/(activity|alerts|analytics|audit|campaigns|catalogue|credit|customers|experiments|passes|points|scanning|settings|staff|sync|till|vouchers)/',
        pathNot: ['^src/backend/$1/', '-store\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'hosts-stay-apart',
      comment: 'Nothing outside a host knows which host it runs in; main may mount the web server, nothing else.',
      severity: 'error',
      from: { path: '^src/(main|web)/' },
      to: { path: '^src/(main|web|renderer|preload)/', pathNot: ['^src/$1/', '^src/web/http\\.ts$'] },
    },
    {
      name: 'preload-only-electron',
      comment: 'The bridge is one function over strings.',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { pathNot: ['^src/preload/', '(^|/)node_modules/electron/', '^electron$'] },
    },
    {
      name: 'renderer-knows-types-only',
      comment: 'A screen may know the shape of the router, never its code; values come from shop and contract.',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/(backend|main|preload|web|host|hub)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'The window is sandboxed: Node, Electron and the driver do not exist there.',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'screens-stay-apart',
      comment: 'What two screens share moves down to ui or scanning; app lists the screens, not the reverse.',
      severity: 'error',
      from: { path: '^src/renderer/screens/([^/]+)/' },
      to: { path: '^src/renderer/(screens|app)/', pathNot: '^src/renderer/screens/$1/' },
    },
    {
      name: 'ui-knows-no-shop',
      comment: 'Buttons and tables serve any screen: they know no sale and no customer.',
      severity: 'error',
      from: { path: '^src/renderer/ui/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^src/renderer/(screens|app)/' },
    },
    {
      name: 'product-does-not-import-tests',
      comment: 'What ships must not depend on what proves it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^tests/', '\\.test\\.tsx?$', '^bench/'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
    exclude: { path: '\\.css$' },
  },
};
