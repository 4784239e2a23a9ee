import { z } from 'zod';
import { answer, command, query, router } from '../trpc.ts';
import {
  discardExperiment,
  endExperiment,
  experimentIdSchema,
  listExperiments,
  saveExperiment,
  saveExperimentSchema,
  showExperiment,
  startExperiment,
  startExperimentSchema,
} from './experiments.ts';

/** Campaigns tried against one another, or against nothing. */
export const experimentsRouter = router({
  list: query('experiments.list', 'analytics.all', z.void(), listExperiments),
  detail: query('experiments.detail', 'analytics.all', experimentIdSchema, async (scope, input) =>
    answer(await showExperiment(scope, input)),
  ),
  saveDraft: command('experiments.saveDraft', 'experiments.edit', saveExperimentSchema, saveExperiment),
  discardDraft: command('experiments.discardDraft', 'experiments.edit', experimentIdSchema, discardExperiment),
  start: command('experiments.start', 'experiments.edit', startExperimentSchema, startExperiment),
  end: command('experiments.end', 'experiments.edit', experimentIdSchema, endExperiment),
});
