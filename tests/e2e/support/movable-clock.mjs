// Loaded into the host by --import: its wall clock is off by the number of milliseconds that stands in CLOCK_FILE.
import { readFileSync } from 'node:fs';

const realNow = Date.now.bind(Date);
const file = process.env.CLOCK_FILE ?? '';
Date.now = () => realNow() + Number(readFileSync(file, 'utf8'));
