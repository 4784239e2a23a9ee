import { z } from 'zod';
import { command, query, router } from '../trpc.ts';
import {
  enrolSchema,
  oneCustomerSchema,
  searchCustomersSchema,
  timelineSchema,
  updateCustomerSchema,
} from './customer-schemas.ts';
import { customerTimeline } from './customer-timeline.ts';
import { enrolCustomer } from './enrol-customer.ts';
import { explainBalance } from './explain-balance.ts';
import { exportCustomers } from './export-customers.ts';
import { getCustomer } from './get-customer.ts';
import { importRows, previewImport } from './import-customers.ts';
import { importRowsSchema, previewImportSchema } from './import-schemas.ts';
import { searchCustomers } from './search-customers.ts';
import { changeCustomer } from './update-customer.ts';

export const customersRouter = router({
  search: query('customers.search', 'customers.read', searchCustomersSchema, searchCustomers),
  get: query('customers.get', 'customers.read', oneCustomerSchema, getCustomer),
  timeline: query('customers.timeline', 'customers.read', timelineSchema, customerTimeline),
  explainBalance: query('customers.explainBalance', 'customers.read', oneCustomerSchema, explainBalance),
  enrol: command('customers.enrol', 'customers.edit', enrolSchema, enrolCustomer),
  update: command('customers.update', 'customers.edit', updateCustomerSchema, changeCustomer),
  previewImport: query('customers.previewImport', 'customers.import', previewImportSchema, previewImport),
  importRows: command('customers.importRows', 'customers.import', importRowsSchema, importRows),
  exportCsv: query('customers.exportCsv', 'customers.import', z.void(), exportCustomers),
});
