export {
  type AdminByRequestProvider,
  createAdminByRequestProvider,
} from './provider.ts';
