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
import { getCustomer } from './get-customer.ts';
import { searchCustomers } from './search-customers.ts';
import { changeCustomer } from './update-customer.ts';

export const customersRouter = router({
  search: query('customers.search', 'customers.read', searchCustomersSchema, searchCustomers),
  get: query('customers.get', 'customers.read', oneCustomerSchema, getCustomer),
  timeline: query('customers.timeline', 'customers.read', timelineSchema, customerTimeline),
  explainBalance: query('customers.explainBalance', 'customers.read', oneCustomerSchema, explainBalance),
  enrol: command('customers.enrol', 'customers.edit', enrolSchema, enrolCustomer),
  update: command('customers.update', 'customers.edit', updateCustomerSchema, changeCustomer),
});
