#!/usr/bin/env node
// The command of `npx policyloop`: builds when the sources are newer, then hands over to apps/cli.
import('../scripts/policyloop.mjs');
