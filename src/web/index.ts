export { serveDashboard } from "./serve.ts";
