#!/usr/bin/env node
/** `npx mingjian …`: the command, under the Node that the project brings along. */
process.argv.splice(2, 0, 'cli');
await import('./bootstrap.mjs');
