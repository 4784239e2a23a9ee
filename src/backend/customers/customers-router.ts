import { z } from 'zod';
import { command, query, router, signedInMutation } from '../trpc.ts';
import { blockCustomer, reissueCard, unblockCustomer } from './block-customer.ts';
import {
  blockSchema,
  enrolSchema,
  oneCustomerSchema,
  reissueCardSchema,
  searchCustomersSchema,
  timelineSchema,
  updateCustomerSchema,
} from './customer-schemas.ts';
import { customerTimeline } from './customer-timeline.ts';
import { enrolCustomer } from './enrol-customer.ts';
import { eraseCustomer } from './erase-customer.ts';
import { explainBalance } from './explain-balance.ts';
import { exportCustomers } from './export-customers.ts';
import { exportPerson } from './export-person.ts';
import { distinctSchema, duplicatesOf, markDistinct, similarCustomers, similarSchema } from './find-duplicates.ts';
import { getCustomer } from './get-customer.ts';
import { importRows, previewImport } from './import-customers.ts';
import { importRowsSchema, previewImportSchema } from './import-schemas.ts';
import { mergeCustomers, mergeSchema, previewMerge } from './merge-customers.ts';
import { customerFields, publishConsent, publishConsentSchema, saveFields, saveFieldsSchema } from './own-fields.ts';
import { searchCustomers } from './search-customers.ts';
import { setConsent, setConsentSchema } from './set-consent.ts';
import { undoMerge, undoMergeSchema } from './undo-merge.ts';
import { changeCustomer } from './update-customer.ts';

export const customersRouter = router({
  search: query('customers.search', 'customers.read', searchCustomersSchema, searchCustomers),
  get: query('customers.get', 'customers.read', oneCustomerSchema, getCustomer),
  timeline: query('customers.timeline', 'customers.read', timelineSchema, customerTimeline),
  explainBalance: query('customers.explainBalance', 'customers.read', oneCustomerSchema, explainBalance),
  enrol: command('customers.enrol', 'customers.edit', enrolSchema, enrolCustomer),
  update: command('customers.update', 'customers.edit', updateCustomerSchema, changeCustomer),
  block: command('customers.block', 'customers.block', blockSchema, blockCustomer),
  unblock: command('customers.unblock', 'customers.block', oneCustomerSchema, unblockCustomer),
  reissueCard: command('customers.reissueCard', 'customers.edit', reissueCardSchema, reissueCard),
  setConsent: command('customers.setConsent', 'customers.edit', setConsentSchema, setConsent),
  similar: query('customers.similar', 'customers.read', similarSchema, similarCustomers),
  duplicates: query('customers.duplicates', 'customers.read', oneCustomerSchema, duplicatesOf),
  markDistinct: command('customers.markDistinct', 'customers.edit', distinctSchema, markDistinct),
  previewMerge: query('customers.previewMerge', 'customers.merge', mergeSchema, previewMerge),
  merge: command('customers.merge', 'customers.merge', mergeSchema, mergeCustomers),
  undoMerge: command('customers.undoMerge', 'customers.merge', undoMergeSchema, undoMerge),
  exportPerson: signedInMutation('customers.exportPerson', 'customers.export', oneCustomerSchema, exportPerson),
  erase: command('customers.erase', 'customers.erase', oneCustomerSchema, eraseCustomer),
  fields: query('customers.fields', 'customers.read', z.void(), customerFields),
  saveFields: command('customers.saveFields', 'customers.fields', saveFieldsSchema, saveFields),
  publishConsent: command('customers.publishConsent', 'customers.fields', publishConsentSchema, publishConsent),
  previewImport: query('customers.previewImport', 'customers.import', previewImportSchema, previewImport),
  importRows: command('customers.importRows', 'customers.import', importRowsSchema, importRows),
  exportCsv: signedInMutation('customers.exportCsv', 'customers.import', z.strictObject({}), exportCustomers),
});
