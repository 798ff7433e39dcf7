/** The script of a dashboard, as the build leaves it in the package. */
export const dashboardScript = "dist/browser/dashboard.js";
