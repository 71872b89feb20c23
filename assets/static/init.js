// Start the scripts of both design systems. Every page works without them.
import { initAll } from "./govuk-frontend.min.js";
import { SortableTable } from "./moj-frontend.min.js";

// Set here and not in the page, so that the content security policy can refuse inline scripts.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

initAll();
document
  .querySelectorAll('[data-module="moj-sortable-table"]')
  .forEach((table) => new SortableTable(table));
